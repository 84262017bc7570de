"""Pages as files: how they are decoded, what is no page, and what their front matter and place say."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from pipeline.diagnostics import ContentError, Severity, Span, UsageError
from pipeline.model.document import Claim, Document, Paragraph
from pipeline.model.outline import outline_text
from pipeline.model.text import plain_text, walk_blocks
from pipeline.read import read_page
from pipeline.read.page import Reading
from pipeline.settings import Paper, Prose, Settings


def read(folder: Path, data: bytes | str, name: str = "page.md") -> Reading:
    page = folder / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_page(page, Settings(root=folder, output=folder / "out", offline=True))


def title(document: Document) -> str:
    return plain_text(document.title)


@pytest.mark.parametrize(
    "data",
    [
        "# Tee trinken\n\nGrüße\n".encode(),
        codecs.BOM_UTF8 + "# Tee trinken\n\nGrüße\n".encode(),
        codecs.BOM_UTF16_LE + "# Tee trinken\n\nGrüße\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "# Tee trinken\n\nGrüße\n".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "# Tee trinken\n\nGrüße\n".encode("utf-32-le"),
        "# Tee trinken\r\n\r\nGrüße\r\n".encode(),
        "# Tee trinken\r\rGrüße".encode(),
    ],
    ids=["utf-8", "mark", "utf-16-le", "utf-16-be", "utf-32", "crlf", "cr"],
)
def test_every_encoding_and_line_end_reads_alike(tmp_path: Path, data: bytes) -> None:
    document = read(tmp_path, data).document
    assert title(document) == "Tee trinken"
    assert [block.span for block in document.blocks] == [Span(first=3, last=3)]
    assert document.ledger[-1].span.last == 3


def test_front_matter_is_found_behind_a_mark(tmp_path: Path) -> None:
    document = read(tmp_path, codecs.BOM_UTF8 + b"---\ntitle: Marked\n---\nText\n").document
    assert title(document) == "Marked"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n\r\n",
        b"<!-- only a comment -->\n",
        b"---\nauthor: A\n---\n",
        b"import a from 'b'\n",
        "\u00a0\n\u200b\n\n&nbsp;\n".encode(),
        b"***\n",
    ],
)
def test_a_page_that_says_nothing_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ContentError) as raised:
        read(tmp_path, data)
    assert [d.code for d in raised.value.diagnostics] == ["empty-page"]


def test_a_page_of_a_title_alone_is_warned_of(tmp_path: Path) -> None:
    reading = read(tmp_path, b"---\ntitle: Later\n---\n")
    assert title(reading.document) == "Later"
    assert [(d.code, d.severity) for d in reading.diagnostics] == [("empty-page", Severity.WARNING)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"# A\n\nb\xff\xfe\n", 3),
        ("# 茶\n".encode("gbk"), 1),
        ("# Tea and more\n".encode("utf-16-be"), None),
        (b"\x7fELF\x02\x01\x01" + bytes(200), None),
    ],
    ids=["invalid", "gbk", "utf-16 without mark", "binary"],
)
def test_bytes_that_are_no_text_are_one_error(tmp_path: Path, data: bytes, line: int | None) -> None:
    with pytest.raises(ContentError) as raised:
        read(tmp_path, data)
    (said,) = raised.value.diagnostics
    assert said.code == "not-text"
    assert (said.span.first if said.span else None) == line
    assert "\n" not in str(said)


def test_a_page_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read_page(tmp_path / "gone.md", Settings(root=tmp_path, output=tmp_path / "out"))
    assert raised.value.exit_code == 2
    with pytest.raises(UsageError):
        read_page(tmp_path, Settings(root=tmp_path, output=tmp_path / "out"))


def test_overrides_of_direction_are_replaced_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "# Safe \u202egpj.exe\n\nText &#x202E;and more.\n")
    assert [d.code for d in reading.diagnostics] == ["control-characters"]
    assert plain_text(reading.document.title) == "Safe \ufffdgpj.exe"
    assert "\u202e" not in str(reading.document)


def test_control_characters_are_replaced_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "# A\x00b\n\nc\x1b[31md\x0be\u2028f\n")
    assert title(reading.document) == "A\ufffdb"
    assert [(d.code, d.span) for d in reading.diagnostics] == [("control-characters", Span(first=1, last=3))]


def test_the_title_may_come_from_the_files_name(tmp_path: Path) -> None:
    document = read(tmp_path, "text\n", "2024-05-01-green_tea-and-milk.md").document
    assert title(document) == "Green tea and milk"
    assert document.title_span is None
    assert document.stem == "2024-05-01-green_tea-and-milk"


def test_all_of_the_front_matter(tmp_path: Path) -> None:
    entries = """---
title: "Tea: a *primer*"
subtitle: Leaves and water
summary: >
  What it is
  and how it is made.
authors: [{name: Ann Example}, "[Bo Example](https://example.com/bo)"]
date: 2024-05-01
tags: [tea, "hot drinks"]
lang: en_GB
deck: {prose: full, theme: dark}
handout: {paper: letter}
compare: {Green tea: [sencha, matcha], Black tea:}
---
text
"""
    reading = read(tmp_path, entries)
    metadata = reading.document.metadata
    assert reading.diagnostics == ()
    assert title(reading.document) == "Tea: a *primer*"
    assert reading.document.title_span == Span(first=2, last=2)
    assert metadata.subtitle == "Leaves and water"
    assert metadata.description == "What it is and how it is made."
    assert metadata.authors == ("Ann Example", "Bo Example")
    assert metadata.date == "2024-05-01"
    assert metadata.keywords == ("tea", "hot drinks")
    assert (metadata.overrides.prose, metadata.overrides.theme) == (Prose.FULL, "dark")
    assert metadata.overrides.paper is Paper.LETTER
    assert metadata.compare
    assert metadata.compare.subjects == (("Green tea", "sencha", "matcha"), ("Black tea",))
    assert metadata.compare.span == Span(first=13, last=13)
    assert metadata.span == Span(first=1, last=14)
    assert reading.document.language == "en-GB"
    assert reading.document.ledger[0].claim is Claim.METADATA


@pytest.mark.parametrize(
    ("value", "subjects"),
    [
        ("[A, B]", (("A",), ("B",))),
        ("A vs. B", (("A",), ("B",))),
        ("[[A, a], [B, b, bb]]", (("A", "a"), ("B", "b", "bb"))),
        ("[{name: A, aliases: [a]}, {name: B}]", (("A", "a"), ("B",))),
        ("{subjects: [A, B]}", (("A",), ("B",))),
    ],
)
def test_what_is_compared_can_be_written_in_many_ways(
    tmp_path: Path, value: str, subjects: tuple[tuple[str, ...], ...]
) -> None:
    metadata = read(tmp_path, f"---\ncompare: {value}\n---\ntext\n").document.metadata
    assert metadata.compare
    assert metadata.compare.subjects == subjects


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ('title: "A', 2, "a quotation mark is not closed"),
        ("date: 2020\ntitle: A: B", 3, 'text that holds ": " stands in quotation marks'),
        ("layout: post\nhandout:\n  layout: odd", 4, "layout cannot be odd"),
        ("theme: dark\nhandot:\n  paper: letter", 3, "did you mean handout?"),
    ],
)
def test_what_is_wrong_in_front_matter_is_told_on_its_line(tmp_path: Path, front: str, line: int, said: str) -> None:
    (told,) = read(tmp_path, f"---\n{front}\n---\ntext\n").diagnostics
    assert told.span == Span(first=line, last=line)
    assert said in str(told)


@pytest.mark.parametrize(
    "front", ["desk: oak", "decks: [a]", "handouts: {a: b}\nhandout: {paper: a4}", "hands: {a: b}"]
)
def test_entries_of_the_site_are_its_own(tmp_path: Path, front: str) -> None:
    assert read(tmp_path, f"---\n{front}\n---\ntext\n").diagnostics == ()


@pytest.mark.parametrize(
    "hint", ["<!-- slide: break -->", "{/* slide: break */}", "<!-- sheet: skip -->", "<!-- steps -->"]
)
def test_a_hint_within_a_line_of_text_is_told(tmp_path: Path, hint: str) -> None:
    (told,) = read(tmp_path, f"# Page\n\nWords\nand {hint} more.\n\nSuch as `{hint}`.\n\n{hint}\n").diagnostics
    assert (told.code, told.span) == ("unknown-hint", Span(first=4, last=4))


@pytest.mark.parametrize("notes", ["<!-- notes: say *this* -->", "{/* Speaker notes: say *this* */}"])
@pytest.mark.parametrize(
    "page",
    [
        "Words\nand {} more.",
        "# Words {} more",
        "- Words {} more\n- next",
        "> Words {} more",
        "| {} |\n|---|\n| more |",
        "Words <code>x {} y</code> more",
        "Term {}\n: Words",
        "Words[^1]\n\n[^1]: more {} words",
        "!!! note\n    Words {} more",
    ],
)
def test_notes_within_a_line_of_text_are_the_speakers(tmp_path: Path, page: str, notes: str) -> None:
    reading = read(tmp_path, page.format(notes))
    assert reading.diagnostics == ()
    line = page[: page.index("{")].count("\n") + 1
    outline = outline_text(reading.document)
    assert f"notes @{line}\n" in outline
    assert outline.count("say") == 1
    assert f"paragraph @{line} say *this*\n" in outline + "\n"


def test_yaml_cannot_make_objects(tmp_path: Path) -> None:
    made = tmp_path / "made"
    reading = read(tmp_path, f"---\ntitle: !!python/object/apply:os.mkdir [{made}]\n---\n# Safe\n")
    assert title(reading.document) == "Safe"
    assert [(d.severity, d.code, d.span) for d in reading.diagnostics] == [
        (Severity.WARNING, "bad-front-matter", Span(first=2, last=2))
    ]
    assert not made.exists()


def test_deep_or_repeated_yaml_is_no_trouble(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=False)
    )
    assert title(read(tmp_path, f"---\n{bomb}title: Calm\nkeywords: *k\n---\ntext\n").document) == "Calm"
    deep = "[" * 5_000
    assert title(read(tmp_path, f"---\ntitle: {deep}\n---\n# Calm\n").document) == "Calm"


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("page.md", "Just words.", "en"),
        ("page.md", "容器是轻量的虚拟化技术。", "zh"),
        ("page.md", "A page that quotes 容器 once or twice in English.", "en"),
        ("page.md", "お茶を飲みます。", "ja"),
        ("page.md", "차를 마십니다.", "ko"),
        ("page.md", "نشرب الشاي.", "ar"),
        ("page.md", "ما چای می‌نوشیم. گفت و گو پس از آن.", "fa"),
        ("page.md", "אנחנו שותים תה.", "he"),
        ("page.md", "צריך להריץ את kubectl apply בתוך namespace של cluster", "he"),
        ("page.md", "# Kettle and pot of tea\n\n<div dir='rtl'>\n\nkettle ثم pot of green tea ساخن\n\n</div>", "ar"),
        ("page.md", "---\ndir: rtl\n---\nkettle, pot, cup, green tea: شاي", "ar"),
        ("page.md", "They call a book and a house كتاب and بيت there.", "en"),
        ("page.md", "- a book: كتاب\n- a house: بيت\n- a cup of tea: كوب شاي", "en"),
        ("page.md", "Мы пьём чай.", "ru"),
        ("page.md", "Ми п'ємо чай і їмо її пиріг.", "uk"),
        ("page.md", "Πίνουμε τσάι.", "el"),
        ("page.md", "हम चाय पीते हैं।", "hi"),
        ("page.md", "```\ndocker run hello world\ndocker ps\n```\n\n容器", "zh"),
        ("zh-hans/page.md", "容器是轻量的。", "zh-Hans"),
        ("i18n/de/page.md", "Wir trinken Tee.", "de"),
        ("docs/it/page.md", "Our IT department drinks tea.", "en"),
        ("zh/page.md", "Not translated yet.", "en"),
        ("page.fr.md", "Nous buvons du thé.", "fr"),
        ("page.md", "Der Tee ist heiß und die Kanne ist mit einem Deckel zu. Das ist nicht für den Tisch.", "de"),
        ("page.md", "Le thé est chaud et la théière est pour les invités, qui sont dans le jardin.", "fr"),
        ("de/page.md", "The tea is hot and it is on the table for you, as it is to be.", "en"),
    ],
)
def test_languages(tmp_path: Path, name: str, text: str, language: str) -> None:
    assert read(tmp_path, f"{text}\n", name).document.language == language


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        # Most of the list reads from the right, so all of it does; what has no such letter keeps its signs.
        ("- שלום\n- תודה tea\n- תה\n- tea תודה\n- Tea!", ["שלום", "תודה tea", "תה", "Rtea תודה", "RLTea!L"]),
        ("- Tea\n- Milk\n- תה!", ["Tea", "Milk", "LRתה!R"]),
        ("- Tea\n- Milk", ["Tea", "Milk"]),
        (
            "<div dir='rtl'>\n\n- Tea\n- **Milk** שלום\n\nHot.\n\n</div>\n\nCold.",
            ["RLTeaL", "RMilk שלום", "RLHot.L", "Cold."],
        ),
        ("<div dir='rtl'>\n\n<div dir='ltr'>\n\nHot.\n\n</div>\n\n</div>", ["Hot."]),
    ],
)
def test_a_list_or_container_reads_in_one_direction(tmp_path: Path, text: str, marked: list[str]) -> None:
    page = read(tmp_path, f"---\nlang: en\n---\n# T\n\n{text}\n").document
    found = [plain_text(b.children) for b in walk_blocks(page.blocks) if isinstance(b, Paragraph)]
    assert [text.replace("\u200e", "L").replace("\u200f", "R") for text in found] == marked


def test_items_from_the_left_stand_as_their_neighbours_on_a_page_from_the_right(
    tmp_path: Path,
) -> None:
    page = read(tmp_path, "---\nlang: he\n---\n# T\n\n- tea תה\n- Tea!\n\nTea!\n\n1. Tea\n2. Milk\n").document
    found = [plain_text(b.children) for b in walk_blocks(page.blocks) if isinstance(b, Paragraph)]
    assert found == ["tea תה", "\u200f\u200eTea!\u200e", "Tea!", "\u200f\u200eTea\u200e", "\u200f\u200eMilk\u200e"]


def test_messages_name_the_page_as_it_was_given(tmp_path: Path) -> None:
    reading = read(tmp_path, "[gone](gone.md)\n", "notes/page.md")
    (said,) = reading.diagnostics
    assert str(said).startswith(f"{tmp_path}/notes/page.md:1: warning[broken-link]: ")
    assert reading.document.path == f"{tmp_path}/notes/page.md"


def test_the_same_page_reads_alike_twice(tmp_path: Path) -> None:
    source = "# A\n\n- b\n  - c\n\n<Card title='d'>\n\ne[^f]\n\n</Card>\n\n[^f]: g\n"
    assert read(tmp_path, source) == read(tmp_path, source)


def test_a_page_is_found_by_the_address_that_it_states(tmp_path: Path) -> None:
    (tmp_path / "pots.md").write_text("---\nslug: /guides/kettle\n---\n# Pots\n")
    reading = read(tmp_path, "[hot](/guides/kettle)\n")
    assert outline_text(reading.document).splitlines()[1] == "  paragraph @1 [hot](page:pots.md)"
    assert reading.diagnostics == ()


def test_links_to_marked_places_lead_to_their_section(tmp_path: Path) -> None:
    below = "## One\n\ntext <a id='here'></a>\n\n### Two\n\n<div id='there'>x</div>\n\n[c](#there)\n"
    source = f"[a](#here) [b](#two)\n\n{below}"
    document = read(tmp_path, source).document
    outline = outline_text(document).splitlines()
    assert outline[1] == "  paragraph @1 [a](#one) [b](#two)"
    assert outline[-1] == "      paragraph @11 [c](#two)"


def test_links_to_the_ids_of_blocks_lead_to_their_section(tmp_path: Path) -> None:
    page = (
        "# Tea\n\n## Time\n\nFour minutes.\n{: #minutes .narrow}\n\n## Cups\n\n- small\n- large\n{:#sizes}\n\n"
        "{: #end}\nNothing is left of [the time](#minutes), [the sizes](#sizes) and [this](#end).\n"
    )
    reading = read(tmp_path, page)
    assert reading.diagnostics == ()
    outline = outline_text(reading.document)
    assert "[the time](#time), [the sizes](#cups) and [this](#cups)" in outline
    assert "{:" not in outline


def test_of_pictures_for_dark_and_for_light_pages_the_light_ones_are_shown(tmp_path: Path) -> None:
    page = """![Night](dark.png#gh-dark-mode-only)
![Day](https://example.com/light.png#gh-light-mode-only)

[![Night](dark.png#only-dark "Stars")](https://example.com/dark) <a href="https://example.com/light"><img
src="https://example.com/light.png#only-light" alt="Day"></a>

## ![Night][night] ![Day](https://example.com/light.png#gh-light-mode-only) Tea

[night]: dark.png#only-dark
"""
    reading = read(tmp_path, page)
    assert all(not entry.lost for entry in reading.document.ledger)
    dark = [(d.span and d.span.first, d.severity) for d in reading.diagnostics if d.code == "dark-picture"]
    assert dark == [(1, Severity.NOTE), (4, Severity.NOTE), (7, Severity.NOTE)]
    outline = outline_text(reading.document)
    assert "dark" not in outline
    assert outline.count("light.png") == 3
    assert "h2 #tea Tea\n" in outline


def test_a_mark_right_above_a_heading_is_that_headings(tmp_path: Path) -> None:
    links = "[a](#here) [b](#there) [c](#end) [d](#start) [e](#tea) [f](#) [g](page.md)\n\n<a id='start'></a>\n\nSo.\n"
    below = "## One\n\nso\n\n<a id='here'></a>\n## Two\n\n<a name='there'></a>\n\n## Three\n\ntext\n\n<a id=end></a>"
    reading = read(tmp_path, f"# Tea\n\n{links}\n{below}\n")
    assert reading.diagnostics == ()
    outline = outline_text(reading.document).splitlines()
    assert outline[1] == "  paragraph @3 [a](#two) [b](#three) [c](#three) [d](#) [e](#) [f](#) [g](#)"


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "brew.md"',
        "> {{#include brew.rs:2:5}}",
        "{{#playground brew.rs}}",
        "    {{#rustdoc_include ../brew.rs:pour}}",
        "{* ../brew.py hl[3] *}",
        "<<< @/snippets/brew.js{2}",
        "@[code{2}](./brew.js)",
        "{!docs/brew.md!}",
        "```{literalinclude} brew.py\n:lines: 2-5\n```",
        ".. include:: brew.rst",
        ':::code language="csharp" source="~/brew.cs" range="1-5":::',
        "[!code-csharp[](brew.cs?highlight=2)]",
        "[!INCLUDE [water](brew.md)]",
        "Boil [!include[brew.md](brew.md)] first.",
    ],
)
def test_what_another_file_would_bring_in_is_told_and_its_line_kept(tmp_path: Path, line: str) -> None:
    reading = read(tmp_path, f"# Tea\n\n{line}\n")
    told = [(d.code, d.severity, d.span) for d in reading.diagnostics]
    assert told == [("unread-include", Severity.NOTE, Span(first=3, last=3))]
    assert "brew." in outline_text(reading.document)


def test_an_include_in_a_comment_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "# Tea\n\nWords.\n\n<!-- @include: ./brew.md{3,} -->\n")
    assert [(d.code, d.span, "is shown" in d.message) for d in reading.diagnostics] == [
        ("unread-include", Span(first=5, last=5), False)
    ]


def test_words_that_only_look_like_an_include_are_not_told(tmp_path: Path) -> None:
    page = "# Tea\n\nWe include # and {* stars *} in it, and 1 <<< 2.\n\n```c\n#include <tea.h>\n```\n"
    assert read(tmp_path, page).diagnostics == ()


def test_code_that_shows_how_to_bring_in_a_file_is_not_told(tmp_path: Path) -> None:
    shown = ["<<< @/brew.js", "@[code](brew.js)", "[!INCLUDE [a](b.md)]", ".. include:: brew.rst", "::: brew.pot"]
    fence = ["````md", *shown, "```{include} brew.md", "```", "````"]
    page = "\n".join(["# Tea", "", *fence, "", "So `[!INCLUDE [a](b)]`."])
    assert read(tmp_path, page).diagnostics == ()


@pytest.mark.parametrize("line", ['--8<-- "brew.py"', "{{#include brew.py}}", "{!brew.py!}"])
def test_what_is_brought_in_before_a_page_is_parsed_is_told_within_code_too(tmp_path: Path, line: str) -> None:
    told = [(d.code, d.span) for d in read(tmp_path, f"# Tea\n\n```py\n{line}\n```\n").diagnostics]
    assert told == [("unread-include", Span(first=4, last=4))]


def test_a_title_block_of_pandoc_is_front_matter(tmp_path: Path) -> None:
    document = read(tmp_path, "% Tea and\n  coffee\n% A. One; B. Two\n  C. Three\n% 1 May\n\n# Pots\n\nSo.").document
    assert (title(document), document.title_span) == ("Tea and coffee", Span(first=1, last=1))
    assert document.metadata.authors == ("A. One", "B. Two", "C. Three")
    assert document.metadata.date == "1 May"
    assert [plain_text(section.title) for section in document.sections] == ["Pots"]


@pytest.mark.parametrize("text", ["% Tea\nis a drink.\n", "%\n\nText.\n", "% a\n% b\n% c\n% d\n"])
def test_other_lines_that_begin_with_a_percent_sign_are_text(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text).document
    assert document.metadata.span is None
    assert document.blocks[0].span.first == 1
