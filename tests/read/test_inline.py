"""What the inline reader makes of texts: the dialect by examples, lines, warnings, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import Diagnostic, Span
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    FootnoteReference,
    FormulaSpan,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.model.text import plain_text, walk_inlines
from pipeline.read.assets import Assets
from pipeline.read.context import Context, Sink
from pipeline.read.definitions import Abbreviation, Definitions, LinkDefinition
from pipeline.read.formulas import Formulas
from pipeline.read.inline import InlineReader
from pipeline.settings import Settings

FIXTURE = Path(__file__).parent / "fixtures" / "inlines.test"
DEFINED = Span(first=99, last=99)


class Page:
    """A page under a root of its own, whose inlines are read."""

    def __init__(self, root: Path) -> None:
        self.sink = Sink(path="page.md")
        chosen = Settings(root=root, output=root / "build", offline=True)
        (root / "page.md").write_text("The page.")
        (root / "other.md").write_text("Another page.")
        definitions = Definitions(
            links={"ref": LinkDefinition(destination="https://example.com", title="Title", span=DEFINED)},
            footnotes={"note": DEFINED},
            abbreviations={
                "HTML": Abbreviation(short="HTML", expansion="HyperText Markup Language", span=DEFINED),
            },
        )
        context = Context(
            settings=chosen,
            page=root / "page.md",
            definitions=definitions,
            anchors=frozenset({"here", "Über-uns"}),
            assets=Assets(chosen, root / "page.md", self.sink.report),
            formulas=Formulas(self.sink),
            sink=self.sink,
        )
        self.reader = InlineReader(context)

    def read(self, text: str, first: int = 1) -> Inlines:
        return self.reader.read(text, tuple(range(first, first + text.count("\n") + 1)))

    def told(self, code: str) -> list[Diagnostic]:
        return [diagnostic for diagnostic in self.sink.diagnostics() if diagnostic.code == code]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(tmp_path)


def shown(inlines: Inlines) -> str:
    return "".join(map(_shown, inlines))


def _shown(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Styled():
            return f"<{inline.style.value}>{shown(inline.children)}</{inline.style.value}>"
        case CodeSpan():
            return f"`{inline.text}`"
        case FormulaSpan():
            return f"${inline.source}$"
        case Link():
            title = f' "{inline.title}"' if inline.title else ""
            return f"[{shown(inline.children)}]({address(inline.target)}{title})"
        case InlineImage():
            title = f' "{inline.image.title}"' if inline.image.title else ""
            origin = address(inline.origin) if inline.origin else ""
            return f"![{inline.image.alt}|{shown(inline.legend)}|{origin}]({inline.image.source}{title})"
        case FootnoteReference():
            return f"[^{inline.label}]"
        case LineBreak():
            return "⏎"
        case _:
            assert_never(inline)


def address(target: Target) -> str:
    match target:
        case WebTarget():
            return target.url
        case SectionTarget():
            return f"#{target.id}"
        case PageTarget():
            return target.path + (f"#{target.fragment}" if target.fragment else "")
        case FileTarget():
            return target.path
        case BrokenTarget():
            return f"?{target.address}"
        case _:
            assert_never(target)


def examples() -> list[object]:
    """The fixture's examples, each named by its file and line."""
    found, source, result = [], [], []
    collecting: list[str] | None = None
    for number, line in enumerate(FIXTURE.read_text().split("\n"), start=1):
        if line == "```" and collecting is None:
            source, result = [], []
            collecting = source
        elif line == "```":
            name = f"{FIXTURE.name}:{number}"
            found.append(pytest.param("\n".join(source), "\n".join(result), id=name))
            collecting = None
        elif line == "." and collecting is source:
            collecting = result
        elif collecting is not None:
            collecting.append(line)
    return found


@pytest.mark.parametrize(("source", "expected"), examples())
def test_dialect(source: str, expected: str, page: Page) -> None:
    assert shown(page.read(source)) == expected


# ---------------------------------------------------------------- lines


def test_every_inline_has_the_lines_that_it_stands_on(page: Page) -> None:
    text = (
        "one *two\nthree* `four\nfive`\n[six\nseven](#here) ![eight](a.png)\nnine\\\nten <b\ntitle='x'>eleven\n</b> end"
    )
    lines = {type(inline).__name__: inline.span for inline in page.read(text, first=10) if not isinstance(inline, Text)}
    assert lines == {
        "Styled": Span(first=16, last=18),
        "CodeSpan": Span(first=11, last=12),
        "Link": Span(first=13, last=14),
        "InlineImage": Span(first=14, last=14),
        "LineBreak": Span(first=15, last=15),
    }
    emphasis = page.read(text, first=10)[1]
    assert emphasis.span == Span(first=10, last=11)


def test_lines_are_the_ones_that_are_given(page: Page) -> None:
    inlines = page.reader.read("a\nb *c*\nd", (3, 7, 12))
    assert [inline.span for inline in inlines] == [
        Span(first=3, last=7),
        Span(first=7, last=7),
        Span(first=12, last=12),
    ]


def test_a_legend_stands_on_the_lines_of_its_tag(page: Page) -> None:
    (image,) = page.read('\n\n<Img src="a.png"\nlegend="*a*\nb"/>', first=5)
    assert isinstance(image, InlineImage)
    assert image.span == Span(first=7, last=9)
    assert {inline.span.first for inline in walk_inlines(image.legend)} == {7}


# ---------------------------------------------------------------- what is told


def test_what_is_wrong_is_told_with_its_line(page: Page) -> None:
    page.read("fine\n[a](#heer)\n[b](javascript:x)\n<url>\n<Foo/>\n[^nte]\n</Foo>\n![](no.png)", first=20)
    told = [(d.code, d.span.first if d.span else 0, d.hint) for d in page.sink.diagnostics()]
    assert told[:6] == [
        ("broken-link", 21, "did you mean #here?"),
        ("unsafe-link", 22, "the link's text is kept"),
        ("unescaped-tag", 23, "write `<url>` as code, or \\<url>"),
        ("unknown-component", 24, "its text and readable attributes are kept"),
        ("undefined-footnote", 25, "did you mean [^note]?"),
        ("stray-tag", 26, "it is left out"),
    ]
    assert told[6][:2] == ("missing-image", 27)


def test_what_is_right_is_not_spoken_of(page: Page) -> None:
    page.read("*a* [b](#here) [c](other.md) <b>d</b> <br/> [^note] <https://example.com> `<url>` \\<url>")
    assert page.sink.diagnostics() == ()


def test_titles_explain_no_abbreviations(page: Page) -> None:
    assert shown(page.reader.read("HTML", (1,), explain=False)) == "HTML"
    assert shown(page.reader.read("HTML", (2,))) == "HTML (HyperText Markup Language)"


# ---------------------------------------------------------------- hostile input

PARTS = (
    "[", "]", "*", "_", "`", "<", "![[]()", "**a ", "~~", "$", "*a_ ", "a**b", "[a](", "[a](<", '[a](b "', "![", "[[",
    "[[a]]", "`a``", "$a", "$1", "$$a", "<b>", '<a b="', "<a b={", "<!-- ", "<?", "{/*", "{.a ", "[^x", "[^x]",
    "https://a](", "www.", "a@", "a@b.example ", "__a", "&amp;", "\\", "a  \n", ":a", "==a", "x^2^", "***a", "<url>",
    "</b>", "*a **b ", "[![*`<$", "[a][b", "<b>*", "[](", "_a*b~~c==d",
    '{{< a "', "{% a '", "{{% a=`", "{{<", "[a]({{ b", "{% a %}", "{{< a >}}b",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_no_input_takes_more_than_linear_time(part: str, page: Page) -> None:
    def seconds(times: int) -> float:
        text = part * times
        begin = time.process_time()
        page.read(text)
        return time.process_time() - begin

    seconds(100)
    # Reading 10,000 takes less than half a second; quadratic time would take minutes.
    assert seconds(10_000) < 5


@pytest.mark.parametrize(
    "nested",
    [
        lambda n: "*" * n + "a" + "*" * n,
        lambda n: "[" * n + "a" + "](b)" * n,
        lambda n: "![" * n + "a" + "](b)" * n,
        lambda n: "<b>" * n + "a" + "</b>" * n,
        lambda n: "*a **b " * n + "c** *" * n,
    ],
)
def test_deep_nesting_is_read_but_not_deep(nested: Callable[[int], str], page: Page) -> None:
    inlines = page.read(nested(5_000))
    assert depth(inlines) <= 60
    assert "a" in plain_text(inlines)


def depth(inlines: Inlines) -> int:
    children = [inline.children for inline in inlines if isinstance(inline, Styled | Link)]
    return 1 + max(map(depth, children), default=0)


def test_placeholders_of_the_engine_in_the_source_are_text(page: Page) -> None:
    assert shown(page.read("a \x02klzzwxh:0000\x03 *b*")) == "a �klzzwxh:0000� <emphasis>b</emphasis>"


MARKS = st.sampled_from(
    [*"*_`[]()<>!&\\~=+^$:{}|#\"' \n", "](", "![", "[[", "]]", "<b>", "</b>", "<Img ", "$$", "a", "中"]
)


@given(st.lists(MARKS, max_size=40).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_reading_never_fails_and_lines_are_in_range(page: Page, text: str) -> None:
    last = text.count("\n") + 1
    for inline in walk_inlines(page.read(text)):
        assert 1 <= inline.span.first <= inline.span.last <= last


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"], include_characters=".,;-()'\n"), max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_plain_text_keeps_every_letter_and_digit(page: Page, text: str) -> None:
    read = plain_text(page.reader.read(text, tuple(range(1, text.count("\n") + 2)), explain=False))
    assert [c for c in read if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_escaped_text_comes_back_as_it_was(page: Page, text: str) -> None:
    escaped = "".join(f"\\{c}" if c.isascii() and not c.isalnum() else c for c in text)
    assert plain_text(page.reader.read(escaped, (1,), explain=False)) == text
