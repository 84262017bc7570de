"""The handout: each slide in small with all that the page says there, on paper, as a tagged PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from pipeline.labels import labels_for
from pipeline.model.plan import Deck, Handout
from pipeline.settings import Settings
from pipeline.theme import Theme
from pipeline.typeset import Typesetter
from pipeline.write.edition import edition_of
from pipeline.write.handout_style import handout_css
from pipeline.write.handout_view import handout_html
from pipeline.write.paper import on_paper
from pipeline.write.pdf import Layout, Press
from pipeline.write.ruling import draw_rulings, placed_word, rulings
from pipeline.write.written import Written

# Ids of the handout's own, which no section can have: they are not told as places of the page.
OWN_PLACES = ("panel:", "reference:", "footnote:", "slide:")


class LaidOutHandout(Struct, frozen=True, kw_only=True):
    """A handout whose pages are known and can be written. `pages` gives the page of each section, by id."""

    pages: Mapping[str, int]
    _press: Press
    _layout: Layout
    _finish: Callable[[Any, Any], None]

    def written(self) -> Written:
        """The handout as PDF."""
        data = self._press.write(self._layout, self._finish)
        return Written(data=data, diagnostics=self._press.diagnostics(), pages=self.pages)


def write_handout(handout: Handout, deck: Deck, theme: Theme, settings: Settings, typesetter: Typesetter) -> Written:
    """The handout as PDF, with the page on which each section stands."""
    return lay_out_handout(handout, deck, theme, settings, typesetter).written()


def lay_out_handout(
    handout: Handout, deck: Deck, theme: Theme, settings: Settings, typesetter: Typesetter
) -> LaidOutHandout:
    """The handout's pages: who names them need not wait until they are written."""
    from pipeline.write.thumbnail import thumbnails

    theme = on_paper(theme)
    edition = edition_of(handout, theme, settings)
    labels = labels_for(handout.language)
    drawings = thumbnails(deck, theme, typesetter, outlined=edition.saving)
    press = Press(edition.shelf, edition.theme, path=handout.source, drawings=drawings)
    layout = press.lay_out(handout_html(handout, deck, edition), handout_css(handout, edition))
    places = layout.places()
    lines = () if edition.is_article else rulings(places, layout.page_count, edition.paper)
    word = placed_word(labels.your_notes, handout.language, theme.handout["small"], typesetter)
    pages = {name: spots[0].page for name, spots in places.items() if not name.startswith(OWN_PLACES)}
    finish = draw_rulings(lines, word, edition.paper, theme, leftward=edition.leftward)
    return LaidOutHandout(pages=pages, _press=press, _layout=layout, _finish=finish)
