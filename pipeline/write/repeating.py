"""Drawings that stand several times in a PDF, drawn once for each size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field

Draw: TypeAlias = Callable[[Any, float, float, Any], None]


class _Drawn(Struct, frozen=True):
    """What a drawing added to a page's stream, and the PDF's resources that its operators name."""

    resources: Any
    operators: Sequence[Any]


class Repeating(Struct, frozen=True):
    """Draws an image as `draw` does, which is to WeasyPrint's images, and again by repeating the operators.

    An image with patterns or gradients is drawn anew each time: where they lie depends on where on its page it stands.
    """

    draw: Draw
    _drawn: dict[tuple[float, float], _Drawn] = field(default_factory=dict)

    def __call__(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the image into a WeasyPrint stream, so many CSS pixels wide and high."""
        resources = stream._resources  # noqa: SLF001  # WeasyPrint has no call for drawing the same twice
        drawn = self._drawn.get((width, height))
        if drawn is not None and drawn.resources is resources:
            stream.stream.extend(drawn.operators)
            return
        # On leaving a state, WeasyPrint forgets which colour and font are current: the operators then set their own.
        with stream.stacked():
            pass
        start, placed = len(stream.stream), _placed(resources)
        self.draw(stream, width, height, style)
        if _placed(resources) == placed:
            self._drawn[width, height] = _Drawn(resources, tuple(stream.stream[start:]))


def _placed(resources: Any) -> int:
    """How many resources there are whose place on the page is fixed when they are made."""
    return sum(len(resources[kind]) for kind in ("Pattern", "Shading"))
