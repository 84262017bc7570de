"""WeasyPrint, loaded without asking the system's compiler where its libraries are."""

from __future__ import annotations

import ctypes.util
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress


def load_weasyprint() -> None:
    """Import WeasyPrint. Raises `OSError` where a library of the system is missing.

    Elsewhere than on Linux it finds its libraries quickly. There, it first asks `ctypes.util.find_library` for each,
    which runs ldconfig, the compiler and the linker, and then takes the name that the library has on every Linux:
    so the asking is left out, unless a library has another name on this system.
    """
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        # What it prints of a missing library is printed again below, if it is missing indeed.
        with suppress(OSError), _nothing_found(), redirect_stdout(io.StringIO()):
            import weasyprint
    import weasyprint  # noqa: F401


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
