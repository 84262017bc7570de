"""Notes pages: the speaker's words with their marks, lists, links and time."""

from __future__ import annotations

from typing import Any

import pytest
from deck_parts import NS, Parts, notes_name, slide_name, words
from deck_sample import AT, SETTINGS, THEME, deck, items, paragraph, slide, styled, whole_deck

from pipeline.model.document import Callout, CalloutKind, Quote
from pipeline.model.inlines import Style
from pipeline.write.deck import write_deck


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts(write_deck(whole_deck(), THEME, SETTINGS).data)


def body(parts: Parts, number: int) -> Any:
    return parts.find(notes_name(number), "//p:sp[.//p:ph[@type='body']]")[0]


def noted(*blocks: Any, language: str = "en", seconds: int = 0) -> list[Any]:
    written = write_deck(deck(slide(1, "Notes", notes=blocks, seconds=seconds), language=language), THEME, SETTINGS)
    found: list[Any] = body(Parts(written.data), 1).findall(".//a:p", NS)
    return found


def run_of(parts: Parts, text: str) -> Any:
    return parts.find(notes_name(3), f"//a:r[a:t='{text}']/a:rPr")[0]


def test_all_that_is_said_stands_in_the_notes_in_order(parts: Parts) -> None:
    assert words(body(parts, 3)) == [
        "A heading inside",
        "Plain, bold, leaning, gone, new, marked, H2O, x2, Ctrl, a = 1, e^x1\non a new line.",
        "The web, a section, a page, a file, nowhere.",
        "First",
        "Second",
        "Inner one",
        "Inner two",
        "Second goes on",
        "",
        "Done",
        "Open",
        "Kernel",
        "Talks to hardware",
        "f.py",
        "def f():",
        "    return 1",
        "Sizes at a glance",
        "Name\tSize",
        "Docker\tsmall",
        "VM\tlarge",
        "Figure: two layers (https://example.org/figure)",
        "Only alternative text",
        "Tip",
        "Use it.",
        "Take care",
        "It bites.",
        "Somebody said so.",
        "npm",
        "npm install",
        "Player",
        "Inside the player",
        r"\int x",
        "Only for the speaker",
        "An icon",
        "Time: about 1:40",
    ]


def test_marks_survive(parts: Parts) -> None:
    assert run_of(parts, "bold").get("b") == "1"
    assert run_of(parts, "leaning").get("i") == "1"
    assert run_of(parts, "gone").get("strike") == "sngStrike"
    assert run_of(parts, "new").get("u") == "sng"
    assert run_of(parts, "marked").find("a:highlight", NS) is not None
    assert run_of(parts, "a = 1").find("a:latin", NS).get("typeface") == "Courier New"
    assert int(run_of(parts, "1").get("baseline")) > 0


def test_links_survive_but_for_those_to_other_slides(parts: Parts) -> None:
    relations = parts.relations(notes_name(3))
    linked = {
        item.find("a:t", NS).text: relations[item.find("a:rPr/a:hlinkClick", NS).get(f"{{{NS['r']}}}id")][1]
        for item in parts.find(notes_name(3), "//a:r[a:rPr/a:hlinkClick]")
    }
    assert linked == {
        "The web": "https://example.org/web",
        "a page": "../other/other.pptx",
        "a file": "../../../pages/data/a%20b.csv",
        "https://example.org/figure": "https://example.org/figure",
    }
    # The format lets notes relate to one slide, their own.
    assert [target for kind, target in relations.values() if kind == "slide"] == [slide_name(3)]


def test_lists_are_native_at_every_level(parts: Parts) -> None:
    paragraphs = {words(item)[0]: item.find("a:pPr", NS) for item in body(parts, 3).findall(".//a:p", NS)}
    assert paragraphs["First"].find("a:buAutoNum", NS).get("startAt") == "3"
    assert paragraphs["Second"].find("a:buAutoNum", NS).get("startAt") == "3"
    assert paragraphs["Inner one"].find("a:buChar", NS).get("char") == "•"
    assert [int(paragraphs[text].get("marL")) for text in ("First", "Inner one", "Second goes on")] == [
        228600,
        457200,
        228600,
    ]
    assert [paragraphs[text].find("a:buChar", NS).get("char") for text in ("Done", "Open")] == ["☑", "☐"]


def test_every_run_is_of_twelve_points_on_an_exact_pitch(parts: Parts) -> None:
    assert {item.get("sz") for item in body(parts, 3).iterfind(".//a:r/a:rPr", NS)} == {"1200"}
    pitches = {item.get("val") for item in body(parts, 3).iterfind(".//a:lnSpc/a:spcPts", NS)}
    assert pitches == {"1600"}


def test_a_notes_page_has_its_slide_s_picture_and_number(parts: Parts) -> None:
    kinds = [item.get("type") for item in parts.find(notes_name(4), "//p:ph")]
    assert kinds == ["sldImg", "body", "sldNum"]
    assert parts.find(notes_name(4), "//a:fld[@type='slidenum']/a:t")[0].text == "4"
    assert ("notesSlide", notes_name(4)) in parts.relations(slide_name(4)).values()
    targets = set(parts.relations(notes_name(4)).values())
    assert targets == {("notesMaster", "ppt/notesMasters/notesMaster1.xml"), ("slide", slide_name(4))}


def test_a_slide_without_words_has_no_notes_page(parts: Parts) -> None:
    assert [name for name in sorted(parts.files) if name.startswith("ppt/notesSlides/notesSlide")] == [
        notes_name(3),
        notes_name(4),
    ]


@pytest.mark.parametrize(
    ("language", "seconds", "expected"),
    [
        ("en", 40, "Time: about 0:40"),
        ("en", 125, "Time: about 2:05"),
        ("zh-CN", 40, "用时:约 0:40"),
        ("de", 5, "Time: about 0:05"),
    ],
)
def test_the_last_line_says_how_long_it_takes(language: str, seconds: int, expected: str) -> None:
    made = noted(paragraph("Said."), language=language, seconds=seconds)
    assert [words(item)[0] for item in made] == ["Said.", expected]


def test_chinese_words_do_not_lean_and_have_their_language() -> None:
    made = noted(paragraph("Latin ", styled(Style.EMPHASIS, "内核")), language="zh")
    last = made[0].findall("a:r/a:rPr", NS)[-1]
    assert (last.get("i"), last.get("lang"), last.get("altLang")) == ("0", "zh-CN", "en-US")


def test_a_callout_without_a_title_is_named_in_the_page_s_language() -> None:
    made = noted(Callout(kind=CalloutKind.WARNING, title=(), children=(paragraph("小心"),), span=AT), language="zh")
    assert words(made[0]) == ["警告"]


def test_words_from_the_right_are_set_from_the_right() -> None:
    made = noted(paragraph("שלום עולם"), language="he")
    assert made[0].find("a:pPr", NS).get("rtl") == "1"


def test_however_deep_blocks_are_nested_nothing_recurs() -> None:
    block: Any = paragraph("At the bottom")
    for _ in range(3000):
        block = Quote(children=(block,), span=AT)
    nested: Any = paragraph("Deep item")
    for _ in range(50):
        nested = items((paragraph("Item"), nested))
    made = noted(block, nested)
    assert words(made[0]) == ["At the bottom"]
    assert len(made) == 52
    assert max(int(item.find("a:pPr", NS).get("lvl", "0")) for item in made) <= 8
