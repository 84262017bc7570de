"""Blocks and inlines as HTML: everything is said, nothing is trusted."""

from __future__ import annotations

import re
from html import unescape

import pytest
from msgspec.structs import replace
from paper_samples import (
    AT,
    SENTENCE,
    bullets,
    figure,
    footnote_mark,
    handout,
    inlines,
    item,
    link,
    paragraph,
    part,
    png,
    strong,
    table,
    words,
)

from pipeline.labels import labels_for
from pipeline.model.document import Block, Callout, CalloutKind, Cell, CodeBlock, Heading, ItemList, Quote, Row
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Style,
    Styled,
    Text,
    WebTarget,
)
from pipeline.settings import Product
from pipeline.write.handout_headings import HeadingPrinter
from pipeline.write.html import blocks_html
from pipeline.write.html_code import code_html
from pipeline.write.html_inlines import Headings, Printing, inlines_html, short_address
from pipeline.write.html_table import column_shares, fitting_size
from pipeline.write.shelf import Shelf


@pytest.fixture
def printing() -> Printing:
    return Printing(
        product=Product.HANDOUT,
        labels=labels_for("en"),
        shelf=Shelf(),
        numbers={"https://a.example/": 7},
        places=frozenset({"there", "ünter"}),
        marks={"x": "a"},
    )


def text_in(markup: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|td|th|pre|h\d|code)>", " ", markup))))


def code(text: str, language: str = "", **more: object) -> CodeBlock:
    values = {"title": "", "marked": (), "numbered_from": None, **more}
    return CodeBlock(text=text, language=language, span=AT, **values)  # type: ignore[arg-type]


def test_text_is_escaped_wherever_it_stands(printing: Printing) -> None:
    evil = '<script>alert("x")</script>&amp;'
    blocks: tuple[Block, ...] = (
        paragraph(evil, CodeSpan(text=evil, span=AT), link(evil, "https://a.example/?q=<b>\"'")),
        code(evil, "html", title=evil),
        table([evil], [[evil]], caption=evil),
        figure(None, source=evil, alt=evil, legend=evil),
        figure(png(9, 9), source="b.png", alt=evil, legend=evil),
        Callout(kind=CalloutKind.TIP, title=inlines(evil), children=(paragraph(evil),), span=AT),
        Heading(level=3, children=inlines(evil), id="there", span=AT),
    )
    html = blocks_html(blocks, printing)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert 'href="https://a.example/?q=%3Cb%3E%22&#39;"' in html


def test_control_characters_are_left_out(printing: Printing) -> None:
    assert inlines_html(inlines("a\x00b\x0bc\x1bd\te"), printing) == "abcd\te"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " JavaScript:x", "file:///etc/passwd"]
)
def test_a_dangerous_address_is_no_link(address: str, printing: Printing) -> None:
    assert inlines_html((link("here", address),), printing) == "here"


@pytest.mark.parametrize("address", ["https://b.example/x", "mailto:a@b.example", "//b.example/x", "tel:+123"])
def test_a_web_address_is_a_link(address: str, printing: Printing) -> None:
    assert inlines_html((link("here", address),), printing) == f'<a href="{address}">here</a>'


def test_a_reference_has_its_number_beside_it(printing: Printing) -> None:
    html = inlines_html((link("here", "https://a.example/"),), printing)
    assert html.endswith('<sup class="number"><a href="#reference:7">7</a></sup>')


def test_a_link_inside_the_page_names_its_page_and_one_that_leads_nowhere_is_text(printing: Printing) -> None:
    def to(name: str) -> Inline:
        return Link(children=(words("it"),), target=SectionTarget(id=name), title="", span=AT)

    assert inlines_html((to("there"),), printing) == '<a href="#there">it</a><a class="to-page" href="#there"></a>'
    assert 'href="#%C3%BCnter"' in inlines_html((to("ünter"),), printing)
    assert inlines_html((to("gone"),), printing) == "it"
    top = '<a href="#panel:front">it</a><a class="to-page" href="#panel:front"></a>'
    assert inlines_html((to(""),), printing) == top
    assert inlines_html((to(""),), replace(printing, product=Product.CHEATSHEET)) == "it"


def test_links_to_files_pages_and_nowhere(printing: Printing) -> None:
    def to(target: object) -> str:
        return inlines_html((Link(children=(words("it"),), target=target, title="", span=AT),), printing)  # type: ignore[arg-type]

    page = PageTarget(path="a b/c.md", fragment="d", source="e.md", place="d")
    assert to(page) == '<a href="../a%20b/c/c-handout.pdf#d">it</a>'
    assert to(replace(page, source="a b/f.md", place="")) == '<a href="../c/c-handout.pdf">it</a>'
    assert to(FileTarget(path="x.zip", way="../../site/x y.zip")) == '<a href="../../site/x%20y.zip">it</a>'
    assert to(FileTarget(path="x.zip", way="")) == "it"
    assert to(BrokenTarget(address="no.md")) == "it"


def test_links_do_not_nest(printing: Printing) -> None:
    image = replace(figure(png(300, 200)).image, alt="Alt")
    inner = InlineImage(image=image, legend=inlines("Legend"), origin=WebTarget(url="https://b.example/"), span=AT)
    html = inlines_html(
        (Link(children=(inner,), target=WebTarget(url="https://c.example/"), title="", span=AT),), printing
    )
    assert html.count("<a ") == 1
    assert "Legend" in html
    assert "b.example" in html


def test_every_style_has_its_element(printing: Printing) -> None:
    html = inlines_html(tuple(Styled(style=style, children=(words("x"),), span=AT) for style in Style), printing)
    for tag in ("em", "strong", "del", "ins", "mark", "sup", "sub", "kbd"):
        assert f"<{tag}>x</{tag}>" in html


def test_breaks_and_footnotes(printing: Printing) -> None:
    html = inlines_html(inlines("a", LineBreak(span=AT), "b", footnote_mark("x"), footnote_mark("unknown")), printing)
    assert html == 'a<br/>b<sup class="number"><a href="#footnote:a">a</a></sup>'


def test_headings_skip_no_level() -> None:
    headings = Headings(1)
    assert [headings.place(level) for level in (1, 4, 4, 9, 2, 6, 3)] == [2, 3, 4, 5, 2, 3, 3]


def test_code_keeps_every_character_in_any_language(printing: Printing) -> None:
    text = '\n\ndef f(a):\n\treturn "<é>"  # ü\n\n   \nx = 1\n'
    for language in ("python", "", "no-such-language", "html", "console"):
        html = blocks_html((code(text, language),), printing)
        lines = re.findall(r'<code class="line">(.*?)\n</code>', html, re.DOTALL)
        shown = [unescape(re.sub(r"<[^>]+>", "", line)) for line in lines]
        assert [line.rstrip() for line in shown] == [line.rstrip() for line in text.split("\n")], language


def test_an_item_from_the_left_among_others_from_the_right_is_held_together(printing: Printing) -> None:
    leftward = replace(printing, right_to_left=True)
    own = item(paragraph("\u200f\u200e", strong("Tea"), ": hot\u200e"))
    other = item(paragraph("תה: חם"))
    html = blocks_html((ItemList(items=(own, other), start=None, tight=True, span=AT),), leftward)
    assert re.findall(r"<li[^>]*>(<bdi[^>]*>)?", html) == ['<bdi dir="ltr">', ""]
    assert not re.search(r"<li[^>]* dir=", html)


def test_the_number_of_a_heading_stands_where_those_of_others_do(printing: Printing) -> None:
    leftward = replace(printing, right_to_left=True)
    plan = handout(part(1, "Tea:", section=1), part(2, "תה", section=2), language="he")
    own, other = (HeadingPrinter(plan, leftward).heading(block) for block in plan.blocks)
    assert '<span class="ordinal">1</span> <bdi dir="ltr">Tea:</bdi>' in own
    assert '<span class="ordinal">2</span> תה' in other
    assert not re.search(r"<h\d[^>]* dir=", own + other)


def test_code_shows_its_title_numbers_and_marked_lines(printing: Printing) -> None:
    html = blocks_html((code("a\nb\nc", title="file.txt", marked=(2,), numbered_from=41),), printing)
    assert "file.txt" in html
    assert html.count("line marked") == 1
    assert re.findall(r'line-number">(\d+)<', html) == ["41", "42", "43"]


def test_a_missing_picture_is_a_frame_with_all_that_is_known(printing: Printing) -> None:
    block = figure(None, source="https://p.example/x.png", alt="A cat", legend="Figure: cat", url="https://a.example/")
    html = blocks_html((block,), printing)
    for known in ("https://p.example/x.png", "A cat", "<strong>Figure:</strong> cat", "a.example", 'class="missing"'):
        assert known in html


def test_a_picture_always_says_what_it_is(printing: Printing) -> None:
    def alt(**more: str) -> str:
        html = blocks_html((figure(png(40, 40), source="img/lay%20ers.png?x=1", **more),), printing)
        return re.findall(r'alt="([^"]*)"', html)[0]

    assert alt(alt="A", legend="L") == "A"
    assert alt(legend="L") == "L"
    assert alt() == "lay%20ers.png"


def test_a_picture_fits_its_column_and_the_page(printing: Printing) -> None:
    def width(wide: int, high: int, *, across: float | None = None) -> float:
        html = blocks_html((figure(png(wide, high), source=f"{wide}.png"),), printing, across=across)
        return float(re.findall(r"width: ([\d.]+)mm", html)[0])

    assert width(100, 50) == pytest.approx(26.46, abs=0.01)
    assert width(4000, 3000) < printing.measure
    assert width(4000, 1000, across=174) == pytest.approx(174, abs=0.2)
    assert width(500, 5000) == pytest.approx(printing.tallest / 10, abs=0.01)


def test_the_rest_of_a_line_of_code_stands_behind_its_indent() -> None:
    short, long = re.findall("<code[^>]*>", code_html(code(f"if tea:\n    {'pour(tea) ' * 30}"), 100))
    assert "style" not in short
    assert 'style="padding-left: 4.40em; text-indent: -4.40em"' in long


@pytest.mark.parametrize(
    ("code", "held"),
    [("ls -- --all", ["--all"]), ("ls -l --so-rt --all=no x--y", ["-l", "--so-rt"]), ("a-b", []), ("ls --", [])],
)
def test_options_in_code_are_not_divided_at_their_hyphens(code: str, held: list[str], printing: Printing) -> None:
    html = inlines_html((CodeSpan(text=code, span=AT),), printing)
    assert re.findall(r'<span class="unbroken">(.*?)</span>', html) == held
    assert html.striptags() == code


def test_very_long_names_in_code_end_a_line_between_their_parts(printing: Printing) -> None:
    name = "theKettleThatStandsOnTheStoveInTheKitchen"
    html = inlines_html((CodeSpan(text=f"{name}()", span=AT), CodeSpan(text="theKettle", span=AT)), printing)
    assert "the<wbr/>Kettle<wbr/>That<wbr/>Stands" in html
    assert "<code>theKettle</code>" in html
    assert "".join(text_in(html).split()) == f"{name}()theKettle"


def test_a_callout_says_its_kind_once(printing: Printing) -> None:
    def label(kind: CalloutKind, title: str, word: str = "") -> str:
        block = Callout(kind=kind, title=inlines(title) if title else (), children=(), span=AT, word=word)
        return text_in(blocks_html((block,), printing)).strip()

    assert label(CalloutKind.TIP, "") == "Tip"
    assert label(CalloutKind.TIP, "Tip of the day") == "Tip of the day"
    assert label(CalloutKind.WARNING, "Mind the gap") == "Warning: Mind the gap"
    assert label(CalloutKind.CAUTION, "") == "Caution"
    assert label(CalloutKind.DETAILS, "More") == "More"
    assert label(CalloutKind.DANGER, "Bug", "Bug") == "Bug"
    assert label(CalloutKind.DANGER, "It boils over", "Bug") == "Bug: It boils over"


def test_lists_number_and_tick(printing: Printing) -> None:
    assert '<ol class="tight" start="3">' in blocks_html((bullets("a", start=3),), printing)
    tasks = ItemList(
        items=(item(paragraph("a"), checked=True), item(paragraph("b"), checked=False)),
        start=None,
        tight=False,
        span=AT,
    )
    html = blocks_html((tasks,), printing)
    assert '<li class="done single">a</li><li class="to-do single">b</li>' in html


def test_items_that_are_one_paragraph_have_no_element_for_it(printing: Printing) -> None:
    outer = ItemList(items=(item(paragraph("a"), bullets("b")),), start=None, tight=True, span=AT)
    html = blocks_html((outer,), printing)
    assert '<li class="bullet"><p>a</p><ul class="tight"><li class="bullet single">b</li></ul></li>' in html


def test_nesting_deeper_than_any_page_loses_no_words(printing: Printing) -> None:
    block: Block = paragraph("bottom")
    for number in range(300):
        block = Quote(children=(paragraph(f"level {number}"), block), span=AT)
    text = text_in(blocks_html((block,), printing))
    assert "bottom" in text
    assert all(f"level {number} " in text for number in range(300))


@pytest.mark.parametrize("text", ["word " * 8_000, "x" * 30_000, "字" * 20_000])
def test_a_huge_paragraph_is_laid_out_in_pieces_that_lose_nothing(text: str, printing: Printing) -> None:
    html = blocks_html((paragraph(text, link("end", "https://b.example/")),), printing)
    pieces = re.findall(r"<p[^>]*>(.*?)</p>", html, re.DOTALL)
    assert len(pieces) > 1
    assert max(map(len, pieces)) < 4_000
    assert re.sub(r"<[^>]+>", "", "".join(pieces)) == f"{text}end"


def test_a_huge_line_of_code_is_laid_out_in_pieces_that_lose_nothing(printing: Printing) -> None:
    text = "a = {" + "'k': \"<v>\", " * 3_000 + "}"
    html = blocks_html((code(text, "python"),), printing)
    assert html.count('class="piece"') > 10
    assert unescape(re.sub(r"<[^>]+>", "", html)) == f"{text}\n"


def test_text_that_reads_the_other_way_is_turned(printing: Printing) -> None:
    assert blocks_html((paragraph("نص قصير"),), printing) == '<p dir="rtl">نص قصير</p>'
    leftward = replace(printing, right_to_left=True)
    texts = (paragraph("Some text"), paragraph("نص"), paragraph("Go نص"), paragraph("12"))
    assert blocks_html(texts, leftward) == '<p dir="ltr">Some text</p><p>نص</p><p>Go نص</p><p>12</p>'


def test_code_goes_across_the_page_where_its_column_would_break_it(printing: Printing) -> None:
    def classes(text: str) -> str:
        return blocks_html((code(text),), printing, across=174).split('"')[1]

    assert classes("short\nlines\n") == "code"
    assert classes(("x" * 80 + "\n") * 5) == "code wide"
    assert classes("x" * 80 + "\nshort" * 9) == "code"


def test_columns_share_the_width_by_their_words() -> None:
    made = table(["Key", "What it says"], [["a", SENTENCE * 3], ["b", "short"]])
    narrow, wide = column_shares(made, 28)
    assert narrow + wide == pytest.approx(1)
    assert narrow < 0.2
    assert narrow * 28 >= 3 * 0.5
    assert fitting_size(made, 94) == 9.5
    way = Link(children=(words("up"),), target=SectionTarget(id="one"), title="", span=AT)
    leading = Row(cells=(Cell(children=(way,), span=AT), *made.rows[0].cells[1:]), span=AT)
    assert column_shares(replace(made, rows=(leading,)), 28)[0] * 28 >= len("→ page") * 0.5
    many = table([f"Heading{n}" for n in range(14)], [[f"value{n}" for n in range(14)]])
    assert fitting_size(many, 174) < 9.5


def test_a_short_address_is_cut_in_the_middle() -> None:
    assert short_address("https://www.example.org/a/", 40) == "example.org/a"
    cut = short_address("https://example.org/some/very/long/path/to/the/last-page.html", 30)
    assert len(cut) == 30
    assert cut.startswith("example.org/")
    assert cut.endswith("page.html")
    assert "…" in cut


def test_a_line_may_end_before_a_very_long_word(printing: Printing) -> None:
    token = CodeSpan(text='"eyJ1c2VySWQiOiJiMDhmODZhZi0zNWRh', span=AT)
    assert inlines_html((Text(text="see (", span=AT), token), printing).startswith("see (<wbr/><code>")
    short = CodeSpan(text="eyJ1c2 VySWQiOiJiMDhmODZhZi0zNWRh", span=AT)
    signs = Text(text="," * 40, span=AT)
    assert "<wbr" not in inlines_html((Text(text="see (", span=AT), short, signs), printing)
