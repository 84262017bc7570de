"""Pictures from the web, fetched once and kept for the next build."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from pathlib import Path

from pipeline.read.pictures import RefusedAddressError


class PictureCache:
    """Fetched bytes by their SHA-256, with one entry per address that names them."""

    def __init__(self, folder: Path, *, offline: bool) -> None:
        self._folder = folder
        self._offline = offline

    def get(self, url: str) -> bytes:
        """The bytes at a web address, from the cache where it has them. Raises `RefusedAddressError`."""
        entry = self._folder / f"{hashlib.sha256(url.encode()).hexdigest()}.json"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            data = (self._folder / str(json.loads(entry.read_text())["sha256"])).read_bytes()
            if hashlib.sha256(data).hexdigest() == json.loads(entry.read_text())["sha256"]:
                return data
        if self._offline:
            raise RefusedAddressError("not fetched while offline")
        # What connects loads only where something is fetched.
        from pipeline.read.fetch import fetch

        data = fetch(url)
        digest = hashlib.sha256(data).hexdigest()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._folder / digest, data)
            _replace(entry, json.dumps({"url": url, "sha256": digest}).encode())
        return data


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)
