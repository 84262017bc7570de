"""Addresses that a file may hold without being offered for repair."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.write.powerpoint.addresses import linkable


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "http://localhost:8080/a?b=c&d=e#f",
        "https://user:word@example.org/~me/(x)",
        "mailto:ada@example.org",
        "https://en.wikipedia.org/wiki/C%2B%2B",
        "ftp://example.org/file.txt",
        "tel:+123",
    ],
)
def test_an_address_that_is_well_formed_stays_as_it_is(address: str) -> None:
    assert linkable(address) == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/中文", "https://example.org/%E4%B8%AD%E6%96%87"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("https://me@例え.jp:81/", "https://me@xn--r8jz45g.jp:81/"),
        ("//example.org/x", "https://example.org/x"),
        ("https://example.org/{id}?q=[1]", "https://example.org/%7Bid%7D?q=%5B1%5D"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("  https://example.org/ ", "https://example.org/"),
    ],
)
def test_what_a_uri_cannot_hold_is_encoded(address: str, expected: str) -> None:
    assert linkable(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "https:///path",
        "http://<host>/",
        "http://{{ host }}/",
        "http://host:PORT/",
        "http://host:99999/",
        "https://exa mple.org/",
        "http://a..b/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ms-msdt:/id",
        "example.org",
        "",
        "http://[broken",
        f"https://example.org/{'x' * 3000}",
    ],
)
def test_what_is_no_address_makes_no_link(address: str) -> None:
    assert linkable(address) is None


@given(st.text(max_size=60), st.sampled_from(["", "https://example.org/", "http://", "mailto:", "//"]))
def test_whatever_is_linked_is_plain_ascii_with_a_scheme(text: str, start: str) -> None:
    made = linkable(start + text)
    if made is not None:
        assert made.isascii()
        assert not set(made) & set(' <>"{}|\\^`\n\r\t')
        assert urlsplit(made).scheme
