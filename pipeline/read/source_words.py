"""The words of source lines, less those that are markup.

This knows Markdown only as far as it takes to tell words from markup, and nothing of how the parser reads it: it is
the other side of the ledger. Where it is in doubt it takes a word for markup, never markup for a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from typing import Final
from urllib.parse import unquote

from pipeline.read.definitions import normalise_label
from pipeline.read.source_marks import without_marks

# One token for each CJK character, emoji or arrow; otherwise letters and digits that stand together.
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)

_NOTES_OPENING = re.compile(r"(?:<!--|\{/\*)\s*(?:speaker[ -])?notes\s*:", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}|<!\[CDATA\[|<![A-Za-z][^>]*>|<\?.*?\?>", re.DOTALL)
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_TAG = re.compile(
    rf"</?(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>(?:\s(?:\"[^\"]*\"|'[^']*'|{_BRACES}|[^\"'{{}}<>])*)?)/?>"
)
_ATTRIBUTE = re.compile(
    rf"(?P<name>[\w:@.-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<braces>{_BRACES})|(?P<bare>[^\s\"'{{}}]+))"
)
_STRING_IN_BRACES = re.compile(r"\{\s*(?:String\.raw)?([\"'`])(?P<text>.*)\1\s*\}\Z", re.DOTALL)
_ADDRESSES: Final = frozenset(["gif", "href", "link", "origin", "poster", "src", "still", "to", "url"])
_SAYS_SOMETHING: Final = _ADDRESSES | frozenset(["alt", "caption", "heading", "label", "legend", "summary"])
# A tooltip is text where it explains a word or names a picture or a frame.
_EXPLAINED: Final = frozenset(["a", "abbr", "audio", "dfn", "iframe", "img", "video"])
_NOT_SHOWN: Final = frozenset(["base", "link", "meta", "script", "style"])
_ONLY_LOOK: Final = frozenset(
    ["class", "classname", "style", "sizes", "srcset", "rel", "values", "content", "d", "viewbox"]
)

# The marks of containers that may stand before anything else.
_PREFIX = r"^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]|:[ \t])*"
_LINE_MARKS = re.compile(r"^(?:[ \t>]|(?:[-+*]|\d{1,9}[.)]|#{1,6}|\[[ xX]\]|(?:Table)?:)(?!\S))+", re.MULTILINE)
_CONTAINER = re.compile(
    _PREFIX + r":{3,}[ \t]*(?:\{[^{}]*\}|[\w.-]+)?(?:.*(?P<attributes>\{[^{}]*\})[ \t]*$)?", re.MULTILINE
)
_NAMED_FENCE = re.compile(_PREFIX + r"(?:`{3,}|~{3,})(?:\{[\w-]+\}|mdx-code-block)", re.MULTILINE)
_ADMONITION = re.compile(_PREFIX + r"(?:!!!|\?\?\?\+?)[ \t]*[\w \t-]+", re.MULTILINE)
_QUOTE_MARK = re.compile(r"\[![\w -]+(?:\|[^\]]*)?\][+-]?")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[#.][^{}]*|[\w-]+=[^{}]*)\}")
_SECOND_LABEL = re.compile(r"\]\[(?P<label>[^\[\]]*)\]")
_CONTENTS_MARK = re.compile(r"\[\[?_{0,2}toc_{0,2}\]?\]|\{:toc\}|\$\{toc\}", re.IGNORECASE)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z0-9_+-]+:(?![\w:])")
_IMAGE_SIZE = re.compile(r"(?:\|\d+(?:x\d+)?(?=\]\]))|(?: =\d*%?x\d*%?(?=\)))")
_DESTINATION = re.compile(r"\]\(\s*(?:<(?P<pointed>[^<>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):|//")
_NEVER_LINKED: Final = frozenset(["javascript", "vbscript", "data", "file", "blob", "about"])

_FENCE = re.compile(r"^[ \t>]*(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)*(?:`{3,}|~{3,})(?P<info>.*)$")
_INFO_TITLE = re.compile(r"(?:title|file|filename|file-name|caption)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_MAGIC = re.compile(r"(?://|#|--|;|%|/\*|<!--|\{/\*)\s*(?:highlight-(?:next-line|start|end)|\[!code[^\]]*\])")


def words(text: str) -> list[str]:
    """The words of a text in order; case does not matter, nor does what stands between them."""
    return _TOKEN.findall(unquote(text).casefold())


def prose_words(text: str, labels: Collection[str]) -> list[str]:
    """The words of Markdown that are no markup; `labels` are the labels of the page's link definitions."""
    # References are characters, but not in code.
    text = _CODE_SPAN.sub(lambda m: m[0].replace("&", "&amp;"), text)
    text = _COMMENT.sub(" ", _NOTES_OPENING.sub(" ", _SCRIPT.sub(" ", text)))
    text = _TAG.sub(_said_by_tag, text)
    text = without_marks(_CONTAINER.sub(_said_by_container, text))
    for markup in (_NAMED_FENCE, _ADMONITION, _LINE_MARKS, _QUOTE_MARK, _CONTENTS_MARK, _ATTRIBUTES, _IMAGE_SIZE):
        text = markup.sub(" ", text)
    text = _SECOND_LABEL.sub(lambda m: "] " if normalise_label(m["label"]) in labels else m[0], text)
    text = _DESTINATION.sub(lambda m: f"] {_address(m['pointed'] or m['plain'])} ", text)
    return words(unescape(_SHORTCODE.sub(" ", text)))


def verbatim_words(lines: list[str]) -> list[str]:
    """The words of lines that are shown as they stand, the first of which may be a fence."""
    fence = _FENCE.match(lines[0]) if lines else None
    if len(lines) > 1:
        # Code that no fence closes may end within a line, before a tag.
        lines = [*lines[:-1], _TAG.sub(" ", _COMMENT.sub(" ", lines[-1]))]
    if fence is None:
        # Code of an item may begin beside its mark.
        text = _MAGIC.sub(" ", "\n".join([_LINE_MARKS.sub(" ", lines[0], count=1), *lines[1:]]))
        return words(unescape(_TAG.sub(" ", _SCRIPT.sub(" ", text))) if "<pre" in lines[0] else text)
    title = _INFO_TITLE.search(fence["info"])
    shown = "\n".join([(title[1] or title[2] or "") if title else "", *lines[1:]])
    return words(_MAGIC.sub(" ", shown))


def _said_by_container(opening: re.Match[str]) -> str:
    """What stands between a container's name and its attributes."""
    if opening["attributes"] is None:
        return " "
    inside = re.match(r"[ \t>]*:{3,}[ \t]*(?:\{[^{}]*\}|[\w.-]+)?(.*)\{", opening[0])
    return inside[1] if inside else " "


def _said_by_tag(tag: re.Match[str]) -> str:
    """The values of a tag's attributes that say something or lead somewhere."""
    said = [""]
    if tag["name"].lower() in _NOT_SHOWN:
        return " "
    component = tag["name"][0].isupper() and not tag["name"].isupper()
    for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
        name = attribute["name"].lower()
        value = attribute["double"] or attribute["single"] or attribute["bare"] or _string(attribute["braces"])
        speaks = name in _SAYS_SOMETHING or (name == "title" and (component or tag["name"].lower() in _EXPLAINED))
        speaks = speaks or (component and " " in value.strip() and name not in _ONLY_LOOK)
        if value and speaks and name[0] not in ":@" and not name.startswith("v-"):
            said.append(_address(value) if name in _ADDRESSES else value)
    return " ".join([*said, ""])


def _string(braces: str | None) -> str:
    string = _STRING_IN_BRACES.match(braces) if braces else None
    return string["text"] if string else ""


def _address(address: str) -> str:
    """What has to be found of an address: all of one outside, the last step and the fragment of one inside."""
    address = unescape(address)
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    if scheme:
        return "" if (scheme["scheme"] or "").lower() in _NEVER_LINKED else address
    path, _, fragment = address.partition("#")
    step = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"{step.partition('.')[0]} {fragment}"
