"""What HTML elements and components mean within a line, as elements of the inline tree."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.read.tags import Tag
from pipeline.read.templates import steers

_STYLES: Final = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "del": "del",
    "s": "del",
    "strike": "del",
    "u": "ins",
    "ins": "ins",
    "mark": "mark",
    "sup": "sup",
    "sub": "sub",
    "kbd": "kbd",
    "code": "code",
    "samp": "code",
    "tt": "code",
    "Highlight": "mark",
    "Kbd": "kbd",
}
# These change nothing but the look.
_NEUTRAL = frozenset(
    [
        "span",
        "font",
        "small",
        "big",
        "center",
        "time",
        "bdi",
        "bdo",
        "label",
        "data",
        "address",
        "nobr",
        "p",
        "div",
        "section",
        "article",
        "figure",
        "figcaption",
        "ruby",
        "rb",
        "rtc",
        "picture",
        "summary",
        "details",
        "button",
        "nav",
        "header",
        "footer",
        "main",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "canvas",
        "noscript",
        "pre",
    ]
)
_VERBATIM = frozenset({"raw", "verbatim"})
_WITHOUT_TEXT = frozenset({"script", "style", "svg", "template", "rp", "head", "title", "map"})
_AROUND = {"q": ("“", "”"), "rt": ("(", ")")}
# What these say of their text when pointed at is told in brackets.
_EXPLAINED = frozenset({"abbr", "acronym", "dfn"})
_EMPTY = frozenset(
    {"br", "img", "image", "wbr", "source", "track", "col", "input", "hr", "meta", "link", "base", "param", "area"}
)
_MEDIA = frozenset({"video", "audio", "iframe", "embed", "object", "source"})
_IMAGES = frozenset({"img", "image", "Img", "Image", "ThemedImage", "GifPlayer", "Picture", "Figure"})
_FORMULAS = frozenset({"Math", "InlineMath", "BlockMath", "Formula", "Katex", "KaTeX", "Latex", "LaTeX", "TeX"})

_IMAGE_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#].*)?\Z", re.IGNORECASE | re.DOTALL)
_SOURCES = ("still", "src", "light", "gif", "source", "data")
_ADDRESSES = ("href", "to", "url", "link")
_LEGENDS = ("legend", "caption", "figcaption")
_READABLE = (
    "title",
    "label",
    "name",
    "alt",
    "caption",
    "legend",
    "heading",
    "summary",
    "text",
    "subtitle",
    "description",
    "content",
)


def is_void(tag: Tag) -> bool:
    """Whether no closing tag can belong to the tag."""
    return tag.self_closing or _name(tag) in _EMPTY


def may_stay_open(tag: Tag) -> bool:
    """Whether the tag is one that browsers close by themselves."""
    name = _name(tag)
    return name == "a" or (any(name in table for table in (_EXPLAINED, _NEUTRAL, _AROUND, _STYLES)) and name.islower())


def is_known(tag: Tag) -> bool:
    """Whether the tag is understood, so that a stray closing one is no text."""
    name = _name(tag)
    tables = (_STYLES, _NEUTRAL, _WITHOUT_TEXT, _AROUND, _EMPTY, _MEDIA, _IMAGES, _FORMULAS)
    return name == "a" or name in _EXPLAINED or any(name in table for table in tables)


def element_of(tag: Tag) -> Element:
    """The element that an opening tag begins.

    Beside the names that Markdown's own inlines have, there are: `span`, whose children stand for it;
    `discard`, whose children are no text; `around` (text before and after); `literal` text; `abbr`; `media`;
    and `component`.
    """
    name = _name(tag)
    if tag.template:
        return _template(tag)
    if name in _STYLES and not (name in _EXPLAINED and tag.get("title")):
        return Element(_STYLES[name])
    if name == "br":
        return Element("br")
    if name in _EXPLAINED:
        return Element("abbr", {"title": tag.get("title")})
    if name in _AROUND:
        before, after = _AROUND[name]
        return Element("around", {"before": before, "after": after})
    if name in _WITHOUT_TEXT:
        return Element("discard")
    return _with_address(tag, name)


def _name(tag: Tag) -> str:
    """The tag's name as the tables have it: HTML's own in small letters, a component's as written."""
    return tag.name.lower() if tag.name.isupper() else tag.name


def _with_address(tag: Tag, name: str) -> Element:
    """An element that may lead somewhere or show something."""
    source, address = _first(tag, _SOURCES), _first(tag, _ADDRESSES)
    if source and (name in _IMAGES or ((tag.name[0].isupper() or "-" in name) and _IMAGE_FILE.search(source))):
        return _image(tag, source)
    if name in _FORMULAS and (code := _first(tag, ("code", "math", "formula", "source"))):
        return Element("formula", {"source": code})
    poster = tag.get("poster").strip()
    if name == "video" and poster:
        return _film(tag, poster, source)
    if name in _MEDIA and source:
        return Element("media", {"href": source, "title": _first(tag, ("title", *_LEGENDS))})
    if name == "input":
        return _input(tag)
    if address and (name == "a" or tag.name[0].isupper() or "-" in name):
        label, title = ("", tag.get("title")) if name == "a" else (_readable(tag), "")
        return Element("a", {"href": address, "label": label, "title": title})
    if name == "a" or name in _NEUTRAL or name in _EMPTY or name in _MEDIA:
        return Element("span")
    return Element("component", {"label": _readable(tag)})


def _template(tag: Tag) -> Element:
    """What a template stands for: a picture, a link, code, or a `component` that nobody knows."""
    name = tag.name.lower()
    if name == "comment":
        return Element("discard")
    source, address = _first(tag, _SOURCES), _first(tag, (*_ADDRESSES, "path"))
    if name in _MEDIA and source:
        return _with_address(tag, name)
    if source and (tag.name in _IMAGES or _IMAGE_FILE.search(source)):
        return _image(tag, source)
    if address:
        return Element("a", {"href": address, "label": _readable(tag), "title": ""})
    if name in _NEUTRAL or name in _VERBATIM or steers(tag):
        return Element("span")
    if tag.get("text"):
        return Element("component", {"label": tag.get("text")})
    return Element("code") if name in {"highlight", "code"} else Element("component", {"label": _readable(tag)})


def _film(tag: Tag, poster: str, source: str) -> Element:
    """The picture that stands for a film, leading to it; what the element holds is its legend."""
    said = {"alt": _first(tag, ("title", "aria-label")), "legend": tag.get("caption")}
    return Element("img", {"src": poster, "origin": source, **said})


def _image(tag: Tag, source: str) -> Element:
    legends = ("title", *_LEGENDS, "attr") if tag.template else ()
    legend = " — ".join(filter(None, map(tag.get, legends))) or _first(tag, _LEGENDS)
    origin = tag.get("origin") or (_first(tag, ("link", "attrlink")) if tag.template else "")
    title = "" if tag.template else tag.get("title")
    return Element("img", {"src": source, "alt": tag.get("alt"), "title": title, "legend": legend, "origin": origin})


def _input(tag: Tag) -> Element:
    """A box that is ticked or not; other fields of forms say what they hold."""
    if tag.get("type").lower() != "checkbox":
        return Element("literal", {"text": tag.get("value") or tag.get("placeholder")})
    return Element("literal", {"text": "☑" if tag.has("checked") else "☐"})


def _readable(tag: Tag) -> str:
    """What the attributes of a component say to a reader."""
    values = (tag.get(name).strip() for name in _READABLE)
    return ", ".join(dict.fromkeys(value for value in values if value))


def _first(tag: Tag, names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := tag.get(name).strip())), "")
