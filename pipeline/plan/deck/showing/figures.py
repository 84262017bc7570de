"""Images as pieces: figures with legends, and the small pictures of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pipeline.labels import Labels
from pipeline.model.document import Figure
from pipeline.model.fitted import Run
from pipeline.model.inlines import Image, InlineImage, Inlines, Link, Target, WebTarget
from pipeline.model.picture_words import smallest_words
from pipeline.model.text import plain_text, walk_inlines
from pipeline.plan.deck.pieces import FigurePiece, Shown, StripPiece, TextPiece
from pipeline.plan.deck.runs import WEB, Inker
from pipeline.plan.deck.setting import Gap, Para, Rank
from pipeline.plan.leads import is_whole, legend_lead
from pipeline.plan.references import address_key, host
from pipeline.theme import Colour

_LABELLED = re.compile(r"(?:[^\W\d_]+\.?\s*)?\d*[\d.-]*\s*[:：.]\s*")
_LABEL_WORD = re.compile(
    r"(?:fig(?:ure|ura)?|image|table|tab|tableau|tabelle|tabla|abb(?:ildung)?|diagram|photo|screenshot|listing|chart"
    r"|图片?|表|圖片?|図|그림|표|الشكل|рис(?:унок)?)\b",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 300
_SMALL = 64
"""Pictures in a line up to so many CSS pixels high are icons."""


class FigureMaker(Struct, frozen=True, kw_only=True):
    """Makes figures for one page; `subject` is the title above them, for those that say nothing of themselves."""

    ink: Inker
    labels: Labels
    numbers: Mapping[str, int]
    subject: str

    def figure(self, figure: Figure, *, full: bool) -> Shown:
        """The piece of a figure: of a long legend its first sentences, unless it is shown in `full`."""
        legend = figure.legend if full else legend_lead(figure.legend)
        piece = self._piece(figure.image, legend, figure.origin)
        return Shown(piece=piece, complete=is_whole(legend, figure.legend))

    def _piece(self, image: Image, legend: Inlines, origin: Target | None) -> FigurePiece:
        runs = self.legend(legend, origin)
        if not runs and image.picture is None:
            runs = self.legend((), None, image.alt or image.title)
        return FigurePiece(
            image=image,
            legend=Para(runs=runs, rank=Rank.LEGEND) if runs else None,
            address=self._address(image) if image.picture is None else None,
            description=self.description(image, plain_text(legend)),
            words=smallest_words(image.picture) if image.picture else None,
        )

    def _address(self, image: Image) -> Para:
        """The address of a picture that could not be had, leading there if it is one of the web's."""
        link = WebTarget(url=image.source) if image.source.startswith(WEB) else None
        run = self.ink.plain(image.source[:_LONGEST_ADDRESS], colour=Colour.MUTED, link=link)
        return Para(runs=(replace(run, underline=link is not None),), rank=Rank.LEGEND)

    def inline(self, inlines: Inlines) -> Iterator[Shown]:
        """The pictures that stand in lines: figures, and icons as one strip."""
        images = [inline for inline in walk_inlines(inlines) if isinstance(inline, InlineImage)]
        icons = [inline for inline in images if is_icon(inline.image)]
        for inline in images:
            if inline.image.picture is not None and inline not in icons:
                yield Shown(piece=self._piece(inline.image, inline.legend, inline.origin))
        if icons:
            yield Shown(
                piece=StripPiece(
                    images=tuple(icon.image for icon in icons),
                    descriptions=tuple(self.description(icon.image, plain_text(icon.legend)) for icon in icons),
                )
            )

    def lost(self, inlines: Inlines) -> Iterator[Shown]:
        """The addresses of linked pictures that could not be had: their own words lead where the author's link does."""
        inside = (inner for inline in inlines if isinstance(inline, Link) for inner in walk_inlines(inline.children))
        worded = (inline for inline in inside if isinstance(inline, InlineImage) and plain_text((inline,)).strip())
        images = [inline.image for inline in worded]
        addresses = [image.source for image in images if image.picture is None and image.source.startswith(WEB)]
        if addresses:
            muted = self.ink.plain("   ".join(dict.fromkeys(addresses)), colour=Colour.MUTED)
            yield Shown(piece=TextPiece(paras=(Para(runs=(muted,), rank=Rank.LEGEND, gap=Gap.ITEM),)))

    def description(self, image: Image, legend: str) -> str:
        """Alternative text: the author's, else the legend, else where the picture stands."""
        return image.alt or legend or image.title or f"{self.labels.figure}: {self.subject}"

    def legend(self, legend: Inlines, origin: Target | None, text: str = "") -> tuple[Run, ...]:
        """The legend's runs, its label bold, with the source and its number behind it."""
        muted = self.ink.plain(text, colour=Colour.MUTED)
        runs = _label_bold(self.ink.runs(legend, muted)) if legend else (muted,) if text else ()
        return (*runs, *self._origin(origin, apart=bool(runs)))

    def _origin(self, origin: Target | None, *, apart: bool) -> tuple[Run, ...]:
        jump = self.ink.anchors.jump(origin) if origin else None
        if jump is None or not isinstance(origin, WebTarget):
            return ()
        number = self.numbers.get(address_key(origin))
        space = "   " if apart else ""
        muted = self.ink.plain(f"{space}{self.labels.source}: ", colour=Colour.MUTED)
        address = replace(muted, text=host(origin.url), underline=True, link=jump)
        return (muted, address, replace(muted, text=f" [{number}]")) if number else (muted, address)


def is_icon(image: Image) -> bool:
    """Whether a picture is small enough to be a sign in a line."""
    return image.picture is not None and image.picture.height <= _SMALL


def _label_bold(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with an opening such as "Figure 3:" in bold ink."""
    first, *others = runs
    found = _LABELLED.match(first.text)
    if not found or not (_LABEL_WORD.match(first.text) or found.group()[:1].isdigit()):
        return runs
    label = replace(first, text=found.group(), bold=True, colour=Colour.INK)
    rest = first.text[found.end() :]
    return (label, replace(first, text=rest), *others) if rest else (label, *others)
