"""Who is compared on a page: by its front matter, its title, a heading, a table's head or parallel sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from pipeline.model.document import Document, Section
from pipeline.model.plan import Subject
from pipeline.model.text import plain_text
from pipeline.plan.comparison.aliases import with_aliases
from pipeline.plan.comparison.grids import Cells, Grid
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.titles import (
    MAX_SUBJECTS,
    brackets,
    compared_in,
    core,
    either_in,
    main_in,
    one_against,
    set_against_in,
)

_MIN_SUBJECTS = 2
_SHARE = 3
_COMPARES = re.compile(
    r"\bcompar|\bversus\b|\bvs\b|\bdifferen(?:ce|t)|\balternative|\bchoos|\bpros\s+(?:and|&)\s+cons|对比|比较|区别|差异|选型|优缺点|优劣|違い|比較|비교|차이|장단점"
    r"|\bvergleich|\bunterschied|\bdifférence|\bdiferen[cç]|\bcomparaç|\bdifferenz|\bconfront|\bсравн|\bотлич|\bразниц"
    r"|\bporówn|\bróżnic|مقارنة|الفرق|مقایسه|تفاوت|השווא|ההבדל|अंतर|तुलना",
    re.IGNORECASE,
)
_COMPARING_WORDS = re.compile(
    r"\b(?:key|main|major|core|basic|detailed|quick|full|feature|technical|overall|general|the|of|in|between|and|at|a|side"
    r"|by|head|to|comparisons?|compar\w*|differen\w*|similarit\w*|table|matrix|chart|glance|overview|solutions|tools"
    r"|options|vs|versus|wichtigste\w*|unterschied\w*|vergleich\w*|principales|différences?|diferencias?)\b"
    r"|核心|主要|详细|上|的|之间|两者|对比|比较|区别|差异|差别|不同|异同|表格?|総合|主な|違い|比較|表",
    re.IGNORECASE,
)
_ASPECT_HEADS = frozenset(
    """item aspect feature attribute criterion criteria category property dimension parameter metric topic
    characteristic point comparison # 特性 项目 項目 对比项 对比 维度 方面 指标 比较项 特点 区别
    項目 観点 구분 항목 기준 merkmal kriterium eigenschaft aspekt critère caractéristique característica criterio
    critério caratteristica критерий характеристика параметр свойство признак аспект cecha kryterium
    الجانب معیار ویژگی מאפיין קריטריון विशेषता आधार""".split()  # noqa: SIM905
)
_SUBJECT_HEADS = frozenset(
    """tool name framework library product option solution provider language system database project software service
    package format protocol class engine manager runtime 工具 名称 框架 方案 语言 产品 数据库 系统 werkzeug produkt
    sprache outil produit herramienta producto الأداة""".split()  # noqa: SIM905
)
_OTHER_HEADS = frozenset(
    """description notes note example examples default type value values supported comment comments details meaning
    usage required remarks reason explanation version status link links name 描述 说明 备注 例子 示例 默认值 类型 含义
    beschreibung beispiel المثال مثال الدور""".split()  # noqa: SIM905
)
_NOTES_HEADS = frozenset(
    "note notes comment comments remarks details explanation 备注 说明 備考 비고 примечание anmerkung remarque".split()  # noqa: SIM905
)
_SMALL_WORD = 2
_MAX_NAME_WORDS = 4
_PARALLEL_LABELS = 2
_FARTHEST = 2000
"""A text tells within so many characters that it compares."""

_NameLists = tuple[tuple[str, ...], ...]


class _Page(Struct, frozen=True, kw_only=True):
    """What names are looked for in: the page, its labels as a tree, all of its words, and the labels' bare names."""

    document: Document
    tree: Entry
    text: str
    labels: frozenset[str]
    known: dict[_NameLists, tuple[Subject, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return plain_text(self.document.title)

    def spoken_of(self, names: tuple[str, ...], text: str | None = None) -> tuple[str, ...]:
        """Those of the names that the page, or a text of it, uses in this or another form."""
        subjects = self.subjects(tuple((name,) for name in names))
        return Names(subjects=subjects).named(self.text if text is None else text)

    def subjects(self, names: _NameLists) -> tuple[Subject, ...]:
        """The subjects of these names, with the other names that the page gives them."""
        if names not in self.known:
            self.known[names] = with_aliases(names, self.text, self.labels)
        return self.known[names]


def find_subjects(document: Document, tree: Entry) -> tuple[Subject, ...]:
    """The two to five subjects, with their other names; none where the page compares nothing.

    Of the more that a table or the author names, the first five are compared; `left_out` tells the others.
    """
    page = _page(document, tree)
    names = _named(page)[:MAX_SUBJECTS]
    return page.subjects(names) if names else ()


def left_out(document: Document, tree: Entry) -> tuple[str, ...]:
    """The names that the page compares beyond those that one sheet has room for."""
    return tuple(names[0] for names in _named(_page(document, tree))[MAX_SUBJECTS:])


def _page(document: Document, tree: Entry) -> _Page:
    labels = frozenset(name for name in map(core, _labels(tree)) if name)
    return _Page(document=document, tree=tree, text="\n".join(_texts(tree)), labels=labels)


def _named(page: _Page) -> _NameLists:
    """The names of the first source that compares."""
    for source in (_stated, _in_title, _in_heading, _against_many, _in_table, _in_sections, _in_file_name):
        names = source(page)
        if len(names) >= _MIN_SUBJECTS and (len(names) <= MAX_SUBJECTS or source in {_stated, _in_table}):
            return names
    return ()


def names_two(text: str, names: Names) -> bool:
    """Whether a title, legend or heading names two subjects or more."""
    return len(names.named(text)) >= _MIN_SUBJECTS


def compares(text: str) -> bool:
    """Whether a text, or its beginning, says that something is compared."""
    return _COMPARES.search(text, 0, _FARTHEST) is not None


def without_comparing(label: str) -> str:
    """A label less the words that only say that something is compared: nothing is left of "Key differences"."""
    return re.sub(r"[\W\d_]+", "", _COMPARING_WORDS.sub(" ", label))


def _stated(page: _Page) -> _NameLists:
    """The author's own."""
    return page.document.metadata.compare.subjects if page.document.metadata.compare else ()


def _in_title(page: _Page) -> _NameLists:
    if page.document.title_span is None:
        return ()
    names = compared_in(page.title)
    if names and page.spoken_of(names):
        return _with_brackets(names, page.title)
    either = either_in(page.title)
    return _with_brackets(either, page.title) if len(page.spoken_of(either)) == len(either) else ()


def _with_brackets(names: tuple[str, ...], title: str) -> _NameLists:
    """The names, each with what the title gives in brackets right after it."""
    after = {name: title[title.find(name) + len(name) :] for name in names}
    given = {name: brackets(rest)[:1] if re.match(r"\s*[(（]", rest) else () for name, rest in after.items()}
    return tuple((name, *given[name]) for name in names)


def _in_heading(page: _Page) -> _NameLists:
    """The names of the first heading that compares, where the page is about them beyond that heading.

    At least half of its sections speak of one, and each has a label of its own or stands in two sections; where the
    heading only says "comparing", each has a label.
    """
    sections = ["\n".join(_texts(entry)) for entry in page.tree.entries if entry.kind is Kind.SECTION]
    labels = {label.casefold() for label in page.labels}
    for title in _headings(page.document.sections):
        names = compared_in(title)
        if not names or len(page.spoken_of(names, page.text.replace(title, "", 1))) < len(names):
            continue
        speaking = [page.spoken_of(names, section) for section in sections]
        often = 2 if set_against_in(title) else len(sections) + 1
        known = all(n.casefold() in labels or sum(n in said for said in speaking) >= often for n in names)
        return tuple((name,) for name in names) if known and 2 * sum(map(bool, speaking)) >= len(sections) else ()
    return ()


def _against_many(page: _Page) -> _NameLists:
    """The one that the page speaks for and those that its sections set it against: "Why A?", "Why not B?", "A vs C".

    At least a third of the sections do so.
    """
    titles = [entry.name for entry in page.tree.entries if entry.kind is Kind.SECTION]
    asked = [one_against(title) for title in titles]
    owners = [owner for owner, _ in asked if owner]
    main = main_in(page.title) or (owners[0] if len(owners) >= _MIN_SUBJECTS else "")
    rivals = [rival for owner, rival in asked if rival and (not owner or owner.casefold() == main.casefold())]
    names = tuple(dict.fromkeys((main, *rivals)))
    enough = len(rivals) >= _MIN_SUBJECTS and _SHARE * len(rivals) >= len(titles)
    return tuple((name,) for name in names) if main and enough and len(page.spoken_of(names)) == len(names) else ()


def _headings(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield plain_text(section.title)
        yield from _headings(section.sections)


def _in_table(page: _Page) -> _NameLists:
    """The names in the head or first column of a table of aspects, where the words around it speak of comparing."""
    around = f"{page.title} {page.document.metadata.description}"
    for entry, table in _tables(page.tree):
        if not compares(f"{around} {entry.name} {table.caption}") or not table.head:
            continue
        corner = core(table.head[0].text).casefold()
        if not corner or corner.split(" ")[0] in _ASPECT_HEADS:
            listed = _without_notes(table.head[1:])
        elif corner.split(" ")[-1] in _SUBJECT_HEADS:
            listed = tuple(cells[0] for cells in table.rows if cells)
        else:
            continue
        names = tuple(dict.fromkeys(core(cell.text) for cell in listed))
        if len(names) == len(listed) >= _MIN_SUBJECTS and all(map(_can_be_name, names)):
            return tuple((name,) for name in names)
    return ()


def _without_notes(head: Cells) -> Cells:
    """A head without the last column, where it is one of notes on the others."""
    return head[:-1] if head and core(head[-1].text).casefold() in _NOTES_HEADS else head


def _can_be_name(name: str) -> bool:
    words = name.split()
    return bool(words) and len(words) <= _MAX_NAME_WORDS and words[0].casefold() not in _OTHER_HEADS


def _is_small(name: str) -> bool:
    """Whether a name is one or two small letters, as "to" is of "How to": a word that every sentence has."""
    return len(name) <= _SMALL_WORD and name.islower()


def _in_sections(page: _Page) -> _NameLists:
    """The titles of sections that repeat the same labels, or that the page names where it says that it compares."""
    intro = " ".join(stretch.text for stretch in page.tree.body)
    about = f"{page.title} {page.document.metadata.description} {intro}"
    if not compares(about):
        return ()
    sections = [entry for entry in page.tree.entries if entry.kind is Kind.SECTION]
    labels = [{label for child in entry.entries if (label := core(child.name).casefold())} for entry in sections]
    shared = {label for label, count in Counter(label for each in labels for label in each).items() if count > 1}
    alike = [len(each & shared) >= _PARALLEL_LABELS for each in labels]
    names = tuple(core(entry.name) for entry, is_alike in zip(sections, alike, strict=True) if is_alike)
    if len(names) >= _MIN_SUBJECTS and all(map(_can_be_name, names)):
        return tuple((name,) for name in names)
    said = [sentence.text for text in page.tree.body for sentence in text.sentences if compares(sentence.text)]
    titles = tuple(
        name for name in map(core, (entry.name for entry in sections)) if _can_be_name(name) and not _is_small(name)
    )
    named = max((page.spoken_of(titles, sentence) for sentence in said), key=len, default=())
    return tuple((name,) for name in named) if len(named) >= _MIN_SUBJECTS else ()


def _in_file_name(page: _Page) -> _NameLists:
    """The names of a title that was made from the file's name, where the page speaks of all of them."""
    names = compared_in(page.title) if page.document.title_span is None else ()
    return tuple((name,) for name in names) if len(page.spoken_of(names)) == len(names) else ()


def _tables(entry: Entry) -> Iterator[tuple[Entry, Grid]]:
    yield from ((entry, table) for table in entry.tables)
    for inner in entry.entries:
        yield from _tables(inner)


def _labels(entry: Entry) -> Iterator[str]:
    yield entry.name
    for table in entry.tables:
        yield from (cell.text for cell in table.head)
        yield from (cells[0].text for cells in table.rows if cells)
    for inner in entry.entries:
        yield from _labels(inner)


def _texts(entry: Entry) -> Iterator[str]:
    yield entry.name
    yield from (stretch.text for stretch in entry.body)
    for table in entry.tables:
        yield from (cell.text for cells in (table.head, *table.rows) for cell in cells)
    for inner in entry.entries:
        yield from _texts(inner)
