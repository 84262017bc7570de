from __future__ import annotations

import base64
import contextlib
import http.server
import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as Raster

from pipeline.diagnostics import Diagnostic, Span
from pipeline.read.assets import Assets
from pipeline.read.fetch import fetch, is_public
from pipeline.read.picture_cache import PictureCache
from pipeline.read.pictures import RefusedAddressError
from pipeline.settings import Settings

LINE = Span(first=7, last=7)


def _png() -> bytes:
    out = io.BytesIO()
    Raster.new("RGB", (8, 4)).save(out, format="PNG")
    return out.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("site/docs/near.png", "site/static/img/far.png", "site/docs/a b.png", "outside.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_png())
    (tmp_path / "site/docs/link.png").symlink_to(tmp_path / "outside.png")
    return tmp_path / "site"


def _load(root: Path, source: str) -> tuple[bool, list[Diagnostic]]:
    said: list[Diagnostic] = []
    settings = Settings(root=root, output=root.parent / "build", offline=True)
    image = Assets(settings, root / "docs" / "page.md", said.append).image(source, "", "", LINE)
    return image.picture is not None, said


@pytest.mark.parametrize("source", ["near.png", "./near.png", "/img/far.png", "../static/img/far.png", "a%20b.png"])
def test_pictures_under_the_root_are_found(root: Path, source: str) -> None:
    assert _load(root, source) == (True, [])


def test_a_data_address_is_read(root: Path) -> None:
    assert _load(root, "data:image/png;base64," + base64.b64encode(_png()).decode()) == (True, [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("gone.png", "no such file"),
        ("../../outside.png", "outside the root"),
        ("link.png", "outside the root"),
        ("/etc/hostname", "no such file"),
        ("file:///etc/hostname", "file: addresses"),
        ("https://example.org/x.png", "offline"),
        ("data:image/png;base64", "incomplete"),
        ("page.md", "no such file"),
        ("", "names no file"),
        ("x\0.png", "NUL"),
        ("http://[", "offline"),
    ],
)
def test_what_cannot_be_had_is_a_warning_with_its_line(root: Path, source: str, reason: str) -> None:
    found, said = _load(root, source)
    assert not found
    assert [(d.code, d.span) for d in said] == [("missing-image", LINE)]
    assert reason in said[0].message


def test_each_line_that_names_a_missing_picture_is_told(root: Path) -> None:
    said: list[Diagnostic] = []
    assets = Assets(Settings(root=root, output=root / "build", offline=True), root / "docs/page.md", said.append)
    for line in (3, 9):
        assets.image("gone.png", "", "", Span(first=line, last=line))
    assert [d.span.first for d in said if d.span] == [3, 9]


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved.png":
            self.send_response(302)
            self.send_header("Location", "/x.png")
            self.end_headers()
        elif self.path == "/loop.png":
            self.send_response(302)
            self.send_header("Location", "/loop.png")
            self.end_headers()
        elif self.path == "/trickle.png":
            with contextlib.suppress(OSError):
                for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"." * 200:
                    self.wfile.write(bytes([letter]))
                    time.sleep(0.05)
        elif self.path == "/x.png":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(_png())
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _loopback(address: str) -> bool:
    return address == "127.0.0.1"


def test_a_picture_is_fetched_through_redirects(site: str) -> None:
    assert fetch(site + "/moved.png", permit=_loopback) == _png()


@pytest.mark.parametrize(("path", "reason"), [("/gone.png", "404"), ("/loop.png", "redirects")])
def test_what_the_server_does_not_give_is_refused(site: str, path: str, reason: str) -> None:
    with pytest.raises(RefusedAddressError, match=reason):
        fetch(site + path, permit=_loopback)


def test_a_server_that_trickles_is_cut_off(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.fetch.TIMEOUT_SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(RefusedAddressError):
        fetch(site + "/trickle.png", permit=_loopback)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("url", ["http://[", "http://℀/", "ftp://x.example/a.png", "http:///a.png"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError, match="address"):
        fetch(url)


def test_a_private_address_is_refused_without_connecting(site: str) -> None:
    with pytest.raises(RefusedAddressError, match="private network"):
        fetch(site + "/x.png")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "::",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fd00::1",
    ],
)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_known() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_a_kept_picture_needs_no_network(tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site + "/x.png"
    monkeypatch.setattr("pipeline.read.fetch.fetch", lambda address: fetch(address, permit=_loopback))
    assert PictureCache(tmp_path, offline=False).get(url) == _png()
    assert PictureCache(tmp_path, offline=True).get(url) == _png()
    with pytest.raises(RefusedAddressError, match="offline"):
        PictureCache(tmp_path, offline=True).get(site + "/other.png")


def test_a_kept_picture_that_was_damaged_is_not_used(
    tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.read.fetch.fetch", lambda address: fetch(address, permit=_loopback))
    PictureCache(tmp_path, offline=False).get(site + "/x.png")
    for path in tmp_path.iterdir():
        if path.suffix != ".json":
            path.write_bytes(b"damaged")
    with pytest.raises(RefusedAddressError, match="offline"):
        PictureCache(tmp_path, offline=True).get(site + "/x.png")
