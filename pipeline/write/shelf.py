"""The pictures of one PDF, kept in memory under addresses of their own: nothing else is ever read while it is made."""

from __future__ import annotations

from pipeline.diagnostics import Span
from pipeline.model.inlines import Image, Picture

SCHEME = "picture:"


class Shelf:
    """Pictures by address. The same picture under the same name is kept once."""

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}
        self._images: dict[str, Image] = {}
        self._addresses: dict[str, str] = {}

    def put(self, image: Image, picture: Picture) -> str:
        """The address under which the picture can be had from now on."""
        address = self._addresses.get(image.source)
        if address is None or self._pictures[address] is not picture:
            address = f"{SCHEME}{len(self._pictures)}"
            self._pictures[address] = picture
            self._images[address] = image
            self._addresses[image.source] = address
        return address

    def put_drawing(self, name: str, svg: str) -> str:
        """The address of a drawing of the template's own."""
        address = f"{SCHEME}{name}"
        self._pictures[address] = Picture(media_type="image/svg+xml", data=svg.encode(), width=1, height=1)
        return address

    def get(self, address: str) -> Picture | None:
        """The picture at that address."""
        return self._pictures.get(address)

    def origin(self, message: str) -> tuple[str, Span] | None:
        """The source and lines of the picture whose address a message speaks of, if it speaks of one."""
        for address, image in self._images.items():
            if f"'{address}'" in message or f'"{address}"' in message:
                return image.source, image.span
        return None
