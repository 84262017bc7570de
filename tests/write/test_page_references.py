"""References to pages: the same as pydyf's own, and made once for many tags."""

from __future__ import annotations

from time import process_time

import pydyf

from pipeline.write.page_references import keep_page_references


def with_pages(count: int) -> pydyf.PDF:
    pdf = pydyf.PDF()
    for _ in range(count):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    return pdf


def test_they_are_those_of_the_pages_that_there_are() -> None:
    keep_page_references()
    pdf = with_pages(3)
    numbers = [
        page.number for page in pdf.objects if isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page"
    ]
    assert pdf.page_references == tuple(f"{number} 0 R".encode() for number in numbers)
    pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    assert len(pdf.page_references) == len(numbers) + 1


def test_asking_for_them_often_costs_nothing() -> None:
    keep_page_references()
    pdf = with_pages(2_000)
    begun = process_time()
    assert all(pdf.page_references[number] for number in range(2_000))
    assert process_time() - begun < 1
