"""Tags of template languages, read as components' are: Hugo's `{{< name … >}}` and `{{% … %}}`, Liquid's `{% … %}`.

Markdoc's are like Liquid's, with `{% /name %}` at the end.

Nothing of them is executed. Values that stand without a name get the name that the tag's kind gives them by their
place, so that `{{< figure "a.png" >}}` has a `src`; those of unknown kinds are called by their number, from 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from pipeline.read.tags import Tag

OPENINGS: Final = ("{{<", "{{%", "{%")
_OPENING = re.compile(
    r"\{\{(?P<kind>[<%])\s*(?P<close>/)?\s*(?P<name>[A-Za-z][\w./-]*)|\{%-?\s*(?P<end>end|/\s*)?(?P<liquid>[A-Za-z@][\w/-]*)"
)
_CLOSING: Final = MappingProxyType(
    {
        "<": re.compile(r"\s*(?P<self>/)?>\}\}"),
        "%": re.compile(r"\s*(?P<self>/)?%\}\}"),
        "liquid": re.compile(r"\s*(?P<self>/)?-?%\}"),
    }
)
_VALUE = re.compile(
    r"\s*(?:(?P<name>[A-Za-z][\w-]*)\s*[=:](?!//)\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.){0,2000}+)\"|`(?P<raw>[^`]{0,2000}+)`|'(?P<single>(?:[^'\\]|\\.){0,2000}+)'"
    r"|(?P<bare>[^\s\"'`%>{}]+(?:[%>](?![%}])[^\s\"'`%>{}]*)*))"
)
_MOST_VALUES: Final = 60
_IN_ADDRESS = re.compile(r"\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\}")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`")

# Liquid's tags that choose, repeat and reckon say nothing themselves, and Hugo's contents are made by the site.
_STEERING: Final = frozenset(
    ["assign", "break", "capture", "case", "continue", "cycle", "decrement", "else", "elsif", "for", "if"]
) | frozenset(["increment", "unless", "when"])
# What GitHub's own pages choose by; `endif` ends it as well.
_ALIKE: Final[Mapping[str, str]] = MappingProxyType({"ifversion": "if"})
_CONTENTS: Final = frozenset(["toc", "tableofcontents"])
_TITLED: Final = ("title",)
_TYPED: Final = ("type", "title")
_PICTURE: Final = ("src", "alt", "caption")
# What the values mean that stand without a name.
_BY_PLACE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("figure", "img", "image", "picture"), _PICTURE),
        **dict.fromkeys(("notice", "callout", "hint", "admonition", "alert", "block"), _TYPED),
        **dict.fromkeys(("note", "tip", "info", "warning", "caution", "danger", "important"), _TITLED),
        **dict.fromkeys(
            ("details", "expand", "accordion", "spoiler", "collapse", "cut", "tab", "step", "card"), _TITLED
        ),
        **dict.fromkeys(("highlight", "code"), ("language",)),
        **dict.fromkeys(("ref", "relref", "link", "post_url"), ("path",)),
        **dict.fromkeys(("youtube", "vimeo", "instagram"), ("id",)),
        **dict.fromkeys(("gist", "tweet", "x"), ("user", "id")),
        "button": ("href",),
        "video": ("href",),
        **dict.fromkeys(("badge", "heading"), ("text",)),
        "fa": ("icon", "name"),
        "icon": ("name",),
        "iconify": ("set", "icon"),
        "kbd": ("keys",),
        "meta": ("meta",),
        "embed": ("url",),
    }
)
_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "youtube": "https://www.youtube.com/watch?v={id}",
        "vimeo": "https://vimeo.com/{id}",
        "instagram": "https://www.instagram.com/p/{id}/",
        "gist": "https://gist.github.com/{user}/{id}",
        "tweet": "https://x.com/{user}/status/{id}",
        "x": "https://x.com/{user}/status/{id}",
    }
)


def parse_template(text: str, pos: int) -> Tag | None:
    """The tag that begins with the `{` at that place, named like a component (`Figure`), or None if none does."""
    opening = _OPENING.match(text, pos)
    if opening is None:
        return None
    name = opening["name"] or opening["liquid"]
    name = _ALIKE.get(name, name)
    closing = _CLOSING[opening["kind"] or "liquid"]
    values: list[tuple[str, str]] = []
    place = opening.end()
    for _ in range(_MOST_VALUES):
        end = closing.match(text, place)
        if end:
            return Tag(
                name=name[0].upper() + name[1:],
                attributes=_named(name.lower(), values),
                closing=bool(opening["close"] or opening["end"]),
                self_closing=bool(end["self"]),
                start=pos,
                end=end.end(),
                template=True,
            )
        value = _VALUE.match(text, place)
        if value is None:
            return None
        said = next(value[kind] for kind in ("double", "raw", "single", "bare") if value[kind] is not None)
        values.append((value["name"] or "", said.replace('\\"', '"')))
        place = value.end()
    return None


def steers(tag: Tag) -> bool:
    """Whether a template's tag chooses or repeats what is around it, or sets a variable."""
    return tag.template and tag.name.lower() in _STEERING


def is_contents(tag: Tag) -> bool:
    """Whether a template stands for the page's table of contents."""
    return tag.template and tag.name.lower() in _CONTENTS


def _named(kind: str, values: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The values with a name for each, and the address that some kinds make of them."""
    unnamed = [value for name, value in values if not name]
    own = _BY_PLACE.get(kind, ())
    # Of two values the first says what kind of a note it is: `{% note warning "Hot" %}`.
    own = _TYPED if own == _TITLED and len(unnamed) > 1 else own
    by_place = iter([*own, *map(str, range(_MOST_VALUES))])
    named = [(name or next(by_place), value) for name, value in values]
    elsewhere = _ELSEWHERE.get(kind)
    if elsewhere:
        known = {"user": "", "id": "", **{name: quote(value, safe="/") for name, value in named}}
        whole = next((value for _, value in named if value.startswith("https://")), "")
        made = elsewhere.format_map(known)
        named.append(("href", whole or (made if known["id"] else made.removesuffix("/"))))
    return tuple(named)


def plain_address(address: str) -> str:
    """An address without its templates: of one that names a page or file the name, of others nothing."""
    # Docusaurus writes so what its router is not to follow.
    address = address.removeprefix("pathname://")
    return _IN_ADDRESS.sub(_path, address) if "{{" in address or "{%" in address else address


def address_template_end(text: str, pos: int) -> int | None:
    """Where the template that stands at that place of an address ends, or None where there is none."""
    template = _IN_ADDRESS.match(text, pos)
    return template.end() if template else None


def _path(template: re.Match[str]) -> str:
    tag = parse_template(template[0], 0)
    if tag:
        return tag.get("path") or template[0]
    quoted = _QUOTED.search(template[0])
    return next(filter(None, quoted.groups()), "") if quoted else ""
