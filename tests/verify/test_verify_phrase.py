"""Text as it is compared: what printing changes is no difference, what a reader would notice is one."""

from __future__ import annotations

import pytest

from pipeline.verify.alterations import words
from pipeline.verify.links import canonical
from pipeline.verify.phrase import disordered, reshaped, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('Straight "quotes" aren\'t', "Straight “quotes” aren’t"),
        ("an efficient office", "an e\ufb03cient o\ufb03ce"),
        ("soft\u00adhyphen", "softhyphen"),
        ("wide\u00a0space\u2007here", "wide space here"),
        ("broken\nover lines", "broken over lines"),
        ("zero\u200bwidth\u2060\ufeff", "zerowidth"),
        ("Title Case", "title case"),
        ("caf\u00e9", "cafe\u0301"),
        ("1\u20132 or 1\u20112", "1-2 or 1-2"),
        ("\uff21\uff22\uff23\uff01", "ABC!"),
        ("\u2f00\u4e2a", "\u4e00\u4e2a"),
        ("wait\u2026", "wait..."),
        ("heart\u2764\ufe0f", "heart\u2764"),
        ("done ✅", "done ✔"),
        ("the palette 🎨", "the palette [artist\npalette]"),
        ("link: \uf0c1", "link: \u25a1"),
        ("\u0e19\u0e49\u0e33", "\u0e19\u0e4d\u0e49\u0e32"),
    ],
)
def test_what_printing_changes_is_no_difference(one: str, other: str) -> None:
    assert squeeze(one) == squeeze(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("is not", "is"), ("1.20", "1.30"), ("a - b", "a + b"), ("x", "y"), ("中文", "中间"), ("a.b", "ab")],
)
def test_what_a_reader_notices_is_a_difference(one: str, other: str) -> None:
    assert squeeze(one) != squeeze(other)


@pytest.mark.parametrize(
    "broken", ["https://www.a.example/tea", "https://\nwww.a.example/tea", "https:/\n/www.a.example/tea"]
)
def test_an_address_is_no_word_wherever_its_line_ends(broken: str) -> None:
    assert words(f"Ask {broken} first") == ("ask", "first")


def test_scripts_that_papers_give_in_another_order_are_known() -> None:
    assert disordered("Docker والآلة")
    assert disordered("שלום")
    assert disordered("done ✅")
    assert not disordered("Docker 中文 ไทย, naïve – 20 %")
    assert reshaped("वर्चुअल मशीन")
    assert not reshaped("Docker والآلة")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://EXAMPLE.org/a", "https://example.org/a"),
        ("https://example.org/caf\u00e9", "https://example.org/caf%C3%A9"),
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
        ("//example.org/x", "https://example.org/x"),
        ("https://example.org:/x", "https://example.org/x"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example"),
    ],
)
def test_addresses_that_lead_to_the_same_place_are_the_same(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/Watch", "https://example.org/watch"),
        ("https://example.org/a#b", "https://example.org/a#c"),
        ("http://example.org", "https://example.org"),
        ("https://example.org/a?b", "https://example.org/a"),
    ],
)
def test_addresses_that_lead_elsewhere_differ(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
