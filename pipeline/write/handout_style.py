"""The handout's style sheet, filled in for its paper, language and layout."""

from __future__ import annotations

from pipeline.labels import labels_for
from pipeline.model.plan import Handout
from pipeline.write.edition import Edition
from pipeline.write.handout_slides import ruled_lines
from pipeline.write.html_inlines import clean
from pipeline.write.labels import italic
from pipeline.write.marks import COLOURS, SHAPES, mark_drawing
from pipeline.write.paper import fill, font_stacks, palette


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
        footer=f"{clean(handout.source).unescape()} · {labels.running}",
        article=edition.is_article,
        saving=edition.saving,
    )
