"""Runs of text put together to the passages and links that a reader sees, alike for slides and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from msgspec import Struct

from pipeline.verify.carried import CarriedLink, ContentsLine, Passage, Where
from pipeline.verify.phrase import squeeze

# What may stand beside the link in a line of a table of contents: a number, leader dots.
_BESIDE_POINTER = 12
# What may stand beside the title in a line that prints the page where it leads: a number, a range of slides.
_BESIDE_TITLE = 30
# A number that leads to a reference or a footnote, or back from it.
_MARK = re.compile(r"[\s,;]*[\[(]?[\d*†‡§↩]*[\])]?\s*")
# A letter that does, set on the word before it; in a row of letters, each leads to an entry of an index.
_LETTER = re.compile(r"[a-z]{1,2}")
# Spaces, and the marks that tell the direction of what stands beside them.
_BETWEEN = " \u00a0\u200e\u200f"


class TextRun(Struct, frozen=True, kw_only=True):
    """Text that leads to one place or none. One that `follows`, as a line break does, parts no link."""

    text: str
    url: str = ""
    jump: int | None = None
    follows: bool = False

    @property
    def leads(self) -> bool:
        """Whether it can be clicked."""
        return bool(self.url) or self.jump is not None


def passage_of(runs: Iterable[TextRun], where: Where, number: int, *, heading: bool, order: int = 0) -> Passage | None:
    """The passage that runs make, or None where there is nothing to read."""
    runs = tuple(runs)
    leading = any(run.leads for run in runs)
    text = "".join(run.text for run in (_words(runs) if leading else runs))
    if not text.strip():
        return None
    return Passage(
        where=where,
        number=number,
        text=text,
        heading=heading,
        pointer=leading and _points(runs),
        order=order,
        addresses=tuple(link for link in links_of(runs, where, number) if link.url and prints_address(link)),
    )


def _words(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """The runs that are no numbers or letters of references and footnotes, which lead to their places."""
    before, marked = TextRun(text=""), False
    for run in runs:
        # What goes on with the words of a link is a part of it, even if it is a comma, a digit or a word's end.
        goes_on = run.jump == before.jump and not marked
        marked = run.jump is not None and not goes_on and (_is_letter(run, before) or bool(_MARK.fullmatch(run.text)))
        if not marked:
            yield run
        before = run


def _is_letter(run: TextRun, before: TextRun) -> bool:
    """Whether a run is a footnote's letter on a word, and none in a row of them, as the entries of an index have."""
    in_a_row = before.jump is not None and _LETTER.fullmatch(before.text.strip())
    stands_on_word = _LETTER.fullmatch(run.text.strip()) and any(map(str.isalnum, before.text))
    return bool(stands_on_word and not in_a_row)


def _points(runs: tuple[TextRun, ...]) -> bool:
    jumps = any(run.jump is not None and run.text.strip() for run in runs)
    beside = "".join(run.text for run in runs if run.jump is None).strip()
    return jumps and len(beside) <= _BESIDE_POINTER and not any(map(str.isalpha, beside))


def contents_line(runs: Iterable[TextRun], number: int) -> ContentsLine | None:
    """The line of a table of contents that runs on a page make: a title that leads to the page printed beside it."""
    runs = tuple(runs)
    leading = [run for run in runs if run.jump is not None and run.text.strip()]
    pages = [run for run in leading if run.text.strip().isdecimal()]
    titles = [run for run in leading if run not in pages]
    if not titles:  # a title of digits: the page is read out first
        pages, titles = pages[:1], pages[1:]
    beside = "".join(run.text for run in runs if run.jump is None).strip()
    if len(pages) != 1 or not titles or len(beside) > _BESIDE_TITLE:
        return None
    jump = titles[0].jump
    if jump is None or any(run.jump != jump for run in titles):
        return None
    title = "".join(run.text for run in titles)
    return ContentsLine(number=number, title=title, printed=int(pages[0].text), jump=jump)


def links_of(runs: Iterable[TextRun], where: Where, number: int) -> Iterator[CarriedLink]:
    """The links that runs make: neighbours that lead to the same place are one, with the space between them."""
    runs = tuple(runs)
    if not any(run.leads for run in runs):
        return
    text, target = "", None
    runs = (TextRun(text=""), *runs, TextRun(text=""), TextRun(text=""))
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        between = not run.leads and _leads_alike(before, after) and not run.text.strip(_BETWEEN)
        if run.follows or between:
            text += run.text
            continue
        here = (run.url, run.jump) if run.leads else None
        if target is not None and here != target:
            yield CarriedLink(where=where, number=number, text=text, url=target[0], jump=target[1])
        text, target = (text if here == target else "") + run.text, here


def _leads_alike(one: TextRun, other: TextRun) -> bool:
    return one.leads and (one.url, one.jump) == (other.url, other.jump)


def prints_address(link: CarriedLink) -> bool:
    """Whether a link's text is its own address, perhaps shortened or decoded, as in a list of references."""
    url, text = link.url, link.text
    return _holds(squeeze(url), squeeze(text)) or _holds(squeeze(unquote(url)), squeeze(unquote(text)))


def _holds(address: str, key: str) -> bool:
    """Whether the parts of a text between its ellipses stand in an address, in order."""
    at = 0
    for part in key.split("..."):
        at = address.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
