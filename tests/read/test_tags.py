"""Tags of HTML and JSX, read from a place in a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.tags import Tag, parse_tag


def read(text: str) -> Tag:
    tag = parse_tag(text, 0)
    assert tag is not None
    assert (tag.start, tag.end) == (0, len(text))
    return tag


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("<a>", ()),
        ('<a href="x">', (("href", "x"),)),
        ("<a href='x' title=y>", (("href", "x"), ("title", "y"))),
        ("<details open>", (("open", ""),)),
        ("<img\n  alt = 'two\nlines'\n>", (("alt", "two\nlines"),)),
        ('<a title="1 > 2">', (("title", "1 > 2"),)),
        ('<a title="a &amp; b &copy c">', (("title", "a & b &copy c"),)),
        ("<Img w={520}>", (("w", "520"),)),
        ("""<Img legend={"a \\"b\\" c"}>""", (("legend", 'a "b" c'),)),
        ("<Img legend={'it\\'s'}>", (("legend", "it's"),)),
        ("<Img legend={`two\nlines`}>", (("legend", "two\nlines"),)),
        ("<Math code={String.raw`\\frac{a}{b}`}>", (("code", "\\frac{a}{b}"),)),
        ("<Math code={'\\\\frac{a}{b}'}>", (("code", "\\frac{a}{b}"),)),
        (
            "<Box style={{ width: '}', height: `${ {a: 1}.a }` }}>",
            (("style", "{ width: '}', height: `${ {a: 1}.a }` }"),),
        ),
        ("<Box legend={<>Don't <b>panic</b></>}>", (("legend", "Don't <b>panic</b>"),)),
        ("<Box {...props} a={1} {/* > */} b>", (("a", "1"), ("b", ""))),
        ("<Box on={() => a > 1 /* } */}>", (("on", "() => a > 1 /* } */"),)),
        ('<a @click="go" :to="/x" v-slot:b="c">', (("@click", "go"), (":to", "/x"), ("v-slot:b", "c"))),
    ],
)
def test_attributes(text: str, attributes: tuple[tuple[str, str], ...]) -> None:
    tag = read(text)
    assert tag.attributes == attributes
    assert not tag.self_closing


def test_names_and_forms() -> None:
    assert read("<Tabs.Item />").name == "Tabs.Item"
    assert read("<br/>").self_closing
    assert read("<br class=x/>").get("class") == "x"
    assert read("</h2 >").closing
    assert read("<my-box>").name == "my-box"


def test_an_attribute_is_found_whatever_its_case_and_the_first_counts() -> None:
    tag = read('<a HREF="x" href="y" download>')
    assert tag.get("href") == "x"
    assert tag.get("title", "none") == "none"
    assert tag.has("Download")
    assert not tag.has("title")


@pytest.mark.parametrize(
    "text",
    [
        "<",
        "< a>",
        "<33>",
        "<https://example.com>",
        "<one.two>",
        '<a h*ref="x">',
        '<a href="x',
        "<a href={x",
        "<a b='1'c='2'>",
        "</a href='x'>",
        "<a/ >",
        "<a {b}>",
        "<a" + " b" * 101 + ">",
        "<a b=" + "{" * 40 + "}" * 40 + ">",
    ],
)
def test_what_is_no_tag(text: str) -> None:
    assert parse_tag(text, 0) is None


def test_a_tag_is_read_where_it_stands() -> None:
    tag = parse_tag("text <b>bold</b>", 5)
    assert tag is not None
    assert (tag.start, tag.end) == (5, 8)
    assert parse_tag("text <b>", 0) is None


@pytest.mark.parametrize(
    "part", ['<a b="', "<a b={", '<a b={"', "<a b={`", "<a b='\" ", "<a {... ", "<a b={/* ", "<a b c d "]
)
def test_half_open_tags_take_linear_time(part: str) -> None:
    text = part * 10_000
    begin = time.process_time()
    for place in range(0, len(text), len(part)):
        assert parse_tag(text, place) is None or "<" in text[place + 1 :]
    assert time.process_time() - begin < 6


@given(st.text(alphabet="<>/ab={}'\"`$\\ \n*.&;", max_size=60))
def test_anything_is_a_tag_or_none(text: str) -> None:
    tag = parse_tag(text, 0)
    assert tag is None or (text[0] == "<" and text[tag.end - 1] == ">" and tag.end <= len(text))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_a_quoted_value_is_kept(value: str) -> None:
    escaped = value.replace("&", "&amp;").replace('"', "&quot;")
    assert read(f'<a title="{escaped}"/>').get("title") == value
