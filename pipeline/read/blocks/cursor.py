"""A place in a source line, in characters and in columns (a tab reaches to the next column divisible by four)."""

from __future__ import annotations

TAB = 4
CODE_INDENT = 4


class Cursor:
    """Where the parser stands in the line, and where the next character that is no white space stands."""

    __slots__ = (
        "blank",
        "column",
        "in_tab",
        "indent",
        "line",
        "next_column",
        "next_offset",
        "offset",
    )

    def __init__(self) -> None:
        self.start("")

    def start(self, line: str) -> None:
        """Go to the beginning of a line."""
        self.line = line
        self.offset = 0
        self.column = 0
        self.in_tab = False
        self.look()

    def look(self) -> None:
        """Find the next character that is neither space nor tab."""
        line, place, column = self.line, self.offset, self.column
        end = len(line)
        while place < end:
            character = line[place]
            if character == " ":
                column += 1
            elif character == "\t":
                column += TAB - column % TAB
            else:
                break
            place += 1
        self.next_offset = place
        self.next_column = column
        self.blank = place == end
        self.indent = column - self.column

    def advance(self, characters: int) -> None:
        """Go on by that many characters."""
        end = min(self.offset + characters, len(self.line))
        for character in self.line[self.offset : end]:
            self.column += TAB - self.column % TAB if character == "\t" else 1
        self.offset = end
        self.in_tab = False
        self.look()

    def advance_columns(self, columns: int) -> None:
        """Go on by that many columns, perhaps into the middle of a tab."""
        within_space = columns <= self.indent
        if within_space and not self.in_tab and "\t" not in self.line[self.offset : self.offset + columns]:
            self.offset += columns
            self.column += columns
        else:
            self._step(columns)
        if within_space:
            self.indent = self.next_column - self.column
        else:
            self.look()

    def _step(self, columns: int) -> None:
        while columns > 0 and self.offset < len(self.line):
            width = TAB - self.column % TAB if self.line[self.offset] == "\t" else 1
            self.in_tab = width > columns
            step = min(columns, width)
            self.column += step
            self.offset += 0 if self.in_tab else 1
            columns -= step

    def skip_space(self) -> None:
        """Go to the next character that is neither space nor tab."""
        self.offset = self.next_offset
        self.column = self.next_column
        self.in_tab = False
        self.indent = 0

    @property
    def first(self) -> str:
        """The next character that is neither space nor tab; empty at the line's end."""
        return self.line[self.next_offset : self.next_offset + 1]

    def rest(self) -> str:
        """What follows; what is left of a tab that was entered counts as spaces."""
        if not self.in_tab:
            return self.line[self.offset :]
        return " " * (TAB - self.column % TAB) + self.line[self.offset + 1 :]

    def text(self) -> str:
        """What follows, without leading white space."""
        return self.line[self.next_offset :]
