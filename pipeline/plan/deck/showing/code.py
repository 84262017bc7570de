"""Code as a piece: highlighted line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model.document import CodeBlock
from pipeline.model.fitted import Run
from pipeline.plan.deck.pieces import CodePiece, Shown
from pipeline.plan.deck.runs import Inker
from pipeline.theme import Colour, Face

_NUMBERED_FROM = 4
"""Code of fewer lines has no numbers, unless the author marks lines or numbers them."""
_TAB = 4
_LONGEST = 400
"""Lines longer than this, and very long code, are not highlighted: colours would not help, and lexers take long."""
_MOST_CHARACTERS = 60_000


def code_piece(block: CodeBlock, ink: Inker) -> Shown:
    """The piece of a code block."""
    source = block.text.rstrip("\n").expandtabs(_TAB)
    lines = tuple(_lines(source, block.language, ink))
    numbered = len(lines) >= _NUMBERED_FROM or block.marked or block.numbered_from is not None
    start = block.numbered_from if block.numbered_from is not None else 1
    piece = CodePiece(
        lines=lines,
        title=block.title,
        marked=frozenset(block.marked),
        first=start if numbered else None,
    )
    return Shown(piece=piece)


def _lines(source: str, language: str, ink: Inker) -> Iterator[tuple[Run, ...]]:
    base = replace(ink.plain(""), face=Face.MONO, bold=True)
    plain = [tuple([replace(base, text=line)] if line else []) for line in source.split("\n")]
    if not language or len(source) > _MOST_CHARACTERS or max(map(len, source.split("\n"))) > _LONGEST:
        yield from plain
        return
    coloured = list(_highlighted(source, language, base))
    # A lexer that adds or drops a line would put colours, or code, in the wrong place.
    same = ["".join(run.text for run in line) for line in coloured] == source.split("\n")
    yield from coloured if same else plain


def _highlighted(source: str, language: str, base: Run) -> Iterator[tuple[Run, ...]]:
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.casefold(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    line: list[Run] = []
    for token, value in lex(source, lexer):
        colour = _colour(str(token))
        for number, text in enumerate(value.split("\n")):
            if number:
                yield tuple(line)
                line = []
            if text and line and line[-1].colour is colour:
                line[-1] = replace(line[-1], text=line[-1].text + text)
            elif text:
                line.append(replace(base, text=text, colour=colour))
    yield tuple(line)


def _colour(token: str) -> Colour:
    """The colour of a token by its type's name, as in `Token.Keyword.Declaration`."""
    colours = (
        ("Token.Comment.Preproc", Colour.CODE_NAME),
        ("Token.Comment", Colour.CODE_COMMENT),
        ("Token.Keyword", Colour.CODE_KEYWORD),
        ("Token.Operator.Word", Colour.CODE_KEYWORD),
        ("Token.Name.Tag", Colour.CODE_KEYWORD),
        ("Token.Literal.String", Colour.CODE_STRING),
        ("Token.Literal.Number", Colour.CODE_NUMBER),
        ("Token.Name.Decorator", Colour.CODE_NAME),
        ("Token.Name.Attribute", Colour.CODE_NAME),
        ("Token.Generic.Prompt", Colour.CODE_COMMENT),
        ("Token.Generic.Inserted", Colour.CODE_STRING),
        ("Token.Generic.Deleted", Colour.CODE_NUMBER),
        ("Token.Generic.Heading", Colour.CODE_KEYWORD),
        ("Token.Generic.Subheading", Colour.CODE_KEYWORD),
    )
    return next((colour for prefix, colour in colours if token.startswith(prefix)), Colour.INK)
