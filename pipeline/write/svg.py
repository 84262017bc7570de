"""SVG pictures drawn as PNG: for programs that cannot show SVG, and where their words must not be text."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import resvg_py
from lxml import etree

from pipeline.diagnostics import ContentError, Diagnostic, Severity
from pipeline.model.inlines import Picture
from pipeline.typeset.catalogue import FontFile, installed_fonts
from pipeline.typeset.fonts import same_widths

MAX_SIDE: Final = 8192
"""The largest width or height of a PNG, in pixels."""

_INSIDE = ("#", "data:")
_GENERIC = {
    "serif": ("times new roman", "liberation serif", "tinos", "times", "dejavu serif", "noto serif"),
    "sans-serif": ("arial", "liberation sans", "arimo", "helvetica", "dejavu sans", "noto sans"),
    "monospace": ("courier new", "liberation mono", "cousine", "menlo", "dejavu sans mono", "noto sans mono"),
}
_LOOKS_MONOSPACED = re.compile(r"mono|courier|consol|menlo|code|typewriter|terminal", re.IGNORECASE)
_LOOKS_SERIF = re.compile(r"(?<!sans.)serif|times|roman|georgia|garamond|cambria|song|sung|ming|mincho", re.IGNORECASE)
_FAMILIES_IN_CSS = re.compile(r"(font-family\s*:\s*)([^;{}]+)", re.IGNORECASE)


def rasterise(picture: Picture, width_px: int) -> bytes:
    """The SVG picture as PNG with a transparent ground, that many pixels wide (fewer where it is very tall).

    The same picture gives the same bytes on one system. No file but fonts is read and nothing is fetched. Raises
    `ContentError` where the picture cannot be drawn.
    """
    width = min(width_px, MAX_SIDE, int(MAX_SIDE * picture.width / picture.height))
    if width < 1:
        raise ContentError(_undrawable("it is too narrow for its height"))
    try:
        source = drawable_source(picture)
        drawn = resvg_py.svg_to_bytes(
            svg_string=source,
            width=width,
            skip_system_fonts=True,
            font_files=_font_files(source),
            serif_family=_generic("serif"),
            sans_serif_family=_generic("sans-serif"),
            monospace_family=_generic("monospace"),
        )
    except (ValueError, etree.XMLSyntaxError) as error:
        raise ContentError(_undrawable(str(error))) from error
    return bytes(drawn)


def _undrawable(reason: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code="undrawable-picture",
        message=f"an SVG picture cannot be drawn: {reason}",
        hint="open it in a browser or an editor for SVG, and save it again",
    )


def drawable_source(picture: Picture) -> str:
    """The SVG picture's source without addresses that leave it, each of its fonts followed by its substitutes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(picture.data, parser)
    if root.get("width") is None or root.get("height") is None or "%" in root.get("width", "") + root.get("height", ""):
        root.set("width", f"{picture.width:g}")
        root.set("height", f"{picture.height:g}")
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            local = str(name).rpartition("}")[2]
            if local == "href" and not str(value).lstrip().startswith(_INSIDE):
                del element.attrib[name]
            elif local == "font-family":
                element.set(name, _with_substitutes(str(value)))
            elif local == "style":
                element.set(name, _FAMILIES_IN_CSS.sub(_in_css, str(value)))
        if etree.QName(element).localname == "style" and element.text:
            element.text = _FAMILIES_IN_CSS.sub(_in_css, element.text)
    return etree.tostring(root, encoding="unicode")


def _in_css(found: re.Match[str]) -> str:
    return found.group(1) + _with_substitutes(found.group(2))


def _with_substitutes(families: str) -> str:
    """A list of families with those of the same widths behind each, and a family of the same kind at the end."""
    listed: list[str] = []
    for family in (name.strip().strip("'\"") for name in families.split(",")):
        twins = sorted(same_widths(family) - {family.casefold()})
        listed.extend([family, *(twin.title() for twin in twins)])
    if not _GENERIC.keys() & {family.casefold() for family in listed}:
        listed.append(_kind(families))
    return ", ".join(family if family.casefold() in _GENERIC else f"'{family}'" for family in listed)


def _kind(families: str) -> str:
    if _LOOKS_MONOSPACED.search(families):
        return "monospace"
    return "serif" if _LOOKS_SERIF.search(families) else "sans-serif"


@cache
def _generic(kind: str) -> str:
    """The family that draws a generic name."""
    installed = {family.casefold(): family for file in installed_fonts() for family in file.families}
    return next((installed[name] for name in _GENERIC[kind] if name in installed), next(iter(installed.values())))


def _font_files(source: str) -> list[str]:
    """The files of the fonts that a drawing may need, plain ones first: a character takes the first that has it.

    Every font has the letters of ASCII, so a drawing with no others needs only the families that it names and those
    that draw generic names.
    """
    files = _all_fonts()
    if source.isascii() and "&#" not in source:
        named = source.casefold()
        generic = {_generic(kind).casefold() for kind in _GENERIC}
        files = tuple(
            f for f in files if any(name in generic or name in named for name in map(str.casefold, f.families))
        )
    return list(dict.fromkeys(file.path for file in files))


@cache
def _all_fonts() -> tuple[FontFile, ...]:
    return tuple(sorted(installed_fonts(), key=_plainness))


def _plainness(file: FontFile) -> tuple[object, ...]:
    upright = file.distance(bold=False, italic=False)
    return (upright[:3], "sans" not in file.families[0].casefold(), file.path)
