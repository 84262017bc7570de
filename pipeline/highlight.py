"""Code in colours: one reading of its tokens for slides and paper."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.theme import Colour

# Lines longer than this, and very long code, stay plain: colours would not help, and lexers take long.
LONGEST_LINE = 400
MOST_CHARACTERS = 60_000


def highlighted(code: str, language: str) -> list[list[tuple[str, Colour]]]:
    """The code line by line, each line as stretches of text with their colours. No stretch is empty, none is lost.

    Everything is ink where the language is unknown to Pygments or the code is too long to colour.
    """
    plain = [[(line, Colour.INK)] if line else [] for line in code.split("\n")]
    if not language or len(code) > MOST_CHARACTERS or max(map(len, code.split("\n"))) > LONGEST_LINE:
        return plain
    coloured = list(_lines(_tokens(code, language)))
    # A lexer that adds or drops a line would put colours, or code, in the wrong place.
    same = ["".join(text for text, _ in line) for line in coloured] == code.split("\n")
    return coloured if same else plain


def _tokens(code: str, language: str) -> Iterator[tuple[str, Colour]]:
    """The tokens of the code and of a line end behind it, without which lexers misread a comment on its last line."""
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    # What is added and removed in code of some language: `diff-js`.
    name = "diff" if language.startswith("diff-") else language.casefold()
    try:
        lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    for token, text in lex(f"{code}\n", lexer):
        yield text, _colour(str(token))


def _lines(tokens: Iterator[tuple[str, Colour]]) -> Iterator[list[tuple[str, Colour]]]:
    """The tokens line by line, neighbours of one colour as one; nothing for what follows the last line end."""
    line: list[tuple[str, Colour]] = []
    for text, colour in tokens:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield line
                line = []
            if part and line and line[-1][1] is colour:
                line[-1] = (line[-1][0] + part, colour)
            elif part:
                line.append((part, colour))


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
