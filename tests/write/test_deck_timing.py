"""Steps in the file: PowerPoint's own animations, of shapes and paragraphs that are there."""

from __future__ import annotations

import io

import pytest
from deck_parts import NS, Parts, slide_name
from deck_sample import SETTINGS, SVG, THEME
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation

from pipeline.build import plan_page
from pipeline.jobs import find_jobs
from pipeline.model.plan import Deck
from pipeline.settings import Settings
from pipeline.write.deck import write_deck

PAGE = """# Tea vs coffee

Of both.

## Pot

The kettle is filled.

<!-- steps -->

- Warm the pot.
- Add leaves.
    - One spoon each.
- Pour.

| Pot | Cup |
|---|---|
| one | two |

## Choice

<!-- steps -->

- Choose tea when it is late.
- Choose coffee when it is early.

## Points

<!-- steps -->

![A pot](pot.svg)

- **Leaves**: they are dried.
- **Water**: it is hot.

## Panels

<!-- steps -->

> [!TIP]
> Warm the pot.

```python
boil()
```

## End

All of it is there.
"""
ENTRANCES = "//p:cTn[@presetClass='entr']"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    folder = tmp_path_factory.mktemp("steps")
    (folder / "pot.svg").write_bytes(SVG)
    (folder / "tea.md").write_text(PAGE, encoding="utf-8")
    (job,) = find_jobs([folder / "tea.md"], folder / "build", None)
    return plan_page(job, Settings(root=folder, output=folder / "build", offline=True))[1].deck


@pytest.fixture(scope="module")
def parts(deck: Deck) -> Parts:
    return Parts(write_deck(deck, THEME, SETTINGS).data)


def animated(deck: Deck) -> list[int]:
    return [slide.number for slide in deck.slides if slide.steps]


def test_each_step_is_one_click(deck: Deck, parts: Parts) -> None:
    assert len(animated(deck)) >= 4
    for slide in deck.slides:
        clicks = parts.find(slide_name(slide.number), f"{ENTRANCES}[@nodeType='clickEffect']")
        assert len(clicks) == len(slide.steps)


def test_what_appears_are_the_elements_and_paragraphs_of_the_plan(deck: Deck, parts: Parts) -> None:
    for number in animated(deck):
        slide, name = deck.slides[number - 1], slide_name(number)
        shapes = {shape.get("id"): shape.getparent().getparent() for shape in parts.find(name, "//p:cNvPr")}
        told = []
        for target in parts.find(name, "//p:spTgt"):
            drawn = shapes[target.get("spid")]
            ranges = target.findall("p:txEl/p:pRg", NS)
            lines = len(drawn.findall("p:txBody/a:p", NS))
            assert all(0 <= int(each.get("st")) <= int(each.get("end")) < lines for each in ranges)
            paragraph = int(ranges[0].get("st")) if ranges else None
            told.append((drawn.find("*/p:cNvPr", NS).get("name"), paragraph))
        planned = [
            (slide.elements[part.element].name, at)
            for step in slide.steps
            for part in step
            for at in (range(part.paragraphs[0], part.paragraphs[1] + 1) if part.paragraphs else (None,))
        ]
        assert told == planned


def test_ids_of_time_are_unique_and_the_root_is_the_first(deck: Deck, parts: Parts) -> None:
    for number in animated(deck):
        ids = [int(node.get("id")) for node in parts.find(slide_name(number), "//p:cTn")]
        assert ids == list(range(1, len(ids) + 1))


def test_builds_name_each_shape_with_effects_once(deck: Deck, parts: Parts) -> None:
    for number in animated(deck):
        name = slide_name(number)
        builds = {build.get("spid"): build.get("build") for build in parts.find(name, "//p:bldLst/p:bldP")}
        assert len(builds) == len(parts.find(name, "//p:bldLst/p:bldP"))
        grouped = parts.find(name, f"{ENTRANCES}[@grpId]//p:spTgt")
        assert {target.get("spid") for target in grouped} == builds.keys()
        by_paragraphs = {target.get("spid") for target in grouped if target.find("p:txEl", NS) is not None}
        assert by_paragraphs == {spid for spid, build in builds.items() if build == "p"}
        assert builds.keys() <= {shape.get("id") for shape in parts.find(name, "//p:sp/p:nvSpPr/p:cNvPr")}


def test_timing_follows_the_colours_and_is_nowhere_else(deck: Deck, parts: Parts) -> None:
    still = replace(deck, slides=tuple(replace(slide, steps=()) for slide in deck.slides))
    before = Parts(write_deck(still, THEME, SETTINGS).data)
    assert before.files.keys() == parts.files.keys()
    changed = {name for name, data in parts.files.items() if before.files[name] != data}
    assert changed == {slide_name(number) for number in animated(deck)}
    for name in changed:
        tags = [child.tag.rpartition("}")[2] for child in parts.xml(name)]
        assert tags == ["cSld", "clrMapOvr", "timing"]
        rest = parts.files[name].decode()
        start, end = rest.index("<p:timing>"), rest.index("</p:timing>") + len("</p:timing>")
        assert (rest[:start] + rest[end:]).encode() == before.files[name]


def test_python_pptx_keeps_the_timing(deck: Deck, parts: Parts) -> None:
    again = io.BytesIO()
    Presentation(io.BytesIO(parts.data)).save(again)
    kept = Parts(again.getvalue())
    for number in animated(deck):
        one, other = (each.find(slide_name(number), "//p:timing")[0] for each in (parts, kept))
        assert etree.tostring(one, method="c14n", exclusive=True) == etree.tostring(
            other, method="c14n", exclusive=True
        )
