"""Formulas as outlines: what is drawn, what is refused, and that nothing takes long."""

from __future__ import annotations

import time

import pytest

from pipeline.typeset.formulas import FormulaDrawer, UndrawableError, formula_picture

KNOWN = [
    "x^2",
    r"E = mc^2",
    r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\sum_{i=1}^{n} i",
    r"\int_0^\infty e^{-x}\,dx",
    r"\lim_{x \to 0} f(x)",
    r"\mathbb{R} \subset \mathbb{C}",
    r"\{a, b\} \cup \emptyset",
    r"\binom{n}{k_{1}}",
    r"x = 1 \nonumber",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} = x",
]
UNKNOWN = {
    r"\unknown{x}": "is not known",
    r"\frac{1}{": "braces",
    "a}b": "braces",
    r"\left( x": "cannot be read",
    "a & b": "cannot be read",
    "x^a^b": "cannot be read",
    r"\def\a{\a\a}\a": r"\def",
    r"\newcommand{\f}{1}\f": r"\newcommand",
    r"\href{https://example.com}{y}": r"\href",
    r"\begin{tikzpicture}x\end{tikzpicture}": "tikzpicture",
    r"\begin{matrix}x": "no end",
    r"\text{中文}": "has no 中",
    r"\text{a $x$ b}": "dollar",
    "": "nothing",
    r"\\": "nothing",
}
HUGE = {
    "braces": "{" * 700 + "}" * 700,
    "nested braces": "{" * 20 + "x" + "}" * 20,
    "nested fractions": r"\frac{1}{1+" * 20 + "1" + "}" * 20,
    "roots": r"\sqrt" * 250 + " x",
    "brackets": r"\left(" * 90 + "x" + r"\right)" * 90,
    "long": "x" * 1501,
    "wide": "x + " * 100 + "x",
    "sums": r"\sum" * 300,
}


@pytest.mark.parametrize("latex", KNOWN)
def test_a_formula_is_drawn_as_shapes_in_one_ink(latex: str) -> None:
    drawn = FormulaDrawer().draw(latex, in_line=False)
    picture = formula_picture(drawn, "#14202E", 20)
    assert drawn.width > 0.4
    assert drawn.height > 0.4
    assert (picture.width, picture.height) == (drawn.width * 20, drawn.height * 20)
    assert b"<path" in picture.data
    assert b"#14202E" in picture.data
    assert b"currentColor" not in picture.data
    assert b"<text" not in picture.data
    assert b"href" not in picture.data


@pytest.mark.parametrize("latex", [r"\sum_{s} r_s", r"\prod_{x} x", r"\bigcup_{i} A_i", r"\sum^n x"])
def test_brackets_are_no_higher_than_the_sums_in_them(latex: str) -> None:
    alone, held = (FormulaDrawer().draw(source, in_line=False) for source in (latex, rf"\left({latex}\right)"))
    assert alone.height <= held.height < 2 * alone.height


@pytest.mark.parametrize(("latex", "reason"), UNKNOWN.items())
def test_what_is_not_understood_is_refused_with_its_reason(latex: str, reason: str) -> None:
    with pytest.raises(UndrawableError) as caught:
        FormulaDrawer().draw(latex, in_line=False)
    assert reason in str(caught.value)


@pytest.mark.parametrize("latex", HUGE.values(), ids=HUGE)
def test_what_is_huge_or_deeply_nested_is_refused_soon(latex: str) -> None:
    FormulaDrawer().draw("x", in_line=False)
    start = time.process_time()
    with pytest.raises(UndrawableError):
        FormulaDrawer().draw(latex, in_line=False)
    assert time.process_time() - start < 5


def test_a_page_draws_no_more_than_so_many() -> None:
    drawer = FormulaDrawer()
    drawer._left = 20
    drawer.draw("x + y", in_line=True)
    with pytest.raises(UndrawableError, match="too many"):
        drawer.draw("a + b + c", in_line=True)
    drawer.draw("x + y", in_line=True)


def test_the_same_source_gives_the_same_outlines() -> None:
    first, second = (FormulaDrawer().draw(r"\frac{x}{y}", in_line=False) for _ in range(2))
    assert first == second


def test_a_line_and_a_display_are_drawn_apart_and_told_how_far_they_reach_below_the_base() -> None:
    drawer = FormulaDrawer()
    assert drawer.draw(r"\sum_{i=1}^n i", in_line=True).height < drawer.draw(r"\sum_{i=1}^n i", in_line=False).height
    assert abs(drawer.draw("x", in_line=True).depth) < 0.1
    assert drawer.draw("y", in_line=True).depth > 0.15


def test_a_tag_stands_behind() -> None:
    drawer = FormulaDrawer()
    assert drawer.draw(r"\tag{1} x", in_line=False) == drawer.draw(r"x \tag{1}", in_line=False)


@pytest.mark.parametrize("name", ["equation", "equation*", "displaymath"])
def test_an_environment_for_a_single_formula_is_what_stands_in_it(name: str) -> None:
    drawer = FormulaDrawer()
    framed = rf"\begin{{{name}}} x = y \label{{e:one}} \end{{{name}}}"
    assert drawer.draw(framed, in_line=False) == drawer.draw("x = y", in_line=False)


@pytest.mark.parametrize("alphabet", ["mathbb", "mathbf", "mathsf"])
def test_a_letter_needs_no_braces_to_be_of_an_alphabet(alphabet: str) -> None:
    drawer = FormulaDrawer()
    drawn = [drawer.draw(source, in_line=True) for source in (rf"\{alphabet} R", rf"\{alphabet}{{R}}")]
    assert drawn[0] == drawn[1]
    assert drawer.draw(r"\mathbb R", in_line=True) != drawer.draw("R", in_line=True)
