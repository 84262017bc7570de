"""Formulas within a line as text: letters, signs, what is raised or lowered; fractions and roots as a line has them.

A native text holds no drawings. What is not wholly understood here gives nothing, and is shown as its source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from msgspec import Struct

from pipeline.model.fitted import Baseline


class _Kind(Enum):
    """What a sign is to its neighbours: what space stands around it."""

    PLAIN = "plain"
    NAME = "name"
    BINARY = "binary"
    RELATION = "relation"
    OPENING = "opening"
    MARK = "mark"
    SPACE = "space"


class Sign(Struct, frozen=True, kw_only=True):
    """Characters of one look."""

    text: str
    italic: bool = False
    baseline: Baseline = Baseline.NORMAL
    kind: _Kind = _Kind.PLAIN


_TOKEN: Final = re.compile(
    r"\\(?:text|textrm|mathrm|operatorname|mbox)\s*\{(?P<words>[^{}\\$^_]*)\}"
    r"|\\(?P<name>[a-zA-Z]+)\s*"
    r"|\\(?P<escaped>[{}%$&#_,;:! ])"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<letter>[a-zA-Z])"
    r"|(?P<mark>[\^_{}])"
    r"|(?P<prime>'+)"
    r"|(?P<sign>[-+*/=<>()\[\]|,.;:!?])"
    r"|(?P<space>[\s~]+)"
)
_SIGNS: Final = {"-": "−"}
_SIGN_KINDS: Final = {
    **dict.fromkeys("-+*", _Kind.BINARY),
    **dict.fromkeys("=<>:", _Kind.RELATION),
    **dict.fromkeys("([", _Kind.OPENING),
    **dict.fromkeys(",;", _Kind.MARK),
}
_BINARY: Final = {"times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "cup": "∪", "cap": "∩"} | {
    "land": "∧", "lor": "∨", "wedge": "∧", "vee": "∨", "setminus": "∖", "circ": "∘", "oplus": "⊕", "otimes": "⊗",
}  # fmt: skip
_RELATIONS: Final = {"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈"} | {
    "equiv": "≡", "sim": "∼", "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "ll": "≪",
    "gg": "≫", "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "Leftarrow": "⇐", "implies": "⇒",
    "iff": "⇔", "Leftrightarrow": "⇔", "leftrightarrow": "↔", "mapsto": "↦", "mid": "∣", "lt": "<", "gt": ">",
}  # fmt: skip
_PLAIN: Final = {"infty": "∞", "ldots": "…", "dots": "…", "cdots": "⋯", "emptyset": "∅", "partial": "∂"} | {
    "nabla": "∇", "forall": "∀", "exists": "∃", "ell": "ℓ", "hbar": "ℏ", "degree": "°", "lnot": "¬", "neg": "¬",
    "prime": "′", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip
_NAMES: Final = frozenset(
    (
        "arccos",
        "arcsin",
        "arctan",
        "cos",
        "cosh",
        "cot",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "ker",
        "lg",
        "ln",
        "log",
        "max",
        "min",
        "sec",
        "sin",
        "sinh",
        "tan",
        "tanh",
    )
)
_SPACES: Final = {"quad": "  ", "qquad": "    "}
_FRACTIONS: Final = frozenset({"frac", "tfrac", "dfrac"})
_VARIANTS: Final = {"varepsilon": "ε", "epsilon": "ϵ", "vartheta": "ϑ", "varphi": "φ", "phi": "ϕ", "varrho": "ϱ"} | {
    "varsigma": "ς"
}
_SPACED: Final = frozenset({_Kind.BINARY, _Kind.RELATION})


def formula_signs(source: str) -> tuple[Sign, ...] | None:
    """The formula as characters with their look, or None where it takes more than text has."""
    tokens = _tokens(source)
    signs = _Parser(tokens).signs() if tokens is not None else None
    return tuple(_spaced(signs)) if signs else None


def _tokens(source: str) -> tuple[re.Match[str], ...] | None:
    """The parts of the source, or None where there is anything else."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None:
            return None
        found.append(token)
        at = token.end()
    return tuple(found)


class _Parser:
    """Reads tokens one after the other. Braces group what is raised, lowered, over a bar or under a root."""

    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = [token for token in tokens if token["space"] is None or "~" in token["space"]]
        self._at = 0

    def signs(self, *, braced: bool = False) -> list[Sign] | None:
        """All signs, or those up to the closing brace; None where they take more than text has."""
        signs: list[Sign] = []
        scripts: set[str] = set()
        while self._at < len(self._tokens):
            token = self._next()
            if braced and token["mark"] == "}":
                return signs or None
            if token["mark"] in {"^", "_"}:
                inner = self._script()
                if not signs or inner is None or token["mark"] in scripts:
                    return None
                scripts.add(token["mark"])
                raised = Baseline.SUPERSCRIPT if token["mark"] == "^" else Baseline.SUBSCRIPT
                signs.extend(Sign(text=s.text, italic=s.italic, baseline=raised) for s in inner)
                continue
            own = self._group(token["name"] or "") or _sign(token)
            if own is None:
                return None
            scripts.clear()
            signs.extend(own if isinstance(own, list) else [own])
        return None if braced else signs

    def _group(self, name: str) -> list[Sign] | None:
        """A fraction with a slash, or a root, its parts in brackets unless they are one sign."""
        if name in _FRACTIONS:
            above, below = self._braced(), self._braced()
            return [*above, Sign(text="/"), *below] if above and below else None
        radicand = self._braced() if name == "sqrt" else None
        return [Sign(text="√"), *radicand] if radicand else None

    def _braced(self) -> list[Sign] | None:
        if self._at >= len(self._tokens) or self._next()["mark"] != "{":
            return None
        inner = self.signs(braced=True)
        base = [sign.text for sign in inner or () if sign.baseline is Baseline.NORMAL]
        if inner is None or (len(base) == 1 and (len(base[0]) == 1 or base[0][0].isdecimal())):
            return inner
        return [Sign(text="(", kind=_Kind.OPENING), *inner, Sign(text=")")]

    def _script(self) -> list[Sign] | None:
        """What is raised or lowered: one sign, or several in braces; nothing in them is again."""
        if self._at >= len(self._tokens):
            return None
        token = self._next()
        if token["mark"] != "{":
            number = token["number"]
            # Of a number without braces only the first digit is raised.
            sign = _sign(token) if number is None or len(number) == 1 else None
            return [sign] if sign and token["prime"] is None else None
        inner: list[Sign] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token["mark"] == "}":
                return inner or None
            sign = _sign(token)
            if sign is None:
                return None
            inner.append(sign)
        return None

    def _next(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]


def _sign(token: re.Match[str]) -> Sign | None:
    """The sign of a token that stands for itself."""
    words, name, escaped = token["words"], token["name"], token["escaped"]
    if words is not None:
        kind = _Kind.NAME if token.group().startswith("\\operatorname") else _Kind.PLAIN
        return Sign(text=words, kind=kind) if words.strip() else None
    if name is not None:
        return _named(name)
    if escaped is not None:
        return (
            Sign(text=escaped) if escaped in "{}%$&#_" else Sign(text="" if escaped == "!" else " ", kind=_Kind.SPACE)
        )
    if token["number"] is not None:
        return Sign(text=token["number"])
    if token["letter"] is not None:
        return Sign(text=token["letter"], italic=True)
    if token["prime"] is not None:
        return Sign(text="′" * len(token["prime"]))
    if token["sign"] is not None:
        sign = token["sign"]
        return Sign(text=_SIGNS.get(sign, sign), kind=_SIGN_KINDS.get(sign, _Kind.PLAIN))
    return Sign(text=" ", kind=_Kind.SPACE) if token["space"] is not None else None


def _named(name: str) -> Sign | None:
    """The sign that a command stands for."""
    for kind, table in ((_Kind.BINARY, _BINARY), (_Kind.RELATION, _RELATIONS), (_Kind.PLAIN, _PLAIN)):
        if name in table:
            return Sign(text=table[name], kind=kind)
    if name in _NAMES:
        return Sign(text=name, kind=_Kind.NAME)
    if name in _SPACES:
        return Sign(text=_SPACES[name], kind=_Kind.SPACE)
    if name in _VARIANTS:
        return Sign(text=_VARIANTS[name], italic=True)
    spelt = "LAMDA" if name.upper() == "LAMBDA" else name.upper()
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        letter = unicodedata.lookup(f"GREEK {case} LETTER {spelt}") if name[1:].islower() else ""
    except KeyError:
        return None
    return Sign(text=letter, italic=case == "SMALL") if letter else None


def _spaced(signs: Sequence[Sign]) -> Iterator[Sign]:
    """The signs with the spaces that mathematics sets between them."""
    before: Sign | None = None
    for at, sign in enumerate(signs):
        after = signs[at + 1] if at + 1 < len(signs) else None
        joins = sign.kind is _Kind.RELATION or (sign.kind is _Kind.BINARY and _ends_term(before))
        if joins and after is not None:
            yield Sign(text=" " if before else "")
            yield sign
            yield Sign(text=" ")
        elif sign.kind is _Kind.NAME:
            yield Sign(text=" " if _ends_term(before) else "")
            yield sign
            yield Sign(text=" " if _starts_term(after) else "")
        elif sign.kind is _Kind.MARK and after is not None and after.kind is not _Kind.SPACE:
            yield sign
            yield Sign(text=" ")
        else:
            yield sign
        before = sign


def _ends_term(sign: Sign | None) -> bool:
    """Whether something stands before that a sign can join to what follows."""
    return sign is not None and sign.kind is _Kind.PLAIN and not sign.text.isspace()


def _starts_term(sign: Sign | None) -> bool:
    return (
        sign is not None and sign.kind is _Kind.PLAIN and sign.baseline is Baseline.NORMAL and sign.text[:1].isalnum()
    )
