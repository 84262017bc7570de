"""The marks of dialects among the words of source lines: what of them says something, the rest being markup.

Like `source_words`, this belongs to the other side of the ledger and knows nothing of how the parser reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

_PREFIX = r"^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*"
_SLASHES = re.compile(_PREFIX + r"/{3,}[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\|(?P<title>.*))?$", re.MULTILINE)
_VUEPRESS_TAB = re.compile(_PREFIX + r"@tab(?::active)?[ \t]+(?P<title>\S.*?)(?:#[\w-]+)?[ \t]*$", re.MULTILINE)
_CARD = re.compile(_PREFIX + r"@\[[a-z]+\](?=\(https?:)|@\[youtube\]", re.MULTILINE)

_TEMPLATE = re.compile(r"\{\{[<%](?P<hugo>[^{}]*)[%>]\}\}|\{%(?P<liquid>[^{}]*)%\}")
_VARIABLE = re.compile(r"\{\{[^<%{}][^{}]*\}\}")
_VARIABLE_IN_ADDRESS = re.compile(r"\]\(\s*\{\{[^<%{}][^{}]*\}\}")
_PERCENT_COMMENT = re.compile(r"(?<![\w%])%%(?!%)[^%]+(?:%[^%]+)*%%(?![\w%])")
# Obsidian's name of a block at its end.
_BLOCK_ID = re.compile(r"(?:(?<=[ \t])|^)\^(?=[\d-]*[A-Za-z])[A-Za-z0-9-]{2,80}[ \t]*$", re.MULTILINE)
_FORMULA_NAME = re.compile(r"(?<=\$\$)[ \t]*\([\w:.-]+\)[ \t]*$", re.MULTILINE)
_EMBEDDED_PICTURE = re.compile(r"(!\[\[[^\[\]|#\n]+\.(?:png|jpe?g|gif|svg|webp|avif|bmp))#[^\[\]|\n]*", re.IGNORECASE)
# A name in braces before code, but not the end of a formula's braces in a component.
_ROLE = re.compile(r"(?:(?<![\w}$\\])\{[A-Za-z][\w:+-]*\}|(?<=\w)\{su[bp]\})(?=`[^`\s}])")
# What follows the name of these is no title: it says of an element what it is, or where a caption stands.
_NO_TITLES = frozenset(["html", "fancylists", "caption", "figure-caption", "table-caption"])
_VALUE = re.compile(r"(?:(?P<name>[\w-]+)\s*=\s*)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|`(?P<raw>[^`]*)`)")
_READABLE = frozenset(["alt", "attr", "caption", "header", "heading", "label", "name", "summary", "text", "title"])
_ADDRESSES = frozenset(["href", "link", "src", "url"])
_FILE = re.compile(r"([\w-]+)(?:\.\w+)?/?\Z")
_KIND = re.compile(r"[\s/-]*(?P<kind>[\w-]+)")
_TITLES = frozenset(["header", "heading", "label", "summary", "title"])
# The names of these tell them from each other.
_NAMED_FOR_SCRIPTS = frozenset(["codetabs", "tabbed", "tabgroup", "tabpane", "tabs"])
# Liquid's tags that steer; what is said of code, which follows, is not for readers but for a title.
_SAY_NOTHING = frozenset(
    ["assign", "break", "capture", "case", "continue", "cycle", "decrement", "else", "elsif", "for", "if"]
) | frozenset(["increment", "unless", "when", "code", "code-toggle", "highlight", "toc", "tableofcontents"])
# Microsoft Learn's, on a line of their own or within one.
_LEARN = re.compile(
    r"(?<!:):{3,8}[ \t]*(?:code|column|image|moniker|no-loc|row|video|zone)"
    r"(?P<attributes>(?:[ \t]+[\w-]+=\"[^\"\n]*\")+)[ \t]*(?::{3,8})?"
)
_BROUGHT_IN = re.compile(
    r"\[!include[ \t]*\[(?P<title>[^\[\]\n\"]*)\]\((?P<path>[^\s()?#]+)[^()\n]*\)[ \t]*\]", re.IGNORECASE
)
_TAB = re.compile(_PREFIX + r"#{1,6}[ \t]+\[(?P<title>[^\[\]\n]+)\]\(#tab/[^()\s]+\)[ \t]*$", re.MULTILINE)
_FILM_OR_LOOK = re.compile(
    r"\[!(?:video[ \t]+(?P<film>https?://[^\s\[\]]+)[^\[\]\n]*|div[ \t][^\[\]\n]*)\]", re.IGNORECASE
)

_COMMENTS: Final = (
    (re.compile(r"\{::comment\}"), re.compile(r"\{:/(?:comment)?\}")),
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
)
# Extensions, definitions of attributes, and the attributes of a block.
_ATTRIBUTE: Final = r"(?:[.#][\w:-]+|[\w-]+(?:=(?:\"[^\"{}]*\"|'[^'{}]*'))?)"
_KRAMDOWN = re.compile(
    r"\{:(?:/[\w-]*|:[\w-]+[^{}]*|[\w-]+:[ \t][^{}]*)\}"
    rf"|^[ \t>]*\{{:[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}[ \t]*$",
    re.MULTILINE,
)


_DOCSIFY_ID = re.compile(r"[ \t]:id=[\w-]+[ \t]*$", re.MULTILINE)
_DOCSIFY_IGNORED = re.compile(r"\{docsify-[a-z-]+\}")
_DOCSIFY_SETTINGS = re.compile(r"(?<=[ \t])(['\"])(?::[a-z]++(?:=[^\s'\"]++)?(?:[ \t]++|(?=['\"])))++")


def without_colons(text: str) -> str:
    """Prose without the marks of Microsoft Learn; what they say to a reader stays, and where they lead."""
    text = _LEARN.sub(_said_by_colons, text) if ":::" in text else text
    if "[!" not in text:
        return text
    text = _FILM_OR_LOOK.sub(lambda m: f" {m['film'] or ''} ", text)
    return _BROUGHT_IN.sub(lambda m: f" {m['title'] or m['path']} ", text)


def _said_by_colons(mark: re.Match[str]) -> str:
    values = {value["name"].lower(): value["double"] or "" for value in _VALUE.finditer(mark["attributes"])}
    source = f" ![]({values['source']}) " if values.get("source") else " "
    return f"{source}{values.get('alt-text', '')} {values.get('text', '')} "


def without_marks(text: str) -> str:
    """Prose without the marks of these dialects; what they say to a reader stays."""
    if "comment" in text:
        text = _without_comments(text)
    for sign, pattern, said in _MARKS:
        if sign in text:
            text = pattern.sub(said, text)
    if "{{" not in text and "{%" not in text:
        return text
    return _TEMPLATE.sub(_said_by_template, _VARIABLE_IN_ADDRESS.sub(lambda m: without_variables(m[0]), text))


def _without_comments(text: str) -> str:
    for opening, closing in _COMMENTS:
        parts: list[str] = []
        place = 0
        while (start := opening.search(text, place)) and (end := closing.search(text, start.end())):
            parts.append(text[place : start.start()])
            place = end.end()
        text = " ".join([*parts, text[place:]])
    return text


def without_roles(text: str) -> str:
    """The text without the names of roles, which stand before code."""
    return _ROLE.sub("{}", text) if "}`" in text else text


def without_variables(address: str) -> str:
    """An address with the texts in quotation marks that its variables are made of."""
    return _VARIABLE.sub(_quoted, address) if "{{" in address else address


def _quoted(variable: re.Match[str]) -> str:
    quoted = re.search(r"\"([^\"]*)\"|'([^']*)'", variable[0])
    return quoted[1] or quoted[2] if quoted else ""


def _said_by_template(template: re.Match[str]) -> str:
    """What the values of a template's tag say, and the last step of where they lead."""
    inside = template["hugo"] or template["liquid"] or ""
    kind = opening["kind"].lower() if (opening := _KIND.match(inside)) else ""
    if kind in _SAY_NOTHING:
        return " "
    values = [(v["name"] or "", v["double"] or v["single"] or v["raw"] or "") for v in _VALUE.finditer(inside)]
    readable = _READABLE
    if kind in _NAMED_FOR_SCRIPTS or any(name in _TITLES for name, _ in values):
        readable -= {"name"}
    said = [""]
    for name, text in values:
        if name in readable or (not name and " " in text):
            said.append(text)
        elif name in _ADDRESSES and (step := _FILE.search(text)):
            said.append(step[1])
    return " ".join([*said, ""])


def _said_by_slashes(opening: re.Match[str]) -> str:
    """The title of a block, which for an element of HTML is its name and class."""
    return " " if opening["name"] in _NO_TITLES else opening["title"] or " "


def _title(mark: re.Match[str]) -> str:
    return mark["title"]


# Each pattern with the sign without which it cannot match, and what it says.
_MARKS: Final[Sequence[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]]] = (
    ("///", _SLASHES, _said_by_slashes),
    ("@tab", _VUEPRESS_TAB, _title),
    ("(#tab/", _TAB, _title),
    ("@[", _CARD, "[]"),
    ("%%", _PERCENT_COMMENT, " "),
    ("{:", _KRAMDOWN, " "),
    ("$$", _FORMULA_NAME, ""),
    ("^", _BLOCK_ID, ""),
    ("![[", _EMBEDDED_PICTURE, r"\1"),
    (":id=", _DOCSIFY_ID, ""),
    ("{docsify-", _DOCSIFY_IGNORED, ""),
    ("':", _DOCSIFY_SETTINGS, r"\1"),
    ('":', _DOCSIFY_SETTINGS, r"\1"),
)
