"""How formulas may stand: as their source, or as the characters that plain text has for them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WRAPPED: Final = re.compile(r"([\^_]\s*)?\\(?:text|textrm|mbox|mathrm|operatorname)\s*\{([^{}]*)\}")
# A part in braces; what is raised or lowered in it may have its own.
_PART: Final = r"\s*\{((?:[^{}^_]|[\^_]\s*(?:\{[^{}]*\}|[^{}]))*)\}"
_FRACTION: Final = re.compile(rf"\\[td]?frac{_PART}{_PART}")
_ROOT: Final = re.compile(rf"\\sqrt{_PART}")
_SCRIPT: Final = re.compile(r"[\^_]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^{}])")
_ONE_SIGN: Final = re.compile(r"\s*(?:\\[A-Za-z]+|\d+(?:\.\d+)?|\w)\s*")
_DEEPEST: Final = 8
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)\s*|\\(.)", re.DOTALL)
# Unicode's names of the signs that commands stand for; what is named here as "" stands as nothing or as space.
_NAMES: Final = {
    "times": "MULTIPLICATION SIGN",
    "cdot": "MIDDLE DOT",
    "pm": "PLUS-MINUS SIGN",
    "mp": "MINUS-OR-PLUS SIGN",
    "div": "DIVISION SIGN",
    "cup": "UNION",
    "cap": "INTERSECTION",
    "land": "LOGICAL AND",
    "wedge": "LOGICAL AND",
    "lor": "LOGICAL OR",
    "vee": "LOGICAL OR",
    "setminus": "SET MINUS",
    "circ": "RING OPERATOR",
    "oplus": "CIRCLED PLUS",
    "otimes": "CIRCLED TIMES",
    "le": "LESS-THAN OR EQUAL TO",
    "leq": "LESS-THAN OR EQUAL TO",
    "ge": "GREATER-THAN OR EQUAL TO",
    "geq": "GREATER-THAN OR EQUAL TO",
    "ne": "NOT EQUAL TO",
    "neq": "NOT EQUAL TO",
    "approx": "ALMOST EQUAL TO",
    "equiv": "IDENTICAL TO",
    "sim": "TILDE OPERATOR",
    "propto": "PROPORTIONAL TO",
    "in": "ELEMENT OF",
    "notin": "NOT AN ELEMENT OF",
    "subset": "SUBSET OF",
    "subseteq": "SUBSET OF OR EQUAL TO",
    "ll": "MUCH LESS-THAN",
    "gg": "MUCH GREATER-THAN",
    "to": "RIGHTWARDS ARROW",
    "rightarrow": "RIGHTWARDS ARROW",
    "leftarrow": "LEFTWARDS ARROW",
    "leftrightarrow": "LEFT RIGHT ARROW",
    "Rightarrow": "RIGHTWARDS DOUBLE ARROW",
    "implies": "RIGHTWARDS DOUBLE ARROW",
    "Leftarrow": "LEFTWARDS DOUBLE ARROW",
    "Leftrightarrow": "LEFT RIGHT DOUBLE ARROW",
    "iff": "LEFT RIGHT DOUBLE ARROW",
    "mapsto": "RIGHTWARDS ARROW FROM BAR",
    "mid": "DIVIDES",
    "lt": "LESS-THAN SIGN",
    "gt": "GREATER-THAN SIGN",
    "infty": "INFINITY",
    "ldots": "HORIZONTAL ELLIPSIS",
    "dots": "HORIZONTAL ELLIPSIS",
    "cdots": "MIDLINE HORIZONTAL ELLIPSIS",
    "emptyset": "EMPTY SET",
    "partial": "PARTIAL DIFFERENTIAL",
    "nabla": "NABLA",
    "forall": "FOR ALL",
    "exists": "THERE EXISTS",
    "ell": "SCRIPT SMALL L",
    "hbar": "PLANCK CONSTANT OVER TWO PI",
    "degree": "DEGREE SIGN",
    "neg": "NOT SIGN",
    "lnot": "NOT SIGN",
    "prime": "PRIME",
    "langle": "MATHEMATICAL LEFT ANGLE BRACKET",
    "rangle": "MATHEMATICAL RIGHT ANGLE BRACKET",
    "quad": "",
    "qquad": "",
}
_ITSELF: Final = frozenset(
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


def formula_texts(source: str) -> tuple[str, str]:
    """The texts as which a formula may stand: its source, and its characters where they say it, else its source."""
    plain = _plain(source)
    return source, source if plain is None else plain


def _plain(source: str) -> str | None:
    """The formula's characters without what only places them; None where a command stands for more than characters."""
    parts: list[str] = []
    at = 0
    text = _in_a_line(_WRAPPED.sub(lambda found: f"{found[1]}{{{found[2]}}}" if found[1] else f" {found[2]}", source))
    for found in _COMMAND.finditer(text):
        sign = _sign(found[1]) if found[1] else found[2].strip(",;:! ")
        if sign is None:
            return None
        parts.extend((_without_marks(text[at : found.start()]), sign))
        at = found.end()
    return "".join((*parts, _without_marks(text[at:])))


def _in_a_line(source: str) -> str:
    """The formula with its fractions and roots as a line has them, the innermost first."""
    for _ in range(_DEEPEST):
        source = _FRACTION.sub(lambda found: f" {_bracketed(found[1])}/{_bracketed(found[2])} ", source)
        source = _ROOT.sub(lambda found: f"√{_bracketed(found[1])} ", source)
    return source


def _bracketed(part: str) -> str:
    one = _ONE_SIGN.fullmatch(_SCRIPT.sub(" ", part))
    return part if one and one[0].strip(" \\") not in _ITSELF else f"({part})"


def _without_marks(text: str) -> str:
    return re.sub(r"[{}^_~]", "", text)


def _sign(name: str) -> str | None:
    """The character of a command, or its name where that is what is read."""
    if name in _ITSELF:
        return name
    spelt = _NAMES.get(name)
    if spelt is None:
        case = "CAPITAL" if name[0].isupper() else "SMALL"
        letter = name.upper().removeprefix("VAR")
        spelt = f"GREEK {case} LETTER {'LAMDA' if letter == 'LAMBDA' else letter}"
        spelt = "GREEK SMALL LETTER FINAL SIGMA" if name == "varsigma" else spelt
    try:
        return unicodedata.lookup(spelt) if spelt else ""
    except KeyError:
        return None
