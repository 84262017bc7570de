"""The comparison sheet: one page whatever stands on it, its type never under the floor, and what leaves is told."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from paper_samples import (
    SENTENCE,
    SETTINGS,
    cheatsheet,
    comparison,
    figure,
    inlines,
    link,
    links_of,
    notice,
    pages_of,
    png,
    point,
    reference,
    sizes_of,
    tags_of,
    text_of,
)

from pipeline.diagnostics import Severity
from pipeline.labels import labels_for
from pipeline.model.plan import SEPARATOR, CheatSheet, ComparisonCell, ComparisonRow, Reference, SheetPoint, Subject
from pipeline.settings import Paper, Product
from pipeline.theme import load_theme
from pipeline.write.cheatsheet import write_cheatsheet
from pipeline.write.html_inlines import Printing
from pipeline.write.sheet_sizes import label_column
from pipeline.write.sheet_view import in_columns, point_html, row_views
from pipeline.write.shelf import Shelf
from pipeline.write.written import Written

COMPARED = comparison(
    ("Containers", Subject(name="Machines", aliases=("VM",))),
    {
        "Shares": ("the kernel", "nothing"),
        "Size": ("They are small, since the kernel is not in them.", ""),
        "Start": ("In seconds", "In minutes, as each of them starts a whole system"),
    },
)


def references(count: int) -> tuple[Reference, ...]:
    return tuple(
        reference(n, f"Reference no. {n} of many", f"https://www.example.org/a/long/path/to/page-{n}.html")
        for n in range(1, count + 1)
    )


def printed(sheet: CheatSheet, pages: int = 900) -> Written:
    return write_cheatsheet(sheet, load_theme("default"), SETTINGS, {f"s{n}": n + 1 for n in range(1, pages)})


def many(sections: int, points: int = 1, **more: object) -> CheatSheet:
    made = (
        point(n, f"The title of section {n} here", *(f"Point {n}.{m}. {SENTENCE}" for m in range(points)))
        for n in range(1, sections + 1)
    )
    return cheatsheet(*made, **more)  # type: ignore[arg-type]


TINY = cheatsheet(point(1, "Only one", "A short point."), summary=())
NORMAL = cheatsheet(
    point(1, "How it is made up", "It has two layers."),
    point(2, "What differs", inlines("See ", link("Toolbox", references(2)[1].target.url), " for more.")),
    compared=COMPARED,
    notices=(notice("warning", "Do not mix them."), notice("tip", "Take the small one.", title="Quick start")),
    references=references(2),
    figure=figure(png(680, 240), alt="Two stacks", legend="Side by side"),
    date="May 2026",
)
SHEETS = {
    "tiny": TINY,
    "nothing but a title": cheatsheet(summary=()),
    "normal": NORMAL,
    "letter": replace(NORMAL, paper=Paper.LETTER),
    "compares nothing": many(12, 2, notices=NORMAL.notices, references=references(9), figure=NORMAL.figure),
    "full": many(30, 2, compared=COMPARED, notices=NORMAL.notices * 3, references=references(25), figure=NORMAL.figure),
    "huge": many(400, 1, references=references(300)),
    "long summary": many(3, summary=inlines(SENTENCE * 60)),
    "long rows": many(
        5, compared=comparison(("A", "B"), {f"Row {n}": (SENTENCE * 4, SENTENCE * 3) for n in range(20)})
    ),
    "five subjects": many(
        4,
        compared=comparison(
            ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"], {f"Row {n}": [SENTENCE[:40]] * 5 for n in range(8)}
        ),
    ),
    "long words": cheatsheet(
        point(1, "x" * 300, "y" * 900),
        title="z" * 200,
        compared=comparison(("A" * 80, "B"), {"C" * 90: ("d" * 200, "")}),
    ),
}


@pytest.fixture(scope="module")
def results() -> dict[str, Written]:
    return {name: printed(sheet) for name, sheet in SHEETS.items()}


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_one_page_with_type_that_can_be_read(name: str, results: dict[str, Written]) -> None:
    data = results[name].data
    assert len(pages_of(data)) == 1
    assert min(sizes_of(data)) >= 7 - 0.01


@pytest.mark.parametrize("name", ["normal", "compares nothing", "full", "five subjects"])
def test_a_sheet_with_something_to_say_fills_its_page(name: str, results: dict[str, Written]) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(results[name].data) as document:
        text = document[0].get_textpage()
        height = document[0].get_size()[1]
        bottoms = sorted(text.get_rect(index)[1] for index in range(text.count_rects()))
    above_footer = next(bottom for bottom in bottoms if bottom > 50)
    assert above_footer < 0.2 * height


def test_little_is_set_large_and_much_is_set_small(results: dict[str, Written]) -> None:
    assert max(sizes_of(results["tiny"].data)) > 32
    assert max(sizes_of(results["huge"].data)) < 24


def test_all_of_a_normal_sheet_is_there(results: dict[str, Written]) -> None:
    text = pages_of(results["normal"].data)[0]
    for said in (
        "Containers and Machines",
        "Both run programs apart",
        "VM",
        "Shares the kernel nothing",
        "— the page does not say",
        "1 How it is made up",
        "It has two layers.",
        "page 2",
        "Do not mix them.",
        "Tip: Quick start",
        "Side by side",
        "References",
        "example.org/a/long/path/to/page-1.html",
        "Source: containers.md",
        "May 2026 · page numbers: containers-handout.pdf",
    ):
        assert said in text
    assert results["normal"].diagnostics == ()


def both_ways() -> Iterator[Printing]:
    """A sheet that reads from the right, and one from the left."""
    for turned in (True, False):
        yield Printing(product=Product.CHEATSHEET, labels=labels_for("en"), shelf=Shelf(), right_to_left=turned)


def test_code_in_cells_reads_from_the_left_on_a_page_that_reads_from_the_right() -> None:
    subject = Subject(name="שעון", aliases=())
    cell = ComparisonCell(subject="שעון", text="כותבים get <key> כאן", line=1, code=((7, 16),))
    row = ComparisonRow(aspect="כתיבה", rule="table", cells=(cell,))
    (turned,), (plain,) = (row_views([row], [subject], printing) for printing in both_ways())
    assert "\u200eget &lt;key&gt;\u200e" in turned.cells[0].shown
    assert "\u200e" not in plain.cells[0].shown


def test_joined_texts_of_a_cell_read_each_in_its_own_direction() -> None:
    subject = Subject(name="שעון", aliases=())
    cells = tuple(ComparisonCell(subject="שעון", text=text, line=1) for text in ("1. Cup (C)", "2. תה"))
    row = ComparisonRow(aspect="כתיבה", rule="table", cells=cells)
    (turned,) = row_views([row], [subject], next(both_ways()))
    assert turned.cells[0].shown == '<bdi dir="ltr">1. Cup (C)</bdi>\xa0· <bdi dir="rtl">2. תה</bdi>'


def test_joined_points_read_each_in_its_own_direction() -> None:
    leftward, rightward = both_ways()
    joined = inlines("tea תה:", SEPARATOR, "Cup:")
    assert point_html(joined, leftward) == '<bdi dir="rtl">tea תה:</bdi>\xa0· <bdi dir="ltr">Cup:</bdi>'
    assert point_html(joined, rightward) == '<bdi dir="ltr">tea תה:</bdi>\xa0· Cup:'
    assert point_html(inlines("\u200f\u200eTea!\u200e"), leftward) == '<bdi dir="ltr">\u200f\u200eTea!\u200e</bdi>'


def listed(title: str, items: int, *, told: int, left: int) -> SheetPoint:
    """A section with a long list: its key points, and its items one by one."""
    full = [inlines(f"{title} has item {n} of its list.") for n in range(items)]
    return replace(point(1, title, "Key."), points=tuple(full[:told]), left=(left,) * told, full=tuple(full))


def test_a_sheet_with_room_tells_more_and_one_without_says_what_is_left() -> None:
    roomy = pages_of(printed(cheatsheet(listed("Lamps", 9, told=3, left=6))).data)[0]
    assert all(f"Lamps has item {n} of" in roomy for n in range(9))
    assert "more" not in roomy
    crowd = [listed(f"Lamps {n}", 9, told=3, left=6) for n in range(16)]
    crowded = pages_of(printed(cheatsheet(*crowd)).data)[0]
    assert "Lamps 15 has item 2" in crowded
    assert "Lamps 15 has item 8" not in crowded
    assert crowded.count("and 6 more") + crowded.count("and 4 more") == len(crowd)


def test_beside_a_comparison_key_points_suffice() -> None:
    text = pages_of(printed(cheatsheet(listed("Lamps", 9, told=3, left=6), compared=COMPARED)).data)[0]
    assert "Lamps has item 2" in text
    assert "Lamps has item 3" not in text
    assert "and 6 more" in text


def test_one_more_in_full_stands_in_place_of_a_note_on_it() -> None:
    text = pages_of(printed(cheatsheet(*(listed(f"Lamps {n}", 13, told=3, left=10) for n in range(3)))).data)[0]
    assert "Lamps 2 has item 12" in text
    assert "more" not in text


def test_a_dot_between_two_never_begins_a_line() -> None:
    columns = [point(1, "Codes", *(f"{'a' * n} · {'b' * 30} · c" for n in range(1, 12)))]
    text = pages_of(printed(cheatsheet(*columns)).data)[0]
    assert "·" in text
    assert not [line for line in text.splitlines() if line.strip().startswith("·")]


def test_subjects_are_told_apart_by_letters(results: dict[str, Written]) -> None:
    text = pages_of(results["five subjects"].data)[0]
    for letter, name in zip("ABCDE", ("Alpha", "Beta", "Gamma", "Delta", "Epsilon"), strict=True):
        assert f"{letter} {name}" in text


def test_short_addresses_are_whole_in_their_links(results: dict[str, Written]) -> None:
    assert set(links_of(results["normal"].data)) == {each.target.url for each in references(2)}
    assert len(set(links_of(results["full"].data))) == 25


def test_every_title_and_reference_stays_when_key_points_leave(results: dict[str, Written]) -> None:
    result = results["full"]
    text = pages_of(result.data)[0].replace(" ", "")
    assert all(f"Thetitleofsection{n}here" in text for n in range(1, 31))
    assert all(f"Referenceno.{n}ofmany" in text for n in range(1, 26))
    left = [diagnostic for diagnostic in result.diagnostics if diagnostic.code == "left-off-sheet"]
    assert left
    assert len(left) == len(result.diagnostics)
    first = left[0]
    assert first.severity is Severity.NOTE
    assert first.span == SHEETS["full"].sections[-1].span
    assert "key point 2 of “The title of section 30 here”" in first.message
    assert "page 31" in first.hint


def test_what_leaves_is_told_and_what_stays_is_printed(results: dict[str, Written]) -> None:
    for name in ("full", "compares nothing"):
        text = pages_of(results[name].data)[0].replace(" ", "")
        told = " ".join(diagnostic.message for diagnostic in results[name].diagnostics)
        for section in SHEETS[name].sections:
            for number in range(len(section.points)):
                printed_here = f"Point{section.number}.{number}." in text
                reported = f"key point {number + 1} of “{section.title}”" in told
                assert printed_here != reported


def test_more_than_a_page_can_hold_is_cut_with_a_word_and_a_warning(results: dict[str, Written]) -> None:
    result = results["huge"]
    text = pages_of(result.data)[0]
    full = [diagnostic for diagnostic in result.diagnostics if diagnostic.code == "sheet-full"]
    assert [diagnostic.severity for diagnostic in full] == [Severity.WARNING]
    kept = sum(f"The title of section {n} here" in text for n in range(1, 401))
    assert kept > 100
    assert f"and {400 - kept} more: handout p. {kept + 2}" in text
    assert f"{400 - kept} section titles" in full[0].message


def test_no_page_numbers_where_there_is_no_handout() -> None:
    text = pages_of(write_cheatsheet(NORMAL, load_theme("default"), SETTINGS, {}).data)[0]
    assert "page 2" not in text
    assert "handout.pdf" not in text


def test_a_picture_that_could_not_be_had_leaves_no_hole() -> None:
    sheet = replace(NORMAL, figure=figure(None, legend="Side by side"))
    assert len(pages_of(printed(sheet).data)) == 1


def test_the_sheet_is_tagged(results: dict[str, Written]) -> None:
    tags = tags_of(results["normal"].data)
    assert [tag for tag, _ in tags if tag in {"/H1", "/H2", "/H3"}] == ["/H1", "/H2", "/H2", "/H2"]
    assert [said for tag, said in tags if tag == "/Figure"] == ["Two stacks"]
    assert "/TH" in {tag for tag, _ in tags}
    with pikepdf.open(io.BytesIO(results["normal"].data)) as document:
        assert str(document.docinfo["/Title"]) == "Containers and Machines"
        assert "/CreationDate" not in document.docinfo


def test_what_is_not_trusted_is_printed_as_it_stands() -> None:
    evil = "<script>x</script> {{ 7 * 7 }} {% raw %}"
    sheet = cheatsheet(point(1, evil, evil), title=evil, compared=comparison((evil, "B"), {evil: (evil, evil)}))
    text = text_of(printed(replace(sheet, source='a"; } b.md')).data)
    assert text.count("{{ 7 * 7 }}") >= 6
    assert 'Source: a"; } b.md' in text


def test_columns_are_filled_in_order_and_evenly() -> None:
    assert in_columns("abcdef", [1, 1, 1, 1, 1, 1], 3) == (("a", "b"), ("c", "d"), ("e", "f"))
    assert in_columns("abcd", [3, 1, 1, 1], 2) == (("a",), ("b", "c", "d"))
    assert in_columns("", [], 2) == ()


def test_the_same_sheet_and_handout_are_the_same_bytes_everywhere(tmp_path: Path) -> None:
    script = tmp_path / "both.py"
    script.write_text(
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_cheatsheet_fit import NORMAL, printed\n"
        "from test_handout_pages import TOOLBOX, printed as paper\n"
        "from paper_samples import *\n"
        "plan = handout(part(1, 'One', paragraph(SENTENCE, link('x', TOOLBOX.target.url)), figure(png(40, 20))), "
        "references=(TOOLBOX,))\n"
        "import hashlib\n"
        "print(hashlib.sha256(printed(NORMAL).data).hexdigest(), hashlib.sha256(paper(plan).data).hexdigest())\n",
        encoding="utf-8",
    )
    places = (
        {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8"},
    )
    import os

    said = {
        subprocess.run(  # this interpreter, this script
            [sys.executable, str(script), str(Path(__file__).parent)],
            env={**os.environ, **place},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for place in places
    }
    assert len(said) == 1


@pytest.mark.parametrize(
    ("cell", "wider"), [("8 s", True), ("It takes about as long as any other hot drink. " * 3, False)]
)
def test_long_aspects_take_room_that_short_cells_leave(cell: str, *, wider: bool) -> None:
    aspects = (f"Time until a large pot of it number {number} is on the table" for number in range(4))
    rows = dict.fromkeys(aspects, (cell, cell))
    theme = load_theme("default")
    usual = label_column(cheatsheet(compared=comparison(("Coffee", "Tea"), {"Size": ("large", "small")})), theme, 180)
    width = label_column(cheatsheet(compared=comparison(("Coffee", "Tea"), rows)), theme, 180)
    assert (width > usual) is wider
