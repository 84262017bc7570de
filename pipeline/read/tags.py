"""One HTML or JSX tag, read from a place in a text.

The grammar is CommonMark's for raw HTML tags, with what JSX adds: names with dots, attribute values in
braces (with strings, template literals, comments and braces inside) and spread attributes. Every search
is bounded by a number of steps, so that a page of half-open tags costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from pipeline.read.entities import decode_entities
from pipeline.read.expressions import STRING, expression_value

_MOST_ATTRIBUTES = 100
_MOST_STEPS = 2_000
_DEEPEST_BRACES = 32

# A capital makes it a component, whose name may have dots.
_OPENING = re.compile(r"<(?P<close>/)?(?P<name>[A-Z][A-Za-z0-9_.$-]*|[a-z][A-Za-z0-9-]*)")
_SPACE = re.compile(r"[ \t\r\n\f]*")
_NAME = re.compile(r"[A-Za-z_:@#][A-Za-z0-9_.:@-]*")
_EQUALS = re.compile(r"[ \t\r\n\f]*=[ \t\r\n\f]*")
_UNQUOTED = re.compile(r"[^ \t\r\n\f\"'=<>`{}]+")
_NO_VALUE = re.compile(r"\{[ \t\r\n]*(?:\.\.\.|/\*)")
_IN_BRACES = re.compile(r"[^{}\"'`/]+|.", re.DOTALL)
_IN_TEMPLATE = re.compile(r"[^`\\$]+|\\.|\$\{|.", re.DOTALL)

# Name, value, and whether the value is code.
_Attribute: TypeAlias = "tuple[str, str, bool]"


class Tag(Struct, frozen=True, kw_only=True):
    """A tag as it stands from `start` to `end`. A value that was not given is empty; spreads and comments are left out.

    Values are decoded: character references in quoted ones, and string literals in braces. Another
    expression in braces is kept as it is written, without its outer braces, and `computed` has its attribute's
    name. `template` marks one that is written in a template language (`templates`).
    """

    name: str
    attributes: tuple[tuple[str, str], ...]
    closing: bool
    self_closing: bool
    start: int
    end: int
    template: bool = False
    computed: frozenset[str] = frozenset()

    def get(self, name: str, default: str = "") -> str:
        """The value of the first attribute of that name, whatever its case."""
        return next((value for key, value in self.attributes if key.lower() == name.lower()), default)

    def has(self, name: str) -> bool:
        """Whether the tag has an attribute of that name, with a value or without."""
        return any(key.lower() == name.lower() for key, _ in self.attributes)


def parse_tag(text: str, pos: int) -> Tag | None:
    """The tag that begins with the `<` at that place, or None if none does."""
    opening = _OPENING.match(text, pos)
    if opening is None:
        return None
    if opening["close"]:
        end = _skip_space(text, opening.end())
        return _tag(opening, (), end + 1, closing=True) if text.startswith(">", end) else None
    attributes: list[_Attribute] = []
    place = opening.end()
    for _ in range(_MOST_ATTRIBUTES):
        after = _skip_space(text, place)
        if text.startswith(">", after):
            return _tag(opening, attributes, after + 1)
        if text.startswith("/>", after):
            return _tag(opening, attributes, after + 2, self_closing=True)
        attribute_end = _read_attribute(text, after, attributes) if after > place else None
        if attribute_end is None:
            return None
        place = attribute_end
    return None


def _tag(
    opening: re.Match[str],
    attributes: Sequence[_Attribute],
    end: int,
    *,
    closing: bool = False,
    self_closing: bool = False,
) -> Tag:
    return Tag(
        name=opening["name"],
        attributes=tuple((name, value) for name, value, _ in attributes),
        closing=closing,
        self_closing=self_closing,
        start=opening.start(),
        end=end,
        computed=frozenset(name for name, _, is_code in attributes if is_code),
    )


def _skip_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _read_attribute(text: str, place: int, attributes: list[_Attribute]) -> int | None:
    """Where the attribute at that place ends, which is added to the list; None if it is none."""
    name = _NAME.match(text, place)
    if name is None:
        return brace_end(text, place) if _NO_VALUE.match(text, place) else None
    equals = _EQUALS.match(text, name.end())
    if equals is None:
        attributes.append((name.group(), "", False))
        return name.end()
    value = _read_value(text, equals.end())
    if value is None:
        return None
    said, end, is_code = value
    attributes.append((name.group(), said, is_code))
    return end


def _read_value(text: str, place: int) -> tuple[str, int, bool] | None:
    """The decoded value at that place, where it ends and whether it is code, or None if there is none."""
    first = text[place : place + 1]
    if first in {'"', "'"}:
        end = text.find(first, place + 1)
        return None if end < 0 else (decode_entities(text[place + 1 : end]), end + 1, False)
    if first == "{":
        after = brace_end(text, place)
        if after is None:
            return None
        value, is_code = expression_value(text[place + 1 : after - 1].strip())
        return value, after, is_code
    unquoted = _UNQUOTED.match(text, place)
    if unquoted is None:
        return None
    # `<br class=x/>`: here HTML takes the stroke into the value and everybody else does not.
    end = unquoted.end() - (unquoted.group().endswith("/") and text.startswith(">", unquoted.end()))
    return decode_entities(text[place:end]), end, False


def brace_end(text: str, pos: int) -> int | None:
    """Where the JavaScript expression that begins with the `{` at that place ends; None if it never does."""
    # What is open, innermost last: "{" for braces, "`" for a template literal.
    opened: list[str] = []
    place = pos
    for _ in range(_MOST_STEPS):
        in_template = bool(opened) and opened[-1] == "`"
        after = _step_in_template(text, place, opened) if in_template else _step_in_braces(text, place, opened)
        if after is None or len(opened) > _DEEPEST_BRACES:
            return None
        if not opened:
            return after
        place = after
    return None


def _step_in_braces(text: str, place: int, opened: list[str]) -> int | None:
    """Where the next token of an expression ends; what it opens or closes is entered."""
    token = _IN_BRACES.match(text, place)
    if token is None:
        return None
    match token.group():
        case "{" | "`":
            opened.append(token.group())
        case "}":
            opened.pop()
        case '"' | "'":
            # A quotation mark without its partner on the line is an apostrophe in JSX text.
            string = STRING.match(text, place)
            return string.end() if string else token.end()
        case "/" if text.startswith("/*", place):
            end = text.find("*/", place + 2)
            return None if end < 0 else end + 2
    return token.end()


def _step_in_template(text: str, place: int, opened: list[str]) -> int | None:
    """Where the next token of a template literal ends; what it opens or closes is entered."""
    token = _IN_TEMPLATE.match(text, place)
    if token is None:
        return None
    match token.group():
        case "`":
            opened.pop()
        case "${":
            opened.append("{")
    return token.end()
