"""How formulas may stand: as their source, or as the characters that plain text has for them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WRAPPED: Final = re.compile(
    r"([\^_]\s*)?\\(?:text(?:rm|normal|sf|tt|bf|it)?|math(?:rm|sf|tt)|mbox|operatorname\*?)\s*\{([^{}]*)\}"
)
_PLACING: Final = re.compile(
    r"\\(?:left|right)\s*\.|\\(?:left|right|middle|[bB]igg?[lrm]?|(?:no)?limits|(?:display|text)style)(?![a-zA-Z])"
)
_WEIGHTS: Final = ("mathbf", "boldsymbol", "bm", "mathit")
_MARKS: Final = {
    "hat": "CIRCUMFLEX ACCENT",
    "widehat": "CIRCUMFLEX ACCENT",
    "bar": "MACRON",
    "vec": "RIGHT ARROW ABOVE",
    "tilde": "TILDE",
    "widetilde": "TILDE",
    "dot": "DOT ABOVE",
    "ddot": "DIAERESIS",
    "acute": "ACUTE ACCENT",
    "grave": "GRAVE ACCENT",
    "check": "CARON",
    "breve": "BREVE",
    "mathring": "RING ABOVE",
    "overline": "OVERLINE",
    "underline": "LOW LINE",
}
_ALPHABETS: Final = {
    "mathbb": ("DOUBLE-STRUCK ",),
    "mathcal": ("SCRIPT ",),
    "mathscr": ("SCRIPT ",),
    "mathfrak": ("FRAKTUR ", "BLACK-LETTER "),
}
# What gives its argument another look: none that is read, a mark, or letters of another alphabet.
_LOOK: Final = re.compile(
    r"(?P<before>[\^_]\s*)?\\(?P<name>" + "|".join((*_WEIGHTS, *_MARKS, *_ALPHABETS)) + r")(?![A-Za-z])"
    r"\s*(?:\{(?P<several>[^{}\\^_]*|\s*\\[A-Za-z]+\s*)\}|(?P<one>\\[A-Za-z]+|\w))"
)
# A part in braces; what is raised or lowered in it may have its own.
_PART: Final = r"\s*\{((?:[^{}^_]|[\^_]\s*(?:\{[^{}]*\}|[^{}]))*)\}"
_FRACTION: Final = re.compile(rf"\\[td]?frac{_PART}{_PART}")
_ROOT: Final = re.compile(rf"\\sqrt{_PART}")
_SCRIPT: Final = re.compile(r"[\^_]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^{}])")
_ONE_SIGN: Final = re.compile(r"\s*(?:\\[A-Za-z]+|\d+(?:\.\d+)?|\w[\u0300-\u036f\u20d0-\u20f0]*)\s*")
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
    "lfloor": "LEFT FLOOR",
    "rfloor": "RIGHT FLOOR",
    "lceil": "LEFT CEILING",
    "rceil": "RIGHT CEILING",
    "lvert": "VERTICAL LINE",
    "rvert": "VERTICAL LINE",
    "vert": "VERTICAL LINE",
    "lVert": "DOUBLE VERTICAL LINE",
    "rVert": "DOUBLE VERTICAL LINE",
    "Vert": "DOUBLE VERTICAL LINE",
    "top": "DOWN TACK",
    "bot": "UP TACK",
    "Re": "BLACK-LETTER CAPITAL R",
    "Im": "BLACK-LETTER CAPITAL I",
    "aleph": "ALEF SYMBOL",
    "sum": "N-ARY SUMMATION",
    "prod": "N-ARY PRODUCT",
    "int": "INTEGRAL",
    "iint": "DOUBLE INTEGRAL",
    "oint": "CONTOUR INTEGRAL",
    "bigcup": "N-ARY UNION",
    "bigcap": "N-ARY INTERSECTION",
    "quad": "",
    "qquad": "",
}
_ITSELF: Final = frozenset(
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


def formula_texts(source: str) -> tuple[str, str]:
    """The texts as which a formula may stand: its source, and its characters where they say it, else its source."""
    plain = _plain(source)
    return source, source if plain is None else plain


def _plain(source: str) -> str | None:
    """The formula's characters without what only places them; None where a command stands for more than characters."""
    parts: list[str] = []
    at = 0
    bare = _WRAPPED.sub(lambda found: f"{found[1]}{{{found[2]}}}" if found[1] else f" {found[2]}", source)
    bare = bare.replace("\\|", "\\Vert ")
    for _ in range(_DEEPEST):
        bare = _LOOK.sub(_dressed, bare)
    text = _in_a_line(_PLACING.sub("", bare))
    for found in _COMMAND.finditer(text):
        sign = _sign(found[1]) if found[1] else found[2].strip(",;:! ")
        if sign is None:
            return None
        parts.extend((_without_marks(text[at : found.start()]), sign))
        at = found.end()
    return "".join((*parts, _without_marks(text[at:])))


def _dressed(found: re.Match[str]) -> str:
    """What is read of letters in another look; a command that is none, or text has no such letters for, as it is."""
    name, inner = found["name"], found["one"] or (found["several"] or "").strip()
    inner = _sign(inner[1:]) if inner.startswith("\\") else inner
    if name in _MARKS:
        mark = unicodedata.lookup(f"COMBINING {_MARKS[name]}")
        inner = unicodedata.normalize("NFC", "".join(sign + mark for sign in inner or ""))
    elif name in _ALPHABETS:
        letters = [_in_alphabet(sign, _ALPHABETS[name]) for sign in inner or ""]
        inner = "".join(letters) if all(letters) else None
    if not inner:
        return found[0]
    return f"{found['before']}{{{inner}}}" if found["before"] else f" {inner}"


def _in_alphabet(sign: str, alphabets: tuple[str, ...]) -> str:
    kind = unicodedata.name(sign, "").replace("LATIN ", "").replace("LETTER ", "")
    for name in (f"{before}{alphabet}{kind}" for before in ("MATHEMATICAL ", "") for alphabet in alphabets):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            pass
    return ""


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
