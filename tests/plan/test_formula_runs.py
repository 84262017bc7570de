"""Formulas within a line as text: what text can show, and nothing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from deck_reading import planned, runs_of

from pipeline.model.fitted import Baseline, PictureBox
from pipeline.plan.deck.formula_runs import formula_signs
from pipeline.theme import Face
from pipeline.verify.formula_words import formula_texts
from pipeline.verify.phrase import squeeze

MARKS = {Baseline.NORMAL: "", Baseline.SUPERSCRIPT: "^", Baseline.SUBSCRIPT: "_"}
PLAIN = {
    "x^2": "x^2",
    "E = mc^2": "E = mc^2",
    r"O(n \log n)": "O(n log n)",
    "a_{i,j}": "a_i_,_j",
    r"-1 \le x<1": "−1 ≤ x < 1",
    r"\alpha+\beta": "α + β",
    r"\Delta t = 5\,\text{ms}": "Δt = 5 ms",
    r"\{1,2,\ldots,n\}": "{1, 2, …, n}",
    r"e^{i\pi}": "e^i^π",
    "f'(x)": "f′(x)",
    r"x \in A \cup B": "x ∈ A ∪ B",
    r"50\%": "50%",
    r"\lambda \to \infty": "λ → ∞",
    r"\varepsilon > 0": "ε > 0",
    r"\frac{1}{2}": "1/2",
    r"\frac{b_i}{c_{i+1}}": "b_i/c_i_+_1",
    r"n\frac{n + 1}{2}": "n(n + 1)/2",
    r"\sqrt{x}": "√x",
    r"\frac{\text{new}}{t_\text{old}}": "(new)/t_old",
    r"\frac{\log n}{\log 2}": "(log n)/(log 2)",
    r"\sqrt{12.5}": "√12.5",
    r"\sqrt{x^2 + y^2}": "√(x^2 + y^2)",
    r"\frac{\sqrt{2}}{\sqrt{n - 1}}": "(√2)/(√(n − 1))",
    r"\hat T - \bar x": "T\u0302 − x\u0304",
    r"\vec v \in \mathbb R^n": "v\u20d7 ∈ ℝ^n",
    r"\lVert \mathcal{L}(\mathbf x)\|": "‖ℒ(x)‖",
    r"\hat{\boldsymbol\theta}_i": "θ\u0302_i",
    r"\overline{AB}": "A\u0305B\u0305",
    r"\frac{\hat x}{\bar y}": "x\u0302/ȳ",
    r"\mathbb{1}_A + \mathfrak{C}": "𝟙_A + ℭ",
    r"\lim_{n \to \infty} a_n": "lim_n_→_∞ a_n",
    r"2\sum\limits_{i=1}^n x_i": "2 ∑_i_=_1^n x_i",
    r"\int_0^1 f(x)\,dx": "∫_0^1 f(x) dx",
    r"\left( a+b \right)^2": "(a + b)^2",
    r"\max_{x \in \mathbb{R}} f": "max_x_∈_ℝ f",
    r"\log_2 n": "log_2 n",
    r"\left. f \right|_0": "f|_0",
    r"x^{\hat y}": "x^ŷ",
}
NOT_PLAIN = [
    r"\frac{1}",
    r"\sqrt[3]{x}",
    r"\frac12",
    r"\sqrt{x",
    r"x^{\frac{1}{2}}",
    "x^10",
    "x^{y^2}",
    r"\unknown",
    "{n}",
    "x^",
    "x^a^b",
    "",
    r"\hat{ab}",
    r"\mathbb{\alpha}",
    r"\bar",
    "x & y",
]


@pytest.mark.parametrize(("latex", "text"), PLAIN.items())
def test_letters_signs_and_what_is_raised_are_text(latex: str, text: str) -> None:
    signs = formula_signs(latex)
    assert signs is not None
    assert "".join(MARKS[sign.baseline] + sign.text if sign.text else "" for sign in signs) == text


@pytest.mark.parametrize("latex", NOT_PLAIN)
def test_what_takes_more_than_text_gives_nothing(latex: str) -> None:
    assert formula_signs(latex) is None


@pytest.mark.parametrize("latex", PLAIN)
def test_who_checks_reads_the_same_characters_in_a_way_of_its_own(latex: str) -> None:
    assert squeeze("".join(sign.text for sign in formula_signs(latex) or ())) in map(squeeze, formula_texts(latex))


def test_a_slide_has_plain_formulas_as_runs_and_others_as_their_source(tmp_path: Path) -> None:
    _, deck = planned(
        tmp_path,
        "# T\n\n## S\n\n- Energy is $E = mc^2$.\n- Mean is $\\mathbf{m} = \\bar{x}$.\n- Root is $\\sqrt[3]{x}$.\n",
    )
    runs = [run for slide in deck.slides for run in runs_of(slide)]
    (raised,) = [run for run in runs if run.baseline is Baseline.SUPERSCRIPT]
    assert raised.text == "2"
    assert [run.text for run in runs if run.face is Face.MONO] == [r"\sqrt[3]{x}"]
    assert [run.text for run in runs if run.bold and run.face is not Face.MONO and run.text.islower()] == ["m"]
    assert "mc" in [run.text for run in runs if run.italic]


def test_a_displayed_formula_is_a_picture_no_wider_than_its_room(tmp_path: Path) -> None:
    wide = " + ".join(f"x_{{{n}}}" for n in range(22))
    _, deck = planned(tmp_path, f"# T\n\n## S\n\nSo it is:\n\n$$x^2$$\n\n## W\n\n$${wide}$$\n")
    boxes = [box for slide in deck.slides for box in slide.elements if isinstance(box, PictureBox)]
    assert [box.description for box in boxes] == ["x^2", wide]
    assert all(box.rect.right <= deck.size.width for box in boxes)
    assert all(box.formula is not None for box in boxes)


def test_dollars_that_are_money_are_no_formula(tmp_path: Path) -> None:
    _, deck = planned(tmp_path, "# T\n\n## S\n\n- It costs $5 and $10 more.\n")
    assert any("$5 and $10" in run.text for slide in deck.slides for run in runs_of(slide))
