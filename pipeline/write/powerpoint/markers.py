"""Bullets and numbers of a box's paragraphs, as PowerPoint's own lists wherever it has such a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pipeline.model.fitted import FittedParagraph, Marker
from pipeline.units import Emu
from pipeline.write.powerpoint.markup import Markup, element

_PATTERNS: Final = {"{}.": "Period", "{})": "ParenR", "({})": "ParenBoth", "{}": "Plain"}
# What the format allows as a first number.
_FIRST, _LAST = 1, 32_767
_LETTERS: Final = 26
_FONT: Final = element("a:buFont", {"typeface": "+mj-lt"})
_NONE: Final = element("a:buNone")


class Bullet(Struct, frozen=True, kw_only=True):
    """How a paragraph's marker is drawn: as a character, as a number of a list, or as `words` of the text itself."""

    character: str = ""
    scheme: str = ""
    start: int = 0
    words: str = ""

    def elements(self) -> list[Markup]:
        """The properties that draw it."""
        if self.scheme:
            start = None if self.start == _FIRST else self.start
            return [_FONT, element("a:buAutoNum", {"type": self.scheme, "startAt": start})]
        if self.character:
            return [_FONT, element("a:buChar", {"char": self.character})]
        return [_NONE]


def bullets(paragraphs: Sequence[FittedParagraph]) -> list[Bullet]:
    """The bullet of each paragraph.

    Items that follow each other share a start, so that the list numbers itself on when somebody adds an item. Where
    something else of the same level stands between, the program would count from anew, and the item says its number:
    in words where a list before it began with the same one, since LibreOffice would count on from that.
    """
    lists: dict[int, tuple[str, int, int]] = {}
    ended: dict[int, set[tuple[str, int]]] = {}
    made = []
    for paragraph in paragraphs:
        bullet = _bullet(paragraph.marker)
        level = paragraph.level
        number = paragraph.marker.number if paragraph.marker else None
        for known in (lists, ended):
            for deeper in [each for each in known if each > level]:
                del known[deeper]
        scheme, start, last = lists.get(level, ("", 0, 0))
        goes_on = bullet.scheme and scheme == bullet.scheme and number == last + 1
        if scheme and not goes_on:
            ended.setdefault(level, set()).add((scheme, start))
        if not bullet.scheme or number is None:
            lists.pop(level, None)
        else:
            start = start if goes_on else number
            lists[level] = (bullet.scheme, start, number)
            again = (bullet.scheme, start) in ended.get(level, set())
            bullet = (
                Bullet(words=paragraph.marker.text if paragraph.marker else "")
                if again
                else Bullet(scheme=bullet.scheme, start=start)
            )
        made.append(bullet)
    return made


def hangs(paragraphs: Sequence[FittedParagraph]) -> list[Emu]:
    """How far left of its text each paragraph's marker starts.

    A marker stands where the text of the level above starts; where that level is not in the box, levels step in evenly.
    """
    starts: dict[int, Emu] = {}
    made = []
    for paragraph in paragraphs:
        level, indent = paragraph.level, paragraph.indent
        above = max((known for known in starts if known < level), default=None)
        outer = starts[above] if above is not None else Emu(indent * level // (level + 1))
        made.append(indent - outer if paragraph.marker and outer < indent else Emu(0))
        starts[level] = indent
        for deeper in [known for known in starts if known > level]:
            del starts[deeper]
    return made


def _bullet(marker: Marker | None) -> Bullet:
    if marker is None or not marker.text:
        return Bullet()
    if marker.number is not None and _FIRST <= marker.number <= _LAST:
        scheme = _scheme(marker.text, marker.number)
        if scheme:
            return Bullet(scheme=scheme, start=marker.number)
    return Bullet(character=marker.text) if len(marker.text) == 1 else Bullet(words=marker.text)


def _scheme(text: str, number: int) -> str:
    """The format's name for a numbering that writes this number so, if it has one."""
    for pattern, suffix in _PATTERNS.items():
        if text == pattern.format(number):
            return f"arabic{suffix}"
        if number <= _LETTERS and suffix != "Plain":
            if text == pattern.format(chr(ord("a") + number - 1)):
                return f"alphaLc{suffix}"
            if text == pattern.format(chr(ord("A") + number - 1)):
                return f"alphaUc{suffix}"
    return ""
