"""Runs broken into lines, greedily, as every presentation program does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Baseline, Line, Run
from pipeline.typeset.breaking import SPACES, long_pieces, units
from pipeline.typeset.fonts import Style
from pipeline.typeset.scripts import Mixture, clusters, east_asian, mixture
from pipeline.typeset.shaping import Shaper
from pipeline.units import EMU_PER_POINT, Emu, Pt

MEETING = 0.25
"""Room kept where East Asian text meets other text, in ems: some programs set a space there that is no character."""
RAISED = 0.66
"""The size of superscripts and subscripts, as a part of their line's."""


def run_size(run: Run, size: Pt) -> float:
    """The size in points that a run is set at in a paragraph of a size."""
    points = (run.size or size).points
    return points if run.baseline is Baseline.NORMAL else points * RAISED


def run_style(run: Run) -> Style:
    """What a run asks of its font."""
    return Style(run.face, run.bold, run.italic)


def hard_lines(runs: Sequence[Run]) -> list[tuple[Run, ...]]:
    """The runs of each line that the author ended, without the newline; as many as there are newlines, and one."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(run if text == run.text else replace(run, text=text))
    return [tuple(line) for line in lines]


class _Stretch(Struct):
    """Text between two places where a line may end, as slices of the paragraph's runs."""

    parts: list[tuple[int, str]]
    width: float
    space: float
    mixture: Mixture | None = None
    join: float = 0.0
    """What is added to the width where it follows another on its line."""
    fresh: bool = False
    """Whether it starts on a line of its own, as words do that are wider than a line."""


class LineBreaker:
    """Breaks one paragraph without newlines at a size."""

    def __init__(self, shaper: Shaper, runs: Sequence[Run], size: Pt) -> None:
        self._shaper = shaper
        self._runs = runs
        self._sizes = [run_size(run, size) for run in runs]
        self._styles = [run_style(run) for run in runs]
        self._text = "".join(run.text for run in runs)
        mixed = east_asian(self._text) and any(char < "\u1100" and not char.isspace() for char in self._text)
        self._meeting = MEETING * max(self._sizes, default=0.0) if mixed else 0.0

    def natural_width(self) -> float:
        """The width on one line, in points, with the spaces at its end."""
        return self._measured([(number, run.text) for number, run in enumerate(self._runs)], whole=True).width

    def break_lines(self, allowed: float, hanging: float = 0.0) -> Iterator[Line]:
        """Lines of at most the allowed width in points; at least one, and on each at least one cluster.

        Those behind the first have so much less as they start further in.
        """
        line: list[_Stretch] = []
        used = 0.0
        room = allowed
        for stretch in self._joined(self._fitting(allowed - hanging)):
            if line and (stretch.fresh or used + stretch.join + stretch.width > room):
                yield self._line(line)
                line, used, room = [], 0.0, allowed - hanging
            used += stretch.width + stretch.space + (stretch.join if line else 0.0)
            line.append(stretch)
        yield self._line(line)

    def _joined(self, stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
        """The stretches, each with what its meeting with the one before adds."""
        before: Mixture | None = None
        for stretch in stretches:
            if stretch.mixture is not None:
                if before is not None and before.ends_east_asian is not stretch.mixture.starts_east_asian:
                    stretch.join = self._meeting
                before = stretch.mixture
            yield stretch

    def _fitting(self, allowed: float) -> Iterator[_Stretch]:
        """Stretches that each fit a line, as far as clusters do."""
        for stretch in self._stretches():
            if stretch.width <= allowed:
                yield stretch
            else:
                first, *others = self._broken(stretch, allowed)
                yield replace(first, fresh=True)
                yield from others

    def _stretches(self) -> Iterator[_Stretch]:
        number, offset = 0, 0
        for unit in units(self._text):
            parts: list[tuple[int, str]] = []
            left = unit
            while left:
                run = self._runs[number].text
                taken = left[: len(run) - offset]
                parts.append((number, taken))
                left = left[len(taken) :]
                offset += len(taken)
                if offset == len(run):
                    number, offset = number + 1, 0
            yield self._measured(parts)

    def _measured(self, parts: list[tuple[int, str]], *, whole: bool = False) -> _Stretch:
        """The parts with their width, from which the spaces at the end are told apart unless it is the whole."""
        width = space = 0.0
        for number, text in parts:
            bare = text if whole else text.rstrip(SPACES)
            if bare:
                width += space + self._width(number, bare)
                space = 0.0
            if bare != text:
                space += self._width(number, text[len(bare) :])
        mixed = mixture("".join(text for _, text in parts)) if self._meeting else None
        return _Stretch(parts, width + (self._meeting * mixed.meetings if mixed else 0.0), space, mixed)

    def _broken(self, stretch: _Stretch, allowed: float) -> Iterator[_Stretch]:
        """A stretch wider than a line in pieces: after an address's slashes, else between clusters."""
        for number, text in stretch.parts:
            for piece in long_pieces(text):
                measured = self._measured([(number, piece)])
                if measured.width <= allowed:
                    yield measured
                else:
                    yield from (self._measured([(number, cluster)]) for cluster in clusters(piece))

    def _width(self, number: int, text: str) -> float:
        return self._shaper.width(text, self._styles[number]) * self._sizes[number]

    def _line(self, stretches: Sequence[_Stretch]) -> Line:
        texts: dict[int, str] = {}
        for stretch in stretches:
            for number, text in stretch.parts:
                texts[number] = texts.get(number, "") + text
        width = sum(stretch.width + stretch.space for stretch in stretches) - _trailing(stretches)
        width += sum(stretch.join for stretch in stretches[1:])
        runs = tuple(self._with_text(number, text) for number, text in texts.items())
        return Line(runs=runs, width=Emu(math.ceil(width * EMU_PER_POINT)))

    def _with_text(self, number: int, text: str) -> Run:
        run = self._runs[number]
        return run if run.text == text else replace(run, text=text)


def _trailing(stretches: Sequence[_Stretch]) -> float:
    """The width of the spaces at the end of a line."""
    trailing = 0.0
    for stretch in reversed(stretches):
        trailing += stretch.space
        if stretch.width:
            break
    return trailing
