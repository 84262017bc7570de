"""What the parts of the reader share while they read one page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Severity, Span, in_order
from pipeline.model.document import Blocks, Footnote, SpeakerNotes
from pipeline.read.definitions import Definitions
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.read.assets import Assets
    from pipeline.read.formulas import Formulas


class Sink(Struct, kw_only=True):
    """Collects the diagnostics of one page. `path` is how messages name it."""

    path: str
    _collected: list[Diagnostic] = field(default_factory=list)
    _once: set[str] = field(default_factory=set)

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic; one that names no page is about this one."""
        self._collected.append(diagnostic if diagnostic.path else replace(diagnostic, path=self.path))

    def warn(self, code: str, message: str, span: Span | None, *, hint: str = "") -> None:
        """Keep a warning about this page."""
        self._keep(Severity.WARNING, code, message, span, hint)

    def error(self, code: str, message: str, span: Span | None, *, hint: str = "") -> None:
        """Keep an error about this page."""
        self._keep(Severity.ERROR, code, message, span, hint)

    def note(self, code: str, message: str, span: Span | None, *, hint: str = "") -> None:
        """Keep a note on this page."""
        self._keep(Severity.NOTE, code, message, span, hint)

    def once(self, code: str, message: str, span: Span | None, *, hint: str = "") -> None:
        """Keep a note of that code if there is none yet."""
        if code not in self._once:
            self._once.add(code)
            self.note(code, message, span, hint=hint)

    def _keep(self, severity: Severity, code: str, message: str, span: Span | None, hint: str) -> None:
        self._collected.append(
            Diagnostic(severity=severity, code=code, message=message, path=self.path, span=span, hint=hint)
        )

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that was said, in the order of the source's lines; what concerns no line comes first."""
        return in_order(self._collected)


class Context(Struct, frozen=True, kw_only=True):
    """One page's surroundings, complete once its blocks are parsed and before its inlines are read.

    `page` is the absolute path of the file; `anchors` holds every id on the page that a link can lead to
    (headings and `id=` attributes), and `titles` the Markdown that stands at some of them; `substitutions` are the
    texts that front matter gives by name, and `has_light_pictures` says that sites show some on light pages alone;
    `sink`, `assets`, `formulas`, `notes` and `speech`, the footnotes and the speaker's notes that stand within lines,
    are the only members that change.
    """

    settings: Settings
    page: Path
    definitions: Definitions
    anchors: frozenset[str]
    titles: Mapping[str, str] = field(default_factory=dict)
    substitutions: Mapping[str, str] = field(default_factory=dict)
    assets: Assets
    formulas: Formulas
    sink: Sink
    has_light_pictures: bool = False
    notes: list[Footnote] = field(default_factory=list)
    speech: list[SpeakerNotes] = field(default_factory=list)

    def spoken(self) -> tuple[SpeakerNotes, ...]:
        """The speaker's notes that were met within lines since this was asked last."""
        met = tuple(self.speech)
        self.speech.clear()
        return met

    def keep_note(self, children: Blocks, span: Span) -> str:
        """Keep a footnote that has no label of its own, and give it one."""
        last = int(self.notes[-1].label.rpartition("-")[2]) if self.notes else 0
        label = next(name for i in count(last + 1) if (name := f"note-{i}") not in self.definitions.footnotes)
        self.notes.append(Footnote(label=label, children=children, span=span))
        return label
