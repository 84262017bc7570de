"""A company's `.pptx` → a theme: its slides' size, places, colours and fonts, and the parts that decks begin with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.office import LayoutRole, Template
from pipeline.template.colours import LARGE, READABLE, contrast
from pipeline.template.keeping import PRESENTATION, Kept, keep
from pipeline.template.layouts import LayoutReader, RawLayout
from pipeline.template.numbering import renumbered
from pipeline.template.package import Element, OfficeFile, child
from pipeline.template.palette import accents_of, palette
from pipeline.template.places import Content, Opening, Places
from pipeline.template.roles import Choice, choose
from pipeline.template.text import Look, ink_on
from pipeline.theme import PLACED, Colour, Company, DeckGrid, DeckType, Face, Frames, Place, Theme, load_theme
from pipeline.units import EMU_PER_INCH, Emu, Pt, Rect, Size

_PLANNED_HEIGHT: Final = 15 * EMU_PER_INCH // 2
_LARGE_FROM: Final = 18
_ALIGN: Final = {"ctr": "centre", "r": "end"}
_ANCHOR: Final = {"ctr": "middle", "b": "bottom"}
_WHITE: Final = "FFFFFF"
_LEAST_SIDE, _MOST_SIDE = EMU_PER_INCH, 60 * EMU_PER_INCH
"""Slides that the format allows are an inch to 56 inches wide and high."""


class Reading(Struct, frozen=True, kw_only=True):
    """What was read of a template: the look that it gives, who plays which role, and where text stands."""

    theme: Theme
    kept: Kept
    layouts: tuple[RawLayout, ...]
    choices: Mapping[LayoutRole, Choice]
    cover: Opening
    part: Opening
    content: Content


@cache
def load_company_theme(path: Path, base: str) -> Theme:
    """The look of a template, with a theme's measures for what it does not say. Raises `UsageError`."""
    return read_template(path, base).theme


def read_template(path: Path, base: str = "default") -> Reading:
    """All that is read of a template. Raises `UsageError`."""
    file = OfficeFile(path)
    kept = keep(file)
    reader = LayoutReader(kept.parts)
    layouts = reader.layouts()
    if not layouts:
        raise file.refused("has no layouts")
    size = _size(file, reader.root(PRESENTATION))
    choices = choose(layouts, kept.samples)
    places = Places(size=size)
    cover = places.opening(choices[LayoutRole.COVER].layout)
    part = places.opening(choices[LayoutRole.SECTION].layout)
    content = places.content(choices[LayoutRole.CONTENT].layout)
    parts, used = renumbered(kept.parts, choices)
    notes = next((name for name in kept.parts[PRESENTATION].related("notesMaster")), "")
    template = Template(
        digest=sha256(file.data).hexdigest(),
        size=size,
        parts=tuple(parts.values()),
        layouts=MappingProxyType(used),
        notes_master=notes,
    )
    made = _Made(template=template, choices=choices, cover=cover, part=part, content=content, base=load_theme(base))
    return Reading(
        theme=made.theme(path.stem),
        kept=kept,
        layouts=layouts,
        choices=choices,
        cover=cover,
        part=part,
        content=content,
    )


def _size(file: OfficeFile, root: Element) -> Size:
    said = child(root, "p:sldSz")
    values = [0, 0] if said is None else [int(v) if (v := said.get(k, "")).isdecimal() else 0 for k in ("cx", "cy")]
    if not all(_LEAST_SIDE <= value <= _MOST_SIDE for value in values):
        raise file.refused("does not say how large its slides are")
    return Size(width=Emu(values[0]), height=Emu(values[1]))


class _Made(Struct, frozen=True, kw_only=True):
    """A theme in the making."""

    template: Template
    choices: Mapping[LayoutRole, Choice]
    cover: Opening
    part: Opening
    content: Content
    base: Theme

    def theme(self, name: str) -> Theme:
        """The theme."""
        layout = self._layout(LayoutRole.CONTENT)
        paper = layout.ground_at(self.content.body.rect)
        usual = load_theme("dark").colours if contrast(paper, _WHITE) > contrast(paper, "000000") else self.base.colours
        looks = (self.content.title, self.cover.title, self.part.title)
        inks = [colour for look in looks for colour in look.colours[:1]]
        accents = accents_of(tuple(c.layout for c in self.choices.values()), inks, paper, usual)
        ink = ink_on(self.content.body, [paper], layout.scheme, READABLE)
        colours = palette(paper, ink, accents, usual)
        printed = palette(_WHITE, _dark_ink(ink), accents, load_theme("default").colours)
        printed |= dict.fromkeys(PLACED, printed[Colour.INK])
        frames = self._frames(colours)
        return replace(
            self.base,
            name=name,
            about="",
            bold_titles=self.content.title.bold,
            fonts=self._fonts(layout),
            colours=MappingProxyType(colours),
            grid=self._grid(frames),
            type=self._type(frames),
            company=Company(
                template=self.template,
                frames=frames,
                scale=self._scale,
                printed=MappingProxyType(printed),
                scheme=self._scheme(colours),
                by_reference=self._by_reference,
            ),
        )

    @property
    def _scale(self) -> float:
        return _PLANNED_HEIGHT / self.template.size.height

    def _layout(self, role: LayoutRole) -> RawLayout:
        return self.choices[role].layout

    def _frames(self, colours: dict[Colour, str]) -> Frames:
        """The places, and the colours of their text among the theme's."""
        cover, part, content = (
            self._layout(role) for role in (LayoutRole.COVER, LayoutRole.SECTION, LayoutRole.CONTENT)
        )
        foot = (self.content.footer, self.content.number)
        footer, number = (self._place(k, content, Colour.FOOTER, colours) if k else None for k in foot)
        colours.setdefault(Colour.FOOTER, colours[Colour.MUTED])
        return Frames(
            title=self._place(self.content.title, content, Colour.TITLE, colours),
            footer=footer,
            number=number,
            cover_title=self._place(self.cover.title, cover, Colour.COVER_TITLE, colours),
            cover_text=self._place(self.cover.text, cover, Colour.COVER_TEXT, colours),
            part_title=self._place(self.part.title, part, Colour.PART_TITLE, colours),
            part_text=self._place(self.part.text, part, Colour.PART_TEXT, colours),
        )

    def _place(self, look: Look, layout: RawLayout, colour: Colour, colours: dict[Colour, str]) -> Place:
        ground = layout.ground_at(look.rect) if look.ground is None else look.ground
        least = LARGE if look.size * self._scale >= _LARGE_FROM else READABLE
        colours[colour] = ink_on(look, [ground], layout.scheme, least)
        return Place(
            rect=self._scaled(look.rect),
            size=Pt.from_points(round(look.size * self._scale)),
            colour=colour,
            bold=look.bold,
            align=_ALIGN.get(look.align, "start"),
            anchor=_ANCHOR.get(look.anchor, "top"),
        )

    def _scaled(self, rect: Rect) -> Rect:
        edges = (rect.left, rect.top, rect.right, rect.bottom)
        return Rect.from_edges(*(round(edge * self._scale) for edge in edges))

    def _grid(self, frames: Frames) -> DeckGrid:
        """The grid that bodies stand on."""
        body = self._scaled(self.content.body.rect)
        width = Emu(round(self.template.size.width * self._scale))
        height = Emu(_PLANNED_HEIGHT)
        foot = frames.footer or frames.number
        return replace(
            self.base.grid,
            width=width,
            height=height,
            left=body.left,
            right=width - body.right,
            number_right=body.left - Emu.from_inches(0.2),
            title_top=frames.title.rect.top,
            title_bottom=frames.title.rect.bottom,
            body_top=body.top,
            body_bottom=body.bottom,
            footer_top=foot.rect.top if foot else height,
            footer_bottom=foot.rect.bottom if foot else height,
        )

    def _type(self, frames: Frames) -> DeckType:
        """Sizes of type: the template's, as far as all of a page can be shown in them and the last row reads them."""
        type_ = self.base.type
        title = _held(frames.title.size, 24, 40)
        body = _held(self.content.body.size * self._scale * 100, 18, 24)
        foot = frames.footer or frames.number
        return replace(
            type_,
            cover=_held(frames.cover_title.size, 28, 60),
            cover_small=_held(frames.cover_text.size, 16, 28),
            title=title,
            head=min(type_.head, title),
            part=min(type_.part, title),
            body=tuple(min(size, body) for size in type_.body),
            footer=_held(foot.size, 9, 14) if foot else type_.footer,
        )

    def _fonts(self, layout: RawLayout) -> Mapping[Face, tuple[str, ...]]:
        """The template's fonts before those that a theme of our own has."""
        fonts = dict(self.base.fonts)
        named = {Face.HEAD: self.content.title.latin, Face.SANS: self.content.body.latin}
        for face, latin in named.items():
            font = _plain(layout.fonts.get(latin, latin))
            fonts[face] = (
                (font, *(name for name in self.base.fonts[Face.SANS] if name != font)) if font else fonts[face]
            )
        for face, key in ((Face.EAST_ASIAN, "+mn-ea"), (Face.COMPLEX, "+mn-cs")):
            font = _plain(layout.fonts.get(key, ""))
            fonts[face] = (font, *(name for name in fonts[face] if name != font)) if font else fonts[face]
        return MappingProxyType(fonts)

    @property
    def _by_reference(self) -> bool:
        """Whether titles and text take their fonts from one theme part."""
        return self._one_master and (self.content.title.latin, self.content.body.latin) == ("+mj-lt", "+mn-lt")

    @property
    def _one_master(self) -> bool:
        return len({id(choice.layout.master) for choice in self.choices.values()}) == 1

    def _scheme(self, colours: Mapping[Colour, str]) -> Mapping[Colour, str]:
        """The colours that are those of the scheme, by the names that slides call them."""
        if not self._one_master:
            return MappingProxyType({})
        scheme = self._layout(LayoutRole.CONTENT).scheme
        named = [
            (name, scheme.named(name)) for name in ("tx1", "bg1", "tx2", "bg2", *(f"accent{n}" for n in range(1, 7)))
        ]
        found = {colour: name for colour, value in colours.items() for name, known in reversed(named) if known == value}
        return MappingProxyType(found)


def _dark_ink(colour: str) -> str:
    """The text's colour on white paper; black where it is too light for that."""
    return colour if contrast(colour, _WHITE) >= READABLE else "1A1A1A"


def _held(size: float, least: int, most: int) -> Pt:
    """A size in whole points within bounds."""
    return Pt.from_points(min(most, max(least, round(size / 100))))


def _plain(font: str) -> str:
    """A font's name without what no font is called."""
    return "".join(character for character in font if character.isprintable() and character not in '"<>&;{}')[
        :80
    ].strip()
