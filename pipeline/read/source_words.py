"""The words of source lines, less those that are markup.

This knows Markdown only as far as it takes to tell words from markup, and nothing of how the parser reads it: it is
the other side of the ledger. Where it is in doubt it takes a word for markup, never markup for a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Final
from urllib.parse import unquote

from pipeline.read.definitions import LinkDefinition, normalise_label
from pipeline.read.source_marks import without_colons, without_marks, without_roles, without_variables

# One token for each CJK character, emoji or arrow; otherwise letters and digits that stand together.
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)

_NOTES_OPENING = re.compile(r"(?:<!--|\{/\*)\s*(?:speaker[ -])?notes\s*:", re.IGNORECASE)
_OPENINGS = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<|\{/\*")
_SET_ASIDE = re.compile("\ue000(?P<number>\\d+)\ue000")
_ENCLOSED: Final = (("<!--", "-->"), ("{/*", "*/}"), ("<?", "?>"))
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>")
_DECLARATION = re.compile(r"<!\[CDATA\[|<![A-Za-z][^>]*>")
_HIDDEN = re.compile(r"<(script|style)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_UNFINISHED_TAG = re.compile(r"(?<!=\")<[A-Za-z][^<>]*\Z")
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_TAG = re.compile(
    rf"</?(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>(?:\s(?:\"[^\"]*\"|'[^']*'|{_BRACES}|[^\"'{{}}<>])*)?)/?>"
)
_ATTRIBUTE = re.compile(
    rf"(?P<name>[\w:@.-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<braces>{_BRACES})|(?P<bare>[^\s\"'{{}}]+))"
)
_STRING_IN_BRACES = re.compile(r"\{\s*(?:String\.raw)?([\"'`])(?P<text>.*)\1\s*\}\Z", re.DOTALL)
_JSX_IN_BRACES = re.compile(r"\{\s*<>(?P<text>.*)</>\s*\}\Z", re.DOTALL)
_CALL = re.compile(r"\w\(\s*(['\"`])(?P<address>[^'\"`\n]*)\1")
_TEXT_IN_OBJECT = re.compile(r"[{,]\s*(?:title|label|text|description)\s*:\s*(['\"`])(?P<text>[^'\"`\\\n$]*)\1")
_CODE_LANGUAGE = re.compile(r"\b(?:lang|language)=[\"'](?P<language>[\w+#-]+)[\"']")
_ADDRESSES: Final = frozenset(["gif", "href", "link", "origin", "poster", "src", "still", "to", "url"])
_SAYS_SOMETHING: Final = _ADDRESSES | frozenset(["alt", "caption", "heading", "label", "legend", "summary"])
_FORMULAS: Final = frozenset(["code", "formula", "math"])
# A tooltip is text where it explains a word or names a picture or a frame.
_EXPLAINED: Final = frozenset(["a", "abbr", "audio", "dfn", "iframe", "img", "video"])
_NOT_SHOWN: Final = frozenset(["base", "link", "meta", "script", "style", "track"])
_ONLY_LOOK: Final = frozenset(
    ["class", "classname", "style", "sizes", "srcset", "rel", "values", "content", "d", "viewbox"]
)


# The marks of containers that may stand before anything else.
_PREFIX = r"^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t]|:[ \t])*"
_LINE_MARKS = re.compile(r"^(?:[ \t>]|(?:[-+*]|\d{1,9}[.)]|#{1,6}|\[[ xX]\]|(?:Table)?:)(?!\S))+", re.MULTILINE)
_CONTAINER = re.compile(
    _PREFIX + r":{3,}[ \t]*(?:\{grid\}[ \d]*|\{[^{}]*\}|message[ \t]+alert$|[\w-]++(?!\.\w)(?:#[\w-]+)?)?"
    r"(?:.*(?P<attributes>\{[^{}]*\})[ \t]*$)?",
    re.MULTILINE,
)
# A fence in a cell of a table that is drawn, with its language.
_FENCE_IN_CELL = re.compile(r"(?<=\|)[ \t]*(?:`{3,}|~{3,})[ \t]*[\w+#-]*(?=[ \t]*\|)")
_NAMED_FENCE = re.compile(
    _PREFIX + r"(?:`{3,}|~{3,})(?:\{grid\}[ \d]*|\{[\w-]+\}|mdx-code-block|math(?:[ \t].*)?$)", re.MULTILINE
)
# Code in a cell, which has room for its text and title, and not for its language.
_FENCE_IN_PROSE = re.compile(_PREFIX + r"(?:`{3,}|~{3,})(?P<info>[^`\n]*)$", re.MULTILINE)
_BAR_IN_WIKI = re.compile(r"(\[\[[^\[\]\n]*?)\\\|")
_ADMONITION = re.compile(_PREFIX + r"(?:!!!|\?\?\?\+?)[ \t]*[\w \t-]+", re.MULTILINE)
_QUOTE_MARK = re.compile(r"\[![\w -]+(?:\|[^\]]*)?\][+-]?")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[#.][^{}]*|[\w-]+=[^{}]*)\}|(?<=\ue000)\{=\w+\}")
# `][label]`, or `[label]` and `[label][]` that no address and no other label follows.
_REFERENCE = re.compile(r"\]\[(?P<second>[^\[\]]+)\]|(?<!\\)(?P<shown>\[(?P<only>[^\[\]]+)\])(?:\[\]|(?![\[(:]))")
_TITLE_IN_BRACES = re.compile(r"\{[^{}]*\btitle=\"(?P<title>[^{}\"]*)\"[^{}]*\}")
_CONTENTS_MARK = re.compile(r"\[\[?_{0,2}toc_{0,2}\]?\]|\{:toc\}|\$\{toc\}", re.IGNORECASE)
_SHORTCODE = re.compile(r"(?<![A-Za-z0-9]):[a-z0-9_+-]+:(?![A-Za-z0-9])")
_IMAGE_SIZE = re.compile(r"(?:\|\d+(?:x\d+)?(?=\]\]))|(?: =\d*%?x\d*%?(?=\)))")
_DESTINATION = re.compile(r"\]\(\s*(?:<(?P<pointed>[^<>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))")
_IN_TEMPLATE = re.compile(r"\$\{[^{}]*\}")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):|//")
# The kinds of files that addresses of pages may leave out.
_PAGES: Final = frozenset(["", "html", "htm", "md", "mdx", "markdown"])
_NEVER_LINKED: Final = frozenset(["javascript", "vbscript", "data", "file", "blob", "about"])

_PREFORMATTED = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
# What gives a title to the fenced code in it.
_AROUND_CODE = re.compile(r"[ \t>]*(?:\{%|\{\{[<%]|<[A-Z])")
# A component that shows code, and what is left of a tag that holds too much of it to be recognised.
_CODE_COMPONENT = re.compile(r"<Code(?:Block|Snippet)?\b")
_ATTRIBUTE_NAME = re.compile(r"</?Code(?:Block|Snippet)?\b|\b[\w-]+=(?=[{\"'])")
_RUST = re.compile(r"[ \t]*\{?[ \t]*\.?(?:rust|rs)\b", re.IGNORECASE)
_HIDDEN_RUST = re.compile(r"^[ \t>]*#(?: .*)?$", re.MULTILINE)
_CODE_LANGUAGE_WITHIN = re.compile(r"\A\s?#![A-Za-z][\w+#-]*\s+(?=\S)")
_FENCE = re.compile(r"^[ \t>]*(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)*(?:`{3,}|~{3,}|:{3,}(?=[ \t]*\{))(?P<info>.*)$")
_INFO_LANGUAGE = re.compile(r"[ \t]*(?P<language>[A-Za-z][\w+#-]*)(?=[ \t{:]|\Z)")
_INFO_TITLE = re.compile(
    r"(?<![\w-])(?:title|caption|file|filename|file-name|(?P<name>name))\s*="
    r"\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_INFO_BRACKETS = re.compile(r"(?<!=)[ \t]\[(?P<title>[^\[\]]+)\]")
# Of a line that brings in a file its name is shown, and its title.
_BROUGHT_IN = re.compile(
    r"[^<@]*(?:<<<[ \t]+|@\[code\b[^\]]*\]\()(?P<path>[^\s{}\[\]()#]+)[^\[]*(?:\[(?P<title>[^\]]+)\])?"
    r"|[^:]*:{3,}[ \t]*code[ \t](?:[^\n]*[ \t])?source=\"(?P<source>[^\"]+)\""
    r"|[^\[]*\[!(?i:include|code)[^\[\]]*\[(?P<name>[^\]]*)\]\((?P<file>[^\s()?#]+)"
)
_INCLUDED = re.compile(
    r"^[ \t>]*\{\{[ \t]*#(?:\w*include|playground)[ \t]+(?P<path>[^{}\n]+?)[ \t]*\}\}[ \t]*$", re.MULTILINE
)
_MAGIC = re.compile(
    r"(?://|#|--|;|%|/\*|<!--|\{/\*|\{#)\s*"
    r"(?:(?:code-|diff-)?(?:highlight|focus|error|warning|success|add(?:ed)?|insert(?:ed)?|removed?|deleted?)"
    r"-(?:next-line|line|start|end)|\[!code[^\]]*\])"
    r"(?=[ \t]*(?:\*/\}|\*/|-->|#\})?[ \t]*$)",
    re.MULTILINE,
)


def words(text: str) -> list[str]:
    """The words of a text in order; case does not matter, nor does what stands between them."""
    return _TOKEN.findall(unquote(text).casefold())


class References:
    """What references say by the page's link definitions, which are known by their labels."""

    def __init__(self, links: Mapping[str, LinkDefinition]) -> None:
        self._links = links

    def followed(self, text: str, as_written: Callable[[str], str]) -> str:
        """The text with where definitions lead in the place of their labels; what nothing defines stays."""
        parts: list[str] = []
        place = written = 0
        while reference := _REFERENCE.search(text, place):
            label = normalise_label(as_written(reference["second"] or reference["only"]))
            link = self._links.get(label)
            # Of `[a][b][c]`, `[b]` may be the text of a link to what `[c]` defines.
            place = reference.end() if link or reference["only"] else reference.start() + 1
            if link:
                parts.append(text[written : reference.start()])
                parts.append(f"{reference['shown'] or ']'} {_address(link.destination)} {link.title} ")
                written = place
        return "".join([*parts, text[written:]])


def prose_words(text: str, references: References) -> list[str]:
    """The words of Markdown that are no markup."""
    text = _FENCE_IN_CELL.sub(" ", _BAR_IN_WIKI.sub(r"\1|", without_roles(text)))
    text = _FENCE_IN_PROSE.sub(lambda fence: f"```{_title(fence['info'])}", _NAMED_FENCE.sub(" ", text))
    marks = _Marks(text.replace("\ue000", " "))
    text = without_marks(_CONTAINER.sub(_said_by_container, without_colons("".join(marks.said()))))
    for markup in (_ADMONITION, _LINE_MARKS, _QUOTE_MARK, _CONTENTS_MARK, _ATTRIBUTES, _IMAGE_SIZE):
        text = markup.sub(" ", text)
    text = references.followed(text, marks.as_written)
    text = _DESTINATION.sub(lambda m: f"] {_address(m['pointed'] or m['plain'] or '')} ", text)
    return words(marks.as_written(unescape(_SHORTCODE.sub(" ", text))))


class _Marks:
    """What the marks of a text say that begin with backticks, `<` or `{`; of two, the one that begins first counts.

    Code, addresses and escaped characters are set aside, so that nothing in them is taken for markup or for the
    name of a character.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._aside: list[str] = []
        self._absent: set[str] = set()
        self._ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())

    def said(self) -> Iterator[str]:
        """The text without comments and scripts, with what tags say in their place and with a mark for code."""
        place = 0
        while opening := _OPENINGS.search(self._text, place):
            yield self._text[place : opening.start()]
            said, place = self.code(opening) if opening[0][0] == "`" else self.markup(opening)
            yield said
        yield self._text[place:]

    def as_written(self, text: str) -> str:
        """The text with what was set aside."""
        return _SET_ASIDE.sub(lambda mark: self._aside[int(mark["number"])], text)

    def _set_aside(self, text: str) -> str:
        self._aside.append(text)
        return f"\ue000{len(self._aside) - 1}\ue000"

    def code(self, ticks: re.Match[str]) -> tuple[str, int]:
        """A mark for code within a line, or else the backticks themselves."""
        length = len(ticks[0])
        places = self._ticks[length]
        following = bisect_left(places, ticks.end())
        if following == len(places):
            return ticks[0], ticks.end()
        end = places[following]
        code = _CODE_LANGUAGE_WITHIN.sub("", self._text[ticks.end() : end])
        return self._set_aside(f"{ticks[0]}{code}{ticks[0]}"), end + length

    def markup(self, mark: re.Match[str]) -> tuple[str, int]:
        """A comment, script, declaration or tag, or else the mark itself."""
        text, start = self._text, mark.start()
        if mark[0][0] == "\\":
            return self._set_aside(mark[0]), mark.end()
        if address := _AUTOLINK.match(text, start):
            return f" {self._set_aside(unescape(address[0]))} ", address.end()
        if notes := _NOTES_OPENING.match(text, start):
            return " ", notes.end()
        for opening, closing in _ENCLOSED:
            if text.startswith(opening, start):
                end = self._find(closing, start + 2)
                return (" ", end + len(closing)) if end >= 0 else (opening, start + len(opening))
        hidden = _HIDDEN.match(text, start)
        if hidden and (end := self._find(f"</{hidden[1].lower()}", start)) >= 0:
            return " ", end
        if declaration := _DECLARATION.match(text, start):
            return " ", declaration.end()
        tag = _TAG.match(text, start)
        return (_said_by_tag(tag), tag.end()) if tag else (mark[0], mark.end())

    def _find(self, closing: str, start: int) -> int:
        """Where the mark stands next; looked for in vain, it is not looked for again."""
        end = -1 if closing in self._absent else self._text.lower().find(closing, start)
        if end < 0:
            self._absent.add(closing)
        return end


def without_unfinished_tag(text: str) -> str:
    """The text without a tag at its end that goes on elsewhere."""
    return _UNFINISHED_TAG.sub("", text)


def verbatim_words(lines: list[str]) -> list[str]:
    """The words of lines that are shown as they stand, the first of which may be a fence."""
    fence = _FENCE.match(lines[0]) if lines else None
    if len(lines) == 1 and (named := _BROUGHT_IN.match(lines[0])):
        return words(" ".join(filter(None, named.groups())))
    if len(lines) > 1:
        # Code that no fence closes may end within a line, before a tag.
        lines = [*lines[:-1], _TAG.sub(" ", _COMMENT.sub(" ", lines[-1]))]
    fences = [i for i, line in enumerate(lines) if _FENCE.match(line)]
    if fence is None and len(fences) > 1 and _AROUND_CODE.match(lines[0]):
        around = without_marks(_TAG.sub(_said_by_tag, "\n".join(lines[: fences[0]])))
        return words(around) + verbatim_words(lines[fences[0] : fences[-1] + 1])
    if fence is None and _CODE_COMPONENT.search(lines[0]):
        language = _CODE_LANGUAGE.search(lines[0])
        said = _TAG.sub(_said_by_tag, "\n".join(lines)) + (f" {language['language']}" if language else "")
        return words(unescape(_MAGIC.sub(" ", _ATTRIBUTE_NAME.sub(" ", said))))
    if fence is None:
        # Code of an item may begin beside its mark.
        text = _code_shown("\n".join([_LINE_MARKS.sub(" ", lines[0], count=1), *lines[1:]]))
        return words(unescape(_TAG.sub(" ", _SCRIPT.sub(" ", text))) if _PREFORMATTED.search(lines[0]) else text)
    code = "\n".join(lines[1:])
    code = _HIDDEN_RUST.sub("", code) if _RUST.match(fence["info"]) else code
    return words(_code_shown(f"{_said_by_info(fence['info'])}\n{code}"))


def _code_shown(code: str) -> str:
    """Code without what is meant for the site."""
    return _MAGIC.sub(" ", _INCLUDED.sub(r"\g<path>", code))


def _said_by_info(info: str) -> str:
    """The language of code and its title."""
    language = _INFO_LANGUAGE.match(info)
    return f"{language['language'] if language else ''} {_title(info)}"


def _title(info: str) -> str:
    """The titles of code; a name is one where there is no other."""
    titles = {m["double"] or m["single"]: m["name"] is None for m in _INFO_TITLE.finditer(info)}
    said = [title for title, counts in titles.items() if title and (counts or not any(titles.values()))]
    brackets = _INFO_BRACKETS.search(info)
    return unescape(" ".join(said) or (brackets["title"] if brackets else ""))


def _said_by_container(opening: re.Match[str]) -> str:
    """What stands between a container's name and its attributes, and a title among these."""
    title = _TITLE_IN_BRACES.search(opening[0])
    said = f" {title['title']} " if title else " "
    if opening["attributes"] is None:
        return said
    inside = re.match(r"[ \t>]*:{3,}[ \t]*(?:\{[^{}]*\}|[\w-]++(?!\.\w)(?:#[\w-]+)?)?(.*)\{", opening[0])
    return said + (inside[1] if inside else " ")


def _said_by_tag(tag: re.Match[str]) -> str:
    """The values of a tag's attributes that say something or lead somewhere."""
    said = [""]
    says = _SAYS_SOMETHING - {"summary"} if tag["name"].lower() == "table" else _SAYS_SOMETHING
    component = tag["name"][0].isupper() and not tag["name"].isupper()
    if tag["name"].lower() in _NOT_SHOWN and not component:
        return " "
    for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
        name = attribute["name"].lower()
        braces = attribute["braces"] or ""
        value = attribute["double"] or attribute["single"] or attribute["bare"] or _string(braces)
        if braces and not value and name in _ADDRESSES:
            value = next((call["address"] for call in _CALL.finditer(braces)), "")
        if braces and component and name not in _ONLY_LOOK:
            said += [_TAG.sub(_said_by_tag, text["text"]) for text in _TEXT_IN_OBJECT.finditer(braces)]
        speaks = name in says or (name == "title" and (component or tag["name"].lower() in _EXPLAINED))
        speaks = speaks or (component and name in _FORMULAS)
        speaks = speaks or (component and " " in value.strip() and name not in _ONLY_LOOK)
        if value and speaks and name[0] not in ":@" and not name.startswith("v-"):
            said.append(_address(value) if name in _ADDRESSES else _TAG.sub(_said_by_tag, value))
    return " ".join([*said, ""])


def _string(braces: str) -> str:
    """The string or the JSX that stands in braces."""
    if jsx := _JSX_IN_BRACES.match(braces):
        return _TAG.sub(_said_by_tag, jsx["text"])
    string = _STRING_IN_BRACES.match(braces)
    return string["text"] if string else ""


def _address(address: str) -> str:
    """What has to be found of an address: all of one outside, the last step and the fragment of one inside."""
    address = _IN_TEMPLATE.sub(" ", without_variables(unescape(address)))
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    if scheme:
        return "" if (scheme["scheme"] or "").lower() in _NEVER_LINKED else address
    path, _, fragment = address.partition("#")
    step = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    name, _, kind = step.partition(".")
    return f"{name if kind.lower() in _PAGES else step} {fragment}"
