"""Addresses as a relationship may hold them: one that is no URI makes PowerPoint offer to repair the file."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

# Those that lead somewhere; what runs or reads something on the reader's machine is no link.
_SCHEMES: Final = frozenset(
    {"http", "https", "mailto", "ftp", "ftps", "sftp", "ssh", "git", "tel", "sms", "irc", "ircs", "xmpp", "news", "geo"}
)
_WITH_HOST: Final = frozenset({"http", "https", "ftp", "ftps", "sftp", "ssh", "git", "irc", "ircs"})
_STRAY_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?")
_SAFE: Final = "%/:?@!$&'()*+,;=-._~"
# PowerPoint takes no longer ones.
_LONGEST: Final = 2079


def linkable(address: str) -> str | None:
    """The address as a URI, percent-encoded where need be; None where no URI can be made of it."""
    address = address.strip()
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or (port is not None and not host):
        return None
    if scheme in _WITH_HOST:
        named = _named_host(host)
        if named is None:
            return None
        address = _with_host(address, parts.netloc, host, named)
    encoded = _encoded(address)
    return encoded if len(encoded) <= _LONGEST else None


def _named_host(host: str) -> str | None:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return host if _HOST.fullmatch(host) and ".." not in host else None


def _with_host(address: str, netloc: str, host: str, named: str) -> str:
    """The address under its host's ASCII name."""
    if host.isascii():
        return address
    user, at, rest = netloc.rpartition("@")
    port = rest.partition(":")[2]
    return address.replace(netloc, f"{user}{at}{named}{':' if port else ''}{port}", 1)


def _encoded(address: str) -> str:
    before, mark, fragment = _STRAY_PERCENT.sub("%25", address).partition("#")
    return f"{quote(before, safe=_SAFE)}{mark}{quote(fragment, safe=_SAFE)}"
