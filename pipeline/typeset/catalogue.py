"""Which font files the system has, and which characters they cover."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity, SystemLibraryError

_FORMAT = "%{family}|%{weight}|%{slant}|%{width}|%{index}|%{charset}|%{file}\n"
_FIELDS = 7
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_NORMAL_WIDTH = 100
_REGULAR = 80
_BOLD = 200
_ITALIC = 100


class FontFile(Struct, frozen=True, kw_only=True):
    """One font of a file. Weights, slants and widths are fontconfig's; `index` holds the named instance above bit 16.

    `charset` is fontconfig's list of the ranges covered, in hexadecimal; empty where it is not known.
    """

    families: tuple[str, ...]
    weight: int
    slant: int
    width: int
    path: str
    index: int
    charset: str

    def distance(self, *, bold: bool, italic: bool) -> tuple[int, int, int, str, int]:
        """How far the font is from a style; the smallest is the one to take."""
        return (
            abs(self.width - _NORMAL_WIDTH),
            abs(self.slant - (_ITALIC if italic else 0)),
            abs(self.weight - (_BOLD if bold else _REGULAR)),
            self.path,
            self.index,
        )

    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The first and last code points of the stretches that the font covers, in order."""
        entries = (entry.partition("-") for entry in self.charset.split())
        return tuple((int(first, 16), int(last or first, 16)) for first, _, last in entries)


@cache
def installed_fonts() -> tuple[FontFile, ...]:
    """All scalable fonts of the system in a fixed order. Raises `SystemLibraryError` where there are none."""
    found = sorted(_from_fontconfig() or _from_folders(), key=lambda file: (file.families, file.path, file.index))
    if not found:
        raise SystemLibraryError(_no_fonts())
    return tuple(found)


def _no_fonts() -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code="no-fonts",
        message="no fonts are installed",
        hint="on Debian and Ubuntu: apt install fontconfig fonts-liberation",
    )


def _from_fontconfig() -> list[FontFile]:
    command = shutil.which("fc-list")
    if command is None:
        return []
    listed = subprocess.run(  # noqa: S603 - a fixed command of the system, without a shell
        [command, "--format", _FORMAT], capture_output=True, check=False, timeout=120
    )
    lines = listed.stdout.decode("utf-8", "replace").splitlines()
    return [file for line in lines if (file := _listed(line.split("|", _FIELDS - 1)))]


def _listed(fields: list[str]) -> FontFile | None:
    if len(fields) != _FIELDS or Path(fields[6]).suffix.lower() not in _SUFFIXES:
        return None
    family, weight, slant, width, index, charset, path = fields
    if not all(_is_number(value) for value in (weight, slant, width, index)):
        return None  # a variable font as a whole; its named instances are listed beside it
    return FontFile(
        families=tuple(family.replace("\\", "").split(",")),
        weight=round(float(weight)),
        slant=round(float(slant)),
        width=round(float(width)),
        path=path,
        index=int(index),
        charset=charset,
    )


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (Path("C:/Windows/Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


def _from_folders() -> list[FontFile]:
    return [file for folder in _font_folders() if folder.is_dir() for file in fonts_in(folder)]


def fonts_in(folder: Path) -> Iterator[FontFile]:
    """The fonts in a folder and those below it, by their own tables."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES:
            yield from _opened(path)


def _opened(path: Path) -> Iterator[FontFile]:
    """The fonts of one file: slower than asking fontconfig, but needs nothing installed."""
    import uharfbuzz as hb

    blob = hb.Blob.from_file_path(str(path))
    for index in range(hb.Face(blob).count):
        face = hb.Face(blob, index)
        font = hb.Font(face)
        weight = font.get_style_value(hb.StyleTag.WEIGHT)
        yield FontFile(
            families=tuple(dict.fromkeys(name for name in (face.get_name(16), face.get_name(1)) if name)),
            weight=_BOLD if weight >= 600 else _REGULAR if weight >= 350 else 50,  # noqa: PLR2004 - OpenType's weights
            slant=_ITALIC if font.get_style_value(hb.StyleTag.ITALIC) else 0,
            width=round(font.get_style_value(hb.StyleTag.WIDTH)),
            path=str(path),
            index=index,
            charset=" ".join(f"{code:x}" for code in face.unicodes),
        )
