"""Where links to other pages and to files lead from a page's results."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from urllib.parse import quote

from pipeline.jobs import file_name, results_of
from pipeline.model.inlines import FileTarget, PageTarget
from pipeline.settings import Product

_SAFE = "/-._~"


def page_address(target: PageTarget, product: Product) -> str:
    """The other page's file of the same kind, as a URI reference from this page's; in a handout, the place there."""
    page = PurePosixPath(target.path)
    file = results_of(page) / file_name(product, page.stem)
    address = _reference(posixpath.relpath(file, results_of(PurePosixPath(target.source))))
    named = product is Product.HANDOUT and target.place
    return f"{address}#{quote(target.place, safe=_SAFE)}" if named else address


def file_address(target: FileTarget) -> str:
    """The file as a URI reference from the page's results; empty where there is no way."""
    return _reference(target.way)


def _reference(path: str) -> str:
    return quote(path, safe=_SAFE)
