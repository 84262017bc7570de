"""Home pages of sites, whose text stands in their front matter."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.document import Blocks, DefinitionList, Document, Figure, ItemList, Paragraph
from pipeline.model.inlines import Link, WebTarget
from pipeline.model.text import own_inlines, plain_text, walk_blocks
from pipeline.read import read_page
from pipeline.settings import Settings

VITEPRESS = """---
description: All about tea
layout: home
hero:
  name: Tea
  text: Leaves & Water
  tagline: A cup in **three** minutes
  actions:
    - theme: brand
      text: Brew it
      link: https://tea.example/brew
  image:
    src: /pot.svg
    alt: A pot
features:
  - icon: T
    title: Cheap
    details: A leaf costs next to nothing.
  - title: Warm
    details: >
      It keeps the
      hands warm.
    link: https://tea.example/warm
    linkText: How warm
---
"""
VUEPRESS = """---
home: true
title: Tea time
heroText: Tea
tagline: A cup in a minute
actionText: Brew it
actionLink: https://tea.example/brew
footer: Drink it hot
---

## More

Pour it.
"""


def read(folder: Path, markdown: str) -> Document:
    page = folder / "page.md"
    page.write_text(markdown, encoding="utf-8")
    return read_page(page, Settings(root=folder, output=folder / "build", offline=True)).document


def words(blocks: Blocks) -> list[str]:
    return [plain_text(inlines) for block in walk_blocks(blocks) for inlines in own_inlines(block)]


def test_what_a_home_page_shows_is_read_from_its_front_matter(tmp_path: Path) -> None:
    document = read(tmp_path, VITEPRESS)
    text, tagline, picture, actions, features = document.blocks
    assert plain_text(document.title) == "Tea"
    assert document.title_span is not None
    assert document.title_span.first == 5
    assert isinstance(text, Paragraph)
    assert isinstance(tagline, Paragraph)
    assert plain_text(tagline.children) == "A cup in three minutes"
    assert (text.span.first, tagline.span.first) == (6, 7)
    assert isinstance(picture, Figure)
    assert (picture.image.source, picture.image.alt, picture.span.first) == ("/pot.svg", "A pot", 13)
    assert isinstance(actions, ItemList)
    ((paragraph,),) = [item.children for item in actions.items]
    assert isinstance(paragraph, Paragraph)
    (link,) = paragraph.children
    assert isinstance(link, Link)
    assert isinstance(link.target, WebTarget)
    assert isinstance(features, DefinitionList)
    assert [plain_text(entry.term) for entry in features.entries] == ["Cheap", "Warm"]
    assert [words(entry.children) for entry in features.entries] == [
        ["A leaf costs next to nothing."],
        ["It keeps the hands warm.", "How warm"],
    ]
    assert features.span.first == 17


def test_older_home_pages_and_their_text_are_read_too(tmp_path: Path) -> None:
    document = read(tmp_path, VUEPRESS)
    assert plain_text(document.title) == "Tea time"
    assert words(document.blocks) == ["Tea", "A cup in a minute", "Brew it", "Drink it hot"]
    assert [plain_text(section.title) for section in document.sections] == ["More"]


def test_other_pages_show_nothing_of_such_entries(tmp_path: Path) -> None:
    document = read(tmp_path, "---\ntitle: Tea\nfooter: said nowhere\nfeatures: [{title: no}]\n---\n\nPour it.\n")
    assert words(document.blocks) == ["Pour it."]


def test_entries_of_another_kind_do_no_harm(tmp_path: Path) -> None:
    odd = "---\nlayout: home\nhero: [1]\nfeatures: {a: {title: 2}}\nactions: none\nfooter: [x]\n---\n\nPour it.\n"
    assert words(read(tmp_path, odd).blocks) == ["Pour it."]
