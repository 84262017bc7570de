"""The handout's footnotes, each below the block that marks it first."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from pipeline.model.plan import Handout
from pipeline.write.html import blocks_html
from pipeline.write.html_inlines import Printing, clean, element


def footnote_marks(handout: Handout) -> Mapping[str, str]:
    """The mark of each footnote by its label."""
    return {label: _mark(index) for index, (label, _) in enumerate(handout.footnotes)}


class FootnotePrinter:
    """Prints footnotes below the blocks that mark them, each once."""

    def __init__(self, handout: Handout, printing: Printing) -> None:
        self._left = dict(handout.footnotes)
        self._printing = printing

    def below(self) -> Markup:
        """The footnotes that were marked since the last time, with those that they mark in turn."""
        printed = []
        while labels := [label for label in self._printing.feet.take() if label in self._left]:
            printed += [self._entry(label) for label in labels]
        return element("div", Markup("").join(printed), class_="footnotes") if printed else Markup("")

    def unmarked(self) -> Markup:
        """The footnotes that nothing marks."""
        return Markup("").join(self._entry(label) for label in tuple(self._left))

    def _entry(self, label: str) -> Markup:
        mark = self._printing.marks[label]
        body = blocks_html(self._left.pop(label), self._printing)
        return element(
            "div", element("p", clean(mark), class_="footnote-mark") + body, class_="footnote", id=f"footnote:{mark}"
        )


def _mark(index: int) -> str:
    """The footnote's mark: a letter, since numbers are the references'."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    mark = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, len(letters))
        mark = letters[letter] + mark
    return mark
