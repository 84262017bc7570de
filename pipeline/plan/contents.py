"""The author's own table of contents: a section that does nothing but lead to the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.model.document import Block, Blocks, Hint, ItemList, Section
from pipeline.model.inlines import Link, SectionTarget
from pipeline.model.text import own_inlines, walk_blocks, walk_inlines
from pipeline.plan.references import bare_title

_TITLES: Final = frozenset(
    """table of contents|contents|toc|on this page|in this article|in this document|in this guide
    |in this section|quick links|overview of contents|目录|目錄|本文目录|内容目录|章节目录|目次|もくじ|목차|차례
    |inhalt|inhaltsverzeichnis|inhaltsübersicht|sommaire|table des matières|contenido|contenidos
    |tabla de contenido|tabla de contenidos|índice|sumário|conteúdo|indice|sommario|содержание|оглавление|зміст
    |inhoud|inhoudsopgave|spis treści|içindekiler|المحتويات|جدول المحتويات|فهرس|الفهرس|فهرست|תוכן עניינים
    |mục lục|daftar isi""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_FEWEST = 3


def is_contents_list(section: Section) -> bool:
    """Whether a section is the page's own table of contents: by its title, and as most entries lead to others."""
    lists = all(isinstance(block, ItemList | Hint) for block in section.blocks)
    if bare_title(section) not in _TITLES or section.sections or not lists:
        return False
    entries = tuple(_entries(section.blocks))
    leading = sum(1 for entry in entries if _leads_to_section(entry))
    return len(entries) >= _FEWEST and 2 * leading > len(entries)


def _entries(blocks: Blocks) -> Iterator[Block]:
    """What holds the words of lists."""
    return (block for block in walk_blocks(blocks) if any(own_inlines(block)))


def _leads_to_section(block: Block) -> bool:
    return any(_targets(block))


def led_to(blocks: Blocks) -> frozenset[str]:
    """The ids of the sections that links in blocks lead to."""
    return frozenset(id_ for block in walk_blocks(blocks) for id_ in _targets(block))


def _targets(block: Block) -> Iterator[str]:
    linked = (inline for inlines in own_inlines(block) for inline in walk_inlines(inlines))
    for inline in linked:
        if isinstance(inline, Link) and isinstance(inline.target, SectionTarget):
            yield inline.target.id
