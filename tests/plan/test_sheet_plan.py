from __future__ import annotations

from pathlib import Path

import pytest
from page_reading import read, settings_for

from pipeline.model.plan import CheatSheet
from pipeline.model.text import plain_text
from pipeline.plan.cheatsheet import plan_cheatsheet, sheet_problems
from pipeline.plan.comparison import compare
from pipeline.plan.references import number_references
from pipeline.settings import Paper

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100"/></svg>'


ANNOUNCED = (
    "The kettle on the stove heats the water in it quickly, "
    "which needs all of the many parts that we put here for you to see:"
)


def sheet(folder: Path, markdown: str) -> CheatSheet:
    for name in ("a.svg", "b.svg"):
        (folder / name).write_text(SVG, encoding="utf-8")
    document = read(folder, markdown)
    return plan_cheatsheet(document, settings_for(folder), compare(document), number_references(document))


def points(plan: CheatSheet) -> dict[str, list[str]]:
    return {section.title: [plain_text(point) for point in section.points] for section in plan.sections}


PAGE = """# Tea vs coffee

Tea is old. Many drink it daily.

Tea and coffee are both drunk hot.

![A pot](a.svg)

## Leaves

A tea has three things:

- **Leaf**: the part that is picked by hand in the early morning.
- **Bud**: the tip.

What else? Leaves are dried.

## Pots

![Tea beside coffee](b.svg)

### Clay

Clay pots keep the heat for a long time.

### Glass

Glass shows the colour.

## References

- [A history of tea](https://example.org/tea)
"""


def test_every_section_stands_on_the_sheet_with_its_key_points(tmp_path: Path) -> None:
    plan = sheet(tmp_path, PAGE)
    assert [(s.number, s.level, s.title) for s in plan.sections] == [
        (1, 2, "Leaves"),
        (2, 2, "Pots"),
        (None, 3, "Clay"),
        (None, 3, "Glass"),
    ]
    assert plan.references_section is not None
    assert plan.references_section.title == "References"
    assert points(plan) == {
        "Leaves": ["A tea has three things: Leaf · Bud", "What else? Leaves are dried."],
        "Pots": [],
        "Clay": ["Clay pots keep the heat for a long time."],
        "Glass": ["Glass shows the colour."],
    }


def test_sections_lead_to_their_places(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE)
    plan = plan_cheatsheet(document, settings_for(tmp_path), compare(document), ())
    assert plan.sections[0].id == document.sections[0].id
    assert plan.sections[0].span == document.sections[0].heading


def test_the_sum_up_is_the_first_sentence_that_names_both(tmp_path: Path) -> None:
    assert plain_text(sheet(tmp_path, PAGE).summary) == "Tea and coffee are both drunk hot."


def test_the_author_s_description_sums_up(tmp_path: Path) -> None:
    plan = sheet(tmp_path, f"---\ndescription: Two drinks, side by side.\npaper: letter\n---\n{PAGE}")
    assert plain_text(plan.summary) == "Two drinks, side by side."


def test_the_figure_is_the_one_that_names_both(tmp_path: Path) -> None:
    figure = sheet(tmp_path, PAGE).figure
    assert figure is not None
    assert figure.image.source == "b.svg"


def test_else_the_figure_right_under_what_compares(tmp_path: Path) -> None:
    figure = sheet(tmp_path, "# Tea vs coffee\n\n![A pot](a.svg)\n\nTea and coffee.\n").figure
    assert figure is not None
    assert figure.image.source == "a.svg"


def test_warnings_come_before_tips_with_what_they_ask_for(tmp_path: Path) -> None:
    plan = sheet(
        tmp_path,
        """# Kettles

A kettle boils water.

:::tip

Kettles are heavy. Please use both hands.

:::

:::note

Nothing to see.

:::

:::danger[Steam]

Steam burns. It is hot.

:::
""",
    )
    assert [(n.kind, n.title, plain_text(n.text)) for n in plan.notices] == [
        ("danger", "Steam", "Steam burns."),
        ("tip", "", "Please use both hands."),
    ]


@pytest.mark.parametrize(
    ("notice", "told"),
    [
        ("[Do not lift the lid]\nSteam has burnt two. You should wait.", "Steam has burnt two."),
        ("[Lids]\nSteam has burnt two. If you must, always lift it slowly.", "Steam has burnt two."),
        ("[Lids]\nSteam has burnt two. Unless it is off, never lift it. Always wait.", "Always wait."),
        ("[Deckel]\nDampf verbrennt die Hand. Falls nötig, immer langsam heben.", "Dampf verbrennt die Hand."),
        ("[壶盖]\n蒸汽会烫伤人。如果必须打开，请慢慢打开。", "蒸汽会烫伤人。"),
    ],
)
def test_a_notice_is_not_told_by_its_exception(tmp_path: Path, notice: str, told: str) -> None:
    plan = sheet(tmp_path, f"# Kettles\n\nA kettle boils water.\n\n:::danger{notice}\n:::\n")
    assert [plain_text(each.text) for each in plan.notices] == [told]


def test_a_callout_that_says_nothing_is_no_notice(tmp_path: Path) -> None:
    shown = ["> [!bug]", "> [!danger] Hot", "> [!danger] Never lift the lid", "> [!fail] Lid\n> It is hot."]
    plan = sheet(tmp_path, "# Kettles\n\nA kettle boils water.\n\n" + "\n\n".join(shown))
    assert [(n.word, n.title, plain_text(n.text)) for n in plan.notices] == [
        ("", "Never lift the lid", ""),
        ("Fail", "Lid", "It is hot."),
    ]


def test_values_of_something_unnamed_are_a_key_point_only_for_want_of_another(tmp_path: Path) -> None:
    told = "## Lid\n\nAliases: `cap`, `top`\n\nThe lid keeps the heat.\n\n## Base\n\nDefault: `on`\n"
    found = points(sheet(tmp_path, f"# Kettles\n\n{told}"))
    assert found == {"Lid": ["The lid keeps the heat."], "Base": ["Default: on"]}


def test_a_page_that_compares_nothing_gives_its_key_facts(tmp_path: Path) -> None:
    plan = sheet(
        tmp_path,
        """# Kettles

A kettle boils water.

## Use

```bash
$ kettle --boil
```

Ready? Wait!

## Sizes

| Size  | Litres |
| ----- | ------ |
| small | 1      |

![Kettles](a.svg)
""",
    )
    assert plan.comparison.subjects == ()
    assert plan.figure is None
    assert plain_text(plan.summary) == "A kettle boils water."
    assert points(plan) == {"Use": ["kettle --boil"], "Sizes": ["Size · Litres"]}


def test_the_compared_table_is_no_key_point(tmp_path: Path) -> None:
    plan = sheet(tmp_path, "# Tea vs coffee\n\n## All\n\n| | Tea | Coffee |\n| - | - | - |\n| Price | low | high |\n")
    assert points(plan) == {"All": []}
    assert len(plan.comparison.rows) == 1


def test_a_page_without_sections_stands_as_one_entry(tmp_path: Path) -> None:
    plan = sheet(tmp_path, "# Kettles\n\nA kettle boils water.\n\nIt whistles when it is done.\n")
    assert points(plan) == {"": ["It whistles when it is done."]}


def test_many_deep_sections_are_told_by_their_titles(tmp_path: Path) -> None:
    deep = "".join(
        f"\n## Room {n}\n\nA room.\n" + "".join(f"\n### Shelf {n}{m}\n\nBooks.\n" for m in "ab") for n in range(6)
    )
    plan = sheet(tmp_path, f"# House\n\nA house.\n{deep}")
    assert [section.title for section in plan.sections] == [f"Room {n}" for n in range(6)]
    assert points(plan)["Room 3"] == ["A room.", "Shelf 3a · Shelf 3b"]


def test_references_paper_and_source_are_handed_on(tmp_path: Path) -> None:
    plan = sheet(tmp_path, PAGE)
    assert [reference.target.url for reference in plan.references] == ["https://example.org/tea"]
    assert (plan.paper, plan.source, plan.title) == (Paper.A4, "page.md", "Tea vs coffee")


def test_a_section_has_few_key_points_beside_a_comparison_or_many_others(tmp_path: Path) -> None:
    def most(title: str, sections: int) -> int:
        text = "\n\n".join(f"Sentence {n} says something of it." for n in range(8))
        body = "".join(f"\n## Part {n}\n\n{text}\n" for n in range(sections))
        return max(map(len, points(sheet(tmp_path, f"# {title}\n\nTea and coffee are hot.\n{body}")).values()))

    assert most("Tea vs coffee", 2) == 2
    assert most("Tea", 2) == 6
    assert most("Tea", 8) == 3
    assert most("Tea", 30) == 2


def test_what_is_left_of_a_list_is_counted_and_told_where_there_is_room(tmp_path: Path) -> None:
    long = [f"The {name} lamp stands on the left side of a desk, and gives light to who reads." for name in "abcde"]
    short = [f"lamp no. {number}" for number in range(11)]
    lists = ("\n".join(f"- {item}" for item in items) for items in (long, short))
    plan = sheet(tmp_path, "# Lamps\n\n## Long\n\n{}\n\n## Short\n\n{}\n".format(*lists))
    sections = {section.title: section for section in plan.sections}
    assert [plain_text(point) for point in sections["Long"].points] == long[:3]
    assert sections["Long"].left == (4, 3, 2)
    assert [plain_text(point) for point in sections["Long"].full] == long
    assert [plain_text(point) for point in sections["Short"].points] == [" · ".join(short[:8])]
    assert sections["Short"].left == (3,)
    assert [plain_text(point) for point in sections["Short"].full] == short


def test_the_last_of_a_list_is_told_in_place_of_a_note_that_it_is_left(tmp_path: Path) -> None:
    long = [f"Kettle {word} takes a good while longer to boil than all of the others" for word in "abcd"]
    listed = "\n".join(f"- {item}." for item in long)
    many = "".join(f"\n\n## Part {number}\n\nPart {number} is kept for later." for number in range(12))
    section = sheet(tmp_path, f"# Kettles\n\n## Four\n\n{listed}\n").sections[0]
    assert [len(section.points), section.left] == [4, (3, 2, 1, 0)]
    three = "\n".join(f"- {item}." for item in long[:3])
    section = sheet(tmp_path, f"# Kettles\n\n## Three\n\n{three}{many}\n").sections[0]
    assert [len(section.points), section.left] == [3, (2, 1, 0)]


def test_a_word_each_is_one_line_together(tmp_path: Path) -> None:
    items = "\n".join(f"- {item}" for item in ("Oak", "Elm", "Ash"))
    plan = sheet(tmp_path, f"# Trees\n\n## Kinds\n\nThere are three:\n\n{items}\n")
    assert [plain_text(point) for point in plan.sections[0].full] == ["There are three: Oak · Elm · Ash"]


def test_a_name_above_a_list_announces_it(tmp_path: Path) -> None:
    lists = "**Merge:**\n\n- Keeps every commit\n- Makes a knot\n\n**Rebase**\n\n- Rewrites them\n- Keeps one line\n"
    lists += f"\nCons:\n\n- Slow\n- {'Very ' * 9}hard to undo again once it is done\n- Ugly as well\n"
    (point,) = sheet(tmp_path, f"# T\n\n## S\n\n{lists}").sections
    told = ["Merge: Keeps every commit · Makes a knot", "Rebase: Rewrites them · Keeps one line"]
    assert [plain_text(each) for each in point.points][:2] == told
    assert [plain_text(each) for each in point.full][:2] == told


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("```sh\nboil\n```", ["The kettle on the stove heats the water in it quickly", "boil"]),
        ("- a lid\n- a spout", [f"{ANNOUNCED} a lid · a spout"]),
    ],
)
def test_a_text_that_introduces_no_list_is_told_by_what_it_says(tmp_path: Path, below: str, told: list[str]) -> None:
    plan = sheet(tmp_path, f"# Kettles\n\n## Parts\n\n{ANNOUNCED}\n\n{below}\n\n## Use\n\nFill it.\n")
    assert points(plan)["Parts"] == told


def test_references_that_are_not_the_end_stay_among_the_sections(tmp_path: Path) -> None:
    links = "## References\n\n1. [Tea](https://example.org/tea)\n"
    plan = sheet(tmp_path, f"# Tea\n\nTea is hot.\n\n{links}\n## Afterwards\n\nRinse the pot.\n")
    assert [section.title for section in plan.sections] == ["References", "Afterwards"]
    assert plan.references_section is None


def test_what_stands_elsewhere_on_the_sheet_gives_way_to_what_follows(tmp_path: Path) -> None:
    plan = sheet(
        tmp_path,
        "# Tea vs coffee\n\n## Tea\n\nTea is a drink of leaves. It is old. Leaves grow on hills.\n\n"
        "Tea keeps for years.\n\n## Coffee\n\nCoffee is a drink of beans.\n",
    )
    assert points(plan) == {"Tea": ["Leaves grow on hills.", "Tea keeps for years."], "Coffee": []}


def test_names_of_languages_and_what_points_at_a_figure_are_no_key_points(tmp_path: Path) -> None:
    tabs = ":::tabs\n== npm\n```sh\nnpm install kettle\n```\n== yarn\n```sh\nyarn add kettle\n```\n:::"
    plan = sheet(
        tmp_path,
        f"# Tea\n\n## Pots\n\nAs shown above, it is hot.\n\nIt is round.\n\n## Cups\n\n{tabs}\n\n## Lids\n\nRound.\n",
    )
    assert points(plan) == {"Pots": ["It is round."], "Cups": ["npm install kettle"], "Lids": ["Round."]}


def test_a_notice_tells_more_than_that_something_follows(tmp_path: Path) -> None:
    plan = sheet(
        tmp_path, "# Tea\n\n## Pots\n\n:::tip\n\nPrint all pots:\n\n```\npots\n```\n\nThey are round.\n\n:::\n"
    )
    assert [plain_text(notice.text) for notice in plan.notices] == ["They are round."]


def test_a_sentence_that_takes_back_what_stands_elsewhere_is_no_key_point(tmp_path: Path) -> None:
    plan = sheet(
        tmp_path,
        "# Tea vs coffee\n\n## Tea\n\nTea is a drink of leaves. However, it grew on hills once. It keeps warm.\n\n"
        "## Coffee\n\nCoffee is a drink of beans.\n",
    )
    assert not any("However" in point for told in points(plan).values() for point in told)


def test_addresses_and_what_a_generator_fills_in_are_no_facts(tmp_path: Path) -> None:
    plan = sheet(
        tmp_path,
        "# Kettles\n\n{* ../source/kettle.py hl[2:3] *}\n\n<https://example.org/kettles/of/all/kinds>\n\n"
        "## Use\n\n{% include kettle.html %}\n\nA kettle boils water.\n\n## Care\n\n{{ care }}\n",
    )
    assert plain_text(plan.summary) == "A kettle boils water."
    assert points(plan) == {"Use": [], "Care": []}


def test_a_row_of_badges_sums_nothing_up(tmp_path: Path) -> None:
    badges = "[![Build passes each day](https://b.example/b.svg)](https://b.example) ![All tests of it pass](t.svg)"
    links = "[The whole manual of it](https://m.example) | [Questions and their answers](https://q.example)"
    plan = sheet(tmp_path, f"# Kettles\n\n{badges}\n\n{links}\n\nA kettle boils water.\n\n## Lid\n\nIt opens.")
    assert plain_text(plan.summary) == "A kettle boils water."


def test_a_table_is_told_by_what_its_rows_begin_with(tmp_path: Path) -> None:
    page = "# Kettles\n\n## Sizes\n\n| Size | Litres |\n| - | - |\n| small | 1 |\n| large | 2 |\n"
    assert points(sheet(tmp_path, page)) == {"Sizes": ["small · large"]}


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("![A pot](a.svg)\n", [("empty-sheet", 1)]),
        ("\n```c\nint main(void);\n```\n", [("empty-sheet", 2)]),
        ("Tea is picked by hand.\n", []),
        ("## Leaves\n\n![A pot](a.svg)\n", []),
        ("- Leaves and buds are picked.\n- Stems are not.\n", []),
    ],
)
def test_a_sheet_with_nothing_but_a_title_is_told(tmp_path: Path, markdown: str, said: list[tuple[str, int]]) -> None:
    planned = sheet(tmp_path, markdown)
    problems = sheet_problems(read(tmp_path, markdown), planned)
    assert [(problem.code, problem.span and problem.span.first) for problem in problems] == said
