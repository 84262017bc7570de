"""What MyST's roles stand for within a line: links, keys, formulas, else code."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

_TITLED = re.compile(r"(?P<title>.+?)\s*<(?P<target>[^<>]+)>\Z", re.DOTALL)
_STYLES: Final = {"kbd": "kbd", "sub": "sub", "sup": "sup", "math": "math", "del": "del", "strike": "del", "u": "ins"}
_PLACES: Final = frozenset(["ref", "numref", "eq"])
_PAGES: Final = frozenset(["doc", "download"])
_WORDS: Final = frozenset(["abbr", "guilabel", "menuselection", "term"])
_ICONS: Final = frozenset(["octicon", "fas", "far", "fab", "material-regular", "material-outlined", "material-round"])
_NUMBERED: Final = {"pep": "PEP", "rfc": "RFC"}


def role_element(name: str, text: str) -> Element:
    """The inline element of a role of that name with that text."""
    titled = _TITLED.match(text)
    title, target = (titled["title"], titled["target"]) if titled else (text, text)
    if name in _PLACES or (name == "term" and titled):
        return Element("a", {"href": f"#{target}", "label": title, "title": ""})
    if name in _PAGES:
        return Element("a", {"href": target, "label": title, "title": ""})
    if name in _WORDS:
        return Element("literal", {"text": text if name == "abbr" else title})
    if titled and (name == "button" or name.startswith("bdg-link")):
        return Element("a", {"href": target, "label": title, "title": ""})
    if name.startswith("bdg"):
        return Element("literal", {"text": text})
    if name in _ICONS:
        return Element("icon", {"icon": text.partition(";")[0].strip(), "written": text})
    if name in _NUMBERED:
        return Element("literal", {"text": f"{_NUMBERED[name]} {text}"})
    element = Element(_STYLES.get(name, "code"))
    element.text = text.lstrip("~!")
    return element
