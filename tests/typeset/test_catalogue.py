"""The fonts of the system: found by fontconfig, or by the files' own tables, and chosen by name and style."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.theme import Face, load_theme
from pipeline.typeset.catalogue import FontFile, fonts_in, installed_fonts
from pipeline.typeset.fonts import Fonts, Style

THEME = load_theme("default")


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(THEME, substitute_widening=1.06)


def listed(family: str) -> list[FontFile]:
    return [file for file in installed_fonts() if family in file.families]


def test_the_files_own_tables_tell_what_fontconfig_tells() -> None:
    known = listed("Liberation Sans")
    read = {(file.path, file.index): file for file in fonts_in(Path(known[0].path).parent)}
    for file in known:
        own = read[file.path, file.index]
        assert own.families == file.families
        assert (own.weight, own.slant, own.width) == (file.weight, file.slant, file.width)
        assert covered(own) == covered(file)


def covered(file: FontFile) -> set[int]:
    """What of the first planes' letters the font has; fontconfig leaves out control characters."""
    return {code for first, last in file.ranges() for code in range(first, last + 1) if code > 0xA0}


def test_fonts_come_in_one_order() -> None:
    files = installed_fonts()
    assert list(files) == sorted(files, key=lambda file: (file.families, file.path, file.index))


@pytest.mark.parametrize(
    ("bold", "italic", "name"),
    [
        (False, False, "LiberationSans-Regular"),
        (True, False, "LiberationSans-Bold"),
        (False, True, "LiberationSans-Italic"),
        (True, True, "LiberationSans-BoldItalic"),
    ],
)
def test_a_style_finds_its_file(bold: bool, italic: bool, name: str) -> None:  # noqa: FBT001 - pytest passes them
    sans = replace(THEME, fonts={**THEME.fonts, Face.SANS: ("Liberation Sans",)})
    (font, *_) = Fonts(sans, substitute_widening=1.06).of(Style(Face.SANS, bold, italic))
    assert Path(font.file.path).stem == name


def test_a_font_of_a_collection_is_the_one_of_its_name(fonts: Fonts) -> None:
    names = {name for name in THEME.fonts[Face.EAST_ASIAN] if listed(name)}
    font = fonts.of(Style(Face.EAST_ASIAN))[0]
    assert names & set(font.file.families)
    assert font.shaper.face.get_name(1) in font.file.families


@pytest.mark.parametrize(("char", "face"), [("a", Face.SANS), ("容", Face.EAST_ASIAN), ("ا", Face.COMPLEX)])
def test_a_character_is_drawn_by_a_font_that_has_it(fonts: Fonts, char: str, face: Face) -> None:
    font = fonts.for_char(char, Style(face))
    assert font is not None
    assert font.covers(char)
    assert font in fonts.of(Style(face))


def test_a_script_that_the_theme_does_not_name_takes_any_font_that_has_it(fonts: Fonts) -> None:
    has_devanagari = [file for file in installed_fonts() if 0x928 in covered(file)]
    font = fonts.for_char("न", Style(Face.COMPLEX))
    assert (font is not None) is bool(has_devanagari)


def test_no_font_has_a_private_character(fonts: Fonts) -> None:
    assert fonts.for_char("\U0010f123", Style(Face.SANS)) is None
