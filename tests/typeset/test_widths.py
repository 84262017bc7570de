"""Widths: against another program's measure of the same fonts, and between faces, sizes and styles."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace
from PIL import ImageFont

from pipeline.model.fitted import Baseline, Run
from pipeline.theme import Face, Theme, load_theme
from pipeline.typeset import Typesetter
from pipeline.typeset.fonts import Font, Fonts, Style
from pipeline.typeset.shaping import Shaper
from pipeline.units import EMU_PER_POINT, Emu, Pt

SIZE = Pt.from_points(24)
THEME = load_theme("default")
WORDS = ["kernel", "Applications", "AVATAR", "file", "Wörter", "wait.To", "1,024", "docker-compose"]


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(THEME)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(THEME, substitute_widening=1.06)


def independent(font: Font, text: str) -> float:
    """Pillow's width in ems, measured large and scaled down."""
    pillow = ImageFont.truetype(font.file.path, 2048, index=font.file.index & 0xFFFF)
    return pillow.getlength(text) / 2048


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("style", [Style(Face.SANS), Style(Face.SANS, bold=True), Style(Face.MONO)])
def test_a_word_is_as_wide_as_pillow_finds_it(typesetter: Typesetter, fonts: Fonts, word: str, style: Style) -> None:
    width = typesetter.width([Run(text=word, face=style.face, bold=style.bold)], SIZE)
    font = fonts.of(style)[0]
    assert width.points == pytest.approx(independent(font, word) * 24 * font.widening, abs=0.02)


def test_a_sentence_is_as_wide_as_pillow_finds_it_but_for_kerning_with_spaces(
    typesetter: Typesetter, fonts: Fonts
) -> None:
    text = "A container shares the kernel of its host, and the files of its image."
    font = fonts.of(Style(Face.SANS))[0]
    assert typesetter.width([Run(text=text)], SIZE).points == pytest.approx(
        independent(font, text) * 24 * font.widening, rel=0.005
    )


def test_kerning_counts(typesetter: Typesetter) -> None:
    apart = typesetter.width([Run(text="A")], SIZE) + typesetter.width([Run(text="V")], SIZE)
    assert typesetter.width([Run(text="AV")], SIZE) < apart


def test_every_monospaced_letter_is_as_wide(typesetter: Typesetter) -> None:
    narrow, wide = (typesetter.width([Run(text=char * 10, face=Face.MONO)], SIZE) for char in "iM")
    assert narrow == wide
    assert narrow.points == pytest.approx(0.6 * 24 * 10, rel=0.01)


def test_a_full_width_character_is_one_em(typesetter: Typesetter) -> None:
    width = typesetter.width([Run(text="容器，カナ「内核」。")], SIZE)
    assert width.points == pytest.approx(24 * 10, abs=0.1)


def test_bold_is_wider_than_regular(typesetter: Typesetter) -> None:
    run = Run(text="Every container on a host")
    assert typesetter.width([replace(run, bold=True)], SIZE) > typesetter.width([run], SIZE)


def test_width_grows_with_size_and_a_run_may_have_its_own(typesetter: Typesetter) -> None:
    run = Run(text="kernel")
    single = typesetter.width([run], SIZE)
    assert typesetter.width([run], Pt(2 * SIZE)) == pytest.approx(2 * single, abs=2)
    mixed = typesetter.width([run, replace(run, size=Pt(2 * SIZE))], SIZE)
    assert mixed == pytest.approx(3 * single, abs=3)


def test_a_superscript_is_two_thirds_as_wide(typesetter: Typesetter) -> None:
    run = Run(text="2", baseline=Baseline.SUPERSCRIPT)
    assert typesetter.width([run], SIZE) == pytest.approx(0.66 * typesetter.width([Run(text="2")], SIZE), rel=0.001)


def test_nothing_has_no_width(typesetter: Typesetter) -> None:
    assert typesetter.width([], SIZE) == Emu(0)
    assert typesetter.width([Run(text="")], SIZE) == Emu(0)


def test_of_several_lines_the_widest_counts(typesetter: Typesetter) -> None:
    assert typesetter.width([Run(text="a\nwide line\nb")], SIZE) == typesetter.width([Run(text="wide line")], SIZE)


def test_quotes_take_the_width_of_their_neighbours(typesetter: Typesetter) -> None:
    def quoted(word: str) -> float:
        return (typesetter.width([Run(text=f"“{word}”")], SIZE) - typesetter.width([Run(text=word)], SIZE)) / SIZE.emu

    assert quoted("容器") == pytest.approx(2, abs=0.01)
    assert quoted("kernel") < 1


def themed(**fonts: tuple[str, ...]) -> Theme:
    return replace(THEME, fonts={face: fonts.get(face.value, THEME.fonts[face]) for face in Face})


def test_a_missing_font_is_named_and_another_measured() -> None:
    other = Typesetter(themed(sans=("No Such Family",)))
    assert other.substituted() == ("No Such Family",)
    assert other.width([Run(text="kernel")], SIZE) > 0


def test_a_substitute_further_down_the_list_is_widened() -> None:
    plain = Typesetter(themed(sans=("DejaVu Sans",)))
    substitute = Typesetter(themed(sans=("No Such Family", "DejaVu Sans")))
    run = Run(text="kernel")
    assert plain.substituted() == ()
    assert substitute.substituted() == ("No Such Family",)
    assert substitute.width([run], SIZE) == pytest.approx(1.06 * plain.width([run], SIZE), abs=2)


def test_a_font_of_the_same_widths_stands_in_silently() -> None:
    for name, twin in (("Arial", "Liberation Sans"), ("Courier New", "Liberation Mono")):
        typesetter = Typesetter(themed(sans=(name,)))
        assert typesetter.substituted() == ()
        assert typesetter.width([Run(text="kernel")], SIZE) == Typesetter(themed(sans=(twin,))).width(
            [Run(text="kernel")], SIZE
        )


def test_a_script_without_a_font_is_named_once(typesetter: Typesetter) -> None:
    other = Typesetter(THEME)
    assert other.missing() == ()
    other.width([Run(text="plain text, 容器")], SIZE)
    assert other.missing() == ()
    other.width([Run(text="\U0010f123 \U0010f124")], SIZE)
    assert other.missing() == ("Supplementary Private Use Area-B",)
    assert typesetter.missing() == ()


def test_five_thousand_words_are_broken_in_50_milliseconds(typesetter: Typesetter) -> None:
    text = " ".join(f"word{number % 700}" for number in range(5000))
    paragraphs = [[Run(text=text[start : start + 200])] for start in range(0, len(text), 200)]
    best = 1.0
    for _ in range(5):
        before = time.process_time()
        for paragraph in paragraphs:
            typesetter.lines(paragraph, SIZE, Emu.from_inches(8))
        best = min(best, time.process_time() - before)
    assert best < 0.05


def test_glyphs_stand_where_the_widths_say(typesetter: Typesetter) -> None:
    runs = [Run(text="A "), Run(text="bold", bold=True), Run(text=" word ")]
    placed = typesetter.text(runs, SIZE)
    assert [text.run.bold for text in placed] == [False, True, False, False]
    assert placed[-1].x + placed[-1].width == pytest.approx(
        typesetter.width([runs[0], runs[1], Run(text=" word")], SIZE) / EMU_PER_POINT, abs=0.01
    )
    glyphs = typesetter.glyphs(runs, SIZE)
    assert len(glyphs) == len("A bold word")
    assert [glyph.x for glyph in glyphs] == sorted(glyph.x for glyph in glyphs)


def test_a_glyph_has_an_outline_of_the_letters_height(typesetter: Typesetter) -> None:
    (glyph,) = typesetter.glyphs([Run(text="H")], SIZE)
    steps = glyph.font.outline(glyph.glyph)
    heights = [values[at] for _, values in steps for at in range(1, len(values), 2)]
    assert [steps[0][0], steps[-1][0]] == ["M", "Z"]
    assert min(heights) == 0
    assert 0.6 < max(heights) / glyph.font.units_per_em < 0.8
    assert glyph.font.outline(glyph.glyph) is steps


def test_a_superscript_stands_higher_and_smaller(typesetter: Typesetter) -> None:
    base, raised = typesetter.glyphs([Run(text="x"), Run(text="2", baseline=Baseline.SUPERSCRIPT)], SIZE)
    assert (base.y, base.size) == (0, 24)
    assert raised.y > 0
    assert raised.size == pytest.approx(0.66 * 24)


@pytest.mark.parametrize("text", ["T\u0302", "x\u0304", "v\u20d7", "e\u0301"])
def test_a_letter_and_its_marks_are_of_one_font_that_has_them_all(fonts: Fonts, text: str) -> None:
    style = Style(Face.SANS, italic=True)
    (part,) = Shaper(fonts).shaped(f"a{text}", style)[-1:]
    assert all(glyph for glyph, _, _ in part.glyphs)
    assert part.font.covers(text)


def test_a_letter_that_its_font_has_with_its_mark_keeps_that_font(fonts: Fonts) -> None:
    style = Style(Face.SANS)
    assert [font for _, font in Shaper(fonts).items("caf e\u0301", style)] == [fonts.of(style)[0]]
