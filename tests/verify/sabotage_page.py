"""Pages made at random of everything that a page may hold; every text names its own line with a word of its own."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from PIL import Image

_TEXT = (
    "river carries cold water past old mills and quiet farms while small boats wait near wooden bridges every "
    "morning people walk along stone paths toward busy markets under grey clouds before rain begins slowly gardens "
    "open their gates when warm light reaches tall windows beside narrow streets of our town"
)
_WORDS = tuple(_TEXT.split())
_MARK = re.compile(r"\bmark([a-p]+)\b")
_LETTERS = "abcdefghijklmnop"


def mark(line: int) -> str:
    """A word that stands on that line alone, without digits."""
    return "mark" + "".join(_LETTERS[int(digit, 16)] for digit in f"{line:x}")


def marked_lines(text: str) -> set[int]:
    """The lines that a text is from."""
    return {int("".join(f"{_LETTERS.index(letter):x}" for letter in found), 16) for found in _MARK.findall(text)}


class RandomPage:
    """A page in the making. The same seed gives the same page."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311
        self._folder = folder
        self._lines: list[str] = []
        self._notes: list[str] = []
        self._links = self._figures = self._sections = 0

    def written(self, sections: int) -> Path:
        """The page as a file, with its pictures beside it."""
        self._sections = sections
        self._add("---", f"title: Notes on {self._words(3)}", "---", "")
        self._paragraph()
        kinds = [
            self._bullets,
            self._table,
            self._code,
            self._figure,
            self._two_figures,
            self._quote,
            self._tip,
            self._said,
            self._numbered,
            self._paragraph,
        ]
        for number in range(sections):
            self._add(f"## {self._sentence(4)[:-1]} {{#part-{number}}}", "")
            for _ in range(self._random.randint(1, 2)):
                self._paragraph()
            kinds[number % len(kinds)]()
            self._random.choice(kinds)()
        for note in self._notes:
            self._add(f"{note}: {self._sentence(8)}", "")
        page = self._folder / "page.md"
        page.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        return page

    # ------------------------------------------------------------ words

    @property
    def _line(self) -> int:
        return len(self._lines) + 1

    def _add(self, *lines: str) -> None:
        self._lines.extend(lines)

    def _words(self, count: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=count))

    def _sentence(self, count: int, line: int | None = None) -> str:
        words = self._words(count).split()
        words.insert(self._random.randint(1, len(words) - 1), mark(line or self._line))
        return " ".join(words).capitalize() + "."

    def _telling(self, line: int | None = None) -> str:
        """A sentence with a number and a denial."""
        before, after = self._sentence(5, line)[:-1], self._words(5)
        return f"{before} does not take {self._random.randint(1000, 9999)} {after}."

    def _link(self) -> str:
        self._links += 1
        return f"[{self._words(2)} {mark(self._line)}](https://example.org/{self._links}/{self._words(1)})"

    def _inner_link(self) -> str:
        part = self._random.randrange(self._sections)
        return f"[{self._words(2)} {mark(self._line)}](#part-{part})"

    # ------------------------------------------------------------ blocks

    def _paragraph(self) -> None:
        sentences = [self._telling(), self._sentence(9), f"See {self._link()} for more."]
        if self._random.random() < 0.3:
            self._notes.append(f"[^{len(self._notes) + 1}]")
            sentences.append(f"{self._sentence(6)[:-1]}{self._notes[-1]}.")
        if self._random.random() < 0.3:
            sentences.append(f"Look at {self._inner_link()} too.")
        self._add(" ".join(sentences), "")

    def _bullets(self) -> None:
        for _ in range(self._random.randint(2, 4)):
            self._add(f"- **{self._words(1).capitalize()} {mark(self._line)}**: {self._telling()}")
            if self._random.random() < 0.4:
                self._add(f"  - {self._sentence(5)}")
            if self._random.random() < 0.4:
                self._add(f"  - Compare {self._inner_link()}")
        self._add("")

    def _numbered(self) -> None:
        for number in range(1, self._random.randint(3, 5)):
            self._add(f"{number}. {self._telling()} {self._sentence(12)}")
        self._add("")

    def _table(self) -> None:
        self._add(f"| {self._words(2)} {mark(self._line)} | Before {mark(self._line)} | After {mark(self._line)} |")
        self._add("|---|---|---|")
        for number in range(self._random.randint(3, 5)):
            line = mark(self._line)
            first, second = self._random.sample(range(100, 999), 2)
            self._add(f"| {self._words(1)} {number} {line} | {first} {self._words(1)} {line} | {second} {line} |")
        self._add("")

    def _code(self) -> None:
        self._add("```python")
        for _ in range(self._random.randint(3, 6)):
            self._add(f"{self._words(1)}_{mark(self._line)} = {self._random.randint(100, 999)}")
        self._add("```", "")

    def _figure(self) -> None:
        self._figures += 1
        name = f"figure-{self._figures}.png"
        colour = tuple(self._random.randint(0, 255) for _ in range(3))
        Image.new("RGB", (320, 200), colour).save(self._folder / name)
        line = mark(self._line)
        self._add(
            f"<Img src='{name}' alt='{self._words(3)} seen {line}' legend='Figure: {self._words(3)} {line}' />", ""
        )

    def _two_figures(self) -> None:
        self._figure()
        self._figure()

    def _quote(self) -> None:
        self._add(f"> {self._sentence(9)}", "")

    def _tip(self) -> None:
        self._add(":::tip", "", self._telling(self._line + 2), "", ":::", "")

    def _said(self) -> None:
        self._add(":::notes", "", self._sentence(9, self._line + 2), "", ":::", "")
