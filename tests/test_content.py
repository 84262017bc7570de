"""The project's own pages, built as `make slides` builds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import build_all, check_all
from pipeline.diagnostics import Diagnostic
from pipeline.jobs import find_jobs
from pipeline.settings import Settings

CONTENT = Path(__file__).parents[1] / "content"
Built = dict[str, tuple[int, tuple[Diagnostic, ...], dict[str, Any]]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="module")
def built(output: Path) -> Built:
    settings = Settings(root=CONTENT, output=output, offline=True)
    outcomes = build_all(find_jobs([CONTENT], output, None), settings)
    return {
        o.job.page.stem: (o.exit_code, o.diagnostics, json.loads(o.job.report.read_text(encoding="utf-8")))
        for o in outcomes
    }


def test_every_page_is_whole_and_nothing_is_complained_of(built: Built) -> None:
    assert built
    for code, diagnostics, report in built.values():
        assert (code, diagnostics, report["ok"]) == (0, (), True)
        for kind, total in report["totals"].items():
            assert total["deck"] == total["units"], kind
            assert total["handout"] == total["units"], kind


def test_the_first_page_compares_as_its_text_does(built: Built) -> None:
    comparison = built["docker-vs-virtual-machine"][2]["comparison"]
    assert [(s["name"], s["aliases"]) for s in comparison["subjects"]] == [("Docker", []), ("Virtual Machine", ["VM"])]
    told = {row["aspect"]: [cell["subject"] for cell in row["cells"]] for row in comparison["rows"]}
    aspects = ("Virtualizes", "Size", "Speed", "Isolation", "Compatibility", "When to use")
    assert told == {aspect: ["Docker", "Virtual Machine"] for aspect in aspects}


def test_files_built_earlier_are_still_whole(built: Built, output: Path) -> None:
    settings = Settings(root=CONTENT, output=output, offline=True)
    outcomes = list(check_all(find_jobs([CONTENT], output, None), settings))
    assert len(outcomes) == len(built)
    assert [(o.exit_code, o.diagnostics) for o in outcomes] == [(0, ())] * len(built)
