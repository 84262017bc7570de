"""Long addresses as QR codes, so that nobody has to type them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from pipeline.labels import Labels
from pipeline.write.shelf import Shelf

# Addresses from this many characters on are no pleasure to type; longer ones than the second make codes too fine.
LONG_ADDRESS: Final = 60
LONGEST: Final = 400
# The quiet zone that scanners need, in modules, and the width of a module on paper in millimetres.
QUIET: Final = 4
MODULE: Final = 0.36
# Which of the eight masks is taken matters little to scanners; weighing them takes four fifths of the time.
_MASK: Final = 3


class QrCode(Struct, frozen=True, kw_only=True):
    """A code: where its drawing is kept, how wide it is in millimetres with its quiet zone, and what to say of it."""

    address: str
    side: float
    description: str


def qr_code(url: str, number: int, labels: Labels, shelf: Shelf) -> QrCode | None:
    """The code of the address that has that number; None where it is too long to be scanned from paper."""
    import segno

    if len(url) > LONGEST:
        return None
    code = segno.make(url, micro=False, error="m" if len(url) <= LONGEST / 2 else "l", mask=_MASK, boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    side = len(rows) + 2 * QUIET
    path = "".join(_path(rows))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>'
    )
    address = shelf.put_drawing(f"qr-{number}", drawing)
    return QrCode(address=address, side=round(side * MODULE, 1), description=labels.qr_code.format(number))


def _path(rows: list[bytes]) -> Iterator[str]:
    """The dark modules, those beside each other as one rectangle."""
    for y, row in enumerate(rows, start=QUIET):
        x = QUIET
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
