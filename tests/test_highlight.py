"""Code in colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.highlight import LONGEST_LINE, highlighted
from pipeline.theme import Colour


def text(lines: list[list[tuple[str, Colour]]]) -> str:
    return "\n".join("".join(part for part, _ in line) for line in lines)


def test_tokens_have_their_kinds_colours() -> None:
    (line,) = highlighted('return "a" + 1', "python")
    assert line == [
        ("return", Colour.CODE_KEYWORD),
        (" ", Colour.INK),
        ('"a"', Colour.CODE_STRING),
        (" + ", Colour.INK),
        ("1", Colour.CODE_NUMBER),
    ]


@pytest.mark.parametrize("code", ["ls  # all in a folder", "ls  # all\ndu  # of all in a folder"])
def test_a_comment_on_the_last_line_is_one_comment(code: str) -> None:
    assert highlighted(code, "sh")[-1][-1][1] is Colour.CODE_COMMENT
    assert highlighted(code, "sh")[-1][-1][0].endswith("in a folder")


@pytest.mark.parametrize(("code", "language"), [("let", "no such language"), ("let", ""), ("1" * 401, "python")])
def test_unknown_and_endless_code_is_ink(code: str, language: str) -> None:
    assert highlighted(code, language) == [[(code, Colour.INK)]]


def test_a_line_of_the_greatest_length_is_coloured() -> None:
    assert highlighted("1" * LONGEST_LINE, "python") == [[("1" * LONGEST_LINE, Colour.CODE_NUMBER)]]


@given(
    st.text(alphabet="a1 \n\t#\"'=({[<>/*-`\\é中", max_size=80), st.sampled_from(["python", "js", "html", "sh", "diff"])
)
def test_no_character_is_lost(code: str, language: str) -> None:
    lines = highlighted(code, language)
    assert text(lines) == code
    assert all(part for line in lines for part, _ in line)
