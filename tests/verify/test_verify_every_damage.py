"""Finished files of pages made at random, damaged at random: every damage is named with its line.

By default some 200 times; with SABOTAGE=n, which `make sabotage` sets, n times that on n pages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from sabotage_deck import DECK_DAMAGE, Hurt
from sabotage_deck import hurt as hurt_deck
from sabotage_page import RandomPage
from sabotage_paper import PAPER_DAMAGE, SHEET_DAMAGE
from sabotage_paper import hurt as hurt_paper
from test_verify_pipeline import Built, build

from pipeline.diagnostics import Severity
from pipeline.settings import Product
from pipeline.verify import Finding, Provenance, Recorded, recorded, verify

SEEDS = range(1, 1 + int(os.environ.get("SABOTAGE", "1")))
TRIALS = 4
CASES = (
    *((Product.DECK, name) for name in DECK_DAMAGE),
    *((Product.HANDOUT, name) for name in PAPER_DAMAGE),
    *((Product.CHEATSHEET, name) for name in SHEET_DAMAGE),
)


@dataclass(frozen=True)
class Whole:
    """The files of a page before any damage, and the report of their build."""

    built: Built
    source: str
    report: Recorded


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Whole, ...]:
    return tuple(_whole(tmp_path_factory.mktemp("page"), seed) for seed in SEEDS)


def _whole(folder: Path, seed: int) -> Whole:
    page = RandomPage(folder, seed).written(sections=8)
    built = build(page, folder / "out")
    report = verify(built.document, built.comparison, built.files, built.said)
    assert [str(finding) for finding in report.findings] == []
    earlier = recorded(report.as_json())
    assert earlier is not None
    return Whole(built=built, source=page.read_text(encoding="utf-8"), report=earlier)


def _told(whole: Whole, product: Product, data: bytes) -> tuple[Finding, ...]:
    built = whole.built
    provenance = Provenance(earlier=whole.report)
    findings = verify(built.document, built.comparison, {product: data}, built.said, provenance).findings
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _trials(whole: Whole, product: Product, name: str, seed: int) -> Iterator[Hurt]:
    random = Random(f"{seed} {product.value} {name}")  # noqa: S311
    for _ in range(TRIALS):
        data = whole.built.files[product]
        hurt = (
            hurt_deck(data, name, random) if product is Product.DECK else hurt_paper(data, name, random, whole.source)
        )
        if hurt is not None:
            yield hurt


@pytest.mark.parametrize(("product", "name"), CASES, ids=[f"{product.value}: {name}" for product, name in CASES])
def test_every_damage_is_named_with_its_line(product: Product, name: str, pages: tuple[Whole, ...]) -> None:
    tried, missed = 0, []
    for seed, whole in zip(SEEDS, pages, strict=True):
        for hurt in _trials(whole, product, name, seed):
            tried += 1
            told = _told(whole, product, hurt.data)
            named = any(f.span and f.span.first in hurt.lines and re.match(hurt.codes, f.code) for f in told)
            if not named:
                missed.append((seed, hurt.what, sorted(hurt.lines), [str(finding) for finding in told]))
    assert missed == []
    assert tried > 0, "the damage could not be done to any page"


def test_there_are_enough_kinds_of_damage() -> None:
    assert len(CASES) >= 50
