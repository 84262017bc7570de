"""Formulas drawn: LaTeX as outlines in the mathematical font that comes with the library that draws them.

The library is loaded with the first formula. It reads much of what it does not know as letters, so that whatever
it might draw otherwise than the author means is refused here: the source is then shown in the drawing's place.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree as ET

from pipeline.model.inlines import DrawnFormula, Picture

SVG: Final = "image/svg+xml"
_SPACE: Final = "{http://www.w3.org/2000/svg}"
DRAWN_EM: Final = 20
"""The em of outlines, in their own units."""
# Places behind the point: finer than print shows.
_PLACES: Final = 2
_MARGIN: Final = 0.4
_LONGEST: Final = 1500
_DEEPEST: Final = 24
# How much work one formula may be, and all of a page, in characters of a plain one: about a second, and ten.
_MOST, _MOST_FOR_A_PAGE = 1000.0, 12_000.0
# The library sets what stands in a row more than once, and so do the rows inside it.
_AGAIN: Final = 2.1
# The largest drawings that are read, in ems: apart from the text and within a line.
_WIDEST, _HIGHEST = 60.0, 24.0
_WIDEST_IN_LINE, _HIGHEST_IN_LINE = 24.0, 5.0

_ENVIRONMENTS: Final = frozenset(
    (
        "align",
        "align*",
        "aligned",
        "array",
        "cases",
        "gather",
        "gather*",
        "gathered",
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "split",
    )
)
# What defines, fetches or leads somewhere, and signs that the library does not put over each other.
_REFUSED: Final = frozenset(
    (
        "def",
        "gdef",
        "edef",
        "xdef",
        "let",
        "newcommand",
        "renewcommand",
        "providecommand",
        "newenvironment",
        "DeclareMathOperator",
        "csname",
        "input",
        "include",
        "includegraphics",
        "href",
        "url",
        "verb",
        "style",
        "class",
        "not",
        "ref",
        "eqref",
        "cite",
        "require",
        "bbox",
        "unicode",
    )
)
_UNDRAWN: Final = re.compile(r"\\(?:nonumber|notag)(?![a-zA-Z])|\\label\s*\{[^{}]*\}")
_ESCAPED: Final = re.compile(r"\\.", re.DOTALL)
_COMMAND: Final = re.compile(r"\\([a-zA-Z]+)")
_ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
# One that holds no other and has something raised or lowered behind it: the library takes but its last sign.
_RAISED: Final = re.compile(
    r"(?P<whole>\\begin\s*\{(?P<name>[^{}]*)\}(?:(?!\\begin).)*?\\end\s*\{(?P=name)\})(?=\s*[\^_])", re.DOTALL
)
# An environment that does no more than dollar signs do.
_FRAMED: Final = re.compile(
    r"\A\\begin\s*\{(?P<name>(?:equation|displaymath|math)\*?)\}(?P<formula>.*)\\end\s*\{(?P=name)\}\Z", re.DOTALL
)
_TAG: Final = re.compile(r"\\tag\*?\s*\{[^{}]*\}")
_BINOMIAL: Final = re.compile(r"\\binom\s*(?=\{)")
# The library sets some of the alphabets only for what stands in braces.
_ALPHABET: Final = re.compile(r"(\\math(?:bb|bf|cal|frak|it|rm|scr|sf|tt))\s*([A-Za-z0-9])")
_MATHRM: Final = re.compile(r"\\mathrm\s*\{")
_WITH_LIMITS: Final = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
# Spaces, joiners and what else has no outline.
_UNSEEN: Final = re.compile("[\\s\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000]")


class UndrawableError(ValueError):
    """A formula that is not drawn, and why."""


class FormulaDrawer:
    """Draws the formulas of one page, each once. What it has to do for a page is limited."""

    def __init__(self) -> None:
        self._left = _MOST_FOR_A_PAGE
        self._drawn: dict[tuple[str, bool], DrawnFormula | str] = {}

    def draw(self, source: str, *, in_line: bool) -> DrawnFormula:
        """The formula as outlines. The same page gives the same outlines. Raises `UndrawableError`."""
        key = (source, in_line)
        if key not in self._drawn:
            try:
                self._drawn[key] = self._draw(_checked(source), in_line=in_line)
            except UndrawableError as error:
                self._drawn[key] = str(error)
        drawn = self._drawn[key]
        if isinstance(drawn, str):
            raise UndrawableError(drawn)
        return drawn

    def _draw(self, latex: str, *, in_line: bool) -> DrawnFormula:
        library = _library()
        try:
            tree = ET.fromstring(library.tex.tex2mml(latex, inline=in_line))  # noqa: S314  # what the library wrote
            self._take(_work(tree))
            tree.set("mathcolor", "currentColor")
            _keep_sums(tree)
            drawn = library.Math(tree, size=DRAWN_EM, margin=_MARGIN)
            _hold_meant(drawn)
            svg = drawn.svgxml()
        except UndrawableError:
            raise
        except RecursionError as error:
            raise UndrawableError("it is nested too deeply") from error
        except Exception as error:  # the library raises whatever its parsers and tables meet
            raise UndrawableError("it cannot be read as LaTeX") from error
        return _measured(svg, in_line=in_line)

    def _take(self, work: float) -> None:
        """Raises where a formula takes more work than one may, or than is left for the page."""
        if work > _MOST:
            raise UndrawableError("it is too long, or nested too deeply")
        if work > self._left:
            raise UndrawableError("there are too many formulas on the page")
        self._left -= work


def formula_picture(drawn: DrawnFormula, colour: str, em: float) -> Picture:
    """The drawing as a picture in one colour (`#` and six digits), its em so many CSS pixels."""
    width, height = drawn.width * em, drawn.height * em
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}" height="{height:.2f}" '
    data = head + drawn.outlines.removeprefix("<svg ").replace("currentColor", colour)
    return Picture(media_type=SVG, data=data.encode(), width=width, height=height)


@cache
def _library() -> Any:
    with warnings.catch_warnings():
        # It finds its font in a way that Python 3.11 and 3.12 advise against.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    from ziamath.config import config

    config.svg2 = False  # programs that draw SVG know plain paths best
    config.precision = _PLACES
    return ziamath


def _checked(source: str) -> str:
    """The source as the library is to read it."""
    if len(source) > _LONGEST:
        raise UndrawableError(f"it has more than {_LONGEST} characters")
    latex = _UNDRAWN.sub("", source).strip()
    latex = _FRAMED.sub(r"\g<formula>", latex).strip()
    if not latex:
        raise UndrawableError("there is nothing in it")
    bare = _ESCAPED.sub("", latex)
    if "$" in bare:
        raise UndrawableError("it holds a dollar sign")
    _hold_balance(bare)
    refused = next((name for name in _COMMAND.findall(latex) if name in _REFUSED), None)
    if refused:
        raise UndrawableError(f"\\{refused} is not drawn")
    _hold_environments(latex)
    latex = _ALPHABET.sub(r"\1{\2}", _RAISED.sub(r"{\g<whole>}", latex))
    return _without_binomials(_with_tag_behind(_MATHRM.sub(r"\\mathrm {", latex)))


def _hold_balance(bare: str) -> None:
    """Raises where braces do not match, or hold each other too deeply."""
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth > _DEEPEST:
            raise UndrawableError("it is nested too deeply")
        if depth < 0:
            break
    if depth:
        raise UndrawableError("its braces do not match")


def _hold_environments(latex: str) -> None:
    """Raises where an environment is not known or not closed."""
    inside: list[str] = []
    for what, name in _ENVIRONMENT.findall(latex):
        if name not in _ENVIRONMENTS:
            raise UndrawableError(f"\\begin{{{name[:40]}}} is not drawn")
        if what == "begin":
            inside.append(name)
        elif not inside or inside.pop() != name:
            raise UndrawableError(f"\\end{{{name}}} has no beginning")
    if inside:
        raise UndrawableError(f"\\begin{{{inside[-1]}}} has no end")


def _with_tag_behind(latex: str) -> str:
    """The formula with its number behind it, where it has one."""
    tags: list[str] = _TAG.findall(latex)
    if not tags:
        return latex
    if len(tags) > 1 or "\\begin" in latex:
        raise UndrawableError("\\tag within lines is not drawn")
    return f"{_TAG.sub('', latex)} \\qquad {tags[0]}"


def _without_binomials(latex: str) -> str:
    """Binomials as what is drawn for them, since the library takes their arguments without counting braces."""
    while found := _BINOMIAL.search(latex):
        upper, after = _argument(latex, found.end())
        lower, end = _argument(latex, after)
        latex = f"{latex[: found.start()]}{{\\left({{{upper} \\atop {lower}}}\\right)}}{latex[end:]}"
    return latex


def _argument(latex: str, start: int) -> tuple[str, int]:
    """The braces that begin there with what they hold, and where they end."""
    start += len(latex[start:]) - len(latex[start:].lstrip())
    if latex[start : start + 1] != "{":
        raise UndrawableError("\\binom needs two arguments in braces")
    depth = 0
    for at in range(start, len(latex)):
        escaped = at > 0 and latex[at - 1] == "\\"
        depth += 0 if escaped else {"{": 1, "}": -1}.get(latex[at], 0)
        if not depth:
            return latex[start : at + 1], at + 1
    raise UndrawableError("its braces do not match")


def _work(element: ET.Element) -> float:
    """How much work it is to draw an element."""
    inside = sum(map(_work, element))
    return 1 + inside * (_AGAIN if element.tag.endswith("}mrow") and len(element) else 1)


def _keep_sums(tree: ET.Element) -> None:
    """Says of each sum, product and their like that has limits that it is not stretched.

    Within brackets that are, the library takes its height for unknown, and draws the brackets without end.
    """
    for element in tree.iter():
        base = element[0] if _name(element) in _WITH_LIMITS else None
        if base is None or _name(base) != "mo":
            continue
        if not any("ARROW" in unicodedata.name(sign, "") for sign in base.text or ""):
            base.set("stretchy", "false")


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _hold_meant(drawn: Any) -> None:
    """Raises where the library took a command for letters, or its font lacks a character."""
    for element in drawn.mathml.iter():
        text = (element.text or "").strip()
        # Braces and bars that the author escapes are operators.
        if element.tag not in {"mtext", "mo"} and (text.startswith("\\") or text in {"{", "}", "&"}):
            raise UndrawableError(f"{text[:40]} is not known")
        for char in _UNSEEN.sub("", text):
            if not drawn.font.glyphindex(char):
                raise UndrawableError(f"the mathematical font has no {char}")


def _measured(svg: ET.Element, *, in_line: bool) -> DrawnFormula:
    """The library's drawing in ems; its lines are counted from the baseline of the first."""
    left, top, width, height = (float(part) for part in svg.attrib["viewBox"].split())
    if not (0 < width < 1e6 and 0 < height < 1e6) or not any(True for _ in svg):  # noqa: PLR2004  # nothing in it
        raise UndrawableError("there is nothing in it to be seen")
    widest, highest = (_WIDEST_IN_LINE, _HIGHEST_IN_LINE) if in_line else (_WIDEST, _HIGHEST)
    if width > widest * DRAWN_EM or height > highest * DRAWN_EM:
        raise UndrawableError("it is too large for a line of text" if in_line else "it is too large")
    parts = "".join(ET.tostring(_plain(child), encoding="unicode") for child in svg)
    outlines = f'<svg viewBox="{left:g} {top:g} {width:g} {height:g}">{parts}</svg>'
    return DrawnFormula(
        outlines=outlines, width=width / DRAWN_EM, height=height / DRAWN_EM, depth=(top + height) / DRAWN_EM
    )


def _plain(element: ET.Element) -> ET.Element:
    """A shape of the drawing. Raises where there is anything but shapes."""
    for each in element.iter():
        if each.tag.removeprefix(_SPACE) not in {"path", "rect", "line", "g", "polyline", "polygon"}:
            raise UndrawableError(f"it has a {each.tag[:40]} in it")
    return element
