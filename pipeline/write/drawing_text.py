"""Text of drawings set as text: WeasyPrint sets each letter by itself, without kerning and, in Arabic, unjoined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.svg import Node

_PLACES = ("x", "y", "dx", "dy")
_OF_LETTERS = ("rotate", "letter-spacing", "textLength")


class _Whole(str):
    """A text whose letters are not told apart."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def keep_text_whole() -> None:
    """Let WeasyPrint lay out the text of a drawing's element at once, unless its letters have places of their own."""
    Node.text = property(_text)  # type: ignore[method-assign, assignment]  # there is no other way in


def _text(node: Any) -> str | None:
    text: str | None = node._etree_node.text  # noqa: SLF001
    return _Whole(text) if text and not _places_letters(node) else text


def _places_letters(node: Any) -> bool:
    several = any(len(node.attrib.get(name, "").replace(",", " ").split()) > 1 for name in _PLACES)
    return several or any(name in node.attrib for name in _OF_LETTERS)
