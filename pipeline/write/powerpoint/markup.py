"""XML as Office's parts are made of, put together from the leaves up as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NewType, TypeAlias

from lxml import etree

TreeNode: TypeAlias = etree._Element  # noqa: SLF001  lxml's only name for the type
Markup = NewType("Markup", str)
"""A whole element, in the prefixes that `whole_part` declares."""

_BASE: Final = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_EXTENSIONS: Final = {
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "ahyp": "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
_DECLARED: Final = {f"xmlns:{prefix}": uri for prefix, uri in _BASE.items()}
# What XML 1.0 cannot hold, not even as a character reference.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL: Final = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


def clean(text: str) -> str:
    """The text without the control characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def element(
    tag: str, attributes: Mapping[str, object] | None = None, *children: Markup | None, text: str = ""
) -> Markup:
    """An element with its attributes and children; an attribute or child that is None is left out."""
    start = tag
    if attributes:
        for key, value in attributes.items():
            if value is not None:
                start += f' {key}="{value if isinstance(value, int) else _escaped(str(value))}"'
    inside = "".join(filter(None, children)) + (_escaped(text) if text else "")
    return Markup(f"<{start}>{inside}</{tag}>" if inside else f"<{start}/>")


def extensions(tag: str, uri: str, name: str, attributes: Mapping[str, object] | None, *children: Markup) -> Markup:
    """An extension list with one element of an extension. `tag` is the list's, `a:extLst` or `p:extLst`."""
    prefix = name.partition(":")[0]
    child = element(name, {f"xmlns:{prefix}": _EXTENSIONS[prefix], **(attributes or {})}, *children)
    return element(tag, None, element(tag.replace("extLst", "ext"), {"uri": uri}, child))


def whole_part(tag: str, attributes: Mapping[str, object] | None, *children: Markup | None) -> bytes:
    """The bytes of a part with that root."""
    root = element(tag, {**_DECLARED, **(attributes or {})}, *children)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def plain_part(namespace: str, tag: str, *children: Markup) -> bytes:
    """The bytes of a part that has one namespace and no prefixes."""
    root = element(tag, {"xmlns": namespace}, *children)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def _escaped(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], ""), text)


# ---------------------------------------------------------------- parts that exist already


def name(tag: str) -> str:
    """The full name of a prefixed one: `a:t` → `{http://…}t`."""
    prefix, _, local = tag.partition(":")
    return f"{{{_BASE[prefix]}}}{local}"


def grown(markup: Markup) -> TreeNode:
    """The markup as an element to put into a part that was read."""
    declared = " ".join(f'{key}="{uri}"' for key, uri in _DECLARED.items())
    return etree.fromstring(f"<x {declared}>{markup}</x>")[0]


def serialise(root: TreeNode) -> bytes:
    """The bytes of a part that was read and changed."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
