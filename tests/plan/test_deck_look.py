"""How slides are composed: points and cards, sizes that hold through a topic, grounds, and slides in a mirror."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from deck_reading import planned, shown, titles
from PIL import Image as Raster

from pipeline.labels import labels_for
from pipeline.model.document import CalloutKind
from pipeline.model.fitted import (
    Element,
    FittedCell,
    Outline,
    PictureBox,
    Role,
    Run,
    ShapeBox,
    TableBox,
    TextAlign,
    TextBox,
)
from pipeline.model.plan import Slide, SlideKind
from pipeline.plan.deck.setting import Setter
from pipeline.theme import Colour, load_theme
from pipeline.typeset import Typesetter
from pipeline.units import Emu, Pt
from pipeline.write.html import TONES

WIDE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 260"><rect width="9" height="9"/></svg>'
THEME = load_theme("default")


def named(slide: Slide, name: str) -> list[Element]:
    return [element for element in slide.elements if element.name == name]


def sizes(slide: Slide, name: str = "Text") -> set[float]:
    return {p.size.points for e in named(slide, name) if isinstance(e, TextBox) for p in e.paragraphs}


def title_of(slide: Slide) -> TextBox:
    return next(e for e in slide.elements if isinstance(e, TextBox) and e.role is Role.TITLE)


def versus(folder: Path, body: str, theme: str = "default") -> Slide:
    (folder / "row.svg").write_text(WIDE, encoding="utf-8")
    _, deck = planned(folder, f"# Kettle vs Pot\n\nBoth boil water.\n\n## How they differ\n\n{body}\n", theme=theme)
    return next(slide for slide in deck.slides if slide.title == "How they differ")


POINTS = """
- **A kettle has a spout**: It pours well.
- **A pot has none**: It stirs well.
"""


def test_a_wide_figure_and_its_points_stand_on_one_slide_with_the_subjects_marks(tmp_path: Path) -> None:
    points = POINTS.replace("A pot has none", "A pot has a lid of its own and no spout")
    slide = versus(tmp_path, f"Look at both.\n\n![Both](row.svg)\n\n{points}")
    (figure,) = named(slide, "Figure")
    first, second = named(slide, "Text")[-2:]
    assert isinstance(figure, PictureBox)
    assert [e.outline for e in slide.elements if isinstance(e, ShapeBox) and e.name.startswith("Mark ")] == [
        Outline.ELLIPSE,
        Outline.RECTANGLE,
    ]
    assert figure.rect.bottom < first.rect.top == second.rect.top
    assert first.rect.right < second.rect.left
    assert isinstance(first, TextBox)
    assert isinstance(second, TextBox)
    below = [e.rect.top + e.paragraphs[0].leading.emu * len(e.paragraphs[0].lines) for e in (first, second)]
    texts = [top + e.paragraphs[1].before.emu for top, e in zip(below, (first, second), strict=True)]
    assert texts[0] == texts[1]


def test_points_that_name_no_subject_open_with_a_rule(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# Kettles\n\n## Parts\n\n- **Lid**: It opens.\n- **Spout**: It pours.\n")
    slide = deck.slides[-1]
    assert [e.rect.top for e in named(slide, "Rule")] == [THEME.grid.body_top] * 2
    assert shown(slide) == ["Lid", "It opens.", "Spout", "It pours."]


def test_items_that_each_speak_of_another_subject_are_cards_in_their_tints(tmp_path: Path) -> None:
    slide = versus(tmp_path, "- On the left stands a kettle.\n- On the right stands a pot.")
    cards = [e for e in named(slide, "Card") if isinstance(e, ShapeBox)]
    assert [card.fill for card in cards] == [Colour.TINT_A, Colour.TINT_B]
    for card, text in zip(cards, named(slide, "Text"), strict=True):
        assert card.rect.left < text.rect.left < text.rect.right < card.rect.right
        assert card.rect.top < text.rect.top < text.rect.bottom < card.rect.bottom


def test_numbered_items_keep_their_numbers(tmp_path: Path) -> None:
    slide = versus(tmp_path, "1. Take a kettle and pour.\n2. Take a pot and stir.")
    assert named(slide, "Card") == []


def test_a_comparison_is_set_large_where_it_has_room(tmp_path: Path) -> None:
    table = "| | Kettle | Pot |\n|---|---|---|\n| Spout | yes | no |\n| Lid | one | one |\n| Handles | one | two |"
    slide = versus(tmp_path, table)
    (box,) = [e for e in slide.elements if isinstance(e, TableBox)]
    assert {p.size.points for row in box.rows[1:] for cell in row.cells for p in cell.paragraphs} == {22.0}
    assert sum(row.height for row in box.rows) == box.rect.height
    assert box.rect.height > 7 * Emu.from_points(22)


@pytest.mark.parametrize(("blank", "name"), [("no", "Comparison"), ("", "Table")])
def test_a_comparison_with_many_blanks_is_none(tmp_path: Path, blank: str, name: str) -> None:
    rows = f"| Spout | yes | {blank} | no |\n| Lid | {blank} | one | one |\n| Handles | one | {blank} | two |"
    page = f"# Kettle vs Pot vs Pan\n\n## How they differ\n\n| | Kettle | Pot | Pan |\n|---|---|---|---|\n{rows}\n"
    _, deck = planned(tmp_path, page)
    assert [e.name for e in deck.slides[-1].elements if isinstance(e, TableBox)] == [name]


def test_a_table_goes_on_over_slides_before_its_type_is_too_small_to_read(tmp_path: Path) -> None:
    rows = "\n".join(f"| part {n} | what part {n} of a kettle is good for, told in a line |" for n in range(14))
    _, deck = planned(tmp_path, f"# K\n\n## Parts\n\n| Part | Use |\n|---|---|\n{rows}\n")
    tables = [e for slide in deck.slides for e in slide.elements if isinstance(e, TableBox)]
    assert len(tables) == 2
    assert min(p.size.points for t in tables for row in t.rows for c in row.cells for p in c.paragraphs) >= 16


def test_text_keeps_one_size_through_a_topic(tmp_path: Path) -> None:
    crowded = "\n".join(
        f"- Part {n} of a kettle is there for a reason that takes a whole line to tell." for n in range(7)
    )
    body = f"{crowded}\n\n---\n\nIt pours.\n\n- Slowly at first, then faster\n- Never backwards"
    _, deck = planned(tmp_path, f"# K\n\n## Parts\n\n{body}\n")
    assert len({tuple(sizes(slide)) for slide in deck.slides if slide.kind is SlideKind.CONTENT}) == 1


def test_titles_have_one_size_in_a_deck(tmp_path: Path) -> None:
    long = "What is the difference between a kettle and a pot?"
    _, deck = planned(tmp_path, f"# K\n\n## {long}\n\nIt pours.\n\n## Lid\n\nIt opens.\n\n## Pot\n\nIt stirs.\n")
    framed = [title_of(slide).paragraphs[0] for slide in deck.slides[1:]]
    assert {len(paragraph.lines) for paragraph in framed} == {1}
    assert len({paragraph.size for paragraph in framed}) == 1


def test_few_items_have_more_room_between_them(tmp_path: Path) -> None:
    few, many = ("\n".join(f"- Part {n}" for n in range(count)) for count in (3, 8))
    _, deck = planned(tmp_path, f"# K\n\n## Few\n\n{few}\n\n## Many\n\n{many}\n")
    gaps = [
        e.paragraphs[1].before for slide in deck.slides[-2:] for e in named(slide, "Text") if isinstance(e, TextBox)
    ]
    assert gaps[0] > gaps[1]
    assert all(e.rect.bottom <= THEME.grid.body_bottom for slide in deck.slides[-2:] for e in named(slide, "Text"))


def test_a_quote_tells_who_said_it_apart(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# K\n\n## Said\n\n> Water boils when nobody looks.\n> — A cook\n")
    assert shown(deck.slides[-1]) == ["Water boils when nobody looks.", "— A cook"]
    _, deck = planned(tmp_path, "# K\n\n## Said\n\n> Water boils — when nobody looks.\n")
    assert shown(deck.slides[-1]) == ["Water boils — when nobody looks."]


def test_a_cover_without_marks_and_openers_have_grounds(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# Kettles\n\n## Outside\n\n### Lid\n\nIt opens.\n\n### Spout\n\nIt pours.\n")
    grounds = [slide.elements[0] for slide in deck.slides[:2]]
    assert [e.fill for e in grounds if isinstance(e, ShapeBox)] == [Colour.INK, Colour.PANEL]
    assert {run.colour for line in title_of(deck.slides[0]).paragraphs[0].lines for run in line.runs} == {Colour.PAPER}
    _, compared = planned(tmp_path, "# Kettle vs Pot\n\nBoth boil water.\n\n## Kettle\n\nPours.\n\n## Pot\n\nStirs.\n")
    assert named(compared.slides[0], "Ground") == []


def test_a_missing_picture_has_a_sign_within_its_frame(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# K\n\n## Lid\n\nIt opens.\n\n![The lid](https://a.example/lid.png)\n")
    (frame,) = named(deck.slides[-1], "Missing picture")
    signs = named(deck.slides[-1], "Picture sign")
    assert len(signs) == 4
    for sign in signs:
        assert frame.rect.left < sign.rect.left < sign.rect.right < frame.rect.right
        assert frame.rect.top < sign.rect.top < sign.rect.bottom < named(deck.slides[-1], "Address")[0].rect.top


def test_lines_are_balanced_without_one_more_of_them() -> None:
    setter = Setter(THEME, Typesetter(THEME))
    runs = (Run(text="A kettle boils water and pours it, which a pot of the same size does less well than it does."),)
    width = Emu.from_inches(6)
    plain = setter.fit(runs, Pt.from_points(22), width)
    balanced, measure = setter.balanced(runs, Pt.from_points(22), width)
    assert len(balanced.lines) == len(plain.lines) > 1
    assert measure < width
    assert balanced.lines[-1].width >= plain.lines[-1].width


# ---------------------------------------------------------------- pages that read from the right

CODE = "```python\nboil()\npour()\nstir()\nserve()\n```"


@pytest.mark.parametrize(("language", "mirrored"), [("ar", True), ("he-IL", True), ("en", False)])
def test_slides_of_languages_that_read_from_the_right_are_mirrored(
    tmp_path: Path, language: str, *, mirrored: bool
) -> None:
    front = f"---\nlang: {language}\ntitle: K\n---\n"
    _, deck = planned(tmp_path, f"{front}\n## مقدمة\n\n{CODE}\n\n## Tea\n\nIt is hot.\n")
    first = next(slide for slide in deck.slides if slide.section == 1)
    grid = THEME.grid
    title, (number,) = title_of(first), named(first, "Section number")
    assert title.rect.left == (grid.right if mirrored else grid.left)
    assert (number.rect.left > title.rect.right) is mirrored
    (panel,), (code,), (digits,) = (named(first, name) for name in ("Panel", "Code", "Line numbers"))
    assert panel.rect.left == title.rect.left
    assert panel.rect.left < digits.rect.left < digits.rect.right < code.rect.left < panel.rect.right
    assert isinstance(code, TextBox)
    assert {p.align for p in code.paragraphs} == {TextAlign.START}


def test_code_is_broken_where_its_numbers_say(tmp_path: Path) -> None:
    lines = "\n".join(f"boil({'x' * width}){' ' * (130 - width)}|" for width in range(60, 90, 3))
    _, deck = planned(tmp_path, f"# K\n\n## Tea\n\n```python\n{lines}\n```\n")
    slide = next(slide for slide in deck.slides if named(slide, "Code"))
    (code,), (digits,) = (named(slide, name) for name in ("Code", "Line numbers"))
    assert isinstance(code, TextBox)
    assert isinstance(digits, TextBox)
    rows = [line for paragraph in code.paragraphs for line in paragraph.lines]
    assert len(rows) == len(digits.paragraphs) > len(code.paragraphs)
    for line in (line for paragraph in code.paragraphs for line in paragraph.lines[:-1]):
        assert line.hard
        assert not line.runs[-1].text.endswith(" ")


def test_latin_text_on_a_mirrored_slide_stands_at_the_right(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "---\nlang: ar\ntitle: K\n---\n\n## SQL\n\nهذا شاي\n\n## NoSQL شاي\n\nIt is hot.\n")
    latin, mixed = (title_of(slide).paragraphs[0] for slide in deck.slides if slide.section)
    assert (latin.align, latin.right_to_left) == (TextAlign.END, False)
    assert (mixed.align, mixed.right_to_left) == (TextAlign.START, True)


def test_the_columns_of_a_mirrored_comparison_stand_from_the_right_with_their_marks(tmp_path: Path) -> None:
    rows = "| | SQL | NoSQL |\n|---|---|---|\n| Schema | fixed | free |\n| Scale | up | out |\n"
    _, deck = planned(tmp_path, f"---\nlang: ar\n---\n# SQL vs NoSQL\n\n## Comparison\n\n{rows}")
    slide = next(slide for slide in deck.slides if named(slide, "Comparison"))
    (table,) = named(slide, "Comparison")
    assert isinstance(table, TableBox)
    assert table.from_right
    assert [shown_in(cell) for cell in table.rows[0].cells] == ["NoSQL", "SQL", ""]
    assert table.rows[0].cells[0].fill is Colour.SUBJECT_B
    left = table.rect.left
    for width, letter in zip(table.widths, ("B", "A"), strict=False):
        (mark,) = (element for element in named(slide, f"Mark {letter}") if isinstance(element, ShapeBox))
        assert left < mark.rect.left < mark.rect.right < left + width
        left = Emu(left + width)


MIXED = (
    "# Teas\n\nOf several lands.\n\n## תה ירוק\n\nזה תה ירוק וחם מאוד.\n\n## Black\n\nIt is hot.\n\n"
    "## Words\n\n| Word | Meaning | Count |\n|---|---|--:|\n| cup | כוס של תה | 3 |\n| תה | a hot drink | ארבע |\n"
)


def test_a_slide_whose_words_read_from_the_right_is_mirrored_on_any_page(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, MIXED)
    first, second = (next(s for s in deck.slides if s.title == title) for title in ("תה ירוק", "Black"))
    grid = THEME.grid
    (number,), (text,) = (named(first, name) for name in ("Section number", "Text"))
    assert title_of(first).rect.left == grid.right
    assert number.rect.left > title_of(first).rect.right == text.rect.right
    assert {p.right_to_left for e in (title_of(first), text) if isinstance(e, TextBox) for p in e.paragraphs} == {True}
    assert title_of(second).rect.left == grid.left == named(second, "Text")[0].rect.left
    assert named(first, "Footer")[0].rect == named(second, "Footer")[0].rect


def test_entries_and_cells_from_the_right_stand_where_their_neighbours_begin(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, MIXED)
    agenda = next(slide for slide in deck.slides if slide.kind is SlideKind.AGENDA)
    entries = [p for e in named(agenda, "Section") if isinstance(e, TextBox) for p in e.paragraphs]
    assert [(p.right_to_left, p.align) for p in entries] == [
        (True, TextAlign.END),
        (False, TextAlign.START),
        (False, TextAlign.START),
    ]
    (table,) = (e for slide in deck.slides for e in slide.elements if isinstance(e, TableBox))
    cells = {shown_in(cell): cell.paragraphs[0].align for row in table.rows for cell in row.cells}
    assert (cells["כוס של תה"], cells["a hot drink"]) == (TextAlign.END, TextAlign.START)
    assert (cells["ארבע"], cells["3"]) == (TextAlign.START, TextAlign.END)


def test_a_title_from_the_left_keeps_its_signs_before_a_number_from_the_right(tmp_path: Path) -> None:
    code = "```python\n" + "\n".join(f"boil({n})" for n in range(60)) + "\n```"
    _, deck = planned(tmp_path, f"---\nlang: ar\ntitle: K\n---\n\n## Kettle:\n\n{code}\n")
    fitted = title_of(next(slide for slide in deck.slides if slide.part)).paragraphs[0]
    text = "".join(run.text for line in fitted.lines for run in line.runs)
    assert text.startswith("\u200f\u200eKettle:\u200e\u200f")


def shown_in(cell: FittedCell) -> str:
    return "".join(run.text for paragraph in cell.paragraphs for line in paragraph.lines for run in line.runs)


def test_parts_of_a_section_are_counted_behind_its_title(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# K\n\n## Lid\n\nIt opens.\n\n---\n\nIt closes.\n")
    assert titles(deck)[-2:] == ["Lid 1/2", "Lid 2/2"]


def test_pictures_on_dark_slides_stand_on_a_light_plate(tmp_path: Path) -> None:
    slide = versus(tmp_path, "![Row](row.svg)\n\nOne is taller.")
    assert not named(slide, "Plate")
    dark = versus(tmp_path, "![Row](row.svg)\n\nOne is taller.", theme="dark")
    (plate,), (figure,) = named(dark, "Plate"), named(dark, "Figure")
    assert isinstance(plate, ShapeBox)
    assert plate.fill is Colour.PICTURE
    assert dark.elements.index(plate) < dark.elements.index(figure)
    assert plate.rect.left < figure.rect.left
    assert figure.rect.left + figure.rect.width < plate.rect.left + plate.rect.width
    assert plate.rect.top < figure.rect.top
    assert figure.rect.top + figure.rect.height < plate.rect.top + plate.rect.height


def test_a_comparison_takes_the_time_to_say_all_of_the_list_that_it_is_made_of(tmp_path: Path) -> None:
    items = [
        ("Price", "costs little"),
        ("Speed", "boils fast"),
        ("Size", "takes little room"),
        ("Care", "wants a rinse"),
    ]
    lines = [
        f"- **{aspect}**: A kettle {said}, while a pot {said} less." + " So it goes." * 9 for aspect, said in items
    ]
    slide = versus(tmp_path, "\n".join(lines))
    assert any(isinstance(element, TableBox) for element in slide.elements)
    assert slide.seconds >= 55  # some 150 words


def pair(folder: Path, name: str, picture: bytes) -> list[Slide]:
    """The slides of a short text and two pictures with legends."""
    (folder / name).write_bytes(picture)
    figures = "\n\n".join(
        f'<Img src="{name}" legend="Mill {when} the flood" alt="A mill" />' for when in ("before", "after")
    )
    _, deck = planned(folder, f"# Mills\n\n## Floods\n\nThe mill was drawn twice, by the same hand.\n\n{figures}\n")
    return [slide for slide in deck.slides if slide.title == "Floods"]


def raster(kind: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Raster.new("RGB", (width, height), "#5b8ac9").save(out, kind)
    return out.getvalue()


def drawing(width: int, height: int, size: int) -> bytes:
    view = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    words = f'<text x="9" y="40" font-size="{size}">wheel</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view}>{words}</svg>'.encode()


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("mill.png", raster("PNG", 1000, 400)),
        ("mill.jpg", raster("JPEG", 900, 300)),
        ("mill.svg", drawing(600, 200, 20)),
    ],
    ids=["picture", "photograph", "drawing with large words"],
)
def test_two_pictures_stand_beside_each_other_where_they_can_be_read(tmp_path: Path, name: str, picture: bytes) -> None:
    (slide,) = pair(tmp_path, name, picture)
    first, second = (figure.rect for figure in named(slide, "Figure"))
    assert first.top == second.top
    assert first.right < second.left


def test_pictures_whose_words_would_be_too_small_beside_each_other_have_a_slide_each(tmp_path: Path) -> None:
    slides = pair(tmp_path, "mill.svg", drawing(640, 360, 12))
    assert [len(named(slide, "Figure")) for slide in slides] == [1, 1]


def test_very_wide_drawings_stand_below_each_other(tmp_path: Path) -> None:
    (tmp_path / "row.svg").write_bytes(drawing(1200, 200, 20))
    _, deck = planned(tmp_path, "# Mills\n\n## Floods\n\n![One](row.svg)\n\n![Two](row.svg)\n")
    first, second = (figure.rect for figure in named(deck.slides[-1], "Figure"))
    assert first.left == second.left
    assert first.bottom < second.top


@pytest.mark.parametrize(
    ("first", "second"),
    [("**Kettle:**", "**Pot:**"), ("**Kettle**", "**Pot**"), ("Kettle:", "Pot:"), ("### Kettle", "### Pot")],
)
def test_two_lists_with_a_head_each_stand_beside_each_other(tmp_path: Path, first: str, second: str) -> None:
    body = f"Both boil.\n\n{first}\n\n- pours well\n- is quick\n\n{second}\n\n- stirs well\n- is wide\n- has a lid\n"
    _, deck = planned(tmp_path, f"# Tea\n\n## Choosing\n\n{body}")
    slide = deck.slides[-1]
    _, left, right = named(slide, "Text")
    assert left.rect.top == right.rect.top
    assert left.rect.right < right.rect.left
    assert shown(slide) == [
        "Both boil.",
        "Kettle",
        "pours well",
        "is quick",
        "Pot",
        "stirs well",
        "is wide",
        "has a lid",
    ]
    assert "•" in {p.marker.text for e in (left, right) if isinstance(e, TextBox) for p in e.paragraphs if p.marker}


@pytest.mark.parametrize(
    "body",
    [
        "**Fill**\n\n1. open it\n2. pour\n\n**Boil**\n\n1. close it\n2. wait\n",
        "**Kettle**\n\n- pours\n\n**Pot**\n\n- stirs\n- fries\n- stews\n- steams\n",
        "Kettle:\n\n- pours\n- boils\n\nThen there are pots, which do more.\n\nPot:\n\n- stirs\n- stews\n",
    ],
    ids=["steps that follow each other", "one far longer", "other text between"],
)
def test_lists_that_are_no_pair_stand_below_each_other(tmp_path: Path, body: str) -> None:
    _, deck = planned(tmp_path, f"# Tea\n\n## Choosing\n\n{body}")
    assert len({text.rect.left for text in named(deck.slides[-1], "Text")}) == 1


@pytest.mark.parametrize("parts", [5, 6])
def test_an_item_that_a_slide_holds_moves_whole_to_the_next_one(tmp_path: Path, parts: int) -> None:
    inner = "".join(f"  - part {n} of it can be had alone\n" for n in range(parts))
    items = "".join(f"- Kettle {n} is made of iron.\n\n{inner}\n" for n in range(3))
    _, deck = planned(tmp_path, f"# Tea\n\n## Kettles\n\n{items}")
    slides = [slide for slide in deck.slides if slide.title == "Kettles"]
    assert [len(shown(slide)) for slide in slides] == [1 + parts] * 3


def test_few_words_are_not_left_alone_at_the_end(tmp_path: Path) -> None:
    items = "".join(f"- Kettle {n} is made of iron and pours without a drop beside the cup.\n" for n in range(3))
    inner = "".join(f"  - part {n} of it can be had alone\n" for n in range(5))
    _, deck = planned(tmp_path, f"# Tea\n\n## Kettles\n\n{items}{inner}\nSee the next chapter for more.\n")
    slides = [slide for slide in deck.slides if slide.title == "Kettles"]
    assert len(slides) > 1
    assert len(shown(slides[-1])) > 1


def test_few_words_are_not_left_alone_at_the_beginning(tmp_path: Path) -> None:
    first = "Kettles are the first things to buy, and the last that are thrown away.\n"
    second = "Since most of them are made of iron, the next table of all sizes is one of weights as well.\n"
    told = " ".join("A kettle that is lifted while its water boils is hot at both of its handles." for _ in range(4))
    _, deck = planned(tmp_path, f"# Tea\n\n## Kettles\n\n{first}\n{second}\n> [!WARNING]\n> {told}\n")
    slides = [slide for slide in deck.slides if slide.title == "Kettles"]
    assert len(slides) > 1
    assert len(shown(slides[0])) > 1


def test_short_items_stand_in_two_columns_between_texts_before_a_slide_would_be_half_empty(tmp_path: Path) -> None:
    items = "".join(f"- Tea {n}\n" for n in range(7))
    before = "Teas have a name and a kind as well.\n\nThese kinds are sold:"
    behind = "A kind is kept as long as it sells, and then another one takes its place."
    body = f"{before}\n\n{items}\n{behind}\n"
    _, deck = planned(tmp_path, f"# Tea\n\n## Kinds\n\n{body}")
    (slide,) = [slide for slide in deck.slides if slide.title == "Kinds"]
    above, left, right, below = named(slide, "Text")
    assert above.rect.bottom < left.rect.top == right.rect.top
    assert left.rect.right < right.rect.left
    assert left.rect.bottom < below.rect.top
    assert shown(slide)[2:-1] == [f"Tea {n}" for n in range(7)]


@pytest.mark.parametrize(("line", "breaks"), [("brew-" * 40, {True}), ("brew tea " * 20, {False})])
def test_a_line_of_code_is_broken_as_measured_where_programs_would_break_it_elsewhere(
    tmp_path: Path, line: str, breaks: set[bool]
) -> None:
    _, deck = planned(tmp_path, f"# K\n\n## Tea\n\n```sh\nboil {line}\n```\n")
    code = next(element for slide in deck.slides for element in named(slide, "Code"))
    assert isinstance(code, TextBox)
    assert {line.hard for paragraph in code.paragraphs for line in paragraph.lines[:-1]} == breaks


def test_a_figure_alone_stands_in_the_middle_with_its_legend_at_its_edge(tmp_path: Path) -> None:
    (tmp_path / "mill.png").write_bytes(raster("PNG", 400, 600))
    figure = '<Img src="mill.png" legend="The mill" alt="A mill" />'
    _, deck = planned(tmp_path, f"# Mills\n\n## Floods\n\n{figure}\n")
    slide = deck.slides[-1]
    (picture,), (legend,) = named(slide, "Figure"), named(slide, "Legend")
    title = title_of(slide).rect
    assert picture.rect.left - title.left == pytest.approx(title.left + title.width - picture.rect.right, abs=2)
    assert legend.rect.left == picture.rect.left


def test_a_low_figure_alone_does_not_hang_below_the_title(tmp_path: Path) -> None:
    (tmp_path / "row.svg").write_bytes(drawing(1200, 200, 20))
    _, deck = planned(tmp_path, "# Mills\n\n## Floods\n\n![One](row.svg)\n")
    slide = deck.slides[-1]
    (picture,) = named(slide, "Figure")
    assert picture.rect.top > title_of(slide).rect.bottom + picture.rect.height // 3


@pytest.mark.parametrize("kind", [kind for kind in CalloutKind if kind is not CalloutKind.DETAILS])
def test_a_callout_has_one_tone_on_slides_and_on_paper(tmp_path: Path, kind: CalloutKind) -> None:
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n:::{kind.value}\nIt boils.\n:::\n")
    (bar,) = named(deck.slides[-1], "Bar")
    assert isinstance(bar, ShapeBox)
    assert bar.fill is not None
    assert bar.fill.value == TONES[kind]
    assert shown(deck.slides[-1])[-2] == labels_for("en").callout(kind)


def test_a_covers_title_is_a_little_smaller_where_that_spares_it_a_line(tmp_path: Path) -> None:
    _, deck = planned(
        tmp_path, "# Docker vs Virtual Machine\n\n## Size\n\nDocker is small, a virtual machine is large.\n"
    )
    (title,) = (box for box in named(deck.slides[0], "Title") if isinstance(box, TextBox))
    assert ["".join(run.text for run in line.runs).strip() for line in title.paragraphs[0].lines] == [
        "Docker vs",
        "Virtual Machine",
    ]


@pytest.mark.parametrize(
    ("title", "numbered"), [("Pots", True), ("1. Pots", False), ("Step 2: Pots", False), ("3D pots", True)]
)
def test_a_title_with_a_number_of_its_own_has_no_other_beside_it(tmp_path: Path, title: str, *, numbered: bool) -> None:
    _, deck = planned(tmp_path, f"# Tea\n\n## {title}\n\nRound.\n\n## Lids\n\nFlat.\n\n## Cups\n\nSmall.\n")
    slide = next(slide for slide in deck.slides if slide.title == title)
    assert bool(named(slide, "Section number")) is numbered
    assert len(named(deck.slides[1], "Section number")) == 2 + numbered
