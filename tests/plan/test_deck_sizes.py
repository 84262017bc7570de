"""How large what is displayed stays: code, comparisons, tables' names, pictures and the words in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from deck_reading import planned, said, shown

from pipeline.model.document import Alignment
from pipeline.model.fitted import FittedParagraph, PictureBox, Run, TableBox, TextBox
from pipeline.model.origin import Layout
from pipeline.model.plan import Deck, Slide, SlideKind
from pipeline.plan.deck import deck_problems
from pipeline.plan.deck.layouts.code import least_code_height
from pipeline.plan.deck.layouts.grid import least_table_height
from pipeline.plan.deck.layouts.measurer import Measurer, Steps
from pipeline.plan.deck.pieces import CodePiece, TablePiece
from pipeline.plan.deck.setting import Setter
from pipeline.theme import Face, load_theme
from pipeline.typeset import Typesetter
from pipeline.units import Emu, Pt

WORDED = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400">'
    '<text x="9" y="99" style="font-size: 11px">tea</text></svg>'
)
BANNER = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"><rect width="900" height="300"/></svg>'
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/></svg>'


def content(deck: Deck) -> list[Slide]:
    return [slide for slide in deck.slides if slide.kind is SlideKind.CONTENT]


def code_sizes(slide: Slide) -> set[Pt]:
    boxes = [e for e in slide.elements if isinstance(e, TextBox) and e.name == "Code"]
    return {paragraph.size for box in boxes for paragraph in box.paragraphs}


def pictures(slide: Slide) -> list[PictureBox]:
    return [element for element in slide.elements if isinstance(element, PictureBox)]


@pytest.mark.parametrize("lines", [8, 10, 11])
def test_code_stays_large_and_what_explains_it_gives_way(tmp_path: Path, lines: int) -> None:
    body = "\n".join(f"pour(cup_number={n}, amount='full', wait=True)" for n in range(lines))
    items = "- It pours into each of the cups.\n- It waits, and stirs what it poured.\n- It never spills."
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{items}\n\n```python\n{body}\n```\n")
    assert all(size >= Pt.from_points(18) for slide in content(deck) for size in code_sizes(slide))


@pytest.mark.parametrize("length", [80, 92, 100])
def test_code_is_smaller_where_that_spares_it_wrapped_lines(tmp_path: Path, length: int) -> None:
    body = "\n".join("pour " + "x" * (length - 5) for _ in range(5))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n```text\n{body}\n```\n")
    boxes = [e for slide in content(deck) for e in slide.elements if isinstance(e, TextBox) and e.name == "Code"]
    assert all(len(paragraph.lines) == 1 for box in boxes for paragraph in box.paragraphs)


def test_text_behind_a_column_of_numbers_is_kept_off_it(tmp_path: Path) -> None:
    def indent(ruler: str) -> int:
        _, deck = planned(
            tmp_path, f"# Tea\n\n## Pot\n\n| Cups | Leaf |\n|{ruler}|---|\n| 10 | green |\n| 20 | black |\n"
        )
        (table,) = (e for slide in content(deck) for e in slide.elements if isinstance(e, TableBox))
        return table.rows[1].cells[1].paragraphs[0].indent

    assert indent("--:") > 2 * indent("---")


def test_signs_in_code_hardly_widen_its_lines(tmp_path: Path) -> None:
    body = "\n".join([*(f"call_number({number})" for number in range(60)), "# 茶很热"])
    _, deck = planned(tmp_path, f"# T\n\n## S\n\n```python\n{body}\n```\n")
    boxes = [e for slide in content(deck) for e in slide.elements if isinstance(e, TextBox) and e.name == "Code"]
    lines = [line for box in boxes for line in box.paragraphs]
    assert len(lines) > 60
    assert all(1.2 * line.size < line.leading < 1.4 * line.size for line in lines)


def test_a_lead_is_only_said_before_code_that_needs_its_room(tmp_path: Path) -> None:
    body = "\n".join(f"pour(cup_number={n}, amount='full', wait=True)" for n in range(11))
    lead = "This fills every cup that stands on the table, one after the other, and stirs what it poured into each."
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{lead}\n\n```python\n{body}\n```\n")
    (slide,) = content(deck)
    assert code_sizes(slide) <= {Pt.from_points(20), Pt.from_points(18)}
    assert lead in said(slide.notes)


def test_short_code_stands_beside_what_explains_it(tmp_path: Path) -> None:
    body = "def pour():\n    lift()\n    tilt()\n    lower()"
    items = "- Lift the pot.\n- Tilt it.\n- Put it down."
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{items}\n\n```python\n{body}\n```\n")
    (slide,) = content(deck)
    text = next(e for e in slide.elements if isinstance(e, TextBox) and e.name == "Text")
    code = next(e for e in slide.elements if isinstance(e, TextBox) and e.name == "Code")
    assert slide.origin.layout is Layout.CODE_BESIDE
    assert text.rect.right < code.rect.left
    assert code_sizes(slide) == {Pt.from_points(20)}


def test_a_head_stands_above_its_code(tmp_path: Path) -> None:
    body = "def pour():\n    lift()\n    tilt()\n    lower()"
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n**Output**\n\n```python\n{body}\n```\n")
    (slide,) = content(deck)
    tops = {e.name: e.rect.top for e in slide.elements if isinstance(e, TextBox)}
    assert tops["Text"] < tops["Code"]
    assert {e.rect.left for e in slide.elements if isinstance(e, TextBox) and e.name == "Text"} == {
        e.rect.left for e in slide.elements if e.name == "Panel"
    }


def test_a_head_goes_with_code_that_goes_over_slides(tmp_path: Path) -> None:
    body = "\n".join(f"call_number({number})" for number in range(60))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\nIt is so.\n\n**Input**\n\n```python\n{body}\n```\n")
    (slide,) = (slide for slide in content(deck) if "Input" in shown(slide))
    assert any(e.name == "Code" for e in slide.elements)


def test_one_line_of_code_stands_below_its_text(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# Tea\n\n## Pot\n\nPour it, and wait until it is empty:\n\n```python\npour()\n```\n")
    assert content(deck)[0].origin.layout is Layout.CODE


@pytest.mark.parametrize("step", range(6))
def test_the_least_height_of_what_is_displayed_is_never_more_than_it_takes(step: int) -> None:
    theme = load_theme("default")
    measurer = Measurer(setter=Setter(theme, Typesetter(theme)))
    lines = tuple((Run(text=text),) for text in ("a", "leaf " * 30, "茶", ""))
    code = CodePiece(lines=lines, title="", marked=frozenset(), first=None)
    rows = tuple((line, ()) for line in lines)
    table = TablePiece(
        head=None, rows=rows, alignments=(Alignment.NONE,) * 2, caption=(), bold_first_column=False, description=""
    )
    least = (least_code_height(measurer.setter, code, step), least_table_height(measurer.setter, table, step))
    pieces: tuple[CodePiece | TablePiece, ...] = (code, table)
    for piece, low in zip(pieces, least, strict=True):
        measured = measurer.measure(piece, Emu.from_inches(11), Emu.from_inches(99), Steps(0, step))
        assert measured is not None
        assert 0.4 * measured.height < low <= measured.height


def cells_of(table: TableBox, column: int) -> list[FittedParagraph]:
    return [paragraph for row in table.rows for paragraph in row.cells[column].paragraphs]


def test_a_name_in_the_first_column_is_not_broken(tmp_path: Path) -> None:
    name = "--wait-until-the-tea-has-drawn"
    long = "It waits for as long as the leaves need, and tells you when you may pour. " * 2
    rows = f"| `{name}` | {long} | yes |\n| `--pour` | {long} | no |"
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n| Option | What it does | Default |\n|---|---|---|\n{rows}\n")
    (table,) = (e for slide in content(deck) for e in slide.elements if isinstance(e, TableBox))
    names = ["".join(run.text for line in p.lines for run in line.runs) for p in cells_of(table, 0)]
    assert names == ["Option", name, "--pour"]
    assert [len(paragraph.lines) for paragraph in cells_of(table, 0)] == [1, 1, 1]


def test_a_long_value_ends_its_line_only_at_a_slash_where_the_other_columns_have_room(tmp_path: Path) -> None:
    name, page = "docCategoryGeneratedIndexComponent", "DocCategoryGeneratedIndexPage'"
    rows = f"| `{name}` | `string` | `'@theme/{page}` |\n" + "".join(f"| `path{n}` | any | `[]` |\n" for n in range(7))
    long = "| `editUrl` | `string` or `EditUrlFunction` | `undefined` |"
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n| Name | Type | Default |\n|---|---|---|\n{rows}{long}\n")
    (table,) = (e for slide in content(deck) for e in slide.elements if isinstance(e, TableBox))
    lines = [["".join(run.text for run in line.runs) for line in cells_of(table, c)[1].lines] for c in (0, 2)]
    assert lines[0] == [name]
    assert lines[1] in ([f"'@theme/{page}"], ["'@theme/", page])


def test_a_comparison_with_room_is_large(tmp_path: Path) -> None:
    rows = "| Taste | bitter | mild |\n| Cup | small | large |\n| Time | a minute | three minutes |"
    _, deck = planned(tmp_path, f"# Coffee vs Tea\n\n## Drinks\n\n| | Coffee | Tea |\n|---|---|---|\n{rows}\n\nEnd.\n")
    table = next(e for slide in content(deck) for e in slide.elements if isinstance(e, TableBox))
    assert min(p.size for row in table.rows for cell in row.cells for p in cell.paragraphs) >= Pt.from_points(20)


def test_pictures_whose_words_would_be_tiny_have_a_slide_each(tmp_path: Path) -> None:
    (tmp_path / "pot.svg").write_text(WORDED, encoding="utf-8")
    (tmp_path / "square.svg").write_text(SQUARE, encoding="utf-8")
    _, apart = planned(tmp_path, "# Tea\n\n## Pot\n\n![One](pot.svg)\n\n![Two](pot.svg)\n")
    _, beside = planned(tmp_path, "# Tea\n\n## Pot\n\n![One](square.svg)\n\n![Two](square.svg)\n")
    assert [len(pictures(slide)) for slide in content(apart)] == [1, 1]
    assert [len(pictures(slide)) for slide in content(beside)] == [2]


def test_pictures_under_text_are_not_squeezed_to_strips(tmp_path: Path) -> None:
    (tmp_path / "banner.svg").write_text(BANNER, encoding="utf-8")
    text = "Tea is drunk in most countries of the world."
    body = "\n\n".join(f"{text}\n\n![A banner](banner.svg)" for _ in range(3))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{body}\n")
    assert all(box.rect.height > Emu.from_inches(2.5) for slide in content(deck) for box in pictures(slide))


def test_a_wide_picture_keeps_clear_of_the_text_above_it(tmp_path: Path) -> None:
    (tmp_path / "banner.svg").write_text(BANNER, encoding="utf-8")
    _, deck = planned(tmp_path, "# Tea\n\n## Pot\n\nTea is a drink.\n\n![A banner](banner.svg)\n")
    (slide,) = content(deck)
    text = next(e for e in slide.elements if isinstance(e, TextBox) and e.name == "Text")
    assert pictures(slide)[0].rect.top - text.rect.bottom >= Emu.from_inches(0.3)


def test_a_compared_table_with_links_stands_as_it_is(tmp_path: Path) -> None:
    rows = "| Taste | [bitter](https://example.org/b) | mild |\n| Cup | small | large |\n| Time | a minute | an hour |"
    page = "# Coffee vs Tea\n\n## Drinks\n\n| | Coffee | Tea |\n|---|---|---|\n{}\n\nEnd.\n"
    linked = content(planned(tmp_path, page.format(rows))[1])
    plain = content(planned(tmp_path, page.format(rows.replace("(https://example.org/b)", "")))[1])
    assert Layout.COMPARISON in {slide.origin.layout for slide in plain}
    assert {slide.origin.layout for slide in linked} <= {Layout.TABLE, Layout.TEXT, Layout.STATEMENT}


def compared(deck: Deck) -> list[list[list[Run]]]:
    """The runs of each cell of the deck's comparisons, row by row."""
    tables = (
        e for slide in content(deck) for e in slide.elements if isinstance(e, TableBox) and e.name == "Comparison"
    )
    return [
        [[run for para in cell.paragraphs for line in para.lines for run in line.runs] for cell in row.cells]
        for table in tables
        for row in table.rows
    ]


def test_a_compared_table_keeps_what_its_heads_say_besides_the_names(tmp_path: Path) -> None:
    rows = "| Taste | `bitter` taste | mild |\n| Cup | small | large |\n| Time | a minute | an hour |"
    page = "# Coffee vs Tea\n\n## Drinks\n\n| What | {} |\n|---|---|---|\n{}\n"
    heads, first, *_ = compared(planned(tmp_path, page.format("Coffee (a bean) | Tea (a leaf)", rows))[1])
    assert ["".join(run.text for run in cell) for cell in heads] == ["", "Coffee (a bean)", "Tea (a leaf)"]
    assert [(run.text, run.face) for run in first[1]] == [("bitter", Face.MONO), (" taste", Face.SANS)]
    # With a column of another kind, or heads of the same subject, it is a table as any other.
    other = page.format("Coffee | Tea | Both", "\n".join(f"{row} one |" for row in rows.splitlines()))
    assert compared(planned(tmp_path, other)[1]) == []
    assert compared(planned(tmp_path, page.format("Coffee cold | Coffee hot", rows))[1]) == []


@pytest.mark.parametrize(
    ("cell", "wide"), [("8 s", True), ("It takes about as long as any other hot drink. " * 3, False)]
)
def test_long_aspects_take_room_that_short_cells_leave(tmp_path: Path, cell: str, *, wide: bool) -> None:
    aspects = (f"Time until a large pot of it number {number} is on the table" for number in range(4))
    rows = "\n".join(f"| {aspect} | {cell} | {cell} |" for aspect in aspects)
    _, deck = planned(tmp_path, f"# Coffee vs Tea\n\n## Drinks\n\n| | Coffee | Tea |\n|---|---|---|\n{rows}\n")
    tables = [e for slide in content(deck) for e in slide.elements if isinstance(e, TableBox)]
    assert [table.name for table in tables] == ["Comparison"] * len(tables)
    assert (tables[0].widths[0] > 0.25 * tables[0].rect.width) is wide


@pytest.mark.parametrize(("columns", "codes"), [(6, []), (60, ["wide-table"])])
def test_a_table_too_wide_for_a_slide_is_told(tmp_path: Path, columns: int, codes: list[str]) -> None:
    row = "|" + "|".join(f" Tea {number} " for number in range(columns)) + "|"
    document, deck = planned(tmp_path, f"# Tea\n\n## Pots\n\n{row}\n{'|---' * columns}|\n{row}\n{row}\n")
    problems = list(deck_problems(document, deck))
    assert [problem.code for problem in problems] == codes
    assert all(problem.span and problem.span.first == 5 for problem in problems)


def in_columns(*columns: str) -> str:
    inner = "\n".join(f"::: column\n{column}\n:::\n" for column in columns)
    return f"# Tea\n\n## Pot\n\n:::: columns\n{inner}::::\n"


def test_columns_of_the_author_stand_beside_each_other(tmp_path: Path) -> None:
    (tmp_path / "square.svg").write_text(SQUARE, encoding="utf-8")
    _, deck = planned(tmp_path, in_columns("Tea is hot.\n\n- one\n- two", "![A pot](square.svg)"))
    (slide,) = content(deck)
    assert slide.origin.layout is Layout.TWO_COLUMNS
    text = next(e for e in slide.elements if isinstance(e, TextBox) and e.name == "Text")
    (picture,) = pictures(slide)
    assert text.rect.right <= picture.rect.left
    assert text.rect.top == picture.rect.top


def test_columns_that_no_slide_holds_follow_each_other(tmp_path: Path) -> None:
    long = "\n\n".join(f"Cup number {number} is blue, round and small." for number in range(30))
    _, deck = planned(tmp_path, in_columns(long, "Tea is hot."))
    slides = content(deck)
    assert len(slides) > 1
    assert Layout.TWO_COLUMNS not in {slide.origin.layout for slide in slides}
    assert shown(slides[-1])[-1] == "Tea is hot."
