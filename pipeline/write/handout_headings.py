"""The handout's headings and the places that links lead to, each id once, each level where it may stand."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.model.plan import Handout, HandoutBlock
from pipeline.model.text import numbers_itself, plain_text
from pipeline.write.html_inlines import Printing, clean, element, inlines_html


class HeadingPrinter:
    """Prints the headings of a handout's blocks, one after the other."""

    def __init__(self, handout: Handout, printing: Printing) -> None:
        self._handout = handout
        self._printing = printing
        self._given: set[str] = set()

    def heading(self, block: HandoutBlock) -> Markup:
        """The block's title with its number and, where it has several, its part; a place to lead to where it has none.

        A title that goes on from the block before is no heading.
        """
        title = plain_text(block.title)
        numbered = block.section and not numbers_itself(title)
        number = element("span", clean(str(block.section)), class_="ordinal") + Markup(" ") if numbered else ""
        part = ""
        if block.part:
            first, last, count = block.part
            which = f"{first}" if first == last else f"{first}–{last}"
            part = Markup(" ") + element("span", clean(f"{which}/{count}"), class_="part")
        if not title.strip():
            return self.anchor(block.id)
        shown, turned = inlines_html(block.title, self._printing), self._printing.turned(title)
        if turned and (number or part):  # the numbers stand where those of other titles do
            shown, turned = element("bdi", shown, dir=turned), None
        content = Markup("{}{}{}").format(number, shown, part)
        if not block.level:
            return element("p", content, class_="heading", id=self._once(block.id), dir=turned)
        level = self._printing.headings.place(block.level + self._printing.deeper)
        return element(f"h{level}", content, class_="heading", id=self._once(block.id), data_title=title, dir=turned)

    def label(self, title: str, name: str) -> Markup:
        """A heading that the page does not have."""
        level = self._printing.headings.place(2)
        return element(f"h{level}", clean(title), class_="heading", id=self._once(name), data_title=title)

    def anchor(self, name: str) -> Markup:
        """A place to lead to, unless there is one of that name."""
        given = self._once(name)
        return element("div", Markup(""), id=given, class_="place") if given else Markup("")

    def running(self, block: HandoutBlock) -> str:
        """The chapter of the contents that the block stands in."""
        first = block.slides[0] if block.slides else 0
        for entry in reversed(self._handout.contents):
            if entry.shown and entry.first_slide <= first <= entry.last_slide:
                numbered = entry.number and not numbers_itself(entry.title)
                return f"{entry.number} {entry.title}" if numbered else entry.title
        return plain_text(block.title)

    def _once(self, name: str) -> str | None:
        if not name or name in self._given:
            return None
        self._given.add(name)
        return name
