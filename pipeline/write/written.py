"""What a writer hands back: the file, what it has to say of it, and where things stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One finished file. `pages` gives the handout's page of each of its blocks, by id; other files leave it empty."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
