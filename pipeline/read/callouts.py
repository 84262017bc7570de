"""The names that dialects give callouts and other containers, and what the model calls them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pipeline.model.document import CalloutKind

_NAMES: Final = {
    CalloutKind.NOTE: ("note", "notice", "message", "admonition", "callout", "aside", "remark", "box", "block"),
    CalloutKind.INFO: ("info", "information", "blue"),
    CalloutKind.TIP: ("tip", "hint", "good", "green", "check"),
    CalloutKind.IMPORTANT: ("important", "attention", "key"),
    CalloutKind.CAUTION: ("caution",),
    CalloutKind.WARNING: ("warning", "warn", "yellow"),
    CalloutKind.DANGER: ("danger", "error", "alert", "critical", "bad", "red"),
    CalloutKind.DETAILS: (
        *("details", "spoiler", "collapse", "accordion", "toggle", "dropdown", "expand", "expandable"),
        *("accordionitem", "accordion-item"),
    ),
}
# These say more than their kind, so that their name is the title where the author gives none.
_TELLING: Final = {
    CalloutKind.NOTE: (
        *("abstract", "summary", "tldr", "example", "quote", "cite", "seealso", "definition", "theorem"),
        *("algorithm", "assumption", "axiom", "criterion", "property", "observation"),
        *("proof", "lemma", "corollary", "proposition", "conjecture", "exercise", "solution", "prerequisites", "memo"),
    ),
    CalloutKind.INFO: ("todo", "question", "faq", "help", "versionadded", "versionchanged", "topic", "learn", "new"),
    CalloutKind.TIP: ("success", "done", "best-practice", "recommended", "pro"),
    CalloutKind.WARNING: ("experimental", "deprecated", "security", "beta", "pitfall"),
    CalloutKind.DANGER: ("failure", "fail", "missing", "bug"),
}
_SPELLED_OUT: Final = {
    "seealso": "See also",
    "faq": "FAQ",
    "tldr": "TL;DR",
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
}

# Classes of callouts in Jekyll's themes; those of colours and boxes may be only that.
_CLASS_PREFIX: Final = re.compile(r"(?:prompt-|notice--|alert-|callout-|admonition-)")
_TITLED: Final = "-title"
_CLASSES: Final = {"highlight": "note", "primary": "note"}
_LOOKS: Final = frozenset(["block", "blue", "box", "check", "green", "key", "message", "quote", "red", "yellow"])

# These bear a version: their name and their title belong together.
VERSIONED: Final = frozenset(["versionadded", "versionchanged", "deprecated"])
NOTES: Final = frozenset(["notes", "speaker-notes", "speakernotes", "speaker"])
TAB_GROUPS: Final = frozenset(["code-group", "tabs", "panel-tabset", "tab-set", "tabset", "code-tabs"])
# Containers that only arrange what they hold.
LAYOUTS: Final = (
    frozenset(["card", "cards", "cell", "column", "columns", "container", "grid", "grid-item", "row", "wrapper"])
    | frozenset(["article", "cover", "div", "hero", "layout", "section", "sidebar", "slide", "slot", "tab-item"])
    | frozenset(
        [
            "card-carousel",
            "epigraph",
            "glossary",
            "hlist",
            "rubric",
            "toctree",
            "grid-item-card",
            "highlights",
            "margin",
            "pull-quote",
        ]
    )
    | frozenset(["center", "left", "right", "r-stack", "stack"])
    | frozenset(["fragment", "incremental", "nonincremental", "only", "reveal", "steps"])
    # Quarto's places beside the text and what one format of a site shows.
    | frozenset(["column-body", "column-margin", "column-page", "column-screen", "column-body-outset"])
    | frozenset(["column-page-inset", "column-screen-inset", "content-visible", "content-hidden", "panel-sidebar"])
    | frozenset(["code", "demo", "image", "output", "raw", "v-pre"])
    | frozenset(["moniker", "zone"])
    # Docsy's, Hextra's and Yandex's.
    | frozenset(["cardpane", "cut", "filetree/container", "filetree/folder", "list", "pageinfo"])
)


def callout_kind(name: str) -> tuple[CalloutKind, str] | None:
    """The kind of a callout of that name and the title that the name stands for, or None if it is none."""
    name = name.lower().removeprefix("callout-").removeprefix("prf:")
    for kind in CalloutKind:
        if name in _NAMES.get(kind, ()):
            return kind, ""
        if name in _TELLING.get(kind, ()):
            return kind, _SPELLED_OUT.get(name) or display_name(name)
    return None


class ClassedKind(Struct, frozen=True, kw_only=True):
    """The kind of a callout that a class names, the title that the class stands for, and whether one is to be found."""

    kind: CalloutKind
    title: str
    titled: bool


def classed_kind(classes: Sequence[str]) -> ClassedKind | None:
    """The kind that the last of those classes names that names one: `note-title`, `prompt-tip`, `notice--info`."""
    for name in reversed(classes):
        plain = _CLASS_PREFIX.sub("", name.lower()).removesuffix(_TITLED)
        kind = None if plain in _LOOKS else callout_kind(_CLASSES.get(plain, plain))
        if kind:
            return ClassedKind(kind=kind[0], title=kind[1], titled=name.lower().endswith(_TITLED))
    return None


def display_name(name: str) -> str:
    """A name as a title: `best-practice` is Best practice."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
