"""Code over slides: where it is cut, how long lines wrap, how large it is."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from deck_reading import planned, shown, text_of_paragraph

from pipeline.model.fitted import TextBox
from pipeline.model.origin import Layout
from pipeline.model.plan import Deck, Slide
from pipeline.units import Pt


def fenced(code: str, language: str = "python") -> str:
    return f"# Tea\n\n## Pot\n\n```{language}\n{code}\n```\n"


def boxes(deck: Deck, name: str) -> list[TextBox]:
    return [e for slide in deck.slides for e in slide.elements if isinstance(e, TextBox) and e.name == name]


def panels(deck: Deck) -> list[list[str]]:
    """The lines of source on each panel."""
    return [[text_of_paragraph(paragraph) for paragraph in box.paragraphs] for box in boxes(deck, "Code")]


def numbers(deck: Deck) -> list[list[str]]:
    return [[text_of_paragraph(paragraph) for paragraph in box.paragraphs] for box in boxes(deck, "Line numbers")]


def content_slides(deck: Deck) -> list[Slide]:
    return [slide for slide in deck.slides if slide.title == "Pot"]


def test_no_panel_begins_or_ends_with_a_blank_line_and_the_numbers_go_on(tmp_path: Path) -> None:
    functions = [[f"def pour_{n}():", *(f"    step({n}, {k})" for k in range(5))] for n in range(6)]
    source = "\n\n\n".join("\n".join(function) for function in functions)
    _, deck = planned(tmp_path, fenced(source))
    parts = panels(deck)
    assert len(parts) > 1
    assert all(part[0].strip() and part[-1].strip() for part in parts)
    lines = source.split("\n")
    numbered = zip(chain(*numbers(deck)), chain(*parts), strict=True)
    placed = {int(number): text for number, text in numbered}
    assert placed == {at: line for at, line in enumerate(lines, 1) if at in placed}
    assert all(at in placed for at, line in enumerate(lines, 1) if line.strip())
    assert all(part[0].startswith("def ") for part in parts)


def test_a_blank_line_near_the_end_leaves_no_scrap(tmp_path: Path) -> None:
    even = "\n".join(f"call_number({n})" for n in range(42))
    spaced = "\n".join(f"call_number({n})" if n not in {10, 24} else "" for n in range(42))
    plain, gapped = (panels(planned(tmp_path, fenced(code))[1]) for code in (even, spaced))
    assert len(plain) == len(gapped)
    assert min(map(len, gapped)) > max(map(len, gapped)) // 2


def test_a_panel_ends_before_a_comment_and_not_before_a_bracket_that_closes(tmp_path: Path) -> None:
    source = "\n".join(f"# The cup of number {n}.\npour(\n    cup={n},\n)" for n in range(8))
    _, deck = planned(tmp_path, fenced(source))
    parts = panels(deck)
    assert len(parts) > 1
    assert not any(part[0].startswith((")", " ")) or part[-1].startswith("#") for part in parts)


def test_what_goes_on_below_a_tab_bears_its_name(tmp_path: Path) -> None:
    code = "\n".join(f"call_number({n})" for n in range(40))
    tabs = "".join(f'<TabItem label="{name}">\n\n```python\n{code}\n```\n\n</TabItem>\n' for name in ("Pot", "Cup"))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n<Tabs>\n{tabs}</Tabs>\n")
    coded = [slide for slide in content_slides(deck) if any(e.name == "Code" for e in slide.elements)]
    heads = [shown(slide)[0] for slide in coded]
    half = len(heads) // 2
    assert half > 1
    assert heads == ["Pot", *["Pot …"] * (half - 1), "Cup", *["Cup …"] * (half - 1)]


def test_the_rest_of_a_broken_line_hangs_behind_its_indent(tmp_path: Path) -> None:
    words = " ".join(f"cup_{n}" for n in range(40))
    source = f"def pour():\n    stir()\n    fill({words})\n    return\n"
    _, deck = planned(tmp_path, fenced(source))
    (code,) = boxes(deck, "Code")
    (long,) = (paragraph for paragraph in code.paragraphs if len(paragraph.lines) > 1)
    indent = 4 * 0.6 * long.size.emu
    assert indent < long.hanging < 2.2 * indent
    assert all(line.width + long.hanging <= code.rect.width for line in long.lines[1:])
    assert all(not paragraph.hanging for paragraph in code.paragraphs if paragraph is not long)


def sizes(deck: Deck) -> set[Pt]:
    return {paragraph.size for box in boxes(deck, "Code") for paragraph in box.paragraphs}


def test_one_long_line_is_broken_and_leaves_the_others_large(tmp_path: Path) -> None:
    long = 'pour("tea", "into", "the", "cup", "that", "stands", "on", "the", "table", "there", 1)'
    _, deck = planned(tmp_path, fenced(f"lift()\ntilt()\n{long}\nlower()"))
    (code,) = boxes(deck, "Code")
    assert sizes(deck) == {Pt.from_points(20)}
    assert [len(paragraph.lines) for paragraph in code.paragraphs] == [1, 1, 2, 1]


@pytest.mark.parametrize("lines", [20, 36])
def test_one_long_line_makes_no_code_small_that_goes_over_slides(tmp_path: Path, lines: int) -> None:
    source = [f"call_number({n}, of='those that are called')" for n in range(lines)]
    source[-4] = f"# {'cups ' * 17}"
    _, deck = planned(tmp_path, fenced("\n".join(source)))
    assert len(boxes(deck, "Code")) > 1
    assert min(sizes(deck)) >= Pt.from_points(16)


def test_code_over_slides_is_as_large_as_its_slides_have_room_for(tmp_path: Path) -> None:
    _, full = planned(tmp_path, fenced("\n".join(f"call_number({n})" for n in range(28))))
    _, airy = planned(tmp_path, fenced("\n".join(f"call_number({n})" for n in range(18))))
    assert len(boxes(full, "Code")) == len(boxes(airy, "Code")) == 2
    assert max(sizes(full)) < min(sizes(airy)) == Pt.from_points(20)


def test_code_fills_the_slides_behind_the_one_with_what_introduces_it(tmp_path: Path) -> None:
    lead = "Pouring is done in so many calls, of which each takes a cup, its number and nothing else, one by one:"
    code = fenced("\n".join(f"call_number({n})" for n in range(25))).replace("## Pot\n", f"## Pot\n\n{lead}\n")
    _, deck = planned(tmp_path, code)
    first, second = panels(deck)
    assert len(first) < len(second)
    assert lead in shown(content_slides(deck)[0])


@pytest.mark.parametrize("lines", [14, 28])
def test_an_item_that_promises_code_stands_above_it(tmp_path: Path, lines: int) -> None:
    code = "\n".join(f"call_number({n})" for n in range(lines))
    items = "".join(f"- **Example {number}:**\n\n```python\n{code}\n```\n\n" for number in range(3))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{items}")
    for slide in content_slides(deck):
        names = [element.name for element in slide.elements]
        assert not any(text.startswith("Example") for text in shown(slide)) or names.index("Text") < names.index("Code")


def test_what_goes_on_below_a_summary_does_not_bear_it_again(tmp_path: Path) -> None:
    text = "\n\n".join(f"Cup {n} stands on the table and is full of tea, which is hot and green." for n in range(16))
    details = f"<details>\n<summary>All of the cups</summary>\n\n{text}\n\n</details>\n"
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{details}")
    assert len(content_slides(deck)) > 1
    assert sum("All of the cups" in text for slide in content_slides(deck) for text in shown(slide)) == 1


HALVES = ("pour(water)\nstir(2)\ndrink()", "pour(milk)\nheat(40)\nstir(9)\ndrink()\nrinse()\ndry()")


def paned(heads: tuple[str, ...] = ("Before", "After"), behind: str = "") -> str:
    fences = (f"```python\n{code}\n```\n" for code in HALVES)
    panes = "\n".join(f"**{head}**\n\n{fence}" for head, fence in zip(heads, fences, strict=True))
    return f"# Tea\n\n## Pot\n\nThe order of two steps is another one now.\n\n{panes}\n{behind}"


def test_short_pieces_of_code_with_a_head_each_stand_beside_each_other(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, paned(behind="The pot is the same.\n"))
    (slide,) = content_slides(deck)
    assert slide.origin.layout is Layout.CODE_BESIDE
    left, right = boxes(deck, "Code")
    assert left.rect.top == right.rect.top
    assert left.rect.right < right.rect.left
    code = [HALVES[0].split("\n"), HALVES[1].split("\n")]
    texts = [
        "The order of two steps is another one now.",
        "Before",
        *code[0],
        "After",
        *code[1],
        "The pot is the same.",
    ]
    assert shown(slide) == texts


def test_code_whose_lines_a_half_does_not_hold_stands_over_the_width(tmp_path: Path) -> None:
    long = f"pour_slowly({', '.join(f'cup_{n}' for n in range(6))})"
    _, deck = planned(tmp_path, paned().replace("stir(2)", long))
    assert Layout.CODE_BESIDE not in {slide.origin.layout for slide in content_slides(deck)}


@pytest.mark.parametrize("lines", [12, 13])
def test_a_head_takes_no_size_from_the_code_below_it(tmp_path: Path, lines: int) -> None:
    code = "\n".join(f"call_number({n})" for n in range(lines))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n**pot.py**\n\n```python\n{code}\n```\n")
    assert len(content_slides(deck)) == 1
    assert sizes(deck) == {Pt.from_points(16)}


def test_text_shares_the_slide_of_code_that_stays_large_enough(tmp_path: Path) -> None:
    code = "\n".join(f"call_number({n}, of_all_the_cups_that_stand_on_the_table)" for n in range(11))
    text = "Whoever pours the first of these cups has to be told in good time how many others there are going to be."
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n```python\n{code}\n```\n\n{text}\n")
    (slide,) = content_slides(deck)
    assert shown(slide)[-1] == text
    assert sizes(deck) == {Pt.from_points(16)}


def test_code_that_is_small_only_for_its_head_goes_over_slides_below_it(tmp_path: Path) -> None:
    code = "\n".join(f"call_number({n})" for n in range(15))
    plain = f"# Tea\n\n## Pot\n\n```python\n{code}\n```\n"
    tab = f'# Tea\n\n## Pot\n\n<Tabs>\n<TabItem label="pot.py">\n\n```python\n{code}\n```\n\n</TabItem>\n</Tabs>\n'
    assert len(content_slides(planned(tmp_path, plain)[1])) == 1
    _, deck = planned(tmp_path, tab)
    assert [shown(slide)[0] for slide in content_slides(deck)] == ["pot.py", "pot.py …"]
    assert min(sizes(deck)) >= Pt.from_points(16)


def test_a_drawing_in_characters_stands_whole_and_without_numbers(tmp_path: Path) -> None:
    box = "\n".join(["┌──────┐", *["│ tea  │"] * 18, "└──────┘"])
    _, drawn = planned(tmp_path, fenced(box, ""))
    assert (len(panels(drawn)), numbers(drawn)) == (1, [])
    _, code = planned(tmp_path, fenced("\n".join(["pour(tea)"] * 20), ""))
    assert (len(panels(code)), len(numbers(code))) == (2, 2)
