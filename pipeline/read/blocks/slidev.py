"""What Slidev adds: front matter of single slides between rules, and the names of a layout's places."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.document import Claim
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Explained, Rule, SlideMatter

_RULE = re.compile(r"---[ \t]*$")
_SETTING = re.compile(r"(?P<name>[A-Za-z][\w-]*):(?:[ \t].*)?$")
_GOES_ON = re.compile(r"[ \t]+\S|-[ \t]+\S|#")
_PLACE = re.compile(r"::[A-Za-z][\w-]*::[ \t]*$")
# Without one of these, lines between two rules are a heading, as CommonMark has it. What `src` brings in is no setting.
_SETTINGS: Final = frozenset({
    "background", "backgroundSize", "class", "clicks", "clicksStart", "disabled", "dragPos", "hide", "hideInToc",
    "image", "layout", "layoutClass", "level", "preload", "routeAlias", "transition", "zoom",
})  # fmt: skip
_MOST_LINES: Final = 60


def begin_slide_matter(parser: BlockParser) -> Begins:
    """`---`, lines of `name: value` right below it, `---`: settings of the slide that the first rule begins."""
    if parser.in_paragraph or not _RULE.match(parser.cursor.line):
        return Begins.NOTHING
    names: set[str] = set()
    following = parser.index + 1
    for at, line in enumerate(parser.lines[following : following + _MOST_LINES], following):
        if _RULE.match(line) and names & _SETTINGS and "src" not in names:
            parser.add(Rule(first=parser.number))
            parser.close_tip()
            parser.add(SlideMatter(first=parser.number, claim=Claim.METADATA, until=at))
            return Begins.LEAF
        setting = _SETTING.match(line)
        if setting is None and not (names and _GOES_ON.match(line)):
            return Begins.NOTHING
        names |= {setting["name"]} if setting else set()
    return Begins.NOTHING


def proceed_slide_matter(parser: BlockParser, matter: SlideMatter) -> Proceeds:
    """It goes on until the rule that ends it."""
    if parser.index >= matter.until:
        parser.close_tip()
    return Proceeds.TAKEN


def begin_place(parser: BlockParser) -> Begins:
    """`::right::`: what follows stands in that place of the slide's layout."""
    if parser.in_paragraph or not _PLACE.match(parser.cursor.text()):
        return Begins.NOTHING
    parser.add(Explained(first=parser.number, claim=Claim.MARKUP))
    parser.close_tip()
    return Begins.LEAF
