"""The handout's style sheet, filled in for its paper, language and layout."""

from __future__ import annotations

from pipeline.labels import labels_for
from pipeline.model.plan import Handout
from pipeline.theme import Colour, Theme
from pipeline.write.edition import Edition
from pipeline.write.handout_slides import ruled_lines
from pipeline.write.html_inlines import clean, short_address
from pipeline.write.html_table import text_width
from pipeline.write.labels import italic, name_within
from pipeline.write.marks import COLOURS, SHAPES, mark_drawing
from pipeline.write.paper import fill, font_stacks, palette

# The footer takes no more than so many ems; of a name, so many letters are shown.
FOOTER, LONGEST_NAME = 40.0, 60
# The bullets of outer and inner lists, left of a line: where each begins, its width and height, in tenths of an em.
BULLETS = ("M0.3 6.1h3v3h-3Z", "M0 7.2h5v0.8h-5Z")


def handout_css(handout: Handout, edition: Edition) -> str:
    """The style sheet. Its drawings are put on the shelf."""
    theme, shelf = edition.theme, edition.shelf
    start, end = ("right", "left") if edition.leftward else ("left", "right")
    labels = labels_for(handout.language)
    marks = {
        shape: shelf.put_drawing(shape, mark_drawing(shape, colour, theme, outlined=edition.saving))
        for shape, colour in zip(SHAPES, COLOURS, strict=True)
    }
    return fill(
        theme,
        "handout.css",
        page=edition.paper,
        colour=palette(theme),
        font=font_stacks(theme, handout.language),
        size=edition.size,
        start=start,
        marks=marks,
        ruled=shelf.put_drawing("ruled", ruled_lines(theme)),
        end=end,
        italic=italic(handout.language),
        page_of=labels.page_of,
        to_page=labels.page.replace(" ", "\u00a0").split("{}"),
        footer=_footer(clean(handout.source).unescape(), labels.running, handout.language),
        wrap=shelf.put_drawing("wrap", _wrap_sign(theme)),
        bullets=[shelf.put_drawing(f"bullet{level}", _bullet(level, theme)) for level in range(len(BULLETS))],
        article=edition.is_article,
        saving=edition.saving,
    )


def _footer(source: str, running: str, language: str) -> str:
    """What stands at the foot of every page, on one line: of long names the middle is left out."""
    if text_width(f"{source} · {running}") <= FOOTER:
        return f"{name_within(source, language)} · {running}"
    return name_within(short_address(source, LONGEST_NAME), language)


def _wrap_sign(theme: Theme) -> str:
    """A drawing of the sign at which a line of code goes on."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">'
        f'<path d="M2 1v4h5M5 3l2.4 2L5 7" fill="none" stroke="#{theme.colours[Colour.MUTED]}" stroke-width="1"/></svg>'
    )


def _bullet(level: int, theme: Theme) -> str:
    """A drawing of the bullet of that level, one em wide and as high as a line."""
    size = theme.handout
    height = f"{10 * size['leading'] / size['text']:.2f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 {height}" width="10" height="{height}">'
        f'<path d="{BULLETS[level]}" fill="#{theme.colours[Colour.INK]}"/></svg>'
    )
