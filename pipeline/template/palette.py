"""A template's colours for every purpose that a theme has, each readable on the grounds that it may stand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.template.colours import channels, contrast, mixed, readable, resolved
from pipeline.template.layouts import RawLayout
from pipeline.template.package import Element, child, tag
from pipeline.theme import Colour

_SUBJECTS: Final = (
    (Colour.SUBJECT_A, Colour.TINT_A),
    (Colour.SUBJECT_B, Colour.TINT_B),
    (Colour.SUBJECT_C, Colour.TINT_C),
    (Colour.SUBJECT_D, Colour.TINT_D),
    (Colour.SUBJECT_E, Colour.TINT_E),
)
_KINDS: Final = (
    (Colour.TIP, Colour.TIP_TINT),
    (Colour.WARNING, Colour.WARNING_TINT),
    (Colour.DANGER, Colour.DANGER_TINT),
)
_CODE: Final = tuple(colour for colour in Colour if colour.value.startswith("code_"))
_MARKER: Final = "FFD54F"
_STRONG: Final = 7.0
_PALE: Final = 1.8
_MOST_SHOWN: Final = 12
_SATURATED: Final = 0.18
"""How far the channels of a colour are apart that is no grey."""
_APART: Final = 0.2
"""How far apart two colours are, by their channels, that can be told apart."""


def palette(paper: str, ink: str, accents: Sequence[str], usual: Mapping[Colour, str]) -> dict[Colour, str]:
    """A theme's colours on a ground; `usual` are those of a theme of our own that is as light or dark."""
    ink = readable(ink, [paper], 5.5)
    share = 1.0 if contrast(ink, paper) >= _STRONG else 0.5
    colours = dict(usual)
    colours |= {Colour.PAPER: paper, Colour.INK: ink, Colour.ON_SUBJECT: paper, Colour.PICTURE: "FFFFFF"}
    colours |= {Colour.RULE: mixed(ink, paper, 0.25), Colour.PANEL: mixed(ink, paper, 0.06 * share)}
    colours[Colour.MARK] = mixed(_MARKER, paper, 0.3 * share)
    for (subject, tint), accent in zip(_SUBJECTS, accents, strict=False):
        colours[tint] = mixed(accent, paper, 0.12 * share)
        colours[subject] = readable(accent, [paper])
    for kind, tint in _KINDS:
        colours[tint] = mixed(usual[kind], paper, 0.12 * share)
        colours[kind] = readable(usual[kind], [paper, colours[tint]])
    colours[Colour.NOTE_TINT] = colours[Colour.PANEL]
    grounds = [paper, *(colours[colour] for colour in (Colour.PANEL, Colour.MARK, *(tint for _, tint in _SUBJECTS)))]
    grounds.extend(colours[tint] for _, tint in _KINDS)
    colours[Colour.INK] = colours[Colour.NOTE] = readable(ink, grounds)
    colours[Colour.MUTED] = readable(mixed(ink, paper, 0.68), grounds)
    for colour in _CODE:
        colours[colour] = readable(usual[colour], [colours[Colour.PANEL], colours[Colour.MARK], paper])
    return colours


def accents_of(layouts: Sequence[RawLayout], inks: Sequence[str], paper: str, usual: Mapping[Colour, str]) -> list[str]:
    """Five colours of a template's own: its scheme's, unless its layouts never use them and show others."""
    scheme = layouts[0].scheme
    named = [colour for at in range(1, 7) if (colour := scheme.named(f"accent{at}"))]
    shown = [*inks, *_shown(layouts)]
    uses = any(_uses_accents(layout) for layout in layouts)
    wanted = [*(named if uses else ()), *shown, *named, *(usual[subject] for subject, _ in _SUBJECTS)]
    found: list[str] = []
    # Pale colours would have to be changed beyond recognition.
    for colour in sorted(wanted, key=lambda colour: bool(colour) and contrast(colour, paper) < _PALE):
        if colour and _is_coloured(colour) and all(_differ(colour, other) for other in found):
            found.append(colour)
    return [*found, *(usual[subject] for subject, _ in _SUBJECTS)][: len(_SUBJECTS)]


def _shown(layouts: Sequence[RawLayout]) -> list[str]:
    """The colours of what stands on layouts and is no placeholder, those first that are there most often."""
    counted: Counter[str] = Counter()
    for layout in layouts:
        for fill in _fills(layout):
            colour = resolved(fill, layout.scheme)
            if colour:
                counted[colour] += 1
    return [colour for colour, _ in counted.most_common(_MOST_SHOWN)]


def _fills(layout: RawLayout) -> Iterator[Element]:
    for root in (layout.own, layout.master):
        tree = child(root, "p:cSld/p:spTree")
        for shape in () if tree is None else tree:
            if next(shape.iter(tag("p:ph")), None) is None:
                yield from shape.iter(tag("a:solidFill"))


def _uses_accents(layout: RawLayout) -> bool:
    roots = (layout.master, layout.own)
    return any(item.get("val", "").startswith("accent") for root in roots for item in root.iter(tag("a:schemeClr")))


def _is_coloured(colour: str) -> bool:
    parts = channels(colour)
    return max(parts) - min(parts) >= _SATURATED


def _differ(one: str, other: str) -> bool:
    return max(abs(a - b) for a, b in zip(channels(one), channels(other), strict=True)) >= _APART
