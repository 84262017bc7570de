"""What the parts that make the model's blocks use of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, FormulaBlock
from pipeline.model.inlines import Image, Inlines, Target
from pipeline.read.blocks.nodes import Node
from pipeline.read.context import Sink


class Reads(Protocol):
    """Reads what stands inside a block."""

    @property
    def imports(self) -> Mapping[str, str]:
        """The addresses of files by the names that the page's code gives them."""

    @property
    def sink(self) -> Sink:
        """Where warnings go."""

    @property
    def stated(self) -> list[tuple[Span, str]]:
        """Addresses whose words no link on those lines keeps, to which others are added."""

    def inlines(self, text: str, lines: tuple[int, ...]) -> Inlines:
        """The inlines of a text on those source lines."""

    def blocks(self, nodes: Sequence[Node]) -> Blocks:
        """The blocks of those nodes."""

    def target(self, address: str, span: Span) -> Target | None:
        """Where an address leads, or None where it is never followed."""

    def image(self, source: str, alt: str, span: Span) -> Image:
        """The image of that address."""

    def formula(self, source: str, span: Span) -> FormulaBlock:
        """The displayed formula of that LaTeX."""
