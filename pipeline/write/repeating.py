"""Drawings that stand several times in a PDF, drawn once for each size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field

Draw: TypeAlias = Callable[[Any, float, float, Any], None]


class _Drawn(Struct, frozen=True):
    """What a drawing added to a stream: operators, and in `resources` what they name, or to a new one `states`."""

    resources: Any
    operators: Sequence[Any]
    states: dict[str, Any] | None = None


class Repeating(Struct, frozen=True):
    """Draws an image as `draw` does, which is to WeasyPrint's images, and again by repeating the operators.

    An image with patterns or gradients is drawn anew each time: where they lie depends on where on its page it stands.
    A background is drawn into a stream of its own, whose resources hold nothing yet: it repeats what needs no more
    there than graphics states.
    """

    draw: Draw
    _drawn: dict[tuple[float, float, bool], _Drawn] = field(default_factory=dict)

    def __call__(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the image into a WeasyPrint stream, so many CSS pixels wide and high."""
        resources = stream._resources  # noqa: SLF001  # WeasyPrint has no call for drawing the same twice
        states = resources["ExtGState"]
        new = not (states or _objects(resources))
        drawn = self._drawn.get((width, height, new))
        if drawn is not None and (new or drawn.resources is resources):
            states.update(drawn.states or {})
            stream.stream.extend(drawn.operators)
            return
        # On leaving a state, WeasyPrint forgets which colour and font are current: the operators then set their own.
        with stream.stacked():
            pass
        start, placed = len(stream.stream), _placed(resources)
        self.draw(stream, width, height, style)
        operators = tuple(stream.stream[start:])
        if new and not _objects(resources):
            self._drawn[width, height, new] = _Drawn(None, operators, dict(states))
        elif not new and _placed(resources) == placed:
            self._drawn[width, height, new] = _Drawn(resources, operators)


def _placed(resources: Any) -> int:
    """How many resources there are whose place on the page is fixed when they are made."""
    return sum(len(resources[kind]) for kind in ("Pattern", "Shading"))


def _objects(resources: Any) -> int:
    """How many resources there are that are objects of their own in the file."""
    return len(resources["XObject"]) + _placed(resources)
