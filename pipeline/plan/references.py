"""The page's addresses as numbered references: its own list first, then every other one in order of appearance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks, DefinitionList, Document, Figure, ItemList, Paragraph, Section
from pipeline.model.inlines import InlineImage, Inlines, Link, WebTarget
from pipeline.model.plan import Reference
from pipeline.model.text import own_inlines, plain_text, walk_blocks, walk_inlines
from pipeline.plan.footnotes import footnotes_in_order

_TITLES: Final = frozenset(
    """reference|references|further reading|further readings|further resources|see also|resources|more resources
    |additional resources|additional reading|external links|external resources|useful links|useful resources
    |related links|related resources|related reading|links|learn more|read more|more information|bibliography|sources
    |citations|works cited|credits|recommended reading|references and further reading|references & further reading
    |resources and references|further information|next steps and references
    |参考|参考资料|参考文献|参考链接|参考文章|参考来源|参考内容|引用|相关链接|相关资料|相关文章|相关阅读|扩展阅读|拓展阅读
    |延伸阅读|更多资料|更多阅读|资料来源|資料來源|参考與引用|參考|參考資料|參考文獻|參考連結|延伸閱讀|相關連結
    |参照|参考リンク|参考サイト|関連リンク|関連記事|リンク|出典|참고|참고 자료|참고 문헌|참고자료|참고문헌|링크
    |quellen|referenzen|literatur|literaturverzeichnis|weiterführende links|weiterführende literatur|siehe auch
    |références|bibliographie|pour aller plus loin|voir aussi|liens|liens utiles|en savoir plus
    |referencias|bibliografía|enlaces|véase también|más información|lecturas adicionales
    |referências|bibliografia|veja também|leitura adicional|riferimenti|vedi anche|ссылки|литература|источники|см. также
    |المراجع|مراجع|مصادر|المصادر|روابط|انظر أيضا""".replace("\n", "")
    .replace("    ", "")
    .split("|"),
)
# What sentences end with.
_ENDS: Final = (".", "!", "?", "。", "！", "？")
_ORNAMENT = re.compile(r"^[\W\d_]+|[\W_]+$")
_SHORTENED = re.compile(r"^(?:https?://)?(?:www\.)?|^mailto:")


class _Mention(Struct, frozen=True, kw_only=True):
    """An address where it stands."""

    target: WebTarget
    text: str
    listed: bool
    span: Span


def number_references(document: Document) -> tuple[Reference, ...]:
    """Every address once, numbered from 1; `slides` are still empty."""
    mentions = sorted(_mentions(document), key=lambda mention: not mention.listed)
    first: dict[str, _Mention] = {}
    for mention in mentions:
        known = first.get(address_key(mention.target))
        if known is None or (not known.text and mention.text):
            first[address_key(mention.target)] = replace(known, text=mention.text) if known else mention
    return tuple(
        Reference(
            number=number,
            text=mention.text or short_address(mention.target.url),
            target=mention.target,
            listed=mention.listed,
            slides=(),
            span=mention.span,
        )
        for number, mention in enumerate(first.values(), start=1)
    )


def address_key(target: WebTarget) -> str:
    """What two spellings of one address have in common."""
    return target.url.strip().rstrip("/")


def numbers_by_address(references: Iterable[Reference]) -> Mapping[str, int]:
    """The number of each address, by its key."""
    return {address_key(reference.target): reference.number for reference in references}


def short_address(url: str) -> str:
    """An address as people say it: without scheme, `www.` and a last slash."""
    return _SHORTENED.sub("", url.strip()).rstrip("/") or url


def host(url: str) -> str:
    """The host of an address, as people say it."""
    return re.split(r"[/?#]", short_address(url), maxsplit=1)[0]


def is_reference_list(section: Section) -> bool:
    """Whether a section is the page's own list of references: by its title, and as most of its entries lead outside."""
    return bare_title(section) in _TITLES and not section.sections and _is_list_of_links(section.blocks)


def bare_title(section: Section) -> str:
    """A section's title without case, and without the numbers and signs around it."""
    return _ORNAMENT.sub("", plain_text(section.title)).casefold()


def _is_list_of_links(blocks: Blocks) -> bool:
    """Whether blocks are text and lists, most of whose entries lead outside.

    What explains terms is no such list, nor is prose: a paragraph with several links, or with sentences around one.
    """
    if any(isinstance(block, DefinitionList) for block in blocks):
        return False
    prose = [b for b in blocks if isinstance(b, Paragraph) and (len(tuple(_targets_of_blocks((b,)))) > 1 or _says(b))]
    entries = tuple(_entries(blocks))
    leading = sum(1 for entry in entries if entry not in prose and any(_targets_of_blocks((entry,))))
    return bool(leading) and 2 * leading >= len(entries)


def _says(paragraph: Paragraph) -> bool:
    """Whether a paragraph is sentences, of which its links are the smaller part."""
    text = plain_text(paragraph.children).strip()
    linked = (i for i in walk_inlines(paragraph.children) if isinstance(i, Link))
    return text.endswith(_ENDS) and 2 * sum(len(plain_text(link.children)) for link in linked) < len(text)


def _entries(blocks: Blocks) -> Iterator[Block]:
    """Paragraphs, and each item's blocks; any other block is an entry of its own."""
    for block in blocks:
        if isinstance(block, ItemList):
            yield from (child for item in block.items for child in _entries(item.children))
        else:
            yield block


def _mentions(document: Document) -> Iterator[_Mention]:
    yield from _inline_mentions(document.title, listed=False)
    yield from _block_mentions(document.blocks, listed=False)
    for section in document.sections:
        yield from _section_mentions(section)
    for footnote in footnotes_in_order(document):
        yield from _block_mentions(footnote.children, listed=False)


def _section_mentions(section: Section) -> Iterator[_Mention]:
    yield from _inline_mentions(section.title, listed=False)
    yield from _block_mentions(section.blocks, listed=is_reference_list(section))
    for inner in section.sections:
        yield from _section_mentions(inner)


def _block_mentions(blocks: Blocks, *, listed: bool) -> Iterator[_Mention]:
    for block in walk_blocks(blocks):
        entry = listed and isinstance(block, Paragraph)
        for inlines in own_inlines(block):
            mentions = tuple(_inline_mentions(inlines, listed=entry))
            yield from (_as_entry(mentions[0], inlines),) if entry and len(mentions) == 1 else mentions
        if isinstance(block, Figure) and isinstance(block.origin, WebTarget):
            text = plain_text(block.legend) or block.image.alt
            yield _Mention(target=block.origin, text=text, listed=False, span=block.span)


def _as_entry(mention: _Mention, inlines: Inlines) -> _Mention:
    """The mention with all that its entry of the list says, such as author and year, less the bare address."""
    words = [word for word in plain_text(inlines).split() if not _is_address(word.strip("<>()[].,;"), mention.target)]
    return replace(mention, text=" ".join(words).rstrip(" :,–—-"))


def _inline_mentions(inlines: Inlines, *, listed: bool) -> Iterator[_Mention]:
    for inline in walk_inlines(inlines):
        if isinstance(inline, Link) and isinstance(inline.target, WebTarget):
            text = " ".join(plain_text(inline.children).split())
            named = text if text and not _is_address(text, inline.target) else ""
            yield _Mention(target=inline.target, text=named, listed=listed, span=inline.span)
        elif isinstance(inline, InlineImage) and isinstance(inline.origin, WebTarget):
            text = plain_text(inline.legend) or inline.image.alt
            yield _Mention(target=inline.origin, text=text, listed=False, span=inline.span)


def _is_address(text: str, target: WebTarget) -> bool:
    return short_address(text) == short_address(target.url)


def _targets_of_blocks(blocks: Blocks) -> Iterator[WebTarget]:
    yield from (mention.target for mention in _block_mentions(blocks, listed=False))
