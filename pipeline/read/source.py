"""A page's bytes as text: decoded strictly, with line ends and control characters made harmless."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from pipeline.diagnostics import ContentError, Diagnostic, Severity, Span, UsageError
from pipeline.read.context import Sink

_MOST_BYTES = 20_000_000
# A stray NUL is an accident; this many, and this share, is another encoding or no text at all.
_MANY_NUL = 8
_NO_TEXT_IF_NUL = 0.05
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile(r"\r\n?")
_BREAKING_SPACE = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
# Overrides of direction have text read otherwise than it is written; notes between lines have no glyphs.
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufff9-\ufffb\ufffe\uffff]")


class Source(Struct, frozen=True, kw_only=True):
    """A page as text. `digest` is the SHA-256 of its bytes; the lines have no line ends."""

    page: Path
    name: str
    digest: str
    lines: tuple[str, ...]


def page_name(path: Path) -> str:
    """How messages name a page: as it was given."""
    return path.as_posix()


def read_source(path: Path, sink: Sink) -> Source:
    """The page's text. Raises `UsageError` if there is no such file and `ContentError` if it is no text."""
    data = _bytes(path, sink)
    text = _decoded(data, sink)
    text = _BREAKING_SPACE.sub(" ", _LINE_END.sub("\n", text))
    controls = [*_CONTROL.finditer(text)]
    if controls:
        first = 1 + text.count("\n", 0, controls[0].start())
        last = 1 + text.count("\n", 0, controls[-1].start())
        count = f"{len(controls)} control characters are" if len(controls) > 1 else "a control character is"
        sink.warn("control-characters", f"{count} replaced by \ufffd", Span(first=first, last=last))
        text = _CONTROL.sub("\ufffd", text)
    digest = hashlib.sha256(data).hexdigest()
    return Source(page=path.resolve(), name=sink.path, digest=digest, lines=tuple(text.removesuffix("\n").split("\n")))


def _bytes(path: Path, sink: Sink) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MOST_BYTES else b""
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be opened"
        raise UsageError(_error(sink, "no-such-page", f"the page cannot be read: {reason}")) from error
    if size > _MOST_BYTES:
        raise ContentError(_error(sink, "page-too-large", f"the page is larger than {_MOST_BYTES // 1_000_000} MB"))
    return data


def _decoded(data: bytes, sink: Sink) -> str:
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise ContentError(_no_text(data, len(mark) + error.start, encoding, sink)) from error
    if text.count("\0") > max(_MANY_NUL, len(text) * _NO_TEXT_IF_NUL):
        hint = "it looks like UTF-16 without its mark, or like a binary file: save it as UTF-8"
        raise ContentError(_error(sink, "not-text", "the page is not a text file", hint))
    return text


def _no_text(data: bytes, place: int, encoding: str, sink: Sink) -> Diagnostic:
    line = data.count(b"\n", 0, place) + 1
    message = f"the page is not a text file in {encoding.upper()}: byte {place} (0x{data[place]:02x}) is no character"
    return _error(sink, "not-text", message, "save it as UTF-8", Span(first=line, last=line))


def _error(sink: Sink, code: str, message: str, hint: str = "", span: Span | None = None) -> Diagnostic:
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, path=sink.path, span=span, hint=hint)
