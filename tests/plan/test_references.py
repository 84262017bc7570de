from __future__ import annotations

from pathlib import Path

import pytest
from page_reading import read

from pipeline.plan.footnotes import footnote_numbers
from pipeline.plan.references import host, is_reference_list, number_references, short_address

PAGE = """# Kettles

See [lids](https://a.example/lids) and [spouts](https://b.example/).

## Parts

Again [lids](https://a.example/lids/), <https://c.example/plain>.[^s]

## References

1. [The book](https://d.example/book)
2. [Spouts in full](https://b.example)

[^s]: See [steam](https://e.example/steam).
"""


def test_the_pages_own_list_comes_first_and_each_address_once(tmp_path: Path) -> None:
    references = number_references(read(tmp_path, PAGE))
    assert [(r.number, r.text, r.target.url, r.listed) for r in references] == [
        (1, "The book", "https://d.example/book", True),
        (2, "Spouts in full", "https://b.example", True),
        (3, "lids", "https://a.example/lids", False),
        (4, "c.example/plain", "https://c.example/plain", False),
        (5, "steam", "https://e.example/steam", False),
    ]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("Ada. *Kettles.* <https://a.example/k>", "Ada. Kettles."),
        ("Ada (2019), [Kettles](https://a.example/k), chapter 2.", "Ada (2019), Kettles, chapter 2."),
        ("Kettles: https://a.example/k", "Kettles"),
        ("<https://a.example/k>", "a.example/k"),
    ],
)
def test_an_entry_of_the_pages_own_list_is_told_whole(tmp_path: Path, entry: str, text: str) -> None:
    body = "# K\n\nSee [this](https://a.example/k).\n\n## References\n\n1. "
    references = number_references(read(tmp_path, f"{body}{entry}\n"))
    assert [(r.text, r.listed) for r in references] == [(text if text != "a.example/k" else "this", True)]


def test_a_figures_origin_is_a_reference(tmp_path: Path) -> None:
    page = '# K\n\n<Img src="no.png" legend="Figure: A lid" origin="https://f.example/lid" />\n'
    (only,) = number_references(read(tmp_path, page))
    assert (only.text, only.target.url) == ("Figure: A lid", "https://f.example/lid")


@pytest.mark.parametrize(
    "title", ["References", "Further reading", "See also", "参考资料", "参考", "🔗 Links", "5. Resources"]
)
def test_a_list_of_links_under_such_a_title_is_the_pages_own(tmp_path: Path, title: str) -> None:
    document = read(tmp_path, f"# K\n\n## {title}\n\n- [a](https://a.example)\n- [b](https://b.example)\n")
    assert is_reference_list(document.sections[0])


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("References", "A reference is a pointer. It never owns.\n\n```rust\nlet r = &s;\n```\n"),
        ("API reference", "- [a](https://a.example)\n"),
        ("Parts", "- [a](https://a.example)\n"),
        ("References", "- [a](https://a.example)\n\n### More\n\nText.\n"),
    ],
)
def test_other_sections_are_content(tmp_path: Path, title: str, body: str) -> None:
    assert not is_reference_list(read(tmp_path, f"# K\n\nText.\n\n## {title}\n\n{body}").sections[0])


def test_addresses_are_said_without_what_nobody_says() -> None:
    assert short_address("https://www.a.example/b/") == "a.example/b"
    assert short_address("mailto:ada@a.example") == "ada@a.example"
    assert host("https://www.a.example/b?c#d") == "a.example"


def test_footnotes_are_numbered_by_their_first_mark(tmp_path: Path) -> None:
    page = "# K\n\nOne[^b], two[^a], again[^b].\n\n[^a]: A.\n[^b]: B.\n[^c]: Never marked.\n"
    numbers = footnote_numbers(read(tmp_path, page))
    assert (numbers["b"], numbers["a"]) == (1, 2)


def test_a_section_that_explains_terms_is_no_list_of_references(tmp_path: Path) -> None:
    page = "# Kettles\n\n## Links\n\nlid\n:   See [lids](https://a.example/lids).\n\nspout\n:   [It pours](https://b.example).\n"
    document = read(tmp_path, page)
    (links,) = document.sections
    assert not is_reference_list(links)


def test_sentences_around_one_link_are_no_reference(tmp_path: Path) -> None:
    said = "The kettle follows an older design. Its makers tell [how it was made](https://a.example/k) in detail."
    for text, listed in ((said, False), ("[How the kettle was made](https://a.example/k), 2019.", True)):
        document = read(tmp_path, f"# K\n\nText.\n\n## Further reading\n\n{text}\n")
        assert is_reference_list(document.sections[0]) is listed
