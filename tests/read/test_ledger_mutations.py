"""The ledger tried: documents with one thing missing or altered, each of which it must find.

A trial counts where a word stands on its lines and in the document, and nowhere in the altered document. What the
reader makes of a name, as the title of an unknown container, is no word of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct
from msgspec.structs import replace
from test_block_fixtures import EXAMPLES, PIXEL
from test_ledger import SOURCE as TEA
from test_spans import SOURCE as ALPHABET

from pipeline.diagnostics import Span
from pipeline.model.document import Claim, Document, LedgerEntry
from pipeline.read import read_page
from pipeline.read.definitions import LinkDefinition
from pipeline.read.ledger import audit
from pipeline.settings import Settings

EVERYTHING = """\
# Harbour *lights*

Ferries leave `port --north` at dawn, by [the quay](https://quay.example/steps?day=1 "Stairway") or [bridge][b].

![Gulls over masts](gulls.png "Noisy birds") beside ++escape++ and $\\lambda_7$, see [below](#moorings).

## Moorings {#moorings}

- [x] Ropes
- [ ] Anchors
  1. Chains

     Buoys[^depth]

| Vessel | Draught  |
|--------|----------|
| Barge  | `1 m`    |
| Sloop  | 2 fathoms |

> Captains' orders
>
> > Admiral's whim

:::warning[Storms **brewing**]
Reef <kbd>mainsail</kbd> <abbr title="Global Positioning">GPS</abbr>.
:::

<details>
<summary>Cargo manifest</summary>

Tea chests

</details>

```python title="tide.py"
height = moon * sun
```

$$
\\int_0^1 wave
$$

<table>
<tr><th>Knot</th><td>Bowline</td></tr>
</table>

<video src="https://film.example/reel.mp4" title="Launch"></video>

Jetty
: Wooden walkway

=== "Winter"

    Icebound

=== "Summer"

    Regatta

<Img src="chart.svg" legend="Soundings" alt="Contours" origin="https://atlas.example/sheet9" />

<!-- notes: Mention the lighthouse. -->

[b]: https://span.example/arch "Viaduct"
[^depth]: Leadline plumbed
"""

# Where a word is the name of a construct: a container's, an admonition's, a directive's in a fence or in slashes; and
# the names of icons and of places that are shown as they are written.
NAMES = re.compile(
    r":{3,}[ \t]*\{?\.?[\w-]+|(?:!!!|\?\?\?\+?)[ \t]*[\w-]+|/{3,}[^\n]*|[`~]{3,}[^\n]+|\[![\w-]+\]|^\*\[[^\n]*"
    r"|\{\{.*?\}\}|\{%.*?%\}|:(?:material|octicons|fontawesome)-[\w-]+:|@(?:fig|eq)-[\w-]+|\]\(#\^?[\w-]+\)"
    r"|\{(?:doc|eq|numref|ref|term)\}`[^`]*`|\[\[[^\[\]]*#\^[^\[\]]*\]\]",
    re.MULTILINE | re.DOTALL,
)
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n|\A\{\n?.*?\}\n", re.DOTALL)
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
WORD = re.compile(r"[^\W_]+")
# What a reader sees or follows; other texts of the model are made by the reader, not taken from the page.
SAYING = frozenset({"text", "source", "title", "alt", "url", "address", "path", "fragment", "label"})
# Parts that stand alone, so that each can be missing without the others.
PARTS = frozenset(
    {"blocks", "sections", "footnotes", "children", "items", "entries", "tabs", "rows", "cells", "term", "legend"}
    | {"caption", "label", "title"}
)
NOT_OF_THE_TEXT = frozenset({"metadata", "ledger", "picture", "path", "stem", "digest", "language", "span"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A document that differs in one place; `lost` are words that it lacks, which stood on `span` in the source."""

    what: str
    document: Document
    lost: str
    span: Span


def mutations(document: Document) -> Iterator[Mutation]:
    """Each part dropped, each text without one of its words, and each with a word altered."""
    for what, mutated, lost, span in _of(document, Span(first=1, last=1)):
        yield Mutation(what=what, document=mutated, lost=lost, span=span)


def _of(node: Any, around: Span) -> Iterator[tuple[str, Any, str, Span]]:
    span = getattr(node, "span", None) or around
    for name, value in _fields(node):
        if isinstance(value, str) and name in SAYING:
            for what, text, lost in _without_a_word(value):
                yield f"{what} of {type(node).__name__}.{name}", replace(node, **{name: text}), lost, span
        elif isinstance(value, Struct):
            for what, inner, lost, at in _of(value, span):
                yield what, replace(node, **{name: inner}), lost, at
        elif isinstance(value, tuple) and name in PARTS:
            for what, inner, lost, at in _of_parts(value, span):
                yield f"{what} of {type(node).__name__}.{name}", replace(node, **{name: inner}), lost, at


def _of_parts(parts: tuple[Any, ...], span: Span) -> Iterator[tuple[str, Any, str, Span]]:
    for place, part in enumerate(parts):
        before, after = parts[:place], parts[place + 1 :]
        if WORD.search(_said(part)):
            yield f"{type(part).__name__}", before + after, _said(part), getattr(part, "span", span)
        for what, inner, lost, at in _of(part, span):
            yield what, (*before, inner, *after), lost, at


def _fields(node: Any) -> Iterator[tuple[str, Any]]:
    is_target = type(node).__name__.endswith("Target")
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name not in NOT_OF_THE_TEXT or (is_target and isinstance(value, str)):
            yield name, value


def _without_a_word(text: str) -> Iterator[tuple[str, str, str]]:
    words = list(WORD.finditer(text))
    for word in words[:1] + words[len(words) // 2 :][:1] + words[-1:]:
        yield "word dropped", text[: word.start()] + text[word.end() :], word.group()
        yield "word altered", f"{text[: word.start()]}Zyx{text[word.end() :]}", word.group()


def _said(node: Any) -> str:
    """All texts of a node."""
    if isinstance(node, str):
        return node
    if isinstance(node, tuple):
        return " ".join(map(_said, node))
    if not isinstance(node, Struct):
        return ""
    named = _fields(node)
    return " ".join(_said(value) for name, value in named if name in SAYING | PARTS or isinstance(value, Struct))


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A page that was read, with all that its ledger is made of."""

    source: str
    document: Document
    explained: list[tuple[Span, Claim]]
    links: Mapping[str, LinkDefinition]
    stated: list[tuple[Span, str]]

    def losses(self, document: Document) -> list[LedgerEntry]:
        """What the ledger misses in an altered document."""
        entries = audit(document, self.source.split("\n"), self.explained, self.links, self.stated)
        return [entry for entry in entries if entry.lost]

    def trials(self) -> Iterator[Mutation]:
        """The mutations that have to be found."""
        lines = self.asked().split("\n")
        said = words_of(_said(self.document)) - words_of(" ".join(text for _, text in self.stated))
        for mutation in mutations(self.document):
            written = words_of(" ".join(lines[mutation.span.first - 1 : mutation.span.last]))
            if written & said - words_of(_said(mutation.document)):
                yield mutation

    def asked(self) -> str:
        """The source without the lines that are explained, and without names."""
        lines = self.source.split("\n")
        for span, _ in self.explained:
            lines[span.first - 1 : span.last] = [""] * (span.last - span.first + 1)
        return DRAWING.sub(_blank, NAMES.sub(_blank, FRONT_MATTER.sub(_blank, "\n".join(lines))))


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def tried(source: str, folder: Path) -> Tried:
    (folder / "pixel.svg").write_text(PIXEL, encoding="utf-8")
    (folder / "page.md").write_text(source, encoding="utf-8")
    with patch("pipeline.read.page.audit", wraps=audit) as audited:
        read_page(folder / "page.md", Settings(root=folder, output=folder / "out", offline=True))
    document, _, explained, links, stated = audited.call_args.args
    return Tried(source=source, document=document, explained=list(explained), links=links, stated=list(stated))


def missed(page: Tried) -> list[str]:
    found = ((mutation, page.losses(mutation.document)) for mutation in page.trials())
    return [f"line {mutation.span.first}: {mutation.what}: {mutation.lost}" for mutation, losses in found if not losses]


def test_everything_that_is_lost_of_a_page_is_found(tmp_path: Path) -> None:
    page = tried(EVERYTHING, tmp_path)
    assert page.losses(page.document) == []
    assert missed(page) == []
    assert len(list(page.trials())) > 250


def test_everything_that_is_lost_of_other_tests_pages_is_found(tmp_path: Path) -> None:
    sources = (TEA, ALPHABET, *(example.source for example in EXAMPLES))
    pages = [tried(source, tmp_path) for source in sources]
    assert [page.source for page in pages if page.losses(page.document)] == []
    assert [loss for page in pages for loss in missed(page)] == []
    assert sum(1 for page in pages for _ in page.trials()) > 2_000


def test_a_loss_is_found_on_its_own_lines(tmp_path: Path) -> None:
    page = tried(EVERYTHING, tmp_path)
    for mutation in mutations(page.document):
        for entry in page.losses(mutation.document):
            assert entry.span.first <= mutation.span.last, mutation.what
            assert mutation.span.first <= entry.span.last, mutation.what
            assert words_of(" ".join(entry.lost)) & words_of(mutation.lost), mutation.what
