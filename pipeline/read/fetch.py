"""Pictures from the web: fetched within limits, never from a private network."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from pipeline.read.pictures import MAX_BYTES, RefusedAddressError

TIMEOUT_SECONDS: Final = 10.0
MAX_REDIRECTS: Final = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and not to a private, local or translated network."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if any(parsed in network for network in _TRANSLATED):
            return False
        parsed = parsed.ipv4_mapped or parsed
    return parsed.is_global and not parsed.is_multicast


def fetch(url: str, *, permit: Callable[[str], bool] = is_public) -> bytes:
    """The bytes at a web address whose IP addresses are all permitted, within `TIMEOUT_SECONDS` and `MAX_BYTES`.

    Raises `RefusedAddressError`.
    """
    deadline = time.monotonic() + TIMEOUT_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        answer = _get(url, deadline, permit)
        if isinstance(answer, bytes):
            return answer
        url = _moved(url, answer)
    raise RefusedAddressError("too many redirects")


def _moved(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RefusedAddressError("the server names no web address to go on to") from error


def _get(url: str, deadline: float, permit: Callable[[str], bool]) -> bytes | str:
    """The body, or the address that the server sends us on to."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusedAddressError("not a web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedAddressError("not a web address")
    try:
        connection = _connect(parts, deadline, permit)
        with contextlib.closing(connection):
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
            with _cut_off(connection.sock, deadline):
                connection.request("GET", path, headers={"User-Agent": "slides-pipeline", "Accept": "image/*"})
                response = connection.getresponse()
                if response.status in _REDIRECTS:
                    return response.headers.get("Location", "")
                if response.status != _OK:
                    raise RefusedAddressError(f"the server answered {response.status}")
                return _body(response, deadline)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RefusedAddressError(f"cannot be fetched ({type(error).__name__})") from error


@contextlib.contextmanager
def _cut_off(connected: socket.socket, deadline: float) -> Iterator[None]:
    """Ends the connection at the deadline: a server that trickles its headers runs into no time-out of one read."""

    def end() -> None:
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - time.monotonic(), 0), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _connect(parts: SplitResult, deadline: float, permit: Callable[[str], bool]) -> http.client.HTTPConnection:
    """A connection to the very address that was checked, so that a second look-up cannot change it."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _permitted_address(host, port, permit)
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    plain = socket.create_connection((address, port), timeout=left)
    connection = http.client.HTTPConnection(host, port, timeout=left)
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    else:
        connection.sock = plain
    return connection


def _permitted_address(host: str, port: int, permit: Callable[[str], bool]) -> str:
    """The first of a host's addresses, if all of them are permitted."""
    found = sorted({str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    if not all(map(permit, found)):
        raise RefusedAddressError("the address is in a private network")
    return found[0]


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(65_536):
        size += len(chunk)
        if size > MAX_BYTES:
            raise RefusedAddressError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise RefusedAddressError(f"took longer than {TIMEOUT_SECONDS:.0f} s")
        parts.append(chunk)
    return b"".join(parts)
