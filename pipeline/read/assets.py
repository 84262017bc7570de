"""The pictures that a page names: read from under the root, from the address, or shown as missing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.model.inlines import Image, Picture
from pipeline.read.picture_cache import PictureCache
from pipeline.read.pictures import MAX_BYTES, RefusedAddressError, UnusablePictureError, read_picture
from pipeline.read.templates import plain_address
from pipeline.settings import Settings

_PUBLIC_FOLDERS = ("", "static", "public", "docs", "assets", "src")
_LONGEST_SHOWN, _DATA_SHOWN = 120, 40


class Assets:
    """The pictures of one page, each read once; what cannot be had is reported at every line that names it."""

    def __init__(self, settings: Settings, page: Path, report: Callable[[Diagnostic], None]) -> None:
        self._root = settings.root.resolve()
        self._folder = page.resolve().parent
        self._report = report
        self._cache = PictureCache(settings.output / ".cache" / "pictures", offline=settings.offline)
        self._read: dict[str, Picture | _Missing] = {}

    def image(self, source: str, alt: str, title: str, span: Span) -> Image:
        """The image of that source, with a picture or, after a warning, without."""
        source = plain_address(source).strip()
        if source not in self._read:
            self._read[source] = self._load(source)
        picture = self._read[source]
        if isinstance(picture, _Missing):
            self._report(picture.diagnostic(source, span))
            return Image(source=_shown(source), alt=alt, title=title, picture=None, span=span)
        return Image(source=source, alt=alt, title=title, picture=picture, span=span)

    def _load(self, source: str) -> Picture | _Missing:
        try:
            return read_picture(self._bytes(source.strip()))
        except (UnusablePictureError, RefusedAddressError) as error:
            return _Missing(str(error), "a frame with its legend and address stands in its place")
        except _NotFoundError as error:
            return _Missing(str(error), error.hint)

    def _bytes(self, source: str) -> bytes:
        if not source:
            raise _NotFoundError("the image names no file", "give it a src")
        scheme = source.partition(":")[0].lower() if ":" in source.split("/", 1)[0] else ""
        if scheme == "data":
            return _data_bytes(source)
        if scheme in ("http", "https"):
            return self._cache.get(source)
        if source.startswith("//"):
            return self._cache.get("https:" + source)
        if len(scheme) > 1:
            raise RefusedAddressError(f"pictures are not read from {scheme}: addresses")
        return self._file_bytes(source)

    def _file_bytes(self, source: str) -> bytes:
        name = unquote(source.split("#", 1)[0].split("?", 1)[0]).replace("\\", "/")
        if "\0" in name:
            raise _NotFoundError("the file's name has a NUL character", "")
        outside = False
        for candidate in self._candidates(name):
            try:
                path = candidate.resolve()
                if not path.is_relative_to(self._root):
                    outside = True
                elif path.is_file():
                    return _limited(path)
            except (OSError, RuntimeError):
                continue
        if outside:
            raise _NotFoundError("the file is outside the root", "give a wider root with --root")
        raise _NotFoundError("there is no such file", f"looked beside the page and under {self._root.name}/")

    def _candidates(self, name: str) -> list[Path]:
        relative = name.lstrip("/").removeprefix("@site/").removeprefix("@/").removeprefix("~/")
        rooted = [self._root / folder / relative for folder in _PUBLIC_FOLDERS]
        above = [f for f in self._folder.parents if f.is_relative_to(self._root)]
        is_alias = name.startswith(("@", "~"))
        below = ("static", "public", "src", "") if is_alias else ("static", "public")
        rooted += [base / folder / relative for base in above for folder in below]
        return rooted if is_alias or name.startswith("/") else [self._folder / name, *rooted]


class _NotFoundError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class _Missing:
    """Why a picture cannot be had."""

    def __init__(self, reason: str, hint: str) -> None:
        self._reason = reason
        self._hint = hint

    def diagnostic(self, source: str, span: Span) -> Diagnostic:
        return Diagnostic(
            severity=Severity.WARNING,
            code="missing-image",
            message=f"{_shown(source)}: {self._reason}",
            span=span,
            hint=self._hint,
        )


def _shown(source: str) -> str:
    """The source as it is told: of one that holds the data itself, only the beginning."""
    return source if len(source) <= _LONGEST_SHOWN or not source.startswith("data:") else source[:_DATA_SHOWN] + "…"


def _limited(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise UnusablePictureError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    return path.read_bytes()


def _data_bytes(source: str) -> bytes:
    head, comma, body = source.partition(",")
    if not comma:
        raise UnusablePictureError("the data address is incomplete")
    if len(body) > MAX_BYTES * 4 // 3:
        raise UnusablePictureError(f"the data is larger than {MAX_BYTES // 1_000_000} MB")
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw, validate=False)
    except binascii.Error as error:
        raise UnusablePictureError("the data is damaged") from error
