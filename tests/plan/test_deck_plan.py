from __future__ import annotations

import re
from pathlib import Path

import pytest
from deck_reading import (
    covered,
    deck_of,
    paragraphs_of,
    planned,
    runs_of,
    said,
    shown,
    text_of_paragraph,
    titles,
    top_blocks,
)
from page_reading import read

from pipeline.model.fitted import Marker, Outline, PictureBox, Role, ShapeBox, SlideTarget, TableBox, TextAlign, TextBox
from pipeline.model.inlines import WebTarget
from pipeline.model.origin import SlideRule
from pipeline.model.plan import Deck, Slide, SlideKind
from pipeline.settings import Prose
from pipeline.theme import Colour, Face, load_theme

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><rect width="9" height="9"/></svg>'


def only(deck: Deck, title: str) -> Slide:
    (slide,) = [slide for slide in deck.slides if slide.title == title]
    return slide


def box(slide: Slide, name: str) -> TextBox:
    found = [element for element in slide.elements if element.name == name]
    assert isinstance(found[0], TextBox)
    return found[0]


def page(*sections: str, intro: str = "A kettle boils water.") -> str:
    return f"# Kettles\n\n{intro}\n\n" + "\n\n".join(sections) + "\n"


# ---------------------------------------------------------------- which slides there are


def test_a_page_becomes_cover_agenda_sections_and_references(tmp_path: Path) -> None:
    markdown = page("## Lid\n\nIt opens.", "## Spout\n\nSee [it](https://a.example).", "## Handle\n\nHold it.")
    _, deck = planned(tmp_path, markdown)
    assert titles(deck) == ["Kettles", "Agenda", "Lid", "Spout", "Handle", "References"]
    assert [slide.kind for slide in deck.slides][:2] == [SlideKind.COVER, SlideKind.AGENDA]
    assert [slide.section for slide in deck.slides] == [None, None, 1, 2, 3, None]
    assert [(s.name, s.first, s.last) for s in deck.sections] == [
        ("Kettles", 1, 2),
        ("Lid", 3, 3),
        ("Spout", 4, 4),
        ("Handle", 5, 5),
        ("References", 6, 6),
    ]


SECTIONS = "\n\n".join(f"## {name}\n\nThe {name.lower()} of it." for name in ("Lid", "Spout", "Handle"))
LEADING = "- [Lid](#lid)\n- [Spout](#spout)\n  - [Handle](#handle)"


def test_the_agenda_takes_the_place_of_the_authors_own_table_of_contents(tmp_path: Path) -> None:
    document, deck = planned(tmp_path, f"# Kettles\n\nThey boil.\n\n- one\n\n## Contents:\n\n{LEADING}\n\n{SECTIONS}")
    assert titles(deck) == ["Kettles", "Kettles", "Contents:", "Lid", "Spout", "Handle"]
    agenda = deck.slides[2]
    assert (agenda.kind, agenda.section) == (SlideKind.AGENDA, None)
    assert [slide.section for slide in deck.slides[3:]] == [1, 2, 3]
    assert covered(deck) == top_blocks(document)
    assert agenda.notes == document.sections[0].blocks


@pytest.mark.parametrize(
    ("title", "entries"),
    [
        ("Contents", "- tea\n- [Lid](#lid)\n- salt"),
        ("Parts", LEADING),
        ("Contents", f"In this order:\n\n{LEADING}"),
        ("Contents", f"{LEADING}\n- [Grip](#grip-1)"),
    ],
)
def test_other_lists_are_no_table_of_contents(tmp_path: Path, title: str, entries: str) -> None:
    deep = "### Grip\n\nIt is cool.\n\n#### Grip\n\nIt is of wood."
    _, deck = planned(tmp_path, f"# Kettles\n\n## {title}\n\n{entries}\n\n{SECTIONS}\n\n{deep}")
    assert titles(deck)[:3] == ["Kettles", "Agenda", title]


def test_a_long_agenda_is_about_equally_long_on_each_slide(tmp_path: Path) -> None:
    sections = (f"## Part {number} of them\n\nIt is said in words." for number in range(33))
    _, deck = planned(tmp_path, page(*sections))
    agendas = [slide for slide in deck.slides if slide.kind is SlideKind.AGENDA]
    counts = [sum(element.name == "Section" for element in slide.elements) for slide in agendas]
    assert len(counts) > 1
    assert sum(counts) == 33
    assert max(counts) - min(counts) <= 2


def test_the_agenda_breaks_no_long_name_where_one_column_holds_it(tmp_path: Path) -> None:
    name = "`kettle.pour_slowly_into_the_cup(tea)`"
    sections = (f"## {name.replace('cup', f'cup{number}')}\n\nIt is said in words." for number in range(14))
    _, deck = planned(tmp_path, page(*sections))
    agendas = [slide for slide in deck.slides if slide.kind is SlideKind.AGENDA]
    lines = [len(box.paragraphs[0].lines) for slide in agendas for box in slide.elements if box.name == "Section"]
    assert (len(agendas), lines) == (2, [1] * 14)


def test_two_sections_need_no_agenda(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\nIt opens.", "## Spout\n\nIt pours."))
    assert titles(deck) == ["Kettles", "Lid", "Spout"]


def test_headings_above_the_slide_level_open_parts(tmp_path: Path) -> None:
    markdown = page(
        "## Outside\n\n### Lid\n\nIt opens.\n\n### Spout\n\nIt pours.", "## Inside\n\n### Coil\n\nIt heats."
    )
    _, deck = planned(tmp_path, markdown)
    assert titles(deck) == ["Kettles", "Outside", "Lid", "Spout", "Inside", "Coil"]
    opener = deck.slides[1]
    assert opener.kind is SlideKind.SECTION
    assert shown(opener) == ["Lid", "Spout"]
    assert [run.link for run in runs_of(opener) if run.link] == [SlideTarget(number=3), SlideTarget(number=4)]


def test_small_sections_below_a_slide_stand_on_it_with_heads(tmp_path: Path) -> None:
    markdown = page(
        "## Parts\n\nThere are two.\n\n### Lid\n\nIt opens.\n\n### Spout\n\nIt pours.", "## Use\n\nFill it."
    )
    _, deck = planned(tmp_path, markdown)
    assert titles(deck) == ["Kettles", "Parts", "Use"]
    assert shown(deck.slides[1]) == ["There are two.", "Lid", "It opens.", "Spout", "It pours."]


@pytest.mark.parametrize(("said", "listed"), [("It has these parts:", ["Lid", "Spout"]), ("It has parts.", [])])
def test_a_text_that_announces_the_sections_below_stands_above_their_titles(
    tmp_path: Path, said: str, listed: list[str]
) -> None:
    long = "\n\n".join(f"The part number {number} of a kettle is made of metal." for number in range(12))
    _, deck = planned(tmp_path, page(f"## Parts\n\n{said}\n\n### Lid\n\n{long}\n\n### Spout\n\n{long}"))
    slide = next(slide for slide in deck.slides if slide.title == "Parts")
    assert shown(slide) == [said, *listed]
    jumps = [deck.slides[run.link.number - 1].title for run in runs_of(slide) if isinstance(run.link, SlideTarget)]
    assert [re.sub(r" \d+/\d+$", "", title) for title in jumps] == listed


def test_a_divider_starts_a_slide(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\nIt opens.\n\n---\n\nIt closes."))
    assert titles(deck) == ["Kettles", "Lid 1/2", "Lid 2/2"]


@pytest.mark.parametrize(
    ("markdown", "slides"),
    [
        ("# Kettles\n\n---\n\n## Lid\n\nIt opens.\n", ["Kettles", "Lid"]),
        ("# Kettles\n\nThey boil.\n\n---\n\n## Lid\n\nIt opens.\n", ["Kettles", "Lid"]),
        ("# Kettles\n\n---\n\n- electric\n- for a stove\n", ["Kettles", "Kettles"]),
        ("# Kettles\n\n## Lid\n\n---\n\nIt opens.\n\n---\n\n## Spout\n\nIt pours.", ["Kettles", "Lid", "Spout"]),
    ],
)
def test_no_slide_is_empty_for_a_divider(tmp_path: Path, markdown: str, slides: list[str]) -> None:
    document, deck = planned(tmp_path, markdown)
    assert titles(deck) == slides
    assert covered(deck) == top_blocks(document)


def test_what_is_skipped_has_no_slide_but_stays_with_the_one_before(tmp_path: Path) -> None:
    document, deck = planned(tmp_path, page("## Lid\n\nIt opens.", "## Draft\n\n<!-- deck: skip -->\n\nNot yet."))
    assert titles(deck) == ["Kettles", "Lid"]
    assert covered(deck) == top_blocks(document)


def test_the_cover_takes_a_short_introduction(tmp_path: Path) -> None:
    document, deck = planned(tmp_path, page("## Lid\n\nIt opens."))
    cover = deck.slides[0]
    assert (deck.subtitle, cover.notes, cover.covers) == ("A kettle boils water.", document.blocks, document.blocks)


def test_a_long_introduction_has_slides_of_its_own(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\nIt opens.", intro="A kettle boils water.\n\n- electric\n- for a stove"))
    assert titles(deck) == ["Kettles", "Kettles", "Lid"]
    assert shown(deck.slides[1]) == ["electric", "for a stove"]


def test_below_the_title_a_text_says_what_it_says_and_introduces_nothing(tmp_path: Path) -> None:
    said = "A kettle heats the water in it quickly, which needs all of the many parts that we put here for you to see:"
    _, deck = planned(tmp_path, page("## Lid\n\nIt opens.", intro=f"{said}\n\n- electric\n- for a stove"))
    assert deck.subtitle == "A kettle heats the water in it quickly"


def test_author_and_date_stand_on_the_cover(tmp_path: Path) -> None:
    front = "---\ntitle: Kettles\nauthors: [Ada, Bo]\ndate: May 2024\nsubtitle: All about them\n---\n"
    _, deck = planned(tmp_path, f"{front}\n## Lid\n\nIt opens.\n")
    assert shown(deck.slides[0]) == ["All about them", "Ada, Bo · May 2024"]
    assert box(deck.slides[0], "Subtitle").role is Role.SUBTITLE


# ---------------------------------------------------------------- prose, lists, notes


LONG = (
    "A kettle boils water in a few minutes. " + "It has a lid, a spout, a handle and a cable that is rather short. " * 4
)


def test_a_paragraph_is_said_whole_and_its_lead_is_shown(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page(f"## Parts\n\n{LONG}"))
    slide = only(deck, "Parts")
    assert shown(slide) == ["A kettle boils water in a few minutes."]
    assert said(slide.notes).strip() == LONG.strip()


def test_a_bold_paragraph_is_a_head_that_stays_with_what_it_heads(tmp_path: Path) -> None:
    items = "\n".join(f"- Leaf number {number} is steeped for so many minutes" for number in range(9))
    _, deck = planned(tmp_path, page(f"## Tea\n\n{items}\n\n**How to pour**\n\nPour slowly.\n\n**At last**"))
    slides = [shown(slide) for slide in deck.slides]
    (poured,) = (each for each in slides if "How to pour" in each)
    assert poured[poured.index("How to pour") + 1] == "Pour slowly."
    assert any("At last" in each for each in slides)


@pytest.mark.parametrize("text", ["**Bold all the way, and it is a sentence.**", "**Bold** in part"])
def test_other_bold_words_are_text(tmp_path: Path, text: str) -> None:
    _, deck = planned(tmp_path, page(f"## Tea\n\n{text}\n\nPour slowly."))
    first, second = box(only(deck, "Tea"), "Text").paragraphs
    assert first.size == second.size


def test_prose_is_shown_in_full_or_not_at_all_as_settings_say(tmp_path: Path) -> None:
    document = read(tmp_path, page(f"## Parts\n\n{LONG}"))
    full, none = deck_of(document, Prose.FULL), deck_of(document, Prose.NONE)
    assert "".join(shown(only(full, "Parts"))) == LONG.strip()
    assert shown(only(none, "Parts")) == []
    assert said(only(none, "Parts").notes).strip() == LONG.strip()


def test_a_long_legend_shows_its_first_sentences_and_is_said_whole(tmp_path: Path) -> None:
    opening = "Figure 1: The pot from above. The lid lies beside it."
    rest = "Steam leaves by the spout and by the gap below the lid, which is why the handle grows hot in a few minutes."
    document = read(tmp_path, page(f"## Pots\n\n![A pot](pot.svg)\n\n*{opening} {rest}*"))
    slide = only(deck_of(document), "Pots")
    assert opening in shown(slide)
    assert f"{opening} {rest}" in said(slide.notes)
    assert f"{opening} {rest}" in shown(only(deck_of(document, Prose.FULL), "Pots"))


def test_lists_are_shown_with_their_markers(tmp_path: Path) -> None:
    markdown = page("## Steps\n\n3. Fill it.\n4. Boil it.\n   - Gas\n   - Coil\n\n- [x] done\n- [ ] open")
    _, deck = planned(tmp_path, markdown)
    paragraphs = box(only(deck, "Steps"), "Text").paragraphs
    assert [p.marker for p in paragraphs] == [
        Marker(text="3.", number=3),
        Marker(text="4.", number=4),
        Marker(text="–"),
        Marker(text="–"),
        Marker(text="☑"),
        Marker(text="☐"),
    ]
    assert [p.level for p in paragraphs] == [0, 0, 1, 1, 0, 0]
    assert paragraphs[2].indent > paragraphs[1].indent
    assert only(deck, "Steps").notes == ()


def test_a_few_items_with_bold_leads_are_heads_with_their_texts(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Parts\n\n- **Lid**: It opens.\n- **Spout**: It pours."))
    head, body, *_ = box(only(deck, "Parts"), "Text").paragraphs
    assert shown(only(deck, "Parts")) == ["Lid", "It opens.", "Spout", "It pours."]
    assert head.size > body.size
    assert head.marker is None


def test_a_long_item_shows_its_beginning_and_is_said_whole(tmp_path: Path) -> None:
    document, deck = planned(tmp_path, page(f"## Parts\n\n- {LONG}\n- Short."))
    slide = only(deck, "Parts")
    assert shown(slide) == ["A kettle boils water in a few minutes.", "Short."]
    assert slide.notes == document.sections[0].blocks


def test_a_long_list_goes_on_over_slides_without_a_lone_item(tmp_path: Path) -> None:
    items = "\n".join(f"- Item {n} says something that takes about a line of the slide to say" for n in range(13))
    _, deck = planned(tmp_path, page(f"## Parts\n\n{items}"))
    slides = [slide for slide in deck.slides if slide.title == "Parts"]
    assert [slide.part for slide in slides] == [(n, len(slides)) for n in range(1, len(slides) + 1)]
    assert all(len(shown(slide)) > 2 for slide in slides)
    assert sum(len(shown(slide)) for slide in slides) == 13


def nested(*sizes: int) -> str:
    """A list whose items hold lists of so many items, below a heading."""
    lines = ["## Steps", ""]
    for at, size in enumerate(sizes, start=1):
        lines += [
            f"- Step {at}",
            *(f"  - Inner point {n} of step {at} says this much about it" for n in range(1, size + 1)),
        ]
    return "\n".join(lines)


def test_a_list_is_parted_between_its_items_rather_than_within_one(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, nested(5, 5, 5))
    assert [shown(slide)[0] for slide in deck.slides[1:]] == ["Step 1", "Step 2", "Step 3"]
    assert {len(shown(slide)) for slide in deck.slides[1:]} == {6}


def test_an_item_that_goes_on_with_another_slide_is_named_there_again(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, nested(18, 3))
    first, second, *_ = deck.slides[1:]
    assert shown(first)[0] == "Step 1"
    assert shown(second)[0] == "Step 1 …"
    (again,) = {run.colour for run in runs_of(second) if run.text.startswith(("Step 1", " …"))}
    assert again is Colour.MUTED
    points = [text for slide in deck.slides[1:] for text in shown(slide) if text.startswith("Inner")]
    assert len(points) == len(set(points)) == 21


def test_a_footnote_is_marked_on_the_slide_and_said_there(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\nIt opens.[^a]", "## Spout\n\nIt pours.") + "\n[^a]: Mind the steam.\n")
    slide = only(deck, "Lid")
    assert "1" in [run.text for run in runs_of(slide) if run.baseline.value == "superscript"]
    assert "Mind the steam." in said(slide.notes)
    assert "Mind the steam." not in said(only(deck, "Spout").notes)


def test_speaker_notes_are_said_and_not_shown(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\n- It opens.\n\n:::notes\n\nSmile.\n\n:::"))
    slide = only(deck, "Lid")
    assert shown(slide) == ["It opens."]
    assert said(slide.notes).strip() == "Smile."


def test_speech_takes_time(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\n" + "word " * 140))
    assert only(deck, "Lid").seconds == 60


# ---------------------------------------------------------------- displays


def test_a_figure_stands_beside_its_text(tmp_path: Path) -> None:
    (tmp_path / "lid.svg").write_text(SVG.format(400, 300), encoding="utf-8")
    markdown = page(
        '## Lid\n\nIt opens.\n\n- wide\n- flat\n\n<Img src="lid.svg" legend="Figure: A lid" alt="A round lid" />'
    )
    _, deck = planned(tmp_path, markdown)
    slide = only(deck, "Lid")
    (picture,) = [element for element in slide.elements if isinstance(element, PictureBox)]
    text, legend = box(slide, "Text"), box(slide, "Legend")
    assert picture.description == "A round lid"
    assert picture.rect.left > text.rect.right
    assert picture.rect.top == text.rect.top
    assert (legend.rect.left, legend.rect.top > picture.rect.bottom) == (picture.rect.left, True)
    first, second = legend.paragraphs[0].lines[0].runs
    assert (first.text, first.bold, second.text, second.bold) == ("Figure: ", True, "A lid", False)


def test_a_wide_figure_has_its_points_in_columns_below(tmp_path: Path) -> None:
    (tmp_path / "row.svg").write_text(SVG.format(900, 300), encoding="utf-8")
    markdown = page("## Row\n\n![A row](row.svg)\n\n- **Lid**: It opens.\n- **Spout**: It pours.")
    _, deck = planned(tmp_path, markdown)
    slide = only(deck, "Row")
    texts = [element for element in slide.elements if element.name == "Text"]
    (picture,) = [element for element in slide.elements if isinstance(element, PictureBox)]
    assert len(texts) == 2
    assert texts[0].rect.top == texts[1].rect.top > picture.rect.bottom
    assert texts[0].rect.right < texts[1].rect.left


def test_a_picture_that_could_not_be_had_is_a_frame_with_its_address(tmp_path: Path) -> None:
    markdown = page('## Lid\n\n<Img src="https://a.example/lid.png" legend="A lid" origin="https://b.example/x" />')
    _, deck = planned(tmp_path, markdown)
    slide = only(deck, "Lid")
    frame = next(e for e in slide.elements if isinstance(e, ShapeBox))
    assert frame.stroke is not None
    assert (frame.stroke.dashed, frame.description) == (True, "A lid")
    assert "https://a.example/lid.png" in shown(slide)
    assert "A lid   Source: b.example [1]" in shown(slide)


def test_a_table_is_native_with_numbers_at_the_right(tmp_path: Path) -> None:
    markdown = page("## Water\n\n| Tea | °C |\n| --- | --- |\n| Green | 70 |\n| Black | 100 |")
    _, deck = planned(tmp_path, markdown)
    (table,) = [e for e in only(deck, "Water").elements if isinstance(e, TableBox)]
    assert shown(only(deck, "Water")) == ["Tea", "°C", "Green", "70", "Black", "100"]
    assert sum(table.widths) == table.rect.width
    assert sum(row.height for row in table.rows) == table.rect.height
    assert table.rows[1].cells[1].paragraphs[0].align is TextAlign.END
    assert table.rows[1].cells[0].paragraphs[0].lines[0].runs[0].bold
    assert table.rect.left == load_theme("default").grid.left


def test_a_long_table_goes_on_under_the_same_head(tmp_path: Path) -> None:
    rows = "\n".join(f"| Kind {n} | {n} |" for n in range(60))
    _, deck = planned(tmp_path, page(f"## Water\n\n| Tea | °C |\n| --- | --- |\n{rows}"))
    slides = [slide for slide in deck.slides if slide.title == "Water"]
    assert len(slides) > 1
    assert all(shown(slide)[:2] == ["Tea", "°C"] for slide in slides)
    assert [text for slide in slides for text in shown(slide)[2:]] == [
        text for n in range(60) for text in (f"Kind {n}", str(n))
    ]


def test_a_wide_table_is_divided_by_columns_under_its_first(tmp_path: Path) -> None:
    names = [f"Temperature{n}ofWater" for n in range(14)]
    cells = [f"exactly{n}degreesCelsius" for n in range(14)]
    lines = ["| Tea | " + " | ".join(names) + " |", "|---" * 15 + "|", "| Green | " + " | ".join(cells) + " |"]
    _, deck = planned(tmp_path, page("## Water\n\n" + "\n".join(lines)))
    tables = [e for s in deck.slides for e in s.elements if isinstance(e, TableBox)]
    assert len(tables) > 1
    firsts = ["".join(r.text for r in t.rows[1].cells[0].paragraphs[0].lines[0].runs) for t in tables]
    assert set(firsts) == {"Green"}
    counts = [len(table.widths) - 1 for table in tables]
    assert sum(counts) == 14
    assert max(counts) - min(counts) <= 1


CODE = "\n".join(f"step_{n} = boil({n})" for n in range(60))


def test_code_keeps_its_numbers_apart_and_goes_on(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page(f'## Code\n\n```python title="tea.py"\n{CODE}\n```'))
    slides = [slide for slide in deck.slides if slide.title == "Code"]
    lines = ["".join(r.text for ln in p.lines for r in ln.runs) for s in slides for p in box(s, "Code").paragraphs]
    numbers = [
        "".join(r.text for ln in p.lines for r in ln.runs) for s in slides for p in box(s, "Line numbers").paragraphs
    ]
    assert lines == CODE.split("\n")
    assert numbers == [str(n) for n in range(1, 61)]
    assert all("tea.py" in shown(slide) for slide in slides)
    assert {run.face for slide in slides for run in runs_of(slide) if run.text.startswith("step_")} == {Face.MONO}
    assert Colour.CODE_NUMBER in {run.colour for run in runs_of(slides[0])}


def test_marked_lines_stand_on_a_band(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Code\n\n```js {2-3}\na()\nb()\nc()\nd()\n```"))
    slide = only(deck, "Code")
    (band,) = [e for e in slide.elements if isinstance(e, ShapeBox) and e.fill is Colour.MARK]
    code = box(slide, "Code")
    pitch = code.paragraphs[0].leading.emu
    assert abs(band.rect.top - (code.rect.top + pitch)) < 100
    assert abs(band.rect.height - 2 * pitch) < 100


def test_a_callout_is_told_by_word_colour_and_shape(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Care\n\n:::warning[Hot!]\n\nMind the steam.\n\n:::"))
    slide = only(deck, "Care")
    assert shown(slide) == ["!", "Warning   Hot!", "Mind the steam."]
    shapes = [e for e in slide.elements if isinstance(e, ShapeBox)]
    assert {e.fill for e in shapes} == {Colour.WARNING, Colour.WARNING_TINT}
    assert Outline.TRIANGLE in {e.outline for e in shapes}


def test_a_callout_bears_the_word_that_its_author_gave_it(tmp_path: Path) -> None:
    quotes = ["> [!bug]\n> It leaks.", "> [!question] Is it hot?\n> It is.", "> [!tip] Tip of the day\n> Wait."]
    dotted = ":::deprecated[2.0]\n\nUse the kettle.\n\n:::"
    _, deck = planned(tmp_path, page("## Care\n\n" + "\n\n".join([*quotes, dotted])))
    heads = [text for slide in deck.slides for text in shown(slide)]
    for head in ("Bug", "Question   Is it hot?", "Tip of the day", "Deprecated since version 2.0"):
        assert head in heads


def test_tabs_and_definitions_have_heads(tmp_path: Path) -> None:
    markdown = page('## Use\n\n=== "Gas"\n\n    Light it.\n\n=== "Coil"\n\n    Plug it in.\n\nLid\n:   It opens.\n')
    _, deck = planned(tmp_path, markdown)
    slide = only(deck, "Use")
    sizes = {"".join(r.text for ln in p.lines for r in ln.runs): p.size for p in box(slide, "Text").paragraphs}
    assert list(sizes) == ["Gas", "Light it.", "Coil", "Plug it in.", "Lid", "It opens."]
    assert sizes["Gas"] == sizes["Coil"] == sizes["Lid"] > sizes["It opens."]


# ---------------------------------------------------------------- comparison, references, links


VERSUS = """# Kettle vs Pot

A kettle and a pot both heat water.

## Differences

What do they differ in?

| | Kettle | Pot |
| --- | --- | --- |
| Speed | fast | slow |
| Size | small | large |
"""


def test_a_comparison_stands_in_place_of_the_table_that_it_comes_from(tmp_path: Path) -> None:
    document, deck = planned(tmp_path, VERSUS)
    slide = only(deck, "Differences")
    (table,) = [e for e in slide.elements if isinstance(e, TableBox)]
    assert table.name == "Comparison"
    assert [cell.fill for cell in table.rows[0].cells] == [None, Colour.SUBJECT_A, Colour.SUBJECT_B]
    assert [cell.fill for cell in table.rows[1].cells] == [None, Colour.TINT_A, Colour.TINT_B]
    assert all(cell.inset > 0 for row in table.rows for cell in row.cells if cell.fill)
    assert covered(deck) == top_blocks(document)
    assert document.sections[0].blocks[1] in slide.notes


APART = """\
# Kettle vs Pot

## Kettle

A kettle is a closed vessel that heats water.

Use a kettle when you are in a hurry.

## Pot

A pot is an open vessel that heats soup.

Use a pot when you have guests.

## After the meal

Wash both by hand.
"""


def test_a_comparison_from_several_sections_stands_behind_them_with_the_pages_title(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, APART)
    slide = next(s for s in deck.slides if any(e.name == "Comparison" for e in s.elements))
    assert (slide.title, slide.section, slide.origin.rule) == ("Kettle vs Pot", None, SlideRule.COMPARISON)
    assert [s.title for s in deck.slides[slide.number - 2 :]] == ["Pot", "Kettle vs Pot", "After the meal"]


def test_the_cover_introduces_the_subjects_marks(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, VERSUS)
    shapes = [e for e in deck.slides[0].elements if isinstance(e, ShapeBox)]
    assert [(e.outline, e.fill) for e in shapes] == [
        (Outline.ELLIPSE, Colour.SUBJECT_A),
        (Outline.RECTANGLE, Colour.SUBJECT_B),
    ]
    texts = [
        "".join(r.text for p in paragraphs_of(e) for ln in p.lines for r in ln.runs)
        for e in deck.slides[0].elements
        if e.name.startswith("Subject")
    ]
    assert texts == ["AKettle", "BPot"]


def test_references_are_numbered_linked_and_say_where_they_are_named(tmp_path: Path) -> None:
    markdown = page(
        "## Lid\n\nSee [lids](https://www.a.example/lids/).", "## References\n\n- [The book](https://b.example)"
    )
    document, deck = planned(tmp_path, markdown)
    slide = deck.slides[-1]
    assert [(r.number, r.text, r.slides) for r in deck.references] == [(1, "The book", ()), (2, "lids", (2,))]
    assert shown(slide) == [
        "1",
        "The book",
        "b.example",
        "Linked on the slides",
        "2",
        "lids",
        "a.example/lids",
        "slide 2",
    ]
    links = [run.link for run in runs_of(slide) if run.link]
    assert links == [WebTarget(url="https://b.example"), WebTarget(url="https://www.a.example/lids/")]
    assert slide.covers == document.sections[1].blocks
    assert slide.notes == ()


@pytest.mark.parametrize("language", ["en", "zh", "fr", "ru"])
def test_the_slides_that_name_a_reference_stand_in_one_line(tmp_path: Path, language: str) -> None:
    parts = (f"## Part {number}\n\nSee [lids](https://a.example/lids) {number}." for number in range(120, 125))
    _, deck = planned(tmp_path, f"---\nlang: {language}\n---\n{page(*parts)}")
    boxes = [e for e in deck.slides[-1].elements if isinstance(e, TextBox) and e.name == "Slide"]
    (line,) = [line for box in boxes for paragraph in box.paragraphs for line in paragraph.lines]
    shown_numbers = re.findall(r"\d+", "".join(run.text for run in line.runs))
    assert "".join(run.text for run in line.runs).endswith("…")
    assert tuple(map(int, shown_numbers)) == deck.references[0].slides[: len(shown_numbers)]


def test_a_list_of_references_that_says_more_is_said_whole(tmp_path: Path) -> None:
    entry = "- [The book](https://b.example) and [its sequel](https://c.example) by Ada"
    document, deck = planned(tmp_path, page(f"## See also\n\n{entry}"))
    assert deck.slides[-1].notes == document.sections[0].blocks


def test_links_within_the_page_lead_to_slides(tmp_path: Path) -> None:
    lid = "See [the spout](#spout), [all](#kettles), [nothing](#nowhere) and [the hole](#hole)."
    markdown = page(f"Water.\n\n## Lid\n\n{lid}", '<a id="hole"></a>\n## Spout\n\nIt pours.')
    _, deck = planned(tmp_path, markdown)
    links = {run.text: run.link for run in runs_of(only(deck, "Lid"))}
    assert links["the spout"] == links["the hole"] == SlideTarget(number=3)
    assert links["all"] == SlideTarget(number=1)
    assert not any("nothing" in text and link for text, link in links.items())


def test_wide_gaps_in_code_within_a_line_are_closed(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page(f"## Lid\n\nTurn `a{' ' * 30}b` and `c  d`."))
    assert "Turn a b and c  d." in "".join(run.text for run in runs_of(only(deck, "Lid")))


# ---------------------------------------------------------------- the frame


def test_a_long_title_wraps_and_pushes_the_body_down(tmp_path: Path) -> None:
    long = "The whole truth about kettles " * 9
    _, deck = planned(tmp_path, page(f"## {long}\n\nIt opens."))
    slide = deck.slides[1]
    title = next(e for e in slide.elements if isinstance(e, TextBox) and e.role is Role.TITLE)
    assert "".join(r.text for ln in title.paragraphs[0].lines for r in ln.runs).strip() == long.strip()
    assert box(slide, "Text").rect.top >= title.rect.bottom


def test_a_list_of_thousands_fills_slides_one_after_another(tmp_path: Path) -> None:
    items = [f"item {number} of the kettle" for number in range(1500)]
    _, deck = planned(tmp_path, page("## Items\n\n" + "\n".join(f"- {item}" for item in items)))
    assert [text for slide in deck.slides[1:] for text in shown(slide)] == items


def test_every_slide_but_the_cover_has_a_foot(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, page("## Lid\n\nIt opens.", "## Spout\n\nIt pours."))
    feet = [box(slide, "Slide number").paragraphs[0].lines[0].runs for slide in deck.slides[1:]]
    assert ["".join(run.text for run in runs) for runs in feet] == ["2 / 3", "3 / 3"]
    assert "Slide number" not in [element.name for element in deck.slides[0].elements]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_words_that_a_deck_adds_are_in_the_pages_language(tmp_path: Path, language: str) -> None:
    body = {"en": "It opens.", "zh": "盖子可以打开。"}[language]
    sections = [f"## {n}\n\n{body}" for n in ("一", "二", "三")]
    _, deck = planned(tmp_path, f"---\nlang: {language}\ntitle: K\n---\n\n" + "\n\n".join(sections))
    assert deck.slides[1].title == {"en": "Agenda", "zh": "目录"}[language]


def test_a_picture_without_words_before_text_is_shown(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="3" height="2"/></svg>'
    (tmp_path / "pot.svg").write_text(drawing, encoding="utf-8")
    _, deck = planned(tmp_path, "# Tea\n\n## Pot\n\n![](pot.svg) `tea`\n")
    assert [type(element) for element in deck.slides[-1].elements].count(PictureBox) == 1


@pytest.mark.parametrize(
    ("coffee", "tables"), [("", 0), ("## Challenges: Coffee\n\n- much\n\n## Advantages: Coffee\n\n- noon\n", 1)]
)
def test_what_is_said_of_one_alone_makes_no_table_of_blanks(tmp_path: Path, coffee: str, tables: int) -> None:
    tea = "## Tea\n\n- It is mild\n- It is old\n\n## Challenges: Tea\n\n- little\n- or none\n"
    tea += "\n## Advantages: Tea\n\n- evenings\n- mornings\n"
    _, deck = planned(tmp_path, f"# Tea vs Coffee\n\n{tea}\n{coffee}")
    assert sum(isinstance(e, TableBox) for slide in deck.slides for e in slide.elements) == tables


def test_a_text_between_figures_stays_between_them(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="400"><rect width="3" height="2"/></svg>'
    (tmp_path / "pot.svg").write_text(drawing, encoding="utf-8")
    figures = "Old.\n\n![One](pot.svg)\n\n- New\n\n![Two](pot.svg)\n\nLast of all.\n"
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{figures}")
    told = [
        element.description if isinstance(element, PictureBox) else text_of_paragraph(element.paragraphs[0])
        for slide in deck.slides[1:]
        for element in slide.elements
        if isinstance(element, PictureBox) or (isinstance(element, TextBox) and element.name == "Text")
    ]
    assert told.index("One") < told.index("New") < told.index("Two")
