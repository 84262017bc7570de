"""A company's template: read with suspicion, its roles and places found, decks built in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pptx
import pytest

import templates
from pipeline.diagnostics import UsageError
from pipeline.model.fitted import Role, TextBox
from pipeline.model.plan import Deck
from pipeline.office import LayoutRole
from pipeline.plan import plan_document
from pipeline.read import read_page
from pipeline.settings import Settings
from pipeline.template.checking import role_lines, template_findings
from pipeline.template.colours import READABLE, contrast
from pipeline.template.palette import palette
from pipeline.template.reading import read_template
from pipeline.template.space import clear
from pipeline.theme import Colour, Theme, load_theme
from pipeline.typeset import Typesetter
from pipeline.units import Rect
from pipeline.verify.package import Package
from pipeline.write.deck import write_deck

MAKERS: dict[str, Callable[[Path], Path]] = {
    "plain": templates.plain,
    "logo": templates.with_logo,
    "no-bodies": templates.without_bodies,
    "two-titles": templates.with_two_titles,
    "one-index": templates.with_one_index,
    "samples": templates.with_samples,
}
PAGE = """---
title: Tea and coffee
author: A. Writer
---

Both are drunk hot.

# Tea and coffee

## Tea

Tea is made of leaves, which are dried.

- green tea, of leaves that are dried at once
- black tea

| kind | minutes |
|---|---|
| green | 2 |
| black | 4 |

## Coffee

```sh
grind --fine beans
```

:::tip
Use fresh beans.
:::
"""


def deck_in(theme: Theme, folder: Path, page: str = PAGE) -> tuple[Deck, bytes]:
    path = folder / "page.md"
    path.write_text(page, encoding="utf-8")
    settings = Settings(root=folder, output=folder, offline=True)
    document = read_page(path, settings).document
    deck = plan_document(document, settings, theme, Typesetter(theme)).plans.deck
    return deck, write_deck(deck, theme, settings).data


@pytest.fixture(params=MAKERS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return MAKERS[request.param](tmp_path / f"{request.param}.pptx")


def test_a_deck_has_the_template_s_masters_layouts_and_size(made: Path, tmp_path: Path) -> None:
    theme = read_template(made).theme
    _, data = deck_in(theme, tmp_path)
    (tmp_path / "deck.pptx").write_bytes(data)
    before, after = pptx.Presentation(str(made)), pptx.Presentation(str(tmp_path / "deck.pptx"))
    assert (after.slide_width, after.slide_height) == (before.slide_width, before.slide_height)
    assert [layout.name for layout in after.slide_layouts] == [layout.name for layout in before.slide_layouts]
    assert after.slides[0].slide_layout.name == "Title Slide"
    assert all(slide.shapes.title is not None and slide.shapes.title.text for slide in after.slides)
    assert not any("Sample" in slide.shapes.title.text for slide in after.slides)
    assert any(slide.has_notes_slide for slide in after.slides)


def test_placeholders_stand_where_they_say_and_have_a_place_in_their_layout(made: Path, tmp_path: Path) -> None:
    _, data = deck_in(read_template(made).theme, tmp_path)
    (tmp_path / "deck.pptx").write_bytes(data)
    for slide in pptx.Presentation(str(tmp_path / "deck.pptx")).slides:
        known = [
            (place.get("type", "obj"), place.get("idx", "0"))
            for place in slide.slide_layout._element.iter(f"{templates.P}ph")
        ]
        # Those that are not titles can be told apart.
        indexes = [index for kind, index in known if kind not in {"title", "ctrTitle"}]
        assert len(indexes) == len(set(indexes))
        for shape in slide.placeholders:
            place = shape._element.find(f".//{templates.P}ph")
            assert shape._element.find(f".//{templates.A}xfrm") is not None
            assert (place.get("type", "obj"), place.get("idx", "0")) in known


PARTS = """---
lang: ar
author: كاتب
---

# الشاي والقهوة

كلاهما يشرب ساخنا.

## الشاي

### الأنواع

فقرة من بضع كلمات تبدأ الشريحة.

- أخضر، وهو من أوراق تجفف في الحال
- أسود
- أبيض

### الوقت

| النوع | دقائق |
|---|---|
| أخضر | 2 |
| أسود | 4 |
| أبيض | 5 |

## القهوة

مطحونة.

## الماء

بارد.
"""


@pytest.mark.parametrize("page", [PAGE, PARTS], ids=["left-to-right", "right-to-left"])
def test_nothing_stands_over_a_title_or_off_the_slide(made: Path, tmp_path: Path, page: str) -> None:
    deck, _ = deck_in(read_template(made).theme, tmp_path, page)
    assert ({"section"} <= {slide.kind.value for slide in deck.slides}) is (page is PARTS)
    for slide in deck.slides:
        texts = [element for element in slide.elements if isinstance(element, TextBox)]
        for element in slide.elements:
            rect = element.rect
            assert min(rect.left, rect.top, deck.size.width - rect.right, deck.size.height - rect.bottom) >= -1000
        for one, other in combinations([text for text in texts if text.role is not Role.NONE], 2):
            across = min(one.rect.right, other.rect.right) - max(one.rect.left, other.rect.left)
            down = min(one.rect.bottom, other.rect.bottom) - max(one.rect.top, other.rect.top)
            assert min(across, down) <= 1000, (slide.title, one.name, other.name)


def test_the_same_template_gives_the_same_bytes(tmp_path: Path) -> None:
    made = templates.with_logo(tmp_path / "logo.pptx")
    assert deck_in(read_template(made).theme, tmp_path)[1] == deck_in(read_template(made).theme, tmp_path)[1]


@pytest.mark.parametrize("language", templates.LANGUAGES)
def test_roles_are_found_by_names_in_other_languages(tmp_path: Path, language: str) -> None:
    reading = read_template(templates.translated(tmp_path / "t.pptx", language))
    expected = templates._NAMES[language]
    roles = (
        LayoutRole.COVER,
        LayoutRole.CONTENT,
        LayoutRole.SECTION,
        LayoutRole.TITLE_ONLY,
        LayoutRole.TWO_CONTENT,
    )
    assert tuple(reading.choices[role].layout.name for role in roles) == expected
    assert all("by its name" in reading.choices[role].why for role in roles)


def test_roles_are_found_by_placeholders_where_names_and_types_say_nothing(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for at, layout in enumerate(deck.slide_layouts):
        layout.name = f"Layout {at}"
        layout._element.attrib.pop("type", None)
    deck.save(str(tmp_path / "t.pptx"))
    choices = read_template(tmp_path / "t.pptx").choices
    found = [choices[role].layout.name for role in (LayoutRole.COVER, LayoutRole.CONTENT, LayoutRole.TITLE_ONLY)]
    assert found == ["Layout 0", "Layout 1", "Layout 5"]
    assert choices[LayoutRole.PICTURE].layout.name == "Layout 8"


def test_text_gives_way_to_logos(tmp_path: Path) -> None:
    reading = read_template(templates.with_logo(tmp_path / "logo.pptx"))
    assert reading.content.title.rect.right <= 8.4 * 914_400
    body = reading.content.body.rect
    assert body.left >= 1.7 * 914_400 or body.bottom <= 6.0 * 914_400
    codes = {said.code for said in template_findings(reading)}
    assert {"covered-place", "no-notes-master"} <= codes


def test_a_place_keeps_its_largest_free_part() -> None:
    place = Rect.from_edges(0, 0, 1000, 1000)
    assert clear(place, [Rect.from_edges(900, -50, 1100, 200)]) == Rect.from_edges(0, 0, 900, 1000)
    assert clear(place, [Rect.from_edges(0, 0, 700, 700)]) == place, "too little would be left"
    assert clear(place, [Rect.from_edges(2000, 0, 3000, 10)]) == place


def test_text_can_be_read_on_the_ground_that_a_template_gives_it(tmp_path: Path) -> None:
    theme = read_template(templates.with_two_titles(tmp_path / "dark.pptx")).theme
    assert theme.is_dark
    for colour in (Colour.INK, Colour.MUTED, Colour.TITLE, Colour.COVER_TITLE, Colour.COVER_TEXT, Colour.FOOTER):
        assert contrast(theme.colours[colour], "102A43") >= READABLE
    assert theme.company
    assert contrast(theme.company.printed[Colour.INK], "FFFFFF") >= READABLE, "paper stays white"


@pytest.mark.parametrize("paper", ["FFFFFF", "F4E9D8", "000000", "1F2A44", "0A6EBD", "FFD100", "C8102E"])
@pytest.mark.parametrize("accent", ["FFD100", "0A6EBD", "FFFFFF", "102A43"])
def test_every_colour_made_of_a_template_s_can_be_read(paper: str, accent: str) -> None:
    dark = contrast(paper, "FFFFFF") > contrast(paper, "000000")
    usual = load_theme("dark" if dark else "default").colours
    colours = palette(paper, "777777", [accent] * 5, usual)
    grounds = [Colour.PAPER, Colour.PANEL, Colour.MARK, *(c for c in Colour if "tint" in c.value)]
    for ground in grounds:
        assert contrast(colours[Colour.INK], colours[ground]) >= 4.4
    subjects = [c for c in Colour if c.value.startswith("subject_")]
    for colour in (Colour.MUTED, Colour.TIP, Colour.WARNING, Colour.DANGER, *subjects):
        assert contrast(colours[colour], paper) >= 4.4


def test_sample_slides_go_with_all_that_belongs_to_them(tmp_path: Path) -> None:
    made = templates.with_samples(tmp_path / "samples.pptx")
    reading = read_template(made)
    assert "the sample slides" in reading.kept.left_out
    _, data = deck_in(reading.theme, tmp_path)
    package = Package(data)
    main = package.data("ppt/presentation.xml").decode()
    assert "custShow" not in main
    assert b"company.invalid" not in data
    assert not any(b"company.invalid" in package.data(name) for name in package._names)


def test_an_own_notes_master_is_kept(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    assert deck.notes_master is not None
    deck.save(str(tmp_path / "t.pptx"))
    theme = read_template(tmp_path / "t.pptx").theme
    _, data = deck_in(theme, tmp_path)
    names = [name for name in Package(data)._names if re.search(r"notesMaster\d*\.xml$", name)]
    assert len(names) == 1
    assert "no-notes-master" not in {said.code for said in template_findings(read_template(tmp_path / "t.pptx"))}


def test_what_is_used_in_place_of_what_is_missing_is_told(tmp_path: Path) -> None:
    reading = read_template(templates.without_bodies(tmp_path / "t.pptx"))
    told = {said.message for said in template_findings(reading) if said.code == "no-layout"}
    assert any("two contents" in message for message in told)
    lines = tuple(role_lines(reading))
    assert len(lines) == len(LayoutRole)
    assert any("in its stead" in line for line in lines)


# ---------------------------------------------------------------- what is no template, or means harm


def _refused(path: Path) -> str:
    with pytest.raises(UsageError) as raised:
        read_template(path)
    (said,) = raised.value.diagnostics
    assert said.code == "bad-template"
    return said.message


def test_what_is_no_presentation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.pptx").write_text("no", encoding="utf-8")
    assert "no Office file" in _refused(tmp_path / "text.pptx")
    (tmp_path / "old.pptx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert "encrypted" in _refused(tmp_path / "old.pptx")
    assert "cannot be read" in _refused(tmp_path / "none.pptx")


def test_entities_are_refused(tmp_path: Path) -> None:
    plain = templates.plain(tmp_path / "plain.pptx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    path = templates.changed(
        plain, tmp_path / "x.pptx", lambda name, data: bomb if name == "ppt/slideMasters/slideMaster1.xml" else data, {}
    )
    assert "no plain XML" in _refused(path)


def test_files_that_unpack_to_too_much_are_refused(tmp_path: Path) -> None:
    plain = templates.plain(tmp_path / "plain.pptx")
    path = templates.changed(
        plain, tmp_path / "x.pptx", lambda _, data: data, {f"ppt/media/z{at}.png": bytes(60 << 20) for at in range(5)}
    )
    assert path.stat().st_size < 2 << 20
    assert "larger than" in _refused(path)


def test_macros_and_outside_relations_are_left_out(tmp_path: Path) -> None:
    plain = templates.with_logo(tmp_path / "plain.pptx")

    def change(name: str, data: bytes) -> bytes:
        if name == "ppt/_rels/presentation.xml.rels":
            kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
            macro = b'<Relationship Id="rId98" Type="' + kind + b'" Target="vbaProject.bin"/>'
            return data.replace(b"</Relationships>", macro + b"</Relationships>")
        if name == "ppt/slideMasters/_rels/slideMaster1.xml.rels":
            return re.sub(
                rb'Target="\.\./media/image1\.png"', b'Target="file:///etc/passwd" TargetMode="External"', data
            )
        return data

    path = templates.changed(plain, tmp_path / "x.pptm", change, {"ppt/vbaProject.bin": b"macro"})
    reading = read_template(path)
    assert {"macros", "what image leads to outside the file"} <= set(reading.kept.left_out)
    _, data = deck_in(reading.theme, tmp_path)
    package = Package(data)
    assert not [name for name in package._names if "vba" in name]
    assert not any(b"passwd" in package.data(name) for name in package._names)
    master = package.xml("ppt/slideMasters/slideMaster1.xml")
    assert len(list(master.iter(f"{templates.P}pic"))) == 1, "the picture that led outside is gone"
