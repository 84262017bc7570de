"""Hints for slides: what they ask for is done, or told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from deck_reading import planned, said, shown, titles

from pipeline.diagnostics import Diagnostic
from pipeline.model.fitted import PictureBox, TextBox
from pipeline.model.origin import Layout, SlideRule
from pipeline.model.plan import Deck, Slide, SlideKind
from pipeline.plan.deck import deck_problems
from pipeline.units import Emu

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/></svg>'


def content(deck: Deck) -> list[Slide]:
    return [slide for slide in deck.slides if slide.kind is SlideKind.CONTENT]


def told(folder: Path, body: str) -> list[Diagnostic]:
    document, deck = planned(folder, f"# Tea\n\n{body}\n")
    return list(deck_problems(document, deck))


def laid_out(folder: Path, body: str) -> tuple[list[Layout | None], list[Diagnostic]]:
    document, deck = planned(folder, f"# Tea\n\n## Pot\n\n{body}\n")
    return [slide.origin.layout for slide in content(deck)], list(deck_problems(document, deck))


PICTURE = "![A pot](pot.svg)"
LIST = "- Warm the pot.\n- Add leaves.\n- Pour."
CODE = "```python\nboil()\n```"
LONG = "\n".join(f"- Leaf number {n} of the many that stand in this tin." for n in range(1, 9))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("text", LIST),
        ("two-columns", f"{LIST}\n\n1. Wait.\n2. Drink."),
        ("two-column", f"{LIST}\n\n{CODE}"),
        ("figure-beside", f"It holds a litre.\n\n{PICTURE}"),
        ("figure-large", f"It holds a litre.\n\n{PICTURE}"),
        ("figures", f"{PICTURE}\n\n{PICTURE}"),
        ("figures", "\n\n".join([PICTURE] * 4)),
        ("statement", "Tea is drunk in every country of the world, and has been for some thousand years and more."),
        ("quote", "> Tea is water that has been told something."),
        ("callout", "> [!TIP]\n> Warm the pot."),
        ("table", "| Pot | Cup |\n|---|---|\n| one | two |"),
        ("code", f"It boils.\n\n{CODE}"),
        ("code-beside", f"It boils.\n\n{CODE}"),
        ("points", "- **Leaves**: they are dried.\n- **Water**: it is hot."),
    ],
)
def test_a_layout_that_holds_what_stands_there_is_taken(tmp_path: Path, name: str, body: str) -> None:
    (tmp_path / "pot.svg").write_text(DRAWING, encoding="utf-8")
    layouts, problems = laid_out(tmp_path, f"<!-- slide: layout={name} -->\n\n{body}")
    assert layouts == [Layout(name if name != "two-column" else "two-columns")]
    assert problems == []


def test_a_large_figure_leaves_its_text_to_the_notes(tmp_path: Path) -> None:
    (tmp_path / "pot.svg").write_text(DRAWING, encoding="utf-8")
    body = f"# Tea\n\n## Pot\n\n<!-- slide: layout=figure-large -->\n\nIt holds a litre.\n\n{PICTURE}\n"
    (slide,) = content(planned(tmp_path, body)[1])
    (picture,) = (element for element in slide.elements if isinstance(element, PictureBox))
    assert picture.rect.height > Emu.from_inches(4.4)
    assert shown(slide) == ["A pot"]
    assert "a litre" in said(slide.notes)


@pytest.mark.parametrize(
    ("name", "body"),
    [("quote", LIST), ("table", LIST), ("code-beside", LIST), ("figure-large", LIST), ("statement", LIST)],
)
def test_a_layout_that_cannot_hold_it_is_told_and_another_is_taken(tmp_path: Path, name: str, body: str) -> None:
    layouts, problems = laid_out(tmp_path, f"<!-- slide: layout={name} -->\n\n{body}")
    assert layouts == [Layout.TEXT]
    (problem,) = problems
    assert (problem.code, problem.span and problem.span.first) == ("hint-not-followed", 5)
    assert f"layout={name}" in problem.message
    assert problem.hint.startswith("text is used")


def test_a_layout_holds_until_the_next_slide_of_the_authors(tmp_path: Path) -> None:
    body = (
        f"<!-- slide: layout=two-columns -->\n\n{LIST}\n\n1. Wait.\n2. Drink.\n\n---\n\n{LIST}\n\n1. Wait.\n2. Drink."
    )
    assert laid_out(tmp_path, body) == ([Layout.TWO_COLUMNS, Layout.TEXT], [])
    assert (
        laid_out(tmp_path, f"{LIST}\n\n---\n\n<!-- slide: layout=table -->\n\n| A | B |\n|---|---|\n| 1 | 2 |")[1] == []
    )


def test_a_break_is_a_ruler_that_the_site_does_not_show(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# Tea\n\n## Pot\n\nIt opens.\n\n<!-- slide: break -->\n\nIt closes.\n")
    assert titles(deck)[-2:] == ["Pot 1/2", "Pot 2/2"]
    assert [slide.origin.rule for slide in content(deck)] == [SlideRule.HEADING, SlideRule.BREAK]


def test_what_is_kept_together_stands_on_one_slide(tmp_path: Path) -> None:
    parts = f"{LONG}\n\nOf those you need one spoon for each cup, and one for the pot.\n\n{CODE}"
    apart, _ = laid_out(tmp_path, parts)
    kept, problems = laid_out(tmp_path, f"<!-- slide: keep -->\n\n{parts}")
    assert len(apart) > 1
    assert (len(kept), problems) == (1, [])


def test_headings_below_a_kept_one_share_its_slide(tmp_path: Path) -> None:
    item = "- Pour the water slowly over the leaves and wait as long as the tin says you should.\n"
    below = "".join(f"### Step {n}\n\n{item * 4}\n" for n in range(1, 3))
    _, apart = planned(tmp_path, f"# Tea\n\n## Pot\n\nIt opens.\n\n{below}")
    _, kept = planned(tmp_path, f"# Tea\n\n## Pot\n\n<!-- slide: keep -->\n\nIt opens.\n\n{below}")
    assert len(content(apart)) > len(content(kept)) == 1
    assert content(kept)[0].origin.rule is SlideRule.TOGETHER
    (problem,) = told(tmp_path, f"## Pot\n\n<!-- slide: keep -->\n\nIt opens.\n\n{below * 3}")
    assert problem.code == "hint-not-followed"


def test_what_cannot_be_kept_together_is_told(tmp_path: Path) -> None:
    layouts, (problem,) = laid_out(tmp_path, "<!-- slide: keep -->\n\n" + "\n\n".join([LONG] * 4))
    assert len(layouts) > 1
    assert (problem.code, problem.span and problem.span.first) == ("hint-not-followed", 5)


def test_a_title_of_its_own_leaves_the_heading_to_the_notes(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, '# Tea\n\n## The pot and its lid\n\n<!-- slide: title="Pot" -->\n\nIt opens.\n')
    (slide,) = content(deck)
    assert slide.title == "Pot"
    assert next(e for e in slide.elements if isinstance(e, TextBox)).paragraphs[0].lines[0].runs[0].text == "Pot"
    assert "The pot and its lid" in said(slide.notes)


@pytest.mark.parametrize(
    ("hint", "message", "advice"),
    [
        ("slide: layuot=table", "'layuot'", "did you mean 'layout'?"),
        ("slide: layout=tabel", "'tabel'", "did you mean 'table'?"),
        ("slide: two-columns", "'two-columns'", "write layout=two-columns"),
        ("slide: xyzzy", "'xyzzy'", "known: break, "),
        ("slide: title", "'title'", 'write title="…"'),
        ("slide: !!", "'!!'", "known: break, "),
    ],
)
def test_a_hint_that_means_nothing_is_told_with_its_line(tmp_path: Path, hint: str, message: str, advice: str) -> None:
    (problem,) = told(tmp_path, f"## Pot\n\n<!-- {hint} -->\n\nIt opens.")
    assert (problem.code, problem.span and problem.span.first) == ("unknown-hint", 5)
    assert message in problem.message
    assert problem.hint.startswith(advice)


def test_nothing_is_left_out_because_it_should_not_be_on_paper(tmp_path: Path) -> None:
    document, deck = planned(tmp_path, "# Page\n\n## One\n\n- a\n\n<!-- handout: skip -->\n")
    assert "One" in titles(deck)
    (problem,) = deck_problems(document, deck)
    assert (problem.code, problem.span and problem.span.first) == ("unknown-hint", 7)


def test_a_hint_inside_another_block_is_told(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "## Pot\n\n> <!-- slide: layout=quote -->\n> It opens.")
    assert problem.span is not None
    assert problem.span.first == 5
    assert "inside another block" in problem.message
