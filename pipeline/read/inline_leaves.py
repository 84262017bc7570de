"""Inlines that hold no other inlines: code, formulas, raw HTML, addresses in angle brackets and their kin.

A `Leaves` is made for one text. It remembers where each kind of delimiter stands, so that looking for a
partner that is not there costs nothing the second time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from pipeline.read.emoji_names import emoji_named
from pipeline.read.entities import decode_entities, entity_at
from pipeline.read.expressions import STRING, evaluated, expression_value
from pipeline.read.hints import spoken_within
from pipeline.read.icons import ICON, sign_of, words_of
from pipeline.read.inline_pieces import Piece, leaf_piece
from pipeline.read.roles import role_element
from pipeline.read.tags import Tag, parse_tag
from pipeline.read.templates import parse_template

_BACKTICKS = re.compile(r"`+")
# What the code is written in, for a site's highlighter.
_CODE_LANGUAGE = re.compile(r"#![A-Za-z][\w+#-]* +(?=\S)")
_DOLLAR = re.compile(r"\\.|(?P<dollar>\$)", re.DOTALL)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x20]*)>")
_HOST_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAIL = re.compile(rf"<([A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_HOST_LABEL}(?:\.{_HOST_LABEL})*)>")
_EMPTY_COMMENT = re.compile(r"<!---?>")
_COMMENT = re.compile(r"<!--(?P<html>.*)-->|\{\s*/\*(?P<braces>.*)\*/\s*\}", re.DOTALL)
_DECLARATION = re.compile(r"<![A-Za-z]")
_ENCLOSED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
# Keys that are pressed alone often enough; every other word between double plus signs is an insertion.
_LONE_KEYS = (
    "alt",
    "backspace",
    "cmd",
    "ctrl",
    "delete",
    "enter",
    "esc",
    "escape",
    "f[0-9]{1,2}",
    "shift",
    "space",
    "tab",
)

_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]{1,200})\]")
_WIKI = re.compile(
    r"(?P<embed>!?)\[\[(?P<target>[\w#./(][^\[\]|\n]{0,500})(?<! )(?:\|(?P<label>[^\[\]\n]{0,500}))?\]\](?!\()"
)
_SUPERSCRIPT = re.compile(r"(?<=[^\W_])\^([A-Za-z0-9+−-]{1,20})\^|(?<=[)\]}])\^([A-Za-z0-9+−-]{1,20})\^")
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z)\]}])~([A-Za-z0-9+−-]{1,20})~(?!~)")
_EMOJI = re.compile(r"(?<![A-Za-z0-9]):([a-z0-9_+-]{1,60}):(?![A-Za-z0-9])")
_ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:+-]{0,40})\}(?=`)")
_BRACE_COMMENT = re.compile(r"\{[ \t\n]*/\*")
_BRACE_COMMENT_END = re.compile(r"\*/[ \t\n]*\}")
_BRACE_STRING = re.compile(rf"\{{\s*(?P<string>{STRING.pattern}|`[^`$\\]*`)\s*\}}")
_ATTRIBUTE = r"""(?:[.#][\w:-]{1,100}|[\w:-]{1,100}=(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s"'{}]{1,500}))"""
_ATTRIBUTE_LIST = re.compile(rf"\{{(?P<colon>:?)[ ]*{_ATTRIBUTE}(?:[ ]+(?:{_ATTRIBUTE}|[\w-]{{1,40}})){{0,20}}[ ]*\}}")
# Templates that are to be read and not followed, and the tag that ends them.
_UNINTERPRETED = re.compile(r"(?P<text>\s*\{[{%][^{}]{1,500}[%}]\}\s*)\{%-?\s*endraw\s*-?%\}")
_FARTHEST_END = 40
_MARKDOC_ATTRIBUTES = re.compile(r"\{%[ ]*[.#][\w-]{1,100}(?:[ ]+[.#][\w-]{1,100}){0,20}[ ]*%\}")
_SPACES = re.compile(r"\s+")
_KRAMDOWN = re.compile(r"\{::(?P<comment>comment)\}|\{::(?:nomarkdown|options)\b[^{}\n]{0,300}\}|\{:/[a-z]{0,20}\}")
_KRAMDOWN_ENDS = ("{:/comment}", "{:/}")
_CROSS_REFERENCE = re.compile(r"(?<![\w@.])@(?P<place>(?:eq|fig|lst|sec|tbl|thm|lem|cor|def|exm)-[\w-]{0,100}\w)")
# What Critic Markup encloses, by its opening.
_CRITIC = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{==": "==}", "{>>": "<<}"}
# MyST's name of a text in front matter, and Quarto's of the format that raw code is of.
_VARIABLE = re.compile(r"\{\{[ \t]*(?P<name>[A-Za-z_][\w-]{0,80})[ \t]*\}\}")
_RAW = re.compile(r"\{=[a-z]\w{0,20}\}")
_CLASS = re.compile(r"\.([\w-]+)")
_SPANS = {"mark": "mark", "highlight": "mark", "underline": "ins", "ul": "ins", "kbd": "kbd"}
_WORDS = re.compile(r"[^\W\d_]{2,}[ \n]+[^\W\d_]{2,}")
_KEY = r"(?:[a-z0-9-]{1,20}|\"[^\"\n+]{1,20}\")"
_KEYS = re.compile(rf"\+\+(?P<keys>{_KEY}(?:\+{_KEY}){{1,6}}|{'|'.join(_LONE_KEYS)})\+\+")


class Leaves:
    """Reads the leaf inlines of one text; every method gives the piece at a place, or None."""

    def __init__(self, text: str, imports: Mapping[str, str]) -> None:
        self._text = text
        self._imports = imports
        self._backticks: dict[int, list[int]] | None = None
        self._dollars: dict[int, int] | None = None
        # End marks that do not occur from that place on.
        self._exhausted: dict[str, int] = {}
        self._has_fragment = False

    def code(self, pos: int) -> Piece | None:
        """A code span. The piece at an opening run without a partner is the run as text."""
        run = _BACKTICKS.match(self._text, pos)
        if run is None:
            return None
        length = run.end() - pos
        close = self._closing_backticks(length, run.end())
        if close is None:
            return Piece(start=pos, end=run.end(), text=run.group())
        code = self._text[run.end() : close].replace("\n", " ")
        if len(code) > 1 and code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        language = _CODE_LANGUAGE.match(code)
        return leaf_piece(pos, close + length, "code", code[language.end() :] if language else code)

    def _closing_backticks(self, length: int, after: int) -> int | None:
        if self._backticks is None:
            self._backticks = {}
            for run in _BACKTICKS.finditer(self._text):
                self._backticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self._backticks.get(length, [])
        index = bisect_left(places, after)
        return places[index] if index < len(places) else None

    def formula(self, pos: int) -> Piece | None:
        """`$$…$$`, ``$`…`$`` or `$…$`: not beside white space within, nor before a digit after."""
        for mark, end_mark in (("$$", "$$"), ("$`", "`$")):
            if self._text.startswith(mark, pos):
                end = self._find(end_mark, pos + 2)
                source = self._text[pos + 2 : end].strip() if end is not None else ""
                return leaf_piece(pos, end + 2, "math", source) if end is not None and source else None
        if not self._text[pos + 1 : pos + 2].strip():
            return None
        close = self._closing_dollars().get(pos)
        source = self._text[pos + 1 : close] if close is not None else ""
        return leaf_piece(pos, pos + len(source) + 2, "math", source) if source and not _is_prose(source) else None

    def _closing_dollars(self) -> dict[int, int]:
        """For each dollar that can open a formula, the dollar that closes it."""
        if self._dollars is None:
            self._dollars = {}
            places = [match.start() for match in _DOLLAR.finditer(self._text) if match["dollar"]]
            close: int | None = None
            for place in reversed(places):
                if close is not None:
                    self._dollars[place] = close
                if self._text[place - 1 : place].isspace():
                    close = None
                elif not self._text[place + 1 : place + 2].isdigit():
                    close = place
        return self._dollars

    def pointed(self, pos: int) -> Piece | None:
        """What begins with `<`: an address, a tag, or what is dropped (comments, processing instructions)."""
        if link := _AUTOLINK.match(self._text, pos):
            # A backslash escapes nothing here, but a reference to a character is one.
            address = decode_entities(link[1])
            return leaf_piece(pos, link.end(), "autolink", address, href=address)
        if mail := _MAIL.match(self._text, pos):
            return leaf_piece(pos, mail.end(), "autolink", mail[1], href=f"mailto:{mail[1]}")
        if fragment := self._fragment(pos):
            return fragment
        tag = parse_tag(self._text, pos)
        if tag:
            return Piece(start=pos, end=tag.end, tag=evaluated(tag, self._imports))
        end = self._dropped_end(pos)
        return self._dropped(pos, end) if end is not None else None

    def _fragment(self, pos: int) -> Piece | None:
        """JSX's `<>` with a `</>` behind it, or that; elsewhere `<>` is an operator."""
        if self._text.startswith("<>", pos) and self._find("</>", pos) is not None:
            self._has_fragment = True
            return Piece(start=pos, end=pos + 2)
        if self._text.startswith("</>", pos) and self._has_fragment:
            return Piece(start=pos, end=pos + 3)
        return None

    def _dropped(self, start: int, end: int) -> Piece:
        """The piece of what is not shown; of a comment, the speaker's notes that it holds."""
        comment = _COMMENT.fullmatch(self._text, start, end)
        spoken = spoken_within(comment["html"] or comment["braces"] or "") if comment else None
        return leaf_piece(start, end, "speech", notes=spoken) if spoken else Piece(start=start, end=end)

    def _dropped_end(self, pos: int) -> int | None:
        if empty := _EMPTY_COMMENT.match(self._text, pos):
            return empty.end()
        for mark, end_mark in _ENCLOSED:
            if self._text.startswith(mark, pos):
                end = self._find(end_mark, pos + len(mark))
                return None if end is None else end + len(end_mark)
        if _DECLARATION.match(self._text, pos):
            end = self._find(">", pos)
            return None if end is None else end + 1
        return None

    def _find(self, mark: str, pos: int) -> int | None:
        """Where the mark stands next, at that place or later."""
        if pos >= self._exhausted.get(mark, len(self._text) + 1):
            return None
        found = self._text.find(mark, pos)
        if found < 0:
            self._exhausted[mark] = pos
            return None
        return found

    def template(self, pos: int) -> Piece | None:
        """The tag of a template, or Markdoc's attributes, which are dropped."""
        if attributes := _MARKDOC_ATTRIBUTES.match(self._text, pos):
            return Piece(start=pos, end=attributes.end())
        tag = parse_template(self._text, pos)
        if tag is None:
            return None
        return (self._uninterpreted(tag) if tag.name == "Raw" else None) or Piece(start=pos, end=tag.end, tag=tag)

    def _uninterpreted(self, tag: Tag) -> Piece | None:
        """What Liquid's `raw` keeps from being taken for templates, where there is nothing else within it."""
        end = None if tag.closing else self._find("endraw", tag.end)
        shown = None if end is None else _UNINTERPRETED.match(self._text, tag.end, end + _FARTHEST_END)
        return Piece(start=tag.start, end=shown.end(), text=shown["text"]) if shown else None

    def percent_comment(self, pos: int) -> Piece | None:
        """Obsidian's `%%…%%`, which is dropped; percentages are none."""
        end = self._find("%%", pos + 2) if self._text.startswith("%%", pos) else None
        if end is None or end == pos + 2:
            return None
        around = self._text[pos - 1 : pos] + self._text[end + 2 : end + 3]
        return None if any(c.isalnum() or c == "%" for c in around) else Piece(start=pos, end=end + 2)

    def critic(self, pos: int) -> Piece | None:
        """Critic Markup: `{++put in++}`, `{--taken out--}`, `{~~old~>new~~}`, `{==marked==}`, `{>>said<<}`."""
        opening = self._text[pos : pos + 3]
        closing = _CRITIC.get(opening)
        end = self._find(closing, pos + 3) if closing else None
        if closing is None or end is None or not self._text[pos + 3 : end].strip():
            return None
        gap = " " if self._text[pos - 1 : pos].strip() else ""
        return leaf_piece(pos, end + 3, "critic", self._text[pos + 3 : end], mark=opening[1], gap=gap)

    def cross_reference(self, pos: int) -> Piece | None:
        """Quarto's `@fig-name`."""
        found = _CROSS_REFERENCE.match(self._text, pos)
        return leaf_piece(pos, found.end(), "crossref", found[0], place=found["place"]) if found else None

    def span_end(self, pos: int) -> tuple[str, int] | None:
        """The element that attributes right behind `[text]` make of it, and where they end."""
        attributes = _ATTRIBUTE_LIST.match(self._text, pos)
        if attributes is None or attributes["colon"]:
            return None
        classes = _CLASS.findall(attributes[0])
        name = next((name for known, name in _SPANS.items() if known in classes), "span")
        return name, attributes.end()

    def classes(self, pos: int) -> str:
        """The classes that attributes right behind an inline give it."""
        attributes = _ATTRIBUTE_LIST.match(self._text, pos)
        return " ".join(_CLASS.findall(attributes[0])) if attributes else ""

    def role(self, pos: int) -> Piece | None:
        """MyST's ``{name}`text` ``."""
        role = _ROLE.match(self._text, pos)
        code = self.code(role.end()) if role else None
        if role is None or code is None or code.leaf is None:
            return None
        element = role_element(role["name"].lower(), code.leaf.text or "")
        return Piece(start=pos, end=code.end, leaf=element)

    def braced(self, pos: int, *, after_markup: bool) -> Piece | None:
        """What begins with `{`: a comment or attribute list, which is dropped, or a string, which is its text."""
        if _BRACE_COMMENT.match(self._text, pos):
            found = self._find("*/", pos + 2)
            end = _BRACE_COMMENT_END.match(self._text, found) if found is not None else None
            return self._dropped(pos, end.end()) if end else None
        if extension := _KRAMDOWN.match(self._text, pos):
            return self._extension(extension)
        if string := _BRACE_STRING.match(self._text, pos):
            value, _ = expression_value(string["string"])
            return Piece(start=pos, end=string.end(), text=" ".join(_SPACES.split(value)))
        if variable := _VARIABLE.match(self._text, pos):
            return leaf_piece(pos, variable.end(), "variable", variable[0], variable=variable["name"])
        raw = _RAW.match(self._text, pos) if after_markup else None
        if raw:
            return Piece(start=pos, end=raw.end())
        attributes = _ATTRIBUTE_LIST.match(self._text, pos)
        if attributes is None:
            return None
        ends_line = self._text[attributes.end() : attributes.end() + 1] in {"", "\n"}
        is_list = after_markup or attributes["colon"] or ends_line
        return Piece(start=pos, end=attributes.end()) if is_list else None

    def _extension(self, mark: re.Match[str]) -> Piece:
        """A mark of kramdown's, which is dropped, with what a comment of its kind holds."""
        end = mark.end()
        if mark["comment"]:
            ends = [place + len(m) for m in _KRAMDOWN_ENDS if (place := self._find(m, end)) is not None]
            if not ends:
                return Piece(start=mark.start(), end=end, text=mark[0])
            end = min(ends)
        return Piece(start=mark.start(), end=end)

    def entity(self, pos: int) -> Piece | None:
        """The character of a character reference."""
        decoded = entity_at(self._text, pos)
        return Piece(start=pos, end=decoded[1], text=decoded[0]) if decoded else None

    def footnote(self, pos: int) -> Piece | None:
        """A footnote mark."""
        mark = _FOOTNOTE.match(self._text, pos)
        return leaf_piece(pos, mark.end(), "footnote", mark.group(), label=mark[1]) if mark else None

    def wiki(self, pos: int) -> Piece | None:
        """`[[page|label]]` or `![[file]]`."""
        link = _WIKI.match(self._text, pos)
        if link is None:
            return None
        name = "embed" if link["embed"] else "wiki"
        label = (link["label"] or "").strip()
        return leaf_piece(pos, link.end(), name, label, target=link["target"].strip())

    def script(self, pos: int) -> Piece | None:
        """`x^2^` or `H~2~O`."""
        for pattern, name in ((_SUPERSCRIPT, "sup"), (_SUBSCRIPT, "sub")):
            if match := pattern.match(self._text, pos):
                return leaf_piece(pos, match.end(), name, match.group()[1:-1])
        return None

    def keys(self, pos: int) -> Piece | None:
        """Keys to press together, as in `++ctrl+c++`."""
        match = _KEYS.match(self._text, pos)
        return leaf_piece(pos, match.end(), "kbd", decode_entities(match["keys"].replace('"', ""))) if match else None

    def emoji(self, pos: int) -> Piece | None:
        """The character that a short name stands for, as in `:smile:`, or the icon of that name."""
        if icon := ICON.match(self._text, pos):
            sign = sign_of(icon["name"])
            # In brackets, as a link's text, it is all that is said.
            alone = self._text[pos - 1 : pos] == "[" and self._text[icon.end() : icon.end() + 1] == "]"
            shown = sign or (words_of(icon["name"]) if alone else "")
            leaf = Element("literal", {"text": shown}) if shown else Element("icon", {"icon": icon["name"]})
            return Piece(start=pos, end=icon.end(), leaf=leaf)
        match = _EMOJI.match(self._text, pos)
        character = emoji_named(match[1]) if match else ""
        return Piece(start=pos, end=match.end(), text=character) if match and character else None


def _is_prose(source: str) -> bool:
    """Whether what stands between two dollars is running text, which only mentions two sums of money."""
    return bool(_WORDS.search(source)) and not any(sign in source for sign in "\\^_={")
