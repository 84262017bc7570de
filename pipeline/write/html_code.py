"""Lines of code as HTML, with Pygments' colours; weight and slant tell the kinds apart in grey as well."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from markupsafe import Markup

from pipeline.highlight import highlighted
from pipeline.model.document import CodeBlock
from pipeline.theme import Colour
from pipeline.write.html_inlines import clean, element, with_options
from pipeline.write.pieces import cut_text

# Lines of more characters than this are laid out in pieces.
LONGEST_LINE = 10_000
# The width of a letter, and what a pane takes from the measure, in millimetres; and what part of lines are many.
LETTER, INSET, MANY_LONG = 1.7, 5.0, 0.2
# Lines that are longer by no more than this wrap: across the page they would leave a hole beside the slide.
BARELY = 1.12
# How far numbers move lines in, in letters; and so many columns a tab takes.
NUMBERS, TAB = 6, 4
# A word that takes more than this part of a line is divided.
FILLING = 0.9
# How far lines stand in as the style sheet has it, without numbers and with them, and how wide a letter is, in ems; the
# rest of a line stands in by no more than this part of the room.
LEFT, NUMBERED_LEFT, LETTER_EMS, DEEPEST_INDENT = 2.0, 5.5, 0.6, 0.4
_TAG = re.compile("<[^>]*>")


def asks_for_width(block: CodeBlock, measure: float, across: float) -> bool:
    """Whether enough lines are too long for the column that the code is better set across the page."""
    lengths = [len(line) for line in block.text.split("\n")]
    column, page = _letters(measure), _letters(across)
    return sum(column * BARELY < length <= page for length in lengths) > MANY_LONG * len(lengths)


def _letters(room: float) -> float:
    """How many letters stand on a line of code in so many millimetres."""
    return (room - INSET) / LETTER


def code_html(block: CodeBlock, room: float, *, wide: bool = False) -> Markup:
    """The code in so many millimetres, one element per line, with its title, its numbers and its marked lines.

    Lines that do not fit are marked where they go on.
    """
    title = element("p", clean(block.title), class_="code-title") if block.title else Markup("")
    numbered = block.numbered_from is not None
    letters = _letters(room) - (NUMBERS if numbered else 0)
    lines = [
        _line(content, number, block, letters, numbered=numbered)
        for number, content in enumerate(_coloured(block), start=1)
    ]
    pane = element("pre", Markup("").join(lines), class_="numbered" if numbered else None)
    return element("div", title + pane, class_="code wide" if wide else "code")


def _line(content: Markup, number: int, block: CodeBlock, letters: float, *, numbered: bool) -> Markup:
    wraps = " wraps" if len(content) > letters / 2 and _columns(content) > letters else ""
    if len(content) > LONGEST_LINE:
        # No colours are in a line this long.
        parts = cut_text(content.unescape(), LONGEST_LINE // 4)
        content = Markup("").join(element("span", clean(part), class_="piece") for part in parts)
    elif wraps and max(map(len, content.striptags().split())) > letters * FILLING:
        content = _dividable(content)
    shown = content or Markup(" ")
    if numbered and block.numbered_from is not None:
        label = element("span", clean(str(block.numbered_from + number - 1)), class_="line-number")
        shown = label + shown
    marked = " marked" if number in block.marked else ""
    hanging = _hanging(content, letters, numbered=numbered) if wraps else None
    return element("code", shown + Markup("\n"), class_=f"line{marked}{wraps}", style=hanging)


def _hanging(content: Markup, letters: float, *, numbered: bool) -> str | None:
    """How the rest of a line stands behind the line's own indent."""
    text = unescape(_TAG.sub("", content)).expandtabs(TAB)
    indent = min(len(text) - len(text.lstrip(" ")), letters * DEEPEST_INDENT)
    ems = indent * LETTER_EMS
    left = (NUMBERED_LEFT if numbered else LEFT) + ems
    return f"padding-left: {left:.2f}em; text-indent: {-LEFT - ems:.2f}em" if indent else None


def _columns(content: Markup) -> int:
    """How many letters wide a line is with all of its spaces, which `striptags` would close; ideographs take two."""
    text = unescape(_TAG.sub("", content)).expandtabs(TAB)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _dividable(content: Markup) -> Markup:
    """A line that may end wherever its colour changes: WeasyPrint divides a word only within one colour."""
    return Markup(str(content).replace("<span", "<wbr/><span").replace("</span>", "</span><wbr/>"))  # noqa: S704 - no text


def _coloured(block: CodeBlock) -> list[Markup]:
    return [
        Markup("").join(_stretch(text, colour) for text, colour in line)
        for line in highlighted(block.text, block.language)
    ]


def _stretch(text: str, colour: Colour) -> Markup:
    if colour is Colour.INK or not text.strip():
        return with_options(text)
    return element("span", with_options(text), class_=colour.value.removeprefix("code_"))
