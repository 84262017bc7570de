"""The least room that text takes."""

from __future__ import annotations

from pipeline.verify.text_extent import SizedText, extent


def mono(*texts: str) -> tuple[SizedText, ...]:
    return tuple(SizedText(text=text, size=20, bold=True, monospaced=True) for text in texts)


def test_a_line_takes_the_same_room_in_one_run_and_in_many() -> None:
    whole = extent(mono("{'Kimi': '123', 'Jack': '456'}"), 2000)
    parts = extent(mono("{", "'Kimi'", ": ", "'123'", ", ", "'Jack'", ": ", "'456'", "}"), 2000)
    assert parts.lines == whole.lines == 1
    assert abs(parts.width - whole.width) < 0.01


def test_spaces_at_the_edges_of_runs_count_once() -> None:
    assert abs(extent(mono("a b"), 2000).width - extent(mono("a", " b"), 2000).width) < 0.01
    assert abs(extent(mono("a b"), 2000).width - extent(mono("a ", "b"), 2000).width) < 0.01


def test_what_hardly_fits_a_line_may_be_broken_anywhere() -> None:
    words = mono("a" * 8 + " ", "x" * 20, " " + "b" * 8)
    line = extent(mono("x" * 20), 2000).width
    assert extent(words, line * 1.02).lines == 2, "its rest shares a line with what follows"
    assert extent(words, line * 1.3).lines == 3, "what surely fits a line is not broken"


def test_a_first_line_that_begins_further_left_has_more_room() -> None:
    words = mono("cup " * 12)
    line = extent(words, 2000).width
    assert extent(words, line * 0.8).lines == 2
    first = extent(words, line * 0.8, outdent=line * 0.3)
    assert first.lines == 1
    assert abs(first.width - line * 0.7) < 0.01, "its width counts from where the others begin"
    assert extent(words, line * 0.8, outdent=line * 0.1).lines == 2
