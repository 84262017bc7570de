"""What a check has to say of a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Where in the file something is wrong (`slide 3`, a part, a clause of the standard), and what it is."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class ToolError(Exception):
    """A program that checks could not be run; the message says which and what it said."""
