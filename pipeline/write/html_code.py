"""Lines of code as HTML, with Pygments' colours; weight and slant tell the kinds apart in grey as well."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from pipeline.model.document import CodeBlock
from pipeline.write.html_inlines import clean, cut_text, element

# Longer code is printed without colours: it would take longer than it is worth.
MOST_HIGHLIGHTED = 60_000
# Lines of more characters than this are laid out in pieces.
LONGEST_LINE = 10_000
# What escaping and colours can make of one character.
MOST_ESCAPED = 5
# The width of a letter, and what a pane takes from the measure, in millimetres; and what part of lines are many.
LETTER, INSET, MANY_LONG = 1.7, 5.0, 0.2


def asks_for_width(block: CodeBlock, measure: float, across: float) -> bool:
    """Whether enough lines are too long for the column that the code is better set across the page."""
    lengths = [len(line) for line in block.text.split("\n")]
    column, page = ((room - INSET) / LETTER for room in (measure, across))
    return sum(column < length <= page for length in lengths) > MANY_LONG * len(lengths)


def code_html(block: CodeBlock, *, wide: bool = False) -> Markup:
    """The code, one element per line, with its title, its numbers and its marked lines."""
    title = element("p", clean(block.title), class_="code-title") if block.title else Markup("")
    numbered = block.numbered_from is not None
    lines = [
        _line(content, number, block, numbered=numbered) for number, content in enumerate(_coloured(block), start=1)
    ]
    pane = element("pre", Markup("").join(lines), class_="numbered" if numbered else None)
    return element("div", title + pane, class_="code wide" if wide else "code")


def _line(content: Markup, number: int, block: CodeBlock, *, numbered: bool) -> Markup:
    if len(content) > LONGEST_LINE:
        # No colours are in a line this long.
        parts = cut_text(content.unescape(), LONGEST_LINE // 4)
        content = Markup("").join(element("span", clean(part), class_="piece") for part in parts)
    shown = content or Markup(" ")
    if numbered and block.numbered_from is not None:
        label = element("span", clean(str(block.numbered_from + number - 1)), class_="line-number")
        shown = label + shown
    marked = " marked" if number in block.marked else ""
    return element("code", shown + Markup("\n"), class_=f"line{marked}")


def _coloured(block: CodeBlock) -> list[Markup]:
    lines: list[Markup] = [Markup("")]
    for kind, text in _tokens(block):
        first, *rest = text.split("\n")
        lines[-1] += _token(kind, first)
        lines.extend(_token(kind, part) for part in rest)
    return lines


def _token(kind: str, text: str) -> Markup:
    return element("span", clean(text), class_=kind) if kind and text.strip() else clean(text)


def _tokens(block: CodeBlock) -> list[tuple[str, str]]:
    longest = max(map(len, block.text.split("\n")))
    if block.language and len(block.text) <= MOST_HIGHLIGHTED and longest * MOST_ESCAPED <= LONGEST_LINE:
        tokens = list(_highlighted(block.text, block.language))
        if "".join(text for _, text in tokens) == block.text:
            return tokens
    return [("", block.text)]


def _highlighted(text: str, language: str) -> Iterator[tuple[str, str]]:
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Name, Number, String
    from pygments.util import ClassNotFound

    kinds = (
        (Keyword, "keyword"),
        (String, "string"),
        (Number, "number"),
        (Comment, "comment"),
        (Name.Tag, "keyword"),
        (Name.Function, "name"),
        (Name.Class, "name"),
        (Name.Decorator, "name"),
        (Name.Attribute, "name"),
        (Name.Builtin, "name"),
    )
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    for token, part in lexer.get_tokens(text):
        yield next((name for kind, name in kinds if token[: len(kind)] == kind), ""), part
