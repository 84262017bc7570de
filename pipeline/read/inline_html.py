"""What HTML elements and components mean within a line, as elements of the inline tree."""

from __future__ import annotations

from collections.abc import Container
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.read.expressions import IMAGE_FILE
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
        "template",
        "Translate",
    ]
)
_QUARTO = frozenset({"fa", "icon", "iconify", "kbd", "meta", "pagebreak"})
_WORDS = frozenset({"badge", "heading"})
_BROUGHT_IN = frozenset({"code_sample", "codenew", "include", "readfile"})
_VERBATIM = frozenset({"raw", "verbatim"})
_WITHOUT_TEXT = frozenset({"script", "style", "svg", "rp", "head", "title", "map"})
_AROUND = {"q": ("“", "”"), "rt": ("(", ")")}
# What these say of their text when pointed at is told in brackets.
_EXPLAINED = frozenset({"abbr", "acronym", "dfn"})
_EMPTY = frozenset(
    {"br", "img", "image", "wbr", "source", "track", "col", "input", "hr", "meta", "link", "base", "param", "area"}
)
_MEDIA = frozenset({"video", "audio", "iframe", "embed", "object", "source"})
_IMAGES = frozenset({"img", "image", "Img", "Image", "ThemedImage", "GifPlayer", "Picture", "Figure"})
_FORMULAS = frozenset({"Math", "InlineMath", "BlockMath", "Formula", "Katex", "KaTeX", "Latex", "LaTeX", "TeX"})

_SOURCES = ("still", "src", "light", "gif", "source", "data")
_ADDRESSES = ("href", "to", "url", "link")
# A picture or a short label beside words, which says what its attributes say.
_LABELS = frozenset({"Badge", "Icon", "Label", "Pill", "Tag"})
_LEGENDS = ("legend", "caption", "figcaption")
_LEADS = frozenset({*_SOURCES, *_ADDRESSES, "origin", "poster"})
ONLY_LOOK = frozenset({"class", "classname", "icon", "style", "values", "sizes", "srcset", "d", "viewbox", "rel"})
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
    if name == "code" and tag.get("src").strip():
        # Dumi's: an example that stands in a file.
        return Element("a", {"href": tag.get("src").strip(), "label": "", "title": ""})
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
    source, address = picture_source(tag), _first(tag, _ADDRESSES)
    if source or (name in {"img", "image"} and tag.get("alt").strip()):
        return _image(tag, source)
    source = _first(tag, _SOURCES)
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
    if name == "Code" and (code := tag.get("code").strip()):
        element = Element("code")
        element.text = code
        return element
    if name in _LABELS:
        label = _readable(tag, without=("name",))
        return Element("label", {"label": label}) if label or not tag.self_closing else Element("span")
    return Element("component", {"label": _readable(tag)})


def picture_source(tag: Tag) -> str:
    """The address of the picture that a tag stands for, or nothing."""
    name = _name(tag)
    if name in _IMAGES:
        return _first(tag, (*_SOURCES, "img", "lightSrc"))
    source = _first(tag, _SOURCES)
    is_component = tag.name[0].isupper() or "-" in name
    return source if is_component and IMAGE_FILE.search(source) else ""


def _template(tag: Tag) -> Element:
    """What a template stands for: a picture, a link, code, or a `component` that nobody knows."""
    name = tag.name.lower()
    if name == "comment":
        return Element("discard")
    if name in _QUARTO:
        return _quarto(tag, name)
    if name in _BROUGHT_IN and (file := tag.get("file") or tag.get("0")):
        return _brought_in(tag, file)
    if name in _WORDS and tag.get("text"):
        return Element("label", {"label": tag.get("text")})
    source, address = _first(tag, _SOURCES), _first(tag, (*_ADDRESSES, "path", "page"))
    if name in _MEDIA and source:
        return _with_address(tag, name)
    if source and (tag.name in _IMAGES or IMAGE_FILE.search(source)):
        return _image(tag, source)
    if address:
        return Element("a", {"href": address, "label": _readable(tag), "title": ""})
    if name in _NEUTRAL or name in _VERBATIM or steers(tag):
        return Element("span")
    if tag.get("text"):
        return Element("component", {"label": tag.get("text")})
    return Element("code") if name in {"highlight", "code"} else Element("component", {"label": _readable(tag)})


def _brought_in(tag: Tag, file: str) -> Element:
    """What a file is told to say, if anything, else its name."""
    if said := _first(tag, (*_READABLE, "version")):
        return Element("label", {"label": said})
    element = Element("code")
    element.text = file
    return element


def _film(tag: Tag, poster: str, source: str) -> Element:
    """The picture that stands for a film, leading to it; what the element holds is its legend."""
    said = {"alt": _first(tag, ("title", "aria-label")), "legend": tag.get("caption")}
    return Element("img", {"src": poster, "origin": source, **said})


def _quarto(tag: Tag, name: str) -> Element:
    """What Quarto's own templates stand for: icons, keys, a text of the front matter, or the end of a page."""
    if name == "kbd":
        element = Element("kbd")
        element.text = tag.get("keys")
        return element
    if name == "meta":
        return Element("variable", {"variable": f"meta {tag.get('meta')}"})
    return Element("icon", {"icon": tag.get("name") or tag.get("icon")}) if name != "pagebreak" else Element("discard")


def _image(tag: Tag, source: str) -> Element:
    legends = ("title", *_LEGENDS, "attr") if tag.template else ()
    legend = " — ".join(filter(None, map(tag.get, legends))) or _first(tag, _LEGENDS)
    origin = tag.get("origin") or (_first(tag, ("link", "attrlink")) if tag.template else "")
    title = "" if tag.template else tag.get("title")
    alt = tag.get("alt") if "alt" not in tag.computed or "${" in tag.get("alt") else ""
    alt = alt or tag.get("aria-label")
    classes = _first(tag, ("class", "className"))
    said = {"alt": alt, "title": title, "legend": legend, "origin": origin, "class": classes}
    return Element("img", {"src": source, **said})


def _input(tag: Tag) -> Element:
    """A box that is ticked or not; other fields of forms say what they hold."""
    if tag.get("type").lower() != "checkbox":
        return Element("literal", {"text": tag.get("value") or tag.get("placeholder")})
    return Element("literal", {"text": "☑" if tag.has("checked") else "☐"})


def _readable(tag: Tag, without: tuple[str, ...] = ()) -> str:
    """What the attributes of a component say to a reader, less those of some names."""
    said = [*((name, tag.get(name)) for name in _READABLE), *tag.attributes]
    shown = [(name, value.strip()) for name, value in said if name.lower() not in without]
    values = [value for name, value in shown if is_readable(tag, name, value)]
    return ", ".join(dict.fromkeys(value for value in values if value))


def is_readable(tag: Tag, name: str, value: str, names: Container[str] = _READABLE) -> bool:
    """Whether an attribute says something to a reader: by its name, or since it is more than one word."""
    key = name.lower()
    is_code = (name in tag.computed and "${" not in value) or value.startswith(("{", "[", "(")) or "=>" in value
    if is_code or key in _LEADS or key[0] in ":@#" or key.startswith("v-"):
        return False
    return key in names or (" " in value and key not in ONLY_LOOK)


def _first(tag: Tag, names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := tag.get(name).strip())), "")
