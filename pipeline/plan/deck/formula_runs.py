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
from msgspec.structs import replace

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
    bold: bool = False
    italic: bool = False
    baseline: Baseline = Baseline.NORMAL
    kind: _Kind = _Kind.PLAIN


_TOKEN: Final = re.compile(
    r"\\(?:text(?:rm|normal|sf|tt|bf|it)?|math(?:rm|sf|tt)|operatorname\*?|mbox)\s*\{(?P<words>[^{}\\$^_]*)\}"
    r"|(?P<placing>\\(?:left|right)\s*\.|\\(?:left|right|middle|[bB]igg?[lrm]?|(?:no)?limits|(?:display|text)style)(?![a-zA-Z]))"
    r"|\\(?P<name>[a-zA-Z]+)\s*"
    r"|\\(?P<escaped>[{}%$&#_,;:!| ])"
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
    "prime": "′", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "lvert": "|", "rvert": "|", "vert": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "top": "⊤", "bot": "⊥",
    "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ",
}  # fmt: skip
# Signs that are set apart like a function's name.
_LARGE: Final = {"sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂"}
# Marks that stand on, above or below one sign; those of the second kind also on each of several.
_ACCENTS: Final = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "vec": "\u20d7", "tilde": "\u0303"} | {
    "widetilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300",
    "check": "\u030c", "breve": "\u0306", "mathring": "\u030a",
}  # fmt: skip
_LINES: Final = {"overline": "\u0305", "underline": "\u0332"}
# Alphabets as Unicode names them, in its block for mathematics and for letters that it had before.
_ALPHABETS: Final = {"mathbb": ("DOUBLE-STRUCK",), "mathcal": ("SCRIPT",), "mathscr": ("SCRIPT",)} | {
    "mathfrak": ("FRAKTUR", "BLACK-LETTER")
}
_WEIGHTS: Final = {"mathbf": (True, False), "boldsymbol": (True, None), "bm": (True, None), "mathit": (False, True)}
"""Whether letters are bold, and whether italic: None leaves them as they are."""
_NAMES: Final = frozenset(
    (
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "csc",
        "deg",
        "det",
        "dim",
        "exp",
        "gcd",
        "hom",
        "inf",
        "ker",
        "lg",
        "lim",
        "ln",
        "log",
        "max",
        "min",
        "sec",
        "sin",
        "sinh",
        "sup",
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
        self._tokens = [
            token for token in tokens if token["placing"] is None and (token["space"] is None or "~" in token["space"])
        ]
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
                signs.extend(Sign(text=s.text, bold=s.bold, italic=s.italic, baseline=raised) for s in inner)
                continue
            own = self._group(token["name"] or "") or self._own(token)
            if own is None:
                return None
            scripts.clear()
            signs.extend(own)
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
        if inner is None or (len(base) == 1 and (_is_one_sign(base[0]) or base[0][0].isdecimal())):
            return inner
        return [Sign(text="(", kind=_Kind.OPENING), *inner, Sign(text=")")]

    def _script(self) -> list[Sign] | None:
        """What is raised or lowered: one sign, or several in braces; nothing in them is again."""
        if self._at >= len(self._tokens):
            return None
        token = self._next()
        if token["mark"] != "{":
            number = token["number"]
            # Of a number without braces only the first digit is meant.
            alone = token["prime"] is None and (number is None or len(number) == 1)
            return self._own(token) if alone else None
        inner: list[Sign] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token["mark"] == "}":
                return inner or None
            own = self._own(token)
            if own is None:
                return None
            inner.extend(own)
        return None

    def _own(self, token: re.Match[str]) -> list[Sign] | None:
        """What a token stands for, with its argument where it is an accent or an alphabet."""
        name = token["name"] or ""
        if not any(name in table for table in (_ACCENTS, _LINES, _ALPHABETS, _WEIGHTS)):
            sign = _sign(token)
            return [sign] if sign else None
        inner = self._script()
        return _dressed(name, inner) if inner else None

    def _next(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]


def _dressed(name: str, signs: Sequence[Sign]) -> list[Sign] | None:
    """Signs with an accent, or in an alphabet or a weight; None where text has no such sign."""
    if name in _WEIGHTS:
        bold, italic = _WEIGHTS[name]
        return [replace(s, bold=s.bold or bold, italic=s.italic if italic is None else italic) for s in signs]
    if name in _ALPHABETS:
        texts = [_in_alphabet(sign.text, _ALPHABETS[name]) for sign in signs]
        return [Sign(text=text) for text in texts] if all(texts) else None
    if not all(_is_one_sign(sign.text) for sign in signs) or (name in _ACCENTS and len(signs) > 1):
        return None
    mark = _ACCENTS.get(name) or _LINES[name]
    return [replace(sign, text=unicodedata.normalize("NFC", sign.text + mark)) for sign in signs]


def _in_alphabet(text: str, names: tuple[str, ...]) -> str:
    """The letters or digits in an alphabet; empty where it lacks one."""
    return "".join(_letter(char, names) for char in text) if all(_letter(char, names) for char in text) else ""


def _letter(char: str, names: tuple[str, ...]) -> str:
    own = unicodedata.name(char, "").removeprefix("LATIN ").replace(" LETTER", "")
    for name in (*(f"MATHEMATICAL {name}" for name in names), *names):
        try:
            return unicodedata.lookup(f"{name} {own}")
        except KeyError:
            continue
    return ""


def _is_one_sign(text: str) -> bool:
    """Whether a text is one character, with what is combined with it."""
    return sum(not unicodedata.category(char).startswith("M") for char in text) == 1


def _sign(token: re.Match[str]) -> Sign | None:
    """The sign of a token that stands for itself."""
    words, name, escaped = token["words"], token["name"], token["escaped"]
    if words is not None:
        kind = _Kind.NAME if token.group().startswith("\\operatorname") else _Kind.PLAIN
        bold, italic = (token.group().startswith(name) for name in ("\\textbf", "\\textit"))
        return Sign(text=words, bold=bold, italic=italic, kind=kind) if words.strip() else None
    if name is not None:
        return _named(name)
    if escaped is not None:
        if escaped in "{}%$&#_|":
            return Sign(text="‖" if escaped == "|" else escaped)
        return Sign(text="" if escaped == "!" else " ", kind=_Kind.SPACE)
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
    if name in _NAMES or name in _LARGE:
        return Sign(text=_LARGE.get(name, name), kind=_Kind.NAME)
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
    named = False
    for at, sign in enumerate(signs):
        after = signs[at + 1] if at + 1 < len(signs) else None
        named = sign.kind is _Kind.NAME or (named and sign.baseline is not Baseline.NORMAL)
        joins = sign.kind is _Kind.RELATION or (sign.kind is _Kind.BINARY and _ends_term(before))
        if joins and after is not None:
            yield Sign(text=" " if before else "")
            yield sign
            yield Sign(text=" ")
        elif sign.kind is _Kind.NAME:
            yield Sign(text=" " if _ends_term(before) else "")
            yield sign
            yield Sign(text=" " if _starts_term(after) else "")
        elif named:
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
