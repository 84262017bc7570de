"""XML elements by their prefixed names, as Office's parts are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml's only name for the type

_NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "ahyp": "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
_DRAWN = {prefix: _NAMESPACES[prefix] for prefix in "apr"}

# What XML 1.0 cannot hold, not even as a character reference.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def name(tag: str) -> str:
    """The full name of a prefixed one: `a:t` → `{http://…}t`."""
    prefix, _, local = tag.rpartition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}" if prefix else local


def clean(text: str) -> str:
    """The text without the control characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def element(
    tag: str, attributes: Mapping[str, object] | None = None, *children: Element | None, text: str = ""
) -> Element:
    """An element with its attributes and children; an attribute or child that is None is left out."""
    prefix = tag.partition(":")[0]
    space = _DRAWN if prefix in _DRAWN else {prefix: _NAMESPACES[prefix]}
    made = etree.Element(name(tag), nsmap=space)
    for key, value in (attributes or {}).items():
        if value is not None:
            made.set(name(key), clean(str(value)))
    if text:
        made.text = clean(text)
    made.extend([child for child in children if child is not None])
    return made


def extensions(tag: str, uri: str, child: Element) -> Element:
    """An extension list that holds one extension; `tag` is the list's, `a:extLst` or `p:extLst`."""
    return element(tag, None, element(tag.replace("extLst", "ext"), {"uri": uri}, child))


def serialise(root: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def unprefixed(namespace: str, tag: str) -> Element:
    """The root of a part that has one namespace and writes it without a prefix."""
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')
