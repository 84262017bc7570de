"""Text of slides: looks, languages, markers and directions."""

from __future__ import annotations

from typing import Any

import pytest
from deck_parts import NS, Parts, shapes_named, slide_name, words
from deck_sample import SETTINGS, THEME, deck, fitted, inches, line, run, slide
from msgspec.structs import replace

from pipeline.model.fitted import Baseline, Marker, Role, TextAlign, TextBox
from pipeline.model.inlines import WebTarget
from pipeline.theme import Colour, Face
from pipeline.units import Emu, Pt
from pipeline.write.deck import write_deck
from pipeline.write.powerpoint.languages import office_language, text_languages


def drawn(*paragraphs: Any, role: Role = Role.BODY) -> list[Any]:
    """The paragraphs of a body as they are written."""
    box = TextBox(rect=inches(1, 2, 6, 4), paragraphs=paragraphs, role=role, name="Body")
    parts = Parts(write_deck(deck(slide(1, "Text", box)), THEME, SETTINGS).data)
    found: list[Any] = shapes_named(parts, 1, "Body")[0].findall(".//a:p", NS)
    return found


def look(**values: Any) -> Any:
    return drawn(fitted(line(run("word", **values))))[0].find("a:r/a:rPr", NS)


@pytest.mark.parametrize(
    ("values", "attribute", "expected"),
    [
        ({"bold": True}, "b", "1"),
        ({"bold": False}, "b", "0"),
        ({"italic": True}, "i", "1"),
        ({"underline": True}, "u", "sng"),
        ({"strike": True}, "strike", "sngStrike"),
        ({"baseline": Baseline.SUPERSCRIPT}, "baseline", "30000"),
        ({"baseline": Baseline.SUBSCRIPT}, "baseline", "-25000"),
        ({"size": Pt(1850)}, "sz", "1850"),
        ({}, "sz", "2400"),
        ({"language": "de"}, "lang", "de-DE"),
    ],
)
def test_a_look_is_written_as_an_attribute(values: dict[str, Any], attribute: str, expected: str) -> None:
    assert look(**values).get(attribute) == expected


@pytest.mark.parametrize(
    ("role", "scheme"),
    [(Colour.INK, "tx1"), (Colour.MUTED, "tx2"), (Colour.SUBJECT_B, "accent2"), (Colour.TIP, "accent6")],
)
def test_colours_of_the_scheme_are_written_by_name(role: Colour, scheme: str) -> None:
    assert look(colour=role).find("a:solidFill/a:schemeClr", NS).get("val") == scheme


def test_other_colours_are_written_by_value() -> None:
    assert look(colour=Colour.DANGER).find("a:solidFill/a:srgbClr", NS).get("val") == THEME.colours[Colour.DANGER]
    assert look(highlight=Colour.MARK).find("a:highlight/a:srgbClr", NS).get("val") == THEME.colours[Colour.MARK]


def test_fonts_are_the_theme_s_and_only_code_names_its_own() -> None:
    faces = {tag: look().find(f"a:{tag}", NS).get("typeface") for tag in ("latin", "ea", "cs")}
    assert faces == {"latin": "+mn-lt", "ea": "+mn-ea", "cs": "+mn-cs"}
    code = look(face=Face.MONO)
    assert (code.find("a:latin", NS).get("typeface"), code.find("a:ea", NS).get("typeface")) == (
        "Courier New",
        "+mn-ea",
    )
    parts = Parts(write_deck(deck(slide(1, "A title")), THEME, SETTINGS).data)
    assert shapes_named(parts, 1, "Title")[0].find(".//a:latin", NS).get("typeface") == "+mj-lt"


def test_runs_that_look_alike_are_one_and_hard_breaks_stay() -> None:
    made = drawn(
        fitted(line("one "), line(run("two"), run(" three"), hard=True), line("", hard=True), line("four", hard=True))
    )
    assert words(made[0]) == ["one two three\n\nfour"]
    assert len(made[0].findall("a:r", NS)) == 2


def test_a_link_is_a_run_on_each_of_its_lines() -> None:
    link = WebTarget(url="https://example.org/")
    (paragraph,) = drawn(fitted(line(run("See "), run("a long ", link=link)), line(run("link", link=link), run("."))))
    texts = [each.text for each in paragraph.findall("a:r/a:t", NS)]
    assert texts == ["See ", "a long ", "link", "."]
    assert [bool(each.findall("a:rPr/a:hlinkClick", NS)) for each in paragraph.findall("a:r", NS)] == [
        False,
        True,
        True,
        False,
    ]


def test_parts_of_a_link_that_look_different_are_parted_by_a_space() -> None:
    link = WebTarget(url="https://example.org/")
    code = run("code", link=link, face=Face.MONO)
    (paragraph,) = drawn(fitted(line(run("Set ", link=link), code, run(" to it", link=link), run(" now"))))
    texts = [
        (each.findtext("a:t", namespaces=NS), bool(each.findall("a:rPr/a:hlinkClick", NS)))
        for each in paragraph.findall("a:r", NS)
    ]
    assert texts == [("Set", True), (" ", False), ("code", True), (" ", False), ("to it", True), (" now", False)]


def test_an_empty_paragraph_keeps_its_size() -> None:
    made = drawn(fitted(line(run("", size=Pt(1400)))), fitted("x"))
    assert made[0].find("a:endParaRPr", NS).get("sz") == "1400"


def test_space_is_exact_and_none_stands_above_the_first_paragraph() -> None:
    made = drawn(*(fitted("x", before=Pt(1400), leading=Pt(3024)) for _ in range(2)))
    values = [
        tuple(item.find(f"a:pPr/a:{tag}/a:spcPts", NS).get("val") for tag in ("lnSpc", "spcBef", "spcAft"))
        for item in made
    ]
    assert values == [("3024", "0", "0"), ("3024", "1400", "0")]


def bullet(paragraph: Any) -> tuple[str, str, str]:
    """The marker that is written: its kind, what it says, its first number."""
    for tag, key in (("buChar", "char"), ("buAutoNum", "type")):
        found = paragraph.find(f"a:pPr/a:{tag}", NS)
        if found is not None:
            return tag, found.get(key), found.get("startAt", "")
    assert paragraph.find("a:pPr/a:buNone", NS) is not None
    return "", "", ""


def numbered(text: str, number: int | None, level: int = 0) -> Any:
    marker = Marker(text=text, number=number)
    return fitted("x", marker=marker, indent=Emu((level + 1) * 400_000), level=level)


def test_a_bullet_is_native_and_hangs_to_the_left_of_its_text() -> None:
    made = drawn(numbered("•", None), numbered("–", None, level=1), fitted("plain"))
    assert [bullet(item) for item in made] == [("buChar", "•", ""), ("buChar", "–", ""), ("", "", "")]
    inset = [(item.find("a:pPr", NS).get("marL"), item.find("a:pPr", NS).get("indent")) for item in made]
    assert inset == [("400000", "-400000"), ("800000", "-400000"), ("0", "0")]


def test_a_deeper_marker_stands_where_the_text_above_it_starts() -> None:
    wide = fitted("x", marker=Marker(text="10.", number=10), indent=Emu(700_000))
    inner = fitted("x", marker=Marker(text="•"), indent=Emu(1_000_000), level=1)
    assert drawn(wide, inner)[1].find("a:pPr", NS).get("indent") == "-300000"
    # On a further slide the item above is gone: levels step in evenly.
    assert drawn(inner)[0].find("a:pPr", NS).get("indent") == "-500000"


def test_items_in_sequence_share_a_start_so_that_the_list_numbers_itself_on() -> None:
    made = drawn(numbered("3.", 3), numbered("4.", 4), numbered("•", None, level=1), numbered("5.", 5))
    assert [bullet(item) for item in made] == [
        ("buAutoNum", "arabicPeriod", "3"),
        ("buAutoNum", "arabicPeriod", "3"),
        ("buChar", "•", ""),
        ("buAutoNum", "arabicPeriod", "3"),
    ]


def test_a_list_that_is_interrupted_says_its_number_again() -> None:
    made = drawn(numbered("1.", 1), fitted("between"), numbered("2.", 2))
    assert [bullet(item)[2] for item in made] == ["", "", "2"]


def test_a_list_that_begins_as_one_before_it_has_its_numbers_in_words() -> None:
    first = [numbered("1.", 1), numbered("2.", 2)]
    made = drawn(*first, fitted("between"), *first)
    assert [bullet(item)[0] for item in made] == ["buAutoNum", "buAutoNum", "", "", ""]
    assert [words(item) for item in made[3:]] == [["1.\tx"], ["2.\tx"]]
    # Within items, a program counts from anew by itself.
    inner = numbered("1.", 1, level=1)
    assert bullet(drawn(numbered("1.", 1), inner, numbered("2.", 2), inner)[3])[0] == "buAutoNum"


@pytest.mark.parametrize(
    ("text", "number", "scheme"),
    [
        ("7.", 7, "arabicPeriod"),
        ("7)", 7, "arabicParenR"),
        ("(7)", 7, "arabicParenBoth"),
        ("7", 7, "arabicPlain"),
        ("c.", 3, "alphaLcPeriod"),
        ("C)", 3, "alphaUcParenR"),
    ],
)
def test_numberings_that_the_format_has_are_native(text: str, number: int, scheme: str) -> None:
    assert bullet(drawn(numbered(text, number))[0]) == ("buAutoNum", scheme, str(number))


@pytest.mark.parametrize(("text", "number"), [("Step 1", 1), ("0.", 0), ("[1]", 1), ("40000.", 40000)])
def test_other_markers_are_text_before_a_tab(text: str, number: int) -> None:
    made = drawn(numbered(text, number))[0]
    assert bullet(made) == ("", "", "")
    assert words(made) == [f"{text}\tx"]


@pytest.mark.parametrize(
    ("align", "backwards", "expected"),
    [
        (TextAlign.START, False, "l"),
        (TextAlign.END, False, "r"),
        (TextAlign.CENTRE, False, "ctr"),
        (TextAlign.START, True, "r"),
        (TextAlign.END, True, "l"),
    ],
)
def test_alignment_turns_with_the_direction_of_reading(align: TextAlign, *, backwards: bool, expected: str) -> None:
    made = drawn(fitted("x", align=align, right_to_left=backwards))[0].find("a:pPr", NS)
    assert (made.get("algn"), made.get("rtl")) == (expected, str(int(backwards)))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("zh", "zh-CN"),
        ("zh-Hant", "zh-TW"),
        ("pt_PT", "pt-PT"),
        ("not a tag", "en-US"),
    ],
)
def test_languages_name_a_region(tag: str, expected: str) -> None:
    assert office_language(tag) == expected


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("words", "en", ("en-US", None)),
        ("内核 kernel", "zh", ("zh-CN", "en-US")),
        ("内核", "en", ("zh-CN", "en-US")),
        ("テキスト", "de", ("ja-JP", "de-DE")),
        ("한국어", "en", ("ko-KR", "en-US")),
        ("naïve", "fr", ("fr-FR", None)),
    ],
)
def test_mixed_text_names_both_its_languages(text: str, tag: str, expected: tuple[str, str | None]) -> None:
    assert text_languages(text, tag) == expected


def test_a_title_is_never_left_to_the_layout() -> None:
    parts = Parts(write_deck(deck(slide(1, "A title")), THEME, SETTINGS).data)
    title = parts.find(slide_name(1), "//p:sp[.//p:ph[@type='title']]")[0]
    assert words(title) == ["A title"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("شاي 🫖 حار", "شاي \u200f\u200e🫖\u200e\u200f حار"),
        ("⚖️✅ شاي", "\u200f\u200e⚖️✅\u200e\u200f شاي"),
        ("✅ Tea حار", "\u200f\u200e✅\u200e\u200f Tea حار"),
        ("حار Tea ✅ hot", "حار Tea \u200e✅\u200e hot"),
        ("شاي 2", "شاي 2"),
    ],
)
def test_emoji_among_words_from_the_right_are_marked_so_that_all_programs_draw_them(text: str, written: str) -> None:
    def said(*, backwards: bool) -> str:
        return "".join(drawn(fitted(text, right_to_left=backwards))[0].xpath(".//a:t/text()", namespaces=NS))

    assert said(backwards=True) == written
    assert said(backwards=False) == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("شاي أخضر", [("شاي", True), ("\u200f \u200f", False), ("أخضر", True)]),
        ("شاي Earl Grey", [("شاي", True), ("\u200f \u200f", False), ("Earl Grey", True)]),
        ("وEarl", [("و", True), ("\u200f", False), ("Earl", True)]),
        ("Earl Grey", [("Earl Grey", True)]),
    ],
)
def test_a_link_among_words_from_the_right_is_several(text: str, pieces: list[tuple[str, bool]]) -> None:
    linked = run(text, link=WebTarget(url="https://tea.example/"))
    runs = drawn(fitted(line(linked), right_to_left=True))[0].xpath(".//a:r", namespaces=NS)
    assert [(each.findtext("a:t", None, NS), each.find(".//a:hlinkClick", NS) is not None) for each in runs] == pieces


def test_code_among_words_from_the_right_keeps_its_signs_in_place() -> None:
    code = run("require()", face=Face.MONO)
    (paragraph,) = drawn(fitted(line(run("استخدم "), code), right_to_left=True))
    assert [each.text for each in paragraph.findall("a:r/a:t", NS)] == ["استخدم ", "\u200erequire()\u200e"]


def test_lines_behind_the_first_are_written_to_hang() -> None:
    hung = replace(fitted(line(run("pour(")), line(run("cup)"))), hanging=Emu(300_000))
    properties = drawn(hung, role=Role.NONE)[0].find("a:pPr", NS)
    assert (properties.get("marL"), properties.get("indent")) == ("300000", "-300000")
