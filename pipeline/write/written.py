"""What a writer hands back: the file, what it has to say of it, and where things stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from pipeline.diagnostics import Diagnostic


class Written(Struct, frozen=True, kw_only=True):
    """One finished file. `pages` gives the handout's page of each of its blocks, by id; other files leave it empty."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
