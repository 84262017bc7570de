from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import UsageError
from pipeline.theme import Colour, load_theme, templates_folder
from pipeline.theme_file import begin_theme
from pipeline.units import Aspect, Emu

THEMES = sorted(p.parent.name for p in templates_folder().glob("*/theme.toml"))

ON_PAPER = [
    Colour.INK,
    Colour.MUTED,
    Colour.SUBJECT_A,
    Colour.SUBJECT_B,
    Colour.SUBJECT_C,
    Colour.SUBJECT_D,
    Colour.SUBJECT_E,
    Colour.TIP,
    Colour.WARNING,
    Colour.DANGER,
]
ON_PANEL = [Colour.INK, Colour.MUTED, *(c for c in Colour if c.name.startswith("CODE_"))]
INK_ON = [Colour.PANEL, Colour.MARK, *(c for c in Colour if "TINT" in c.name)]
ON_OWN_TINT = [
    (Colour.TIP, Colour.TIP_TINT),
    (Colour.NOTE, Colour.NOTE_TINT),
    (Colour.WARNING, Colour.WARNING_TINT),
    (Colour.DANGER, Colour.DANGER_TINT),
]
SUBJECTS = [c for c in Colour if c.name.startswith("SUBJECT_")]
CODE = [c for c in Colour if c.name.startswith("CODE_")]
# Covers without marks, marked lines of code, blanks of the comparison, marks and signs with their letters.
ON_INK = [Colour.PAPER, Colour.RULE]
ON_MARK = [Colour.INK, Colour.MUTED, *CODE]
SIGNS = [Colour.TIP, Colour.NOTE, Colour.WARNING, Colour.DANGER]
PAIRS = [
    *((c, Colour.INK) for c in ON_INK),
    *((c, Colour.MARK) for c in ON_MARK),
    *((Colour.MUTED, c) for c in Colour if c.name.startswith("TINT_")),
    *((c, Colour.ON_SUBJECT) for c in SUBJECTS),
    *((Colour.PAPER, c) for c in SIGNS),
    *((c, Colour.PAPER) for c in ON_PAPER),
    *((c, Colour.PANEL) for c in ON_PANEL),
    *((Colour.INK, c) for c in INK_ON),
    *((Colour.ON_SUBJECT, c) for c in Colour if c.name.startswith("SUBJECT_")),
    *ON_OWN_TINT,
]


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "ground"), PAIRS, ids=lambda c: c.value)
def test_text_stands_out_from_its_ground(name: str, front: Colour, ground: Colour) -> None:
    colours = load_theme(name).colours
    light, dark = sorted((_luminance(colours[front]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_theme_has_other_measures_on_slides_of_other_proportions() -> None:
    wide, standard = (load_theme("default", aspect).grid for aspect in Aspect)
    assert (wide.width / wide.height, standard.width / standard.height) == (
        pytest.approx(16 / 9),
        pytest.approx(4 / 3),
    )
    assert wide.across(Emu.from_inches(5.75)) == Emu.from_inches(5.75)
    assert standard.across(wide.body_width) == standard.body_width


@pytest.fixture
def own_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "templates"
    shutil.copytree(templates_folder(), folder)
    monkeypatch.setattr("pipeline.theme.templates_folder", lambda: folder)
    monkeypatch.setattr("pipeline.theme_file.templates_folder", lambda: folder)
    return folder


def test_a_look_is_the_same_wherever_it_is_installed(tmp_path: Path) -> None:
    theme = load_theme("default")
    assert replace(theme, folder=tmp_path / "default").key == theme.key
    assert load_theme("dark").key != theme.key


@pytest.mark.parametrize("base", THEMES)
def test_a_new_theme_looks_like_the_one_that_it_begins_with(own_templates: Path, base: str) -> None:
    path = begin_theme("harbour", base)
    assert path == own_templates / "harbour" / "theme.toml"
    old, new = (load_theme.__wrapped__(name) for name in (base, "harbour"))
    assert (new.colours, new.fonts, new.grid, new.type) == (old.colours, old.fonts, old.grid, old.type)
    # Every comment holds the value that it stands for: without its mark it changes nothing.
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    whole = load_theme.__wrapped__("harbour")
    assert (whole.colours, whole.fonts, whole.grid, whole.type) == (old.colours, old.fonts, old.grid, old.type)


@pytest.mark.usefixtures("own_templates")
@pytest.mark.parametrize("name", ["../x", "Harbour", "", "a" * 41])
def test_a_theme_s_name_is_a_plain_word(name: str) -> None:
    with pytest.raises(UsageError, match="bad-name"):
        begin_theme(name, "default")


@pytest.mark.usefixtures("own_templates")
def test_a_theme_that_there_is_stays() -> None:
    with pytest.raises(UsageError, match="theme-exists"):
        begin_theme("dark", "default")


def test_an_unknown_theme_is_a_usage_error_that_names_the_known() -> None:
    with pytest.raises(UsageError, match=r"unknown-theme.*default"):
        load_theme("../default")
