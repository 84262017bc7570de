"""Fitted paragraphs as DrawingML text: every size, pitch and space written out, so that every program agrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import FittedParagraph, Line, Run, TextAlign
from pipeline.theme import Face
from pipeline.typeset.bidi import directions
from pipeline.units import Emu, Pt
from pipeline.write.powerpoint.characters import Characters, Look
from pipeline.write.powerpoint.languages import text_languages
from pipeline.write.powerpoint.links import Links
from pipeline.write.powerpoint.markers import Bullet, bullets, hangs
from pipeline.write.powerpoint.markup import Markup, element
from pipeline.write.powerpoint.masters import NUMBER_FIELD
from pipeline.write.powerpoint.styles import points

_DEEPEST: Final = 8
# LibreOffice draws no emoji within text that reads from the right, unless marks about it say that it does not.
_LEFT_TO_RIGHT: Final = "\u200e"
_RIGHT_TO_LEFT: Final = "\u200f"
_WORDS: Final = re.compile(r"\s+|\S+")
_EMOJI: Final = re.compile(
    "(?:[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]*)+"
)


class TextWriter(Struct, frozen=True, kw_only=True):
    """Writes the text of one part. `family` is the theme's heading (`mj`) or body (`mn`) font, or empty for notes.

    Notes name their fonts: their master's theme is one of its own, and LibreOffice does not look it up.
    """

    characters: Characters
    links: Links
    family: str = "mn"
    linked: bool = True

    def paragraphs(self, fitted: Sequence[FittedParagraph], number: int | None = None) -> list[Markup]:
        """The paragraphs of one box, at least one. The digits of `number`, where given, become the slide's number."""
        made = []
        for at, (paragraph, bullet, hang) in enumerate(zip(fitted, bullets(fitted), hangs(fitted), strict=True)):
            # Programs disagree on the space above a box's first paragraph.
            before = paragraph.before if at else Pt(0)
            properties = _paragraph_properties(paragraph, bullet, hang, before)
            made.append(self._paragraph(paragraph, bullet.words, properties, number))
        return made or [element("a:p")]

    def _paragraph(self, paragraph: FittedParagraph, label: str, properties: Markup, number: int | None) -> Markup:
        runs = joined_runs(paragraph.lines)
        turned = paragraph.right_to_left
        runs = [part for run in runs for part in _in_order(run)] if turned else list(_parted(runs))
        if turned:
            runs = _with_marked_emoji(runs)
        if label:
            runs = [_label(runs, label), *runs]
        made: list[Markup] = []
        for run in runs:
            if run is None:
                made.append(element("a:br", None, self._properties(_blank(runs), paragraph, "a:rPr")))
            elif number is not None and run.text.startswith(str(number)):
                made.extend(self._numbered(run, paragraph, str(number)))
                number = None
            elif run.text:
                made.append(self._run(run, paragraph))
        end = None if made else self._properties(_blank(runs), paragraph, "a:endParaRPr")
        return element("a:p", None, properties, *made, end)

    def _numbered(self, run: Run, paragraph: FittedParagraph, digits: str) -> list[Markup]:
        """The run with its digits as a field that counts on when slides are moved."""
        properties = self._properties(run, paragraph, "a:rPr")
        attributes = {"id": NUMBER_FIELD, "type": "slidenum"}
        field = element("a:fld", attributes, properties, element("a:t", text=digits))
        rest = replace(run, text=run.text.removeprefix(digits))
        return [field, self._run(rest, paragraph)] if rest.text else [field]

    def _run(self, run: Run, paragraph: FittedParagraph) -> Markup:
        text = run.text.replace("\n", " ").replace("\r", "")
        if paragraph.right_to_left and run.face is Face.MONO:
            # Code keeps its signs where they are: "()" behind "require".
            text = f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"
        return element("a:r", None, self._properties(run, paragraph, "a:rPr"), element("a:t", text=text))

    def _properties(self, run: Run, paragraph: FittedParagraph, tag: str) -> Markup:
        language, other = text_languages(run.text, run.language)
        look = Look(
            language=language,
            other_language=other,
            family=self.family,
            face=run.face,
            size=int(run.size or paragraph.size),
            bold=run.bold,
            italic=run.italic,
            underline=run.underline,
            strike=run.strike,
            leads=bool(run.link),
            colour=run.colour,
            highlight=run.highlight,
            baseline=run.baseline,
        )
        link = self.links.click(run.link, on_text=True) if run.link and self.linked else None
        return self.characters.properties(tag, look, link)


def joined_runs(lines: Iterable[Line]) -> list[Run | None]:
    """The runs of a paragraph's lines as one text, so that it wraps anew when edited; None is the author's break.

    A link is a run on each of its lines: LibreOffice takes a run that leads somewhere as one piece, which it begins
    on a new line where it does not fit, and then breaks anywhere.
    """
    parts: list[tuple[int, Run | None]] = []
    for at, line in enumerate(lines):
        parts.extend((at, run) for run in line.runs)
        if line.hard:
            parts.append((at, None))
    if parts and parts[-1][1] is None:
        parts.pop()
    groups = groupby(parts, _appearance)
    return [each for (_, run), alike in groups for each in _joined(run, [part for _, part in alike])]


def _joined(appearance: Run | None, alike: list[Run | None]) -> list[Run | None]:
    """Neighbours of one appearance as one run; breaks stay as many as they are."""
    if appearance is None or len(alike) == 1:
        return alike
    return [replace(appearance, text="".join(run.text for run in alike if run))]


def _appearance(part: tuple[int, Run | None]) -> tuple[int, Run | None]:
    """What two runs have in common that become one, with their line if they lead somewhere."""
    at, run = part
    return (at if run and run.link else 0), (None if run is None else replace(run, text=""))


def _parted(runs: Sequence[Run | None]) -> Iterator[Run | None]:
    """The runs, those of one link parted by a space that leads nowhere: to LibreOffice all look as the last does."""
    left = ""
    for run, after in pairwise((*runs, None)):
        own = replace(run, text=run.text.removeprefix(left)) if run and left else run
        left = ""
        if own is None or after is None or not _go_on(own, after):
            yield own
        elif own.text.endswith(" "):
            yield replace(own, text=own.text[:-1])
            yield replace(own, text=" ", link=None)
        else:
            yield own
            left = " " if after.text.startswith(" ") else ""
            yield replace(own, text=left, link=None)


def _go_on(run: Run, after: Run) -> bool:
    """Whether two runs are parts of one link that look different."""
    return run.link is not None and run.link == after.link and replace(run, text="") != replace(after, text="")


def _in_order(run: Run | None) -> list[Run | None]:
    """A link among words from the right as several, which LibreOffice draws in order; other runs as they are.

    To LibreOffice each is one sign from the left, so that words and stretches from the left stand by themselves, with
    marks for the direction between them.
    """
    if run is None or not run.link:
        return [run]
    levels = iter(directions(run.text, base=True))
    stretches = [(level, "".join(part)) for level, part in groupby(run.text, key=lambda _: next(levels))]
    words = [word for level, text in stretches for word in (_WORDS.findall(text) if level % 2 else [text])]
    parts: list[Run | None] = []
    for word, before in zip(words, ("", *words), strict=False):
        if before and not before.isspace() and not word.isspace():
            parts.append(replace(run, text=_RIGHT_TO_LEFT, link=None))
        between = word.isspace()
        parts.append(
            replace(run, text=f"{_RIGHT_TO_LEFT}{word}{_RIGHT_TO_LEFT}", link=None)
            if between
            else replace(run, text=word)
        )
    return parts


def _with_marked_emoji(runs: Sequence[Run | None]) -> list[Run | None]:
    """The runs of a paragraph from the right with marks about its emoji, which then stand where they do without."""
    levels = directions("".join(run.text if run else "\n" for run in runs), base=True)
    marked: list[Run | None] = []
    at = 0
    for run in runs:
        start = at

        def about(emoji: re.Match[str], start: int = start) -> str:
            shown = f"{_LEFT_TO_RIGHT}{emoji[0]}{_LEFT_TO_RIGHT}"
            return f"{_RIGHT_TO_LEFT}{shown}{_RIGHT_TO_LEFT}" if levels[start + emoji.start()] % 2 else shown

        marked.append(replace(run, text=_EMOJI.sub(about, run.text)) if run else None)
        at += len(run.text) if run else 1
    return marked


def _blank(runs: Sequence[Run | None]) -> Run:
    """A run without text that looks like the first one."""
    return next((replace(run, text="", link=None) for run in runs if run), Run(text=""))


def _label(runs: Sequence[Run | None], words: str) -> Run:
    """A marker that is no list's, as text before a tab that leads to the indent."""
    return replace(_blank(runs), text=f"{words}\t", underline=False, strike=False, highlight=None)


def _paragraph_properties(paragraph: FittedParagraph, bullet: Bullet, hang: Emu, before: Pt) -> Markup:
    level = min(paragraph.level, _DEEPEST)
    # Lines that are set at the far edge keep their room there.
    far = paragraph.align is TextAlign.END and not hang
    attributes = {
        "marL": 0 if far else int(paragraph.indent + paragraph.hanging),
        "marR": int(paragraph.indent) if far and paragraph.indent else None,
        "indent": -int(hang + paragraph.hanging),
        "lvl": level or None,
        "algn": _alignment(paragraph),
        "rtl": int(paragraph.right_to_left),
    }
    spaces = points("a:lnSpc", paragraph.leading), points("a:spcBef", before), points("a:spcAft", Pt(0))
    return element("a:pPr", attributes, *spaces, *bullet.elements())


def _alignment(paragraph: FittedParagraph) -> str:
    """Left, centred or right as it is seen: the format's words do not turn with the direction of reading."""
    match paragraph.align:
        case TextAlign.CENTRE:
            return "ctr"
        case TextAlign.START:
            return "r" if paragraph.right_to_left else "l"
        case TextAlign.END:
            return "l" if paragraph.right_to_left else "r"
