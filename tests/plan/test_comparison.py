from __future__ import annotations

from pathlib import Path

import pytest
from cells_reading import assert_from_the_page
from hypothesis import given
from hypothesis import strategies as st
from page_reading import read, rules_of, settings_for, table_of

from pipeline.diagnostics import Span
from pipeline.model.document import ComparisonHint, Document, ItemList, ListItem, Metadata, Paragraph, Section
from pipeline.model.inlines import Inline, Style, Styled, Text
from pipeline.model.plan import Comparison
from pipeline.plan.comparison import compare
from pipeline.read import read_page
from pipeline.settings import Overrides

CONTENT = Path(__file__).parents[2] / "content"


def compared(folder: Path, markdown: str) -> Comparison:
    document = read(folder, markdown)
    comparison = compare(document)
    assert_from_the_page(document, comparison)
    return comparison


# ---------------------------------------------------------------- the project's own page


def test_the_first_page_compares_docker_and_virtual_machines() -> None:
    page = CONTENT / "docker-vs-virtual-machine.md"
    document = read_page(page, settings_for(CONTENT)).document
    comparison = compare(document)
    assert_from_the_page(document, comparison)
    assert [(subject.name, subject.aliases) for subject in comparison.subjects] == [
        ("Docker", ()),
        ("Virtual Machine", ("VM",)),
    ]
    assert table_of(comparison) == {
        "Virtualizes": {"Docker": "The applications layer", "Virtual Machine": "The complete operating system"},
        "Size": {
            "Docker": "A Docker image takes megabytes",
            "Virtual Machine": "A VM image takes gigabytes",
        },
        "Speed": {
            "Docker": "Docker starts within a second",
            "Virtual Machine": "A VM boots a kernel first",
        },
        "Isolation": {
            "Docker": "Docker shares the host's kernel",
            "Virtual Machine": "A VM keeps to its own",
        },
        "Compatibility": {
            "Docker": "Docker needs the right kernel",
            "Virtual Machine": "A VM runs on any host system",
        },
        "When to use": {
            "Docker": "Use Docker when you want to ship an application, and run many of them side by side",
            "Virtual Machine": "Use a VM when you need another operating system, or stronger walls between tenants",
        },
    }


# ---------------------------------------------------------------- tables


def test_a_table_gives_its_rows_as_they_stand(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Trams vs buses

|         | Trams (on rails) | Notes | Buses           |
| ------- | ---------------- | ----- | --------------- |
| **Way** | rails, *fixed*   | none  | any [road](/r)  |
| Noise   |                  | x     | loud            |
""",
    )
    assert table_of(found) == {
        "Way": {"Trams": "rails, fixed", "buses": "any road"},
        "Noise": {"buses": "loud"},
    }
    assert set(rules_of(found).values()) == {"table"}


def test_cells_know_where_code_stands_in_them(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Trams vs buses

| Aspect | Trams             | Buses                |
| ------ | ----------------- | -------------------- |
| Start  | With `-x on` only | `go <line>`, or `go` |
""",
    )
    cells = {cell.subject: cell for cell in found.rows[0].cells}
    assert cells["Trams"].with_code_between("|") == "With |-x on| only"
    assert found.rows[0].said_of("buses", around_code="|") == "|go <line>|, or |go|"
    assert found.rows[0].said_of("buses") == "go <line>, or go"


def test_a_table_is_turned_where_its_first_column_names_the_subjects(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Trams vs buses

| Vehicle | Way   | Seats |
| ------- | ----- | ----- |
| Tram    | rails | 200   |
| Ferry   | water | 300   |
| Bus     | roads | 60    |
""",
    )
    assert table_of(found) == {
        "Way": {"Trams": "rails", "buses": "roads"},
        "Seats": {"Trams": "200", "buses": "60"},
    }


def test_a_table_without_subjects_gives_nothing(tmp_path: Path) -> None:
    found = compared(
        tmp_path, "# Trams vs buses\n\nTrams hum. Buses roar.\n\n| Town | Lines |\n| - | - |\n| Lyon | 7 |\n"
    )
    assert found.rows == ()


# ---------------------------------------------------------------- the author's own


def test_the_author_names_subjects_and_rows(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """---
compare: {Metro: [underground], Bicycle: []}
---
# Getting around

## What it costs

<!-- slide: compare="Fare for one" -->

- The underground asks for two coins.
- A bicycle is free.
""",
    )
    assert table_of(found)["Fare for one"] == {
        "Metro": "The underground asks for two coins.",
        "Bicycle": "A bicycle is free.",
    }
    assert rules_of(found)["Fare for one"] == "author"


# ---------------------------------------------------------------- an entry for each subject

PAIRED = """# Oak vs pine

## Oak

Oak is a hardwood. It grows for centuries.

### Price

Dear, and dearer each year.

### Strengths

- It lasts.
- It looks well.

## Pine

People like pine. Pine is a softwood.

### Strengths

- It is cheap.
- It grows fast.
- It smells good.

### Colour

Pale yellow.

### Price

- Low
- Stable
"""


def test_sections_of_the_subjects_are_paired_by_their_headings(tmp_path: Path) -> None:
    found = compared(tmp_path, PAIRED)
    assert [(row.aspect, [cell.text for cell in row.cells]) for row in found.rows] == [
        ("What it is", ["Oak is a hardwood", "People like pine"]),
        ("Price", ["Dear, and dearer each year", "Low", "Stable"]),
        ("Strengths", ["It lasts", "It looks well", "It is cheap", "It grows fast", "It smells good"]),
    ]
    assert {row.rule for row in found.rows} == {"section-per-subject"}


def test_what_only_one_subject_has_makes_no_row_of_a_pair(tmp_path: Path) -> None:
    assert "Colour" not in table_of(compared(tmp_path, PAIRED))


def test_bold_paragraphs_stand_for_headings(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Oak vs pine

**Oak**

Oak is a hardwood.

**Taste**

Bitter.

**Pine**

Pine is a softwood.

**Taste**

Resinous.
""",
    )
    assert table_of(found)["Taste"] == {"Oak": "Bitter.", "pine": "Resinous."}


def test_leads_that_are_subjects_take_their_heading_as_aspect(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Oak vs pine

## In the garden

- **Oak**: shades half of it. It drops acorns.
- **Pine**: shades nothing.

## Indoors

1. Floors
   - Oak
     - Hard-wearing planks.
   - Pine
     - Soft boards.
""",
    )
    assert table_of(found) == {
        "In the garden": {"Oak": "shades half of it.", "pine": "shades nothing."},
        "Floors": {"Oak": "Hard-wearing planks.", "pine": "Soft boards."},
    }
    assert set(rules_of(found).values()) == {"subject-leads"}


def test_statements_share_their_first_words_as_aspect_under_a_heading_that_compares(tmp_path: Path) -> None:
    body = "\n\n- **Oak shelters many beetles**  \n  Hundreds.\n- **Pine shelters few birds**  \n  A handful.\n"
    compares = compared(tmp_path, f"# Oak vs pine\n\n## How do oak and pine differ?{body}")
    assert table_of(compares) == {"Shelters": {"Oak": "many beetles", "pine": "few birds"}}
    aspect = compared(tmp_path, f"# Oak vs pine\n\n## Wildlife{body}")
    assert table_of(aspect) == {"Wildlife": {"Oak": "Oak shelters many beetles", "pine": "Pine shelters few birds"}}


def test_headings_that_say_the_same_of_each_subject_are_paired(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        "# Oak vs pine\n\n## When to plant oak\n\nIn autumn.\n\n## When to plant pine\n\nIn spring.\n",
    )
    assert table_of(found) == {"When to plant": {"Oak": "In autumn.", "pine": "In spring."}}


def test_one_section_may_speak_of_two_subjects(tmp_path: Path) -> None:
    found = compared(
        tmp_path, "# Oak vs elm vs pine\n\n## Oak and elm\n\nOak and elm are hardwoods.\n\n## Pine\n\nPine is soft.\n"
    )
    row = table_of(found)["What it is"]
    assert row == {"Oak": "Oak and elm are hardwoods.", "elm": "Oak and elm are hardwoods.", "pine": "Pine is soft."}


# ---------------------------------------------------------------- labels that are aspects


def leads(folder: Path, *items: str) -> dict[str, dict[str, str]]:
    listed = "\n".join(f"- {item}" for item in items)
    return table_of(compared(folder, f"# Tea vs coffee\n\n## Facts\n\n{listed}\n"))


def test_a_sentence_goes_to_the_subject_that_it_speaks_of(tmp_path: Path) -> None:
    assert leads(tmp_path, "**Water**: Tea needs it hot.", "**Beans**: The coffee you buy has been roasted.") == {
        "Water": {"Tea": "Tea needs it hot."},
        "Beans": {"coffee": "The coffee you buy has been roasted."},
    }


@pytest.mark.parametrize(
    ("sentence", "tea", "coffee"),
    [
        ("Tea is steeped, while coffee is brewed.", "Tea is steeped", "coffee is brewed."),
        ("A tea is steeped, while a coffee is brewed.", "A tea is steeped", "a coffee is brewed."),
        ("Some tea is steeped, whereas the coffee is brewed.", "Some tea is steeped", "the coffee is brewed."),
        ("While tea is steeped, coffee is brewed.", "tea is steeped", "coffee is brewed."),
        ("Tea is steeped; coffee is brewed.", "Tea is steeped", "coffee is brewed."),
        ("Coffee is brewed, whereas tea is steeped for long.", "tea is steeped for long.", "Coffee is brewed"),
        ("Tea is light but coffee is dark.", "Tea is light", "coffee is dark."),
        ("Tea is light, coffee is dark.", "Tea is light", "coffee is dark."),
        ("At its core, tea is a leaf, whereas coffee is a bean.", "At its core, tea is a leaf", "coffee is a bean."),
        ("Tea is steeped, unlike coffee, which is brewed.", "Tea is steeped", ""),
        ("Unlike coffee, tea is steeped.", "Unlike coffee, tea is steeped.", ""),
        ("Tea is milder than coffee.", "Tea is milder than coffee.", ""),
        ("Compared to tea, coffee is strong.", "", "Compared to tea, coffee is strong."),
        ("The smell of coffee fills a house.", "", "The smell of coffee fills a house."),
        ("However, tea keeps for years.", "tea keeps for years.", ""),
    ],
)
def test_sentences_are_split_where_they_set_one_against_the_other(
    tmp_path: Path, sentence: str, tea: str, coffee: str
) -> None:
    row = leads(tmp_path, f"**It**: {sentence}", "**A**: Tea is a leaf.", "**B**: Coffee is a bean.")["It"]
    assert as_cut(row.get("Tea", "")) == as_cut(tea)
    assert as_cut(row.get("coffee", "")) == as_cut(coffee)


def as_cut(cell: str) -> str:
    """A cell without what makes it stand well beside others."""
    return cell[:1].lower() + cell[1:].rstrip(".")


@pytest.mark.parametrize(
    ("sentence", "tea", "coffee"),
    [
        ("Tea is steeped, while a coffee is brewed. A kettle helps.", "Tea is steeped", "A coffee is brewed"),
        ("Tea is steeped. Coffee is brewed.", "Tea is steeped.", "Coffee is brewed."),
    ],
)
def test_cells_begin_and_end_alike(tmp_path: Path, sentence: str, tea: str, coffee: str) -> None:
    row = leads(tmp_path, f"**It**: {sentence}", "**A**: Tea is a leaf.", "**B**: Coffee is a bean.")["It"]
    assert row == {"Tea": tea, "coffee": coffee}


@pytest.mark.parametrize(
    "sentence",
    [
        "Tea and coffee are both drunk hot.",
        "Some like tea or coffee.",
        "It is light but it needs tea or coffee.",
        "If tea is cold, coffee helps.",
        "The shop sells Tea Lights at the door.",
        "Tea, coffee and milk are sold.",
        "Tea is light; coffee is dark; both are cheap.",
    ],
)
def test_what_is_not_sure_goes_to_nobody(tmp_path: Path, sentence: str) -> None:
    assert "It" not in leads(tmp_path, f"**It**: {sentence}", "**A**: Tea is a leaf.", "**B**: Coffee is a bean.")


def test_leads_that_speak_of_one_subject_only_make_no_rows(tmp_path: Path) -> None:
    assert leads(tmp_path, "**Water**: Tea needs it hot.", "**Time**: Tea takes three minutes.") == {}


def test_a_heading_that_is_an_aspect_takes_the_first_sentence_of_each(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Origin

Nobody knows when it began. Tea comes from the hills of Asia. Tea was a medicine.

In contrast, coffee comes from Africa.

## Summary

Tea is old. Coffee is young.

## Price

Tea is cheap.
""",
    )
    assert table_of(found) == {
        "Origin": {"Tea": "Tea comes from the hills of Asia.", "coffee": "Coffee comes from Africa."}
    }
    assert rules_of(found) == {"Origin": "aspect-heading"}


def test_items_that_speak_of_each_subject_in_turn_are_rows_of_a_heading_that_compares(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Key differences

- Tea is a leaf. Coffee is a bean.
- Tea is steeped in a pot. Coffee is pressed through a sieve.
- Both are warm.
""",
    )
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["Tea is a leaf.", "Coffee is a bean."],
        ["Tea is steeped in a pot.", "Coffee is pressed through a sieve."],
    ]
    assert [row.aspect for row in found.rows] == ["Key differences", "Key differences (2)"]
    assert {row.rule for row in found.rows} == {"paired-sentences"}


# ---------------------------------------------------------------- the last rungs


def test_definitions_comparatives_and_uses_are_found_in_prose(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

Tea is a drink of leaves. Many grow it. Coffee is a drink of beans. Coffee is much stronger than tea.

Choose tea when you want to sleep. Coffee is the better choice for long drives.
""",
    )
    assert table_of(found) == {
        "What it is": {"Tea": "Tea is a drink of leaves.", "coffee": "Coffee is a drink of beans."},
        "Stronger": {"coffee": "Coffee is much stronger than tea."},
        "When to use": {
            "Tea": "Choose tea when you want to sleep.",
            "coffee": "Coffee is the better choice for long drives.",
        },
    }


def test_code_quotes_and_references_make_no_rows(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

Some say tea, some say coffee.

> - **Tea**: quoted.
> - **Coffee**: quoted too.

```text
- Tea: in code
- Coffee: in code too
```

## References

- [Tea: a history](https://example.org/tea)
- [Coffee: a history](https://example.org/coffee)
""",
    )
    assert found.rows == ()
    assert len(found.subjects) == 2


def test_a_higher_rung_hides_the_same_aspect_further_down(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        "# Tea vs coffee\n\n| | Tea | Coffee |\n| - | - | - |\n| Price | low | high |\n\n"
        "## Price\n\nTea is cheap. Coffee is dear.\n",
    )
    assert [row.rule for row in found.rows] == ["table"]


def test_a_dash_in_a_table_is_no_answer_and_a_question_mark_is_one(tmp_path: Path) -> None:
    found = compared(
        tmp_path, "# Tea vs Coffee\n\n| | Tea | Coffee |\n| - | - | - |\n| Price | low | ? |\n| Origin | — | hills |\n"
    )
    assert table_of(found) == {"Price": {"Tea": "low", "Coffee": "?"}, "Origin": {"Coffee": "hills"}}


def test_what_a_section_says_of_another_subject_is_not_what_its_own_is(tmp_path: Path) -> None:
    page = "# Comparisons\n\n## Coffee\n\n{}\n\n| Feature | Tea | Coffee |\n| - | - | - |\n| Leaves | yes | no |\n"
    found = compared(tmp_path, page.format("Tea is made much like Coffee."))
    assert table_of(found) == {"Leaves": {"Tea": "yes", "Coffee": "no"}}
    found = compared(tmp_path, page.format("Coffee is made much like Tea."))
    assert table_of(found)["What it is"] == {"Coffee": "Coffee is made much like Tea."}


def test_headings_below_a_merit_are_what_is_said_of_it(tmp_path: Path) -> None:
    page = "# Tea vs Coffee\n\n## Tea\n\n### Advantages\n\n#### Mild taste\n\n- It soothes\n\n#### Low price\n\n"
    page += "- It lasts\n\n## Coffee\n\n### Advantages\n\n- Wakes everybody\n"
    said = next(row for row in compared(tmp_path, page).rows if row.aspect == "Advantages")
    assert [cell.text for cell in said.cells] == ["Mild taste", "Low price", "Wakes everybody"]


def test_chinese_pages_are_compared_alike(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# 茶和咖啡的区别

## 产地

茶来自亚洲的山里；而咖啡来自非洲。

## 价格对比

茶比咖啡便宜得多。咖啡的价格年年上涨。

## 冲泡

- **茶**：用热水泡。
- **咖啡**：要先磨豆。
""",
    )
    assert table_of(found) == {
        "冲泡": {"茶": "用热水泡", "咖啡": "要先磨豆"},
        "产地": {"茶": "茶来自亚洲的山里", "咖啡": "咖啡来自非洲"},
        "价格对比": {"茶": "茶比咖啡便宜得多", "咖啡": "咖啡的价格年年上涨"},
    }


def test_a_page_that_compares_nothing_gives_nothing(tmp_path: Path) -> None:
    found = compared(tmp_path, "# Brewing tea\n\n## Water\n\n- **Heat**: Boil it.\n\n## Leaves\n\nOne spoon.\n")
    assert found == Comparison(subjects=(), rows=())


HOSTILE = {
    "names without end": "Tea coffee " * 8000,
    "one sentence after the other": "Tea is light. Coffee is dark. " * 2000,
    "clauses without end": "Tea is light; coffee is dark; " * 3000,
    "openings without end": "While tea, " * 4000,
    "comparatives without end": "Tea is lighter than coffee " * 4000,
    "lines without end": "Tea: light  \n" * 1500,
    "brackets without end": "tea (" * 4000,
    "items without end": "".join(f"- **Tea {n}**: Coffee is {n}.\n" for n in range(1000)),
    "a deep list": "".join("  " * depth + "- Tea\n" for depth in range(300)),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_compared_in_time_and_give_no_more_than_they_say(tmp_path: Path, body: str) -> None:
    found = compared(tmp_path, f"# Tea vs coffee\n\n## Taste\n\n{body}\n")
    assert len(found.subjects) == 2
    assert len(found.rows) <= 1


# ---------------------------------------------------------------- properties

AT = Span(first=1, last=1)
WORDS = [
    "Tea",
    "coffee",
    "Coffee",
    "tea",
    "is",
    "than",
    "while",
    "but",
    "the",
    "unlike",
    "hot",
    "cup",
    "use",
    "when",
    ";",
]
SENTENCES = st.lists(st.sampled_from([*WORDS, ",", "Mint tea", "咖啡", "**", "x"]), min_size=1, max_size=9).map(
    lambda words: " ".join(words) + "."
)


def line(number: int) -> Span:
    return Span(first=number, last=number)


@st.composite
def paragraphs(draw: st.DrawFn, number: int) -> Paragraph:
    lead = draw(st.sampled_from(["", "Tea", "Coffee", "Size", "Tea size:", "Price:"]))
    inlines: list[Inline] = [Styled(style=Style.STRONG, children=(Text(text=lead, span=line(number)),), span=AT)]
    told = " ".join(draw(st.lists(SENTENCES, max_size=3)))
    text = Text(text=draw(st.sampled_from([": ", " ", " - "])) + told, span=line(number))
    return Paragraph(children=(*(inlines if lead else []), text), span=line(number))


@st.composite
def pages(draw: st.DrawFn) -> Document:
    sections = []
    number = 1
    for index in range(draw(st.integers(1, 4))):
        heading = line(number)
        title = draw(st.sampled_from(["Tea", "Coffee", "Size", "Differences", "Use of tea", "Use of coffee"]))
        plain = draw(paragraphs(number + 1))
        items = [
            ListItem(children=(draw(paragraphs(number + 2 + at)),), checked=None, span=line(number + 2 + at))
            for at in range(draw(st.integers(0, 3)))
        ]
        last = number + 1 + len(items)
        listed = ItemList(items=tuple(items), start=None, tight=True, span=Span(first=number + 1, last=last))
        sections.append(
            Section(
                level=2,
                title=(Text(text=title, span=heading),),
                id=f"s{index}",
                blocks=(plain, listed),
                sections=(),
                heading=heading,
                span=Span(first=number, last=last),
            )
        )
        number = last + 1
    metadata = Metadata(
        title="",
        subtitle="",
        description="",
        authors=(),
        date="",
        keywords=(),
        overrides=Overrides(),
        compare=ComparisonHint(subjects=(("Tea", "Mint tea"), ("Coffee", "咖啡")), span=AT),
        span=None,
    )
    return Document(
        path="page.md",
        stem="page",
        digest="",
        language="en",
        title=(Text(text="Tea vs coffee", span=AT),),
        title_span=AT,
        metadata=metadata,
        blocks=(),
        sections=tuple(sections),
        footnotes=(),
        ledger=(),
    )


@given(pages())
def test_every_cell_is_a_stretch_of_a_block(document: Document) -> None:
    comparison = compare(document)
    assert_from_the_page(document, comparison)
    assert compare(document) == comparison
