"""What JavaScript expressions in tags say without being executed: strings, texts in objects, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

if TYPE_CHECKING:
    from pipeline.read.tags import Tag

STRING: Final = re.compile(r"""\"(?:[^"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'""", re.DOTALL)
# Attributes that lead somewhere or show a picture.
ADDRESSES: Final = frozenset(
    ["cover", "dark", "gif", "href", "icon", "image", "img", "light", "link", "origin", "poster", "src", "still", "to"]
) | frozenset(["url", "source"])
IMAGE_FILE: Final = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#].*)?\Z", re.IGNORECASE | re.DOTALL)

_WHOLE_STRING = re.compile(rf"(?:{STRING.pattern})\Z", re.DOTALL)
_ADDED = re.compile(rf"(?:{STRING.pattern})(?:\s*\+\s*(?:{STRING.pattern}))+\Z")
_WHOLE_TEMPLATE = re.compile(
    r"(?P<raw>String\.raw)?`(?P<text>(?:[^`\\]|\\.)*+)`(?:\.trim\w*\(\))?\Z",
    re.DOTALL,
)
_WHOLE_JSX = re.compile(r"<>(?P<text>.*)</>\Z|(?P<element><[A-Za-z].*>)\Z", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_ESCAPE = re.compile(r"\\(?:u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|(?P<one>.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
# `require("./a.png").default`, `useBaseUrl('/a.png')`, `withBase("/a")`: a call with an address first.
_CALL = re.compile(
    r"[A-Za-z_$][\w.$]*\(\s*(?P<quote>['\"`])(?P<address>[^'\"`\n]*)(?P=quote)\s*(?:,[^()]*)?\)(?:\.\w+)*\Z"
)
# `${baseUrl}img/a.png` and `baseUrl + 'img/a.png'`: what stands for the site's root comes first.
_BELOW_THE_ROOT = re.compile(
    r"\$\{[^{}]*\}/?(?P<template>[^{}`$]*)\Z|[\w.$]+\s*\+\s*(?P<quote>['\"])/?(?P<added>[^'\"]*)(?P=quote)\Z"
)
_NAME = re.compile(r"(?P<name>[A-Za-z_$][\w$]*)(?:\.(?:src|default))?\Z")
_ONE_OF_TWO = re.compile(r"\b(?:light|src|default)\s*:\s*(?P<value>[^,{}()]+(?:\([^{}()]*\)[^,{}()]*)*)")
_IMPORT = re.compile(
    r"import\s+(?P<name>[A-Za-z_$][\w$]*)\s+from\s+(['\"])(?P<path>[^'\"]+)\2"
    r"|(?:export\s+)?const\s+(?P<constant>[A-Za-z_$][\w$]*)\s*=\s*require\(\s*(['\"])(?P<required>[^'\"]+)\5"
)
_TEXT_IN_OBJECT = re.compile(
    r"\b(?:title|label|heading|name|description|summary|text|caption|content|question|answer|author|quote)\s*:\s*"
    rf"(?P<text>{STRING.pattern}|`[^`$\\]*`)"
)


def expression_value(expression: str) -> tuple[str, bool]:
    """What an expression says, if it is one string, number or piece of JSX, and whether it is code instead.

    Of a template literal with other expressions in it, which is code, the text is given as it is written.
    """
    if _WHOLE_STRING.match(expression):
        return _ESCAPE.sub(_unescaped, expression[1:-1]), False
    if _ADDED.match(expression):
        return "".join(expression_value(part)[0] for part in STRING.findall(expression)), False
    if template := _WHOLE_TEMPLATE.match(expression):
        text = template["text"] if template["raw"] else _ESCAPE.sub(_unescaped, template["text"])
        return text, "${" in template["text"] and not template["raw"]
    if jsx := _WHOLE_JSX.match(expression):
        return (jsx["element"] or jsx["text"] or "").strip(), False
    return expression, not _NUMBER.match(expression)


def texts_within(expression: str) -> list[str]:
    """The texts that objects of an expression give to a reader, as `[{title: "a", text: "b"}]` does."""
    return [expression_value(found["text"])[0] for found in _TEXT_IN_OBJECT.finditer(expression)]


def imported(line: str) -> tuple[str, str] | None:
    """The name that a line gives to a file, and the file's address."""
    found = _IMPORT.match(line)
    if found is None:
        return None
    # What stands before the last `!` tells a bundler how to load the file.
    address = (found["path"] or found["required"]).rpartition("!")[2].partition("?")[0]
    return found["name"] or found["constant"], address


def evaluated(tag: Tag, imports: Mapping[str, str]) -> Tag:
    """The tag with addresses where its expressions stand for some; a component that is a picture's file is an `Img`."""
    file = imports.get(tag.name, "")
    is_picture = bool(IMAGE_FILE.search(file))
    if not is_picture and not tag.computed and not any(":" in name for name, _ in tag.attributes):
        return tag
    attributes = [_settled(tag, name, value, imports) for name, value in tag.attributes]
    if is_picture:
        return replace(tag, name="Img", attributes=(*attributes, ("src", file)))
    pair = _ONE_OF_TWO.search(tag.get("sources")) if "sources" in tag.computed else None
    if pair and not tag.get("src"):
        attributes.append(("src", _address(expression_value(pair["value"].strip())[0], imports)))
    return replace(tag, attributes=tuple(attributes))


def _settled(tag: Tag, name: str, value: str, imports: Mapping[str, str]) -> tuple[str, str]:
    """An attribute with the address that its expression stands for, if it is one for addresses."""
    is_bound = name.startswith((":", "v-bind:"))
    plain = name.rpartition(":")[2] if is_bound else name
    if plain.lower() not in ADDRESSES or not (is_bound or name in tag.computed):
        return name, value
    return plain, _address(expression_value(value.strip())[0], imports)


def _address(expression: str, imports: Mapping[str, str]) -> str:
    """The address that an expression stands for; one that stands for none is kept."""
    if call := _CALL.match(expression):
        return call["address"]
    if below := _BELOW_THE_ROOT.match(expression):
        return "/" + (below["template"] or below["added"] or "")
    name = _NAME.match(expression)
    return imports.get(name["name"], expression) if name else expression


def _unescaped(match: re.Match[str]) -> str:
    if digits := match["four"] or match["two"]:
        code = chr(int(digits, 16))
        return "\ufffd" if "\ud800" <= code <= "\udfff" or code < " " else code
    return _ESCAPED.get(match["one"], match["one"])
