from __future__ import annotations

from pathlib import Path

from page_reading import deck, read, settings_for, slide

from pipeline.model.document import Document, Heading
from pipeline.model.plan import Deck, Handout, SlideKind
from pipeline.model.text import plain_text
from pipeline.plan.comparison import compare
from pipeline.plan.handout import plan_handout
from pipeline.plan.topics import walk_sections

PAGE = """# Kettles

A kettle boils water.[^b]

## Use

Fill it.

Switch it on.[^a]

### Care

Rinse it.

## Parts

### Lid

It opens.

### Spout

It pours.

[^a]: Mind the steam.
[^b]: Usually.
"""


def handout(document: Document, made: Deck, folder: Path) -> Handout:
    plan = plan_handout(document, settings_for(folder), compare(document), made)
    covered = [block for each in made.slides for block in each.covers]
    printed = [b for each in plan.blocks for b in each.blocks if not isinstance(b, Heading) or b in covered]
    assert printed == covered
    assert [number for each in plan.blocks for number in each.slides] == [each.number for each in made.slides]
    ids = [each.id for each in plan.blocks] + [
        b.id for each in plan.blocks for b in each.blocks if isinstance(b, Heading)
    ]
    assert len(set(ids)) == len(ids)
    assert {section.id for section in walk_sections(document.sections)} <= set(ids)
    return plan


def page_deck(document: Document) -> Deck:
    use, parts = document.sections
    care = use.sections[0]
    return deck(
        document,
        slide(1, "Kettles", kind=SlideKind.COVER, covers=document.blocks),
        slide(2, "Agenda", kind=SlideKind.AGENDA),
        slide(3, "Use", section_id=use.id, section=1, covers=use.blocks[:1], part=(1, 2)),
        slide(4, "Use", section_id=use.id, section=1, covers=use.blocks[1:], part=(2, 2)),
        slide(5, "Care", section_id=care.id, section=1, covers=care.blocks),
        slide(6, "In short", section_id=care.id, section=1),
        slide(7, "Parts", section_id=parts.id, section=2, covers=sum((s.blocks for s in parts.sections), ())),
        slide(8, "References", kind=SlideKind.REFERENCES),
        slide(9, "References", kind=SlideKind.REFERENCES),
    )


def test_slides_stand_beside_what_they_cover(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    plan = handout(document, page_deck(document), tmp_path)
    assert [(b.slides, plain_text(b.title), b.level, b.section, b.part) for b in plan.blocks] == [
        ((1, 2), "Kettles", 2, None, None),
        ((3,), "Use", 2, 1, (1, 1, 2)),
        ((4,), "Use", 0, 1, (2, 2, 2)),
        ((5, 6), "Care", 3, 1, None),
        ((7,), "Parts", 2, 2, None),
        ((8, 9), "References", 2, None, None),
    ]
    assert [block.seconds for block in plan.blocks] == [20, 10, 10, 20, 10, 20]
    assert plan.seconds == 90


def test_sections_without_a_slide_get_a_heading_before_their_content(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    plan = handout(document, page_deck(document), tmp_path)
    told = [(type(block).__name__, getattr(block, "id", "")) for block in plan.blocks[4].blocks]
    lid, spout = (section.id for section in document.sections[1].sections)
    assert told == [("Heading", lid), ("Paragraph", ""), ("Heading", spout), ("Paragraph", "")]


def test_an_empty_section_without_a_slide_is_printed_after_what_precedes_it(tmp_path: Path) -> None:
    document = read(tmp_path, "# Kettles\n\n## Use\n\nFill it.\n\n## Later\n\n## Parts\n\nLid.\n")
    use, _, parts = document.sections
    made = deck(
        document,
        slide(1, "Use", section_id=use.id, section=1, covers=use.blocks),
        slide(2, "Parts", section_id=parts.id, section=3, covers=parts.blocks),
    )
    plan = handout(document, made, tmp_path)
    assert [type(block).__name__ for block in plan.blocks[0].blocks] == ["Paragraph", "Heading"]


def test_parts_of_a_slide_without_content_of_their_own_stand_together(tmp_path: Path) -> None:
    document = read(tmp_path, "# Kettles\n\n## Use\n\nFill it.\n")
    use = document.sections[0]
    made = deck(
        document,
        slide(1, "Use", kind=SlideKind.SECTION, section_id=use.id, section=1),
        slide(2, "Use", section_id=use.id, section=1, covers=use.blocks, part=(1, 2)),
        slide(3, "Use", section_id=use.id, section=1, part=(2, 2)),
    )
    plan = handout(document, made, tmp_path)
    assert [(block.slides, block.part) for block in plan.blocks] == [((1, 2, 3), None)]


def test_parts_that_stand_together_are_told_by_the_first_and_the_last(tmp_path: Path) -> None:
    document = read(tmp_path, "# Kettles\n\n## Use\n\nFill it.\n\nHeat it.\n")
    use = document.sections[0]
    made = deck(
        document,
        slide(1, "Use", section_id=use.id, section=1, covers=use.blocks[:1], part=(1, 3)),
        slide(2, "Use", section_id=use.id, section=1, covers=use.blocks[1:], part=(2, 3)),
        slide(3, "Use", section_id=use.id, section=1, part=(3, 3)),
    )
    plan = handout(document, made, tmp_path)
    assert [(block.slides, block.part) for block in plan.blocks] == [((1,), (1, 1, 3)), ((2, 3), (2, 3, 3))]


def test_a_slide_with_a_title_of_its_own_stands_below_its_section(tmp_path: Path) -> None:
    document = read(tmp_path, "# Kettles\n\n## It’s for use\n\nFill it.\n\nPour it.\n\nDrink it.\n")
    use = document.sections[0]
    made = deck(
        document,
        slide(1, "It's for use", section_id=use.id, section=1, covers=use.blocks[:1]),
        slide(2, "Pouring", section_id=use.id, section=1, covers=use.blocks[1:2]),
        slide(3, "It's for use", section_id=use.id, section=1, covers=use.blocks[2:]),
    )
    plan = handout(document, made, tmp_path)
    assert [(plain_text(b.title), b.level, b.id) for b in plan.blocks] == [
        ("It’s for use", 2, use.id),
        ("Pouring", 3, "slide-2"),
        ("It’s for use", 0, "slide-3"),
    ]


def test_names_of_slides_never_meet_those_of_sections(tmp_path: Path) -> None:
    document = read(tmp_path, "# Kettles\n\n## Slide 2\n\nFill it.\n\nPour it.\n")
    section = document.sections[0]
    made = deck(
        document,
        slide(1, "Slide 2", section_id=section.id, covers=section.blocks[:1]),
        slide(2, "Slide 2", section_id=section.id, covers=section.blocks[1:]),
    )
    names = [block.id for block in handout(document, made, tmp_path).blocks]
    assert names[0] == section.id
    assert names[1] != section.id


def test_the_contents_name_the_sections_with_their_slides(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    plan = handout(document, page_deck(document), tmp_path)
    assert [(e.number, e.title, e.first_slide, e.last_slide) for e in plan.contents] == [
        (1, "Use", 3, 6),
        (2, "Parts", 7, 7),
        (None, "References", 8, 9),
    ]
    assert {entry.id for entry in plan.contents} <= {block.id for block in plan.blocks}


def test_footnotes_stand_in_the_order_of_their_marks(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    plan = handout(document, page_deck(document), tmp_path)
    assert [label for label, _ in plan.footnotes] == ["b", "a"]


def test_what_the_page_says_of_itself_is_handed_on(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    plan = handout(document, page_deck(document), tmp_path)
    assert (plain_text(plan.title), plan.authors, plan.date, plan.source) == (
        "Kettles",
        ("Ada",),
        "May 2024",
        "page.md",
    )


def test_empty_sections_stand_below_the_section_that_holds_them(tmp_path: Path) -> None:
    document = read(tmp_path, "# Tags\n\n## Object\n\n### height\n\n#### unit\n\n### width\n\n## Frame\n\n### name\n")
    first, second = document.sections
    made = deck(
        document,
        slide(1, "Tags", kind=SlideKind.COVER),
        slide(2, "Object", section_id=first.id, section=1),
        slide(3, "Frame", section_id=second.id, section=2),
    )
    headings = [
        [plain_text(b.children) for b in each.blocks if isinstance(b, Heading)]
        for each in handout(document, made, tmp_path).blocks
    ]
    assert headings == [[], ["height", "unit", "width"], ["name"]]


def test_a_section_left_out_of_the_deck_is_in_the_contents_without_a_slide(tmp_path: Path) -> None:
    document = read(tmp_path, "# Tea\n\n## Brew\n\nPour.\n\n## Aside\n\n<!-- deck: skip -->\n\nA word.\n")
    brew, aside = document.sections
    made = deck(
        document,
        slide(1, "Tea", kind=SlideKind.COVER),
        slide(2, "Brew", section_id=brew.id, section=1, covers=(*brew.blocks, *aside.blocks)),
    )
    plan = handout(document, made, tmp_path)
    assert [(entry.title, entry.shown) for entry in plan.contents] == [("Brew", True), ("Aside", False)]


def test_only_sections_open_where_their_title_is_printed(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    opens = {block.slides[0]: block.opens for block in handout(document, page_deck(document), tmp_path).blocks}
    assert (opens[3], opens[4], opens[5]) == (True, False, True)
