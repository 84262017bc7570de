"""The slide master, its layouts and the notes master, drawn from the theme."""

from __future__ import annotations

from typing import Final

from pipeline.model.fitted import Anchor
from pipeline.theme import Colour, Theme
from pipeline.units import Emu, Rect
from pipeline.write.powerpoint.colours import fill
from pipeline.write.powerpoint.frames import body_properties, geometry, identity, place, shape_tree, transform
from pipeline.write.powerpoint.layouts import (
    Layout,
    Placeholder,
    body_placeholder,
    footer_placeholders,
    title_placeholder,
)
from pipeline.write.powerpoint.markup import Markup, element, whole_part
from pipeline.write.powerpoint.styles import Style, level_style, notes_style, pitch_of

NOTES_PAGE: Final = (Emu(6_858_000), Emu(9_144_000))
# PowerPoint gives every field an id of its own kind; it means nothing more.
NUMBER_FIELD: Final = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_TEXT_PROMPTS: Final = ("Click to edit the text", "Second level", "Third level", "Fourth level", "Fifth level")
_PROMPTS: Final = {
    "title": ("Click to edit the title",),
    "ctrTitle": ("Click to edit the title",),
    "subTitle": ("Click to edit the subtitle",),
    "pic": ("Click the icon to add a picture",),
    "ftr": ("",),
    "": _TEXT_PROMPTS,
    "body": _TEXT_PROMPTS,
}


def master_slide(theme: Theme, language: str) -> Markup:
    """What the slide master shows: title, body, footer and number on the theme's paper."""
    grid = theme.grid
    placeholders = (title_placeholder(grid), body_placeholder(grid), *footer_placeholders(grid))
    return element("p:cSld", None, _ground(theme), _shapes(placeholders, theme, language))


def layout_slide(layout: Layout, theme: Theme, language: str) -> Markup:
    """What one layout shows, on the master's ground."""
    return element("p:cSld", {"name": layout.name}, _shapes(layout.placeholders, theme, language))


def notes_master(theme: Theme, language: str) -> bytes:
    """The bytes of the notes master: the slide, the notes below it, the page's number."""
    image, notes, number = _notes_places()
    body = Placeholder(kind="body", index=3, name="Notes", rect=notes, takes=frozenset(), quarter=True)
    page = Placeholder(
        kind="sldNum", index=5, name="Slide Number", rect=number, takes=frozenset(), anchor=Anchor.BOTTOM, quarter=True
    )
    pictured = slide_image(element("p:nvPr", None, element("p:ph", {"type": "sldImg", "idx": 2})), image, theme)
    texts = [_shape(number, item, theme, language) for number, item in enumerate((body, page), 3)]
    accents = {f"accent{n}": f"accent{n}" for n in range(1, 7)}
    colours = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", **accents, "hlink": "hlink"}
    return whole_part(
        "p:notesMaster",
        None,
        element("p:cSld", None, _ground(theme), shape_tree([pictured, *texts])),
        element("p:clrMap", {**colours, "folHlink": "folHlink"}),
        element("p:hf", {"hdr": 0, "ftr": 0, "dt": 0}),
        notes_style(theme),
    )


def slide_image(placeholder: Markup, rect: Rect | None = None, theme: Theme | None = None) -> Markup:
    """The place of the slide's picture on a notes page; a notes page leaves its frame to the master."""
    locks = element("a:spLocks", {"noGrp": 1, "noRot": 1, "noChangeAspect": 1})
    edge = element("a:ln", {"w": 9525}, fill(Colour.RULE, theme)) if theme else None
    frame = [transform(rect), geometry("rect"), element("a:noFill"), edge] if rect else []
    return element(
        "p:sp",
        None,
        element("p:nvSpPr", None, identity(2, "Slide Image"), element("p:cNvSpPr", None, locks), placeholder),
        element("p:spPr", None, *frame),
    )


def _notes_places() -> tuple[Rect, Rect, Rect]:
    """Where the slide, the notes and the number stand on a notes page."""
    width, height = NOTES_PAGE
    margin = width // 10
    image = Rect.from_edges(margin, margin, width - margin, margin + (width - 2 * margin) * 9 // 16)
    notes = Rect.from_edges(margin, image.bottom + margin // 3, width - margin, height - margin)
    number = Rect.from_edges(width // 2, height - margin * 3 // 4, width - margin, height - margin // 3)
    return image, notes, number


def _ground(theme: Theme) -> Markup:
    return element("p:bg", None, element("p:bgPr", None, fill(Colour.PAPER, theme), element("a:effectLst")))


def _shapes(placeholders: tuple[Placeholder, ...], theme: Theme, language: str) -> Markup:
    return shape_tree([_shape(number, item, theme, language) for number, item in enumerate(placeholders, 2)])


def _shape(number: int, placeholder: Placeholder, theme: Theme, language: str) -> Markup:
    names = element(
        "p:nvSpPr",
        None,
        identity(number, f"{placeholder.name} {number - 1}"),
        element("p:cNvSpPr", None, element("a:spLocks", {"noGrp": 1})),
        place(placeholder),
    )
    text = element(
        "p:txBody",
        None,
        body_properties(placeholder.anchor, Emu(0)),
        _own_style(placeholder, theme),
        *_prompt(placeholder, language),
    )
    frame = element("p:spPr", None, transform(placeholder.rect), geometry("rect"))
    return element("p:sp", None, names, frame, text)


def _own_style(placeholder: Placeholder, theme: Theme) -> Markup:
    """What a placeholder's text has of its own: the cover's sizes, the footer's size and colour."""
    sizes, leading = theme.type, theme.leading
    footer = pitch_of(sizes.footer, leading.head)
    match placeholder.kind:
        case "ctrTitle":
            style = Style(
                size=sizes.cover, pitch=pitch_of(sizes.cover, leading.head), family="mj", bold=theme.bold_titles
            )
        case "subTitle":
            pitch = pitch_of(sizes.cover_small, leading.body)
            style = Style(size=sizes.cover_small, pitch=pitch, colour=Colour.MUTED)
        case "ftr":
            style = Style(size=sizes.footer, pitch=footer, colour=Colour.MUTED)
        case "sldNum":
            style = Style(size=sizes.footer, pitch=footer, colour=Colour.MUTED, align="r")
        case _:
            return element("a:lstStyle")
    return element("a:lstStyle", None, level_style(1, style, theme))


def _prompt(placeholder: Placeholder, language: str) -> list[Markup]:
    """What an empty placeholder says to whoever edits the deck."""
    if placeholder.kind == "sldNum":
        spoken = element("a:rPr", {"lang": language})
        field = element("a:fld", {"id": NUMBER_FIELD, "type": "slidenum"}, spoken, element("a:t", text="‹#›"))
        return [element("a:p", None, field)]
    return [_line(text, language, level) for level, text in enumerate(_PROMPTS[placeholder.kind])]


def _line(text: str, language: str, level: int) -> Markup:
    if not text:
        return element("a:p", None, element("a:endParaRPr", {"lang": language}))
    run = element("a:r", None, element("a:rPr", {"lang": language}), element("a:t", text=text))
    return element("a:p", None, element("a:pPr", {"lvl": level}), run)
