"""WeasyPrint, loaded without what it does at its start for nothing."""

from __future__ import annotations

import ctypes.util
import importlib
import importlib.util
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from types import ModuleType

from pipeline.write.hyphens import prepare_hyphenation
from pipeline.write.page_references import keep_page_references


def load_weasyprint() -> None:
    """Import WeasyPrint. Raises `OSError` where a library of the system is missing.

    Elsewhere than on Linux it finds its libraries quickly. There, it first asks `ctypes.util.find_library` for each,
    which runs ldconfig, the compiler and the linker, and then takes the name that the library has on every Linux:
    so the asking is left out, unless a library has another name on this system.
    """
    if "weasyprint" not in sys.modules:
        with _imported_when_called("fontTools.varLib.instancer", "instantiateVariableFont"):
            _import_when_used("fontTools.subset")  # WeasyPrint's way without HarfBuzz's subsetter, which is there
            if sys.platform == "linux":
                # What it prints of a missing library is printed again below, if it is missing indeed.
                with suppress(OSError), _nothing_found(), redirect_stdout(io.StringIO()):
                    import weasyprint
            import weasyprint  # noqa: F401

    from pipeline.write.drawing_text import keep_text_whole
    from pipeline.write.line_ends import keep_line_ends
    from pipeline.write.targets import keep_targets

    prepare_hyphenation()
    keep_text_whole()
    keep_line_ends()
    keep_targets()
    keep_page_references()


def _import_when_used(name: str) -> None:
    """Let that module be imported when something of it is asked for."""
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    package, _, own = name.rpartition(".")
    setattr(sys.modules[package], own, module)  # else `from package import module` looks into it


@contextmanager
def _imported_when_called(name: str, function: str) -> Iterator[None]:
    """Let modules that are imported in the block have that function of a module that is imported when it is called."""
    if name in sys.modules:
        yield
        return

    def call(*args: object, **kwargs: object) -> object:
        return getattr(importlib.import_module(name), function)(*args, **kwargs)

    stand_in = ModuleType(name)
    setattr(stand_in, function, call)
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def _nothing_found() -> Iterator[None]:
    asking = ctypes.util.find_library

    def find_library(name: str) -> str | None:
        del name
        return None

    ctypes.util.find_library = find_library
    try:
        yield
    finally:
        ctypes.util.find_library = asking
