"""Units found in streams of text: in order, each copy once, whatever stands between."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from pipeline.verify.carried import Passage, Where
from pipeline.verify.matching import Needle, Standing, align
from pipeline.verify.phrase import Piece, phrase_of_text
from pipeline.verify.stream import Stream, join_hyphens


def stream(*pages: Iterable[str]) -> Stream:
    return Stream(
        Passage(where=Where.PAGE, number=number, text=text, heading=text.startswith("#"))
        for number, texts in enumerate(pages, 1)
        for text in texts
    )


def needles(*texts: str) -> list[Needle]:
    return [Needle(pieces=phrase_of_text(text).pieces) for text in texts]


def placed(where: Stream, wanted: list[Needle], *, loose: bool = False) -> list[str | None]:
    """What stands at each needle's place; `moved` is marked by a star."""
    found = align(where, wanted, loose=loose)
    return [None if at is None else where.text[at.match.start : at.match.end] + "*" * at.moved for at in found]


CYCLE = ("Water the plant.", "Yes", "Turn it to the light.", "Yes", "Feed it once a month in summer.", "No")


def test_everything_is_found_in_order() -> None:
    assert placed(stream(CYCLE), needles(*CYCLE)) == [phrase_of_text(text).key for text in CYCLE]


@pytest.mark.parametrize("gone", range(6 * 12))
def test_of_many_copies_the_one_that_is_gone_is_missed(gone: int) -> None:
    texts = [f"{number % 7} {text}" if number % 6 == 0 else text for number, text in enumerate(CYCLE * 12)]
    kept = [text for number, text in enumerate(texts) if number != gone]
    found = placed(stream(kept), needles(*texts))
    missed = [number for number, at in enumerate(found) if at is None or at.endswith("*")]
    assert missed == [gone]


def test_noise_between_does_no_harm() -> None:
    noisy = [part for number, text in enumerate(CYCLE) for part in (f"Label number {number} of the writer", text)]
    assert None not in placed(stream(["Contents " * 300], noisy), needles(*CYCLE))


def test_a_short_text_is_not_found_inside_another() -> None:
    where = stream(["Notebooks are not tea.", "Coffee costs more."])
    assert placed(where, needles("Notebooks are not tea.", "No", "Coffee costs more.")) == [
        "notebooksarenottea.",
        None,
        "coffeecostsmore.",
    ]


@pytest.mark.parametrize("page", ["→ page 11", "→ 第 11 页", "→ Seite 11", "→ पृष्ठ 11"])
def test_a_short_text_may_end_with_the_page_of_a_link(page: str) -> None:
    around = ["Slide 2 of them", "Lids", "another text"]
    assert placed(stream([around[0], f"See lids {page}.", around[2]]), needles("See lids")) == ["seelids"]
    assert placed(stream([around[0], f"See lids {page} and pots.", around[2]]), needles("See lids")) == [None]


def test_a_short_label_stands_where_it_is_all_of_its_text() -> None:
    paths = ["jars/tea.png", "jars/salt.png", "jars", "jars/"]
    where = stream(paths[:2], paths[2:])
    labels = [Needle(pieces=phrase_of_text(text).pieces, standing=Standing.LABELLED) for text in paths[2:]]
    found = [at.match.start if at else None for at in align(where, labels)]
    assert found == [where.text.index("salt.png") + len("salt.png"), len(where) - len("jars/")]


def test_a_legend_stands_by_its_source_before_it_stands_in_a_list() -> None:
    where = stream(["A first text", "Tea Source: example.org"], ["References", "Tea", "example.org"])
    legend = Needle(pieces=phrase_of_text("Tea").pieces, standing=Standing.LEGEND)
    (found,) = [at.match.start if at else None for at in align(where, [legend])]
    assert found == where.text.index("teasource")


def test_a_text_must_be_whole_words() -> None:
    assert placed(stream(["Install dockerfiles at once"]), needles("Install docker")) == [None]
    assert placed(stream(["Install docker 7 at once"]), needles("Install docker")) == ["installdocker"]


def test_rows_are_found_as_rows() -> None:
    cells = [("Hot", "Yes", "No"), ("Cold", "No", "No"), ("Warm", "Yes", "Yes")]
    wanted = [
        Needle(pieces=phrase_of_text(cell).pieces, row=(number, 0)) for number, row in enumerate(cells) for cell in row
    ]
    swapped = ["Hot", "No", "Yes", "Cold", "No", "No", "Warm", "Yes", "Yes"]
    assert None not in placed(stream([cell for row in cells for cell in row]), wanted)
    missed = [number for number, at in enumerate(placed(stream(swapped), wanted)) if at is None]
    assert len(missed) == 1
    assert missed[0] in {1, 2}


def test_text_goes_on_over_pages() -> None:
    where = stream(
        ["The first half of a long sentence that", "7 footer"], ["Head (2/2)", "goes on over the page to its end."]
    )
    text = "The first half of a long sentence that goes on over the page to its end."
    assert placed(where, needles(text))[0] is not None
    assert placed(where, needles(text.replace("long", "short"))) == [None]


def test_text_that_breaks_within_a_page_is_not_whole() -> None:
    where = stream(["The first half of a long sentence that", "Another text", "goes on over the page to its end."])
    assert placed(where, needles("The first half of a long sentence that goes on over the page to its end.")) == [None]


def test_right_to_left_text_in_another_order_is_found_and_a_digit_missed() -> None:
    arabic = "ما الفرق بين Docker والآلة الافتراضية؟ إصدار 20.10"
    shown = "20.10 واآللة االفتراضية؟ إصدار Docker ما الفرق بين"
    assert placed(stream(["Before", shown, "After"]), needles(arabic))[0] is not None
    assert placed(stream(["Before", shown.replace("20", "21"), "After"]), needles(arabic)) == [None]


def test_east_asian_text_is_found_over_lines() -> None:
    where = stream(["中文文本和更多的内容，这里有\n一个很长的段落。"])
    assert placed(where, needles("中文文本和更多的内容，这里有一个很长的段落。"))[0] is not None
    assert placed(where, needles("中文文本和更多的内容，这里没有一个很长的段落。")) == [None]


def test_gaps_take_marks_but_no_words() -> None:
    wanted = [Needle(pieces=(Piece(key="seethecouncil"), Piece(key="formore", gap=8)))]
    assert placed(stream(["See the council [12] for more"]), wanted)[0] is not None
    assert placed(stream(["See the council not for more"]), wanted) == [None]


def test_what_is_out_of_order_has_moved() -> None:
    texts = ["Alpha comes first here.", "Beta comes second here.", "Gamma comes third here.", "Delta comes last here."]
    moved = [texts[3], *texts[:3]]
    assert placed(stream(moved), needles(*texts)) == [
        "alphacomesfirsthere.",
        "betacomessecondhere.",
        "gammacomesthirdhere.",
        "deltacomeslasthere.*",
    ]


def test_the_order_within_a_slide_is_free_where_it_may_be() -> None:
    texts = ["Alpha comes first here.", "Beta comes second here.", "Gamma comes third here."]
    shown = stream([texts[0], texts[2], texts[1]])
    assert not any((at or "*").endswith("*") for at in placed(shown, needles(*texts), loose=True))


def test_a_heading_is_found_in_headings_only() -> None:
    wanted = [Needle(pieces=phrase_of_text("# Costs").pieces, heading=True)]
    assert placed(stream(["See # Costs", "# Costs"]), wanted) == ["#costs"]
    assert placed(stream(["See # Costs"]), wanted) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a well\x02 known fact", "a well-known fact"),
        ("a know\x02 ledge base", "a knowledge base"),
        ("{-\x02* tea", "{--\n* tea"),
    ],
)
def test_hyphens_at_the_ends_of_lines_are_kept_where_the_page_has_them(text: str, expected: str) -> None:
    assert join_hyphens(text, "awell-knownfact\naknowledgebase") == expected


def test_of_a_word_that_a_page_writes_in_two_ways_that_of_the_place_counts() -> None:
    source = "thenaddanoptionalfrontmatter\nexample.org/front-matter"
    assert join_hyphens("then add an optional front\x02 matter", source) == "then add an optional frontmatter"
    assert join_hyphens("example.org/front\x02 matter", source) == "example.org/front-matter"


@pytest.mark.parametrize("kept", [("Warning  Inner", "inner"), ("Warning  Inner",), ("inner",)])
def test_a_title_that_its_body_repeats_stands_after_its_label(kept: tuple[str, ...]) -> None:
    (title, body) = needles("Inner", "inner")
    title = replace(title, standing=Standing.LABELLED)
    found = placed(stream(["Some text before.", *kept, "More text."]), [title, body])
    assert found.count("inner") == len(kept)
    assert (found[1] == "inner") is (len(kept) == 2)


@pytest.mark.parametrize("kept", [("A long legend of a picture", "In short"), ("A long legend of a picture",)])
def test_a_short_text_may_stand_below_the_legend_that_follows_it(kept: tuple[str, ...]) -> None:
    wanted = needles("Some text before.", "In short", "A long legend of a picture", "More text after.")
    wanted[2] = replace(wanted[2], standing=Standing.LEGEND)
    found = placed(stream(["Some text before.", *kept, "More text after."]), wanted)
    assert found == ["sometextbefore.", "inshort" if len(kept) > 1 else None, "alonglegendofapicture", "moretextafter."]
