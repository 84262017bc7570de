"""Headings that are not sections of the page: titles of callouts, and labels of tabs."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.document import Claim
from pipeline.read.blocks.nodes import Container, Directive, Explained, Heading, Node, Pane, Rule
from pipeline.read.callouts import TAB_GROUPS, callout_kind

_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}\Z")
_THEOREMS: Final = {
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
}
_TAB = re.compile(r"\[(?P<label>[^\[\]]+)\]\(#tab/[^()\s]+\)")
_THEOREM_ID = re.compile(rf"#(?P<kind>{'|'.join(_THEOREMS)})-[\w-]+")


def settle_headings(directive: Directive) -> None:
    """Make the first heading of a callout its title, and those of a group of tabs tabs, as Quarto reads them."""
    theorem = _THEOREM_ID.match(directive.attributes)
    if not directive.name and theorem:
        directive.name = _THEOREMS[theorem["kind"]]
    name = directive.name.lower()
    if name in TAB_GROUPS:
        directive.children = _tabs(directive.children)
    first = directive.children[0] if directive.children else None
    titled = bool(directive.title) or "title=" in directive.attributes
    if isinstance(first, Heading) and not titled and (theorem or callout_kind(name)):
        directive.title, directive.title_line = _label(first), first.lines_from
        del directive.children[0]


def settle_tabs(container: Container) -> None:
    """Make tabs of headings that are links to `#tab/name`, as Docfx reads them: each goes on to the next or to a rule.

    Where no rule ends them, they end at the next heading, so that sections stay sections.
    """
    last_rule = max((at for at, child in enumerate(container.children) if isinstance(child, Rule)), default=-1)
    made: list[Node] = []
    tab: Pane | None = None
    for at, child in enumerate(container.children):
        is_heading = isinstance(child, Heading)
        if isinstance(child, Heading) and (label := _TAB.fullmatch(child.text.strip())):
            tab = Pane(first=child.first, last=child.last, label=label["label"])
            made.append(tab)
        elif tab is None or (is_heading and at > last_rule):
            tab = None
            made.append(child)
        elif isinstance(child, Rule):
            tab = None
            made.append(Explained(first=child.first, last=child.last, claim=Claim.MARKUP))
        else:
            tab.children.append(child)
            tab.last = max(tab.last, child.last)
    container.children = made


def _tabs(children: list[Node]) -> list[Node]:
    """The nodes with each heading of the first one's level as a tab of what follows it."""
    level = next((child.level for child in children if isinstance(child, Heading)), 0)
    made: list[Node] = []
    tab: Directive | None = None
    for child in children:
        if isinstance(child, Heading) and child.level == level:
            tab = Directive(
                first=child.first,
                last=child.last,
                size=0,
                name="tab-item",
                title=_label(child),
                attributes="",
                closed=True,
            )
            made.append(tab)
        elif tab is None:
            made.append(child)
        else:
            tab.children.append(child)
            tab.last = max(tab.last, child.last)
    return made


def _label(heading: Heading) -> str:
    return _ATTRIBUTES.sub("", heading.text.replace("\n", " "))
