"""The rungs of the comparison one by one: merits, drawn tables, what is alike, contrasts, comparatives, advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from cells_reading import as_in_the_page, assert_from_the_page
from page_reading import read

from pipeline.model.plan import Comparison
from pipeline.plan.comparison import compare


def compared(folder: Path, markdown: str) -> Comparison:
    document = read(folder, markdown)
    comparison = compare(document)
    assert_from_the_page(document, comparison)
    return as_in_the_page(document, comparison)


def table_of(comparison: Comparison) -> dict[str, dict[str, str]]:
    """The rows by their aspect: what is said of each subject, its cells parted by a bar."""
    return {
        row.aspect: {
            subject.name: " | ".join(cell.text for cell in row.cells if cell.subject == subject.name)
            for subject in comparison.subjects
            if row.said_of(subject.name)
        }
        for row in comparison.rows
    }


# ---------------------------------------------------------------- merits and faults


def test_merits_are_listed_and_never_paired_by_their_place(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Tea

**Pros**

- Cheap
- Light
- Keeps for years

**Cons**

- Weak

## Coffee

**Pros**

- Strong
""",
    )
    assert [(row.aspect, [(cell.subject, cell.text) for cell in row.cells]) for row in found.rows] == [
        ("Pros", [("Tea", "Cheap"), ("Tea", "Light"), ("Tea", "Keeps for years"), ("coffee", "Strong")]),
        ("Cons", [("Tea", "Weak")]),
    ]


def test_merits_of_one_subject_leave_the_other_blank(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Benefits of tea

- It keeps.

## Drawbacks

- Coffee goes stale.
- It stains.

## History

One. The downside of coffee is its price.
""",
    )
    assert [(row.aspect, [(cell.subject, cell.text) for cell in row.cells]) for row in found.rows] == [
        ("Benefits", [("Tea", "It keeps")]),
        ("Drawbacks", [("coffee", "Coffee goes stale"), ("coffee", "It stains")]),
        ("Downside", [("coffee", "The downside of coffee is its price")]),
    ]


def test_long_lists_give_as_much_as_a_cell_holds(tmp_path: Path) -> None:
    items = "".join(f"- Reason {n} is told in some forty characters.\n" for n in range(12))
    found = compared(tmp_path, f"# Tea vs coffee\n\n## Pros of tea\n\n{items}\n## Pros of coffee\n\n- One\n")
    assert [cell.subject for cell in found.rows[0].cells] == ["Tea"] * 4 + ["coffee"]


def test_labels_are_alike_where_one_has_the_words_of_the_other(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Tea

- Brewing process: In a pot.
- Storage: In tins.

## Coffee

- Brewing: In a press.
- Storage in summer: In bags.
- Storage in winter: In jars.
""",
    )
    assert table_of(found) == {
        "Brewing process": {"Tea": "In a pot", "coffee": "In a press"},
    }


# ---------------------------------------------------------------- drawn tables, what is alike, contrasts


def test_a_table_that_is_drawn_in_code_is_a_table(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

```text
┌────────────────────────────────┐
│         Tea vs coffee          │
├──────────┬─────────┬───────────┤
│ Aspect   │ Tea     │ Coffee    │
├──────────┼─────────┼───────────┤
│ Colour   │ green   │ brown     │
│ Caffeine │ some ✅ │ -         │
└──────────┴─────────┴───────────┘
```

```
| Way  | Tea | Coffee |
|------|-----|--------|
| Time | 3'  | 4'     |
| Heat | 80° | 95°    |
```

```python
table = a | b | c
```
""",
    )
    assert table_of(found) == {
        "Colour": {"Tea": "green", "coffee": "brown"},
        "Caffeine": {"Tea": "some ✅"},
        "Time": {"Tea": "3'", "coffee": "4'"},
        "Heat": {"Tea": "80°", "coffee": "95°"},
    }
    assert [cell.line for row in found.rows for cell in row.cells] == [9, 9, 10, 17, 17, 18, 18]


def test_what_opens_alike_or_shares_a_word_is_set_side_by_side(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Tea

Tea is a leaf.

Grown in gardens on hills.

- Slow to start the day
- It has a MILD smell

## Coffee

Coffee is a bean.

Grown in rows below trees.

- Start quickly
- Dark
""",
    )
    assert table_of(found) == {
        "What it is": {"Tea": "Tea is a leaf", "coffee": "Coffee is a bean"},
        "Grown in": {"Tea": "Grown in gardens on hills", "coffee": "Grown in rows below trees"},
        "Start": {"Tea": "Slow to start the day", "coffee": "Start quickly"},
    }


def test_faults_of_one_give_up_what_is_set_against_the_other(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

## Problems of tea

- Slow to start the day
- Every pot needs a full kettle
- Stains the cup

## Coffee

- Starts quickly
- Shares the kettle of the office
""",
    )
    assert table_of(found) == {
        "Problems": {"Tea": "Stains the cup"},
        "Start": {"Tea": "Slow to start the day", "coffee": "Starts quickly"},
        "Kettle": {"Tea": "Every pot needs a full kettle", "coffee": "Shares the kettle of the office"},
    }


def test_contrasts_in_prose_are_named_by_the_words_that_they_share(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        """# Tea vs coffee

Tea is a drink of leaves. It is old.

Coffee is a drink of beans.

The smell provided by tea is faint. Coffee spreads
far. Some like it. Tea needs
hot water, while coffee wants pressure. Tea is sold in shops.
Many drink it. Coffee rules mornings.

With tea, storage is simple.

On the other hand, with coffee, the beans go stale.
""",
    )
    assert [(row.aspect, [(cell.text, cell.line) for cell in row.cells]) for row in found.rows] == [
        ("What it is", [("Tea is a drink of leaves", 3), ("Coffee is a drink of beans", 5)]),
        ("Difference", [("Tea needs hot water", 8), ("coffee wants pressure", 9)]),
        ("Difference (2)", [("With tea, storage is simple", 12), ("with coffee, the beans go stale", 14)]),
    ]
    assert [row.rule for row in found.rows] == ["definition", "contrast", "contrast"]


def test_neighbours_are_a_contrast_where_they_share_what_they_are_about(tmp_path: Path) -> None:
    page = "# Tea vs coffee\n\nTea grows in steep gardens. Coffee grows in flat gardens.\n\nTea calms. Coffee wakes.\n"
    found = compared(tmp_path, page)
    assert table_of(found) == {"Grows": {"Tea": "Tea grows in steep gardens", "coffee": "Coffee grows in flat gardens"}}


def test_lines_that_begin_with_a_pictograph_are_items(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        "# Tea vs coffee\n\n## Tea\n\n📌 Mild taste\n📌 Old\n\n## Coffee\n\n📌 Strong taste\n📌 Young enough\n",
    )
    assert table_of(found)["Taste"] == {"Tea": "Mild taste", "coffee": "Strong taste"}


# ---------------------------------------------------------------- comparatives and advice


@pytest.mark.parametrize(
    ("title", "sentence", "aspect", "subject"),
    [
        ("Tea vs coffee", "Coffee is far stronger than tea.", "Stronger", "coffee"),
        ("Tee vs Kaffee", "Kaffee ist stärker als der Tee.", "Stärker", "Kaffee"),
        ("Thé vs café", "Le café est plus fort que le thé.", "Plus fort", "café"),
        ("Mate vs café", "El café es más fuerte que el mate.", "Más fuerte", "café"),
        ("Chá vs café", "O café é mais forte do que o chá.", "Mais forte", "café"),
        ("Mate vs caffè", "Il caffè è più forte del mate.", "Più forte", "caffè"),
        ("Чай vs кофе", "Кофе крепче, чем чай.", "Крепче", "кофе"),
        ("茶 vs 咖啡", "咖啡比茶更浓。", "更浓", "咖啡"),
        ("茶 vs コーヒー", "コーヒーは茶より強い。", "強い", "コーヒー"),
    ],
)
def test_comparatives_are_found_in_many_languages(
    tmp_path: Path, title: str, sentence: str, aspect: str, subject: str
) -> None:
    found = compared(tmp_path, f"# {title}\n\n{sentence}\n")
    assert [(row.aspect, row.rule, row.cells[0].subject) for row in found.rows] == [(aspect, "comparative", subject)]


@pytest.mark.parametrize(
    ("title", "sentence", "subject"),
    [
        ("Tea vs coffee", "If you want to sleep, choose tea.", "Tea"),
        ("Tea vs coffee", "In short, avoid coffee when it is late.", "coffee"),
        ("Tea vs coffee", "Coffee is ideal for mornings.", "coffee"),
        ("Tee vs Kaffee", "Nimm Tee, wenn du schlafen willst.", "Tee"),
        ("Tee vs Kaffee", "Kaffee eignet sich für den Morgen.", "Kaffee"),
        ("Thé vs café", "Choisissez le thé si vous voulez dormir.", "Thé"),
        ("Mate vs café", "Elige mate cuando sea tarde.", "Mate"),
        ("茶 vs 咖啡", "如果想睡觉，那么建议选择茶。", "茶"),
        ("茶 vs 咖啡", "咖啡适合早上喝。", "咖啡"),
    ],
)
def test_advice_is_found_in_many_languages(tmp_path: Path, title: str, sentence: str, subject: str) -> None:
    found = compared(tmp_path, f"# {title}\n\n{sentence}\n")
    assert [(row.rule, [(cell.subject, cell.text) for cell in row.cells]) for row in found.rows] == [
        ("when-to-use", [(subject, sentence.rstrip(".。"))])
    ]


def test_advice_may_be_told_of_all_at_once_or_in_a_list(tmp_path: Path) -> None:
    one = "In short, choose tea for the night, coffee for the morning, and a cocoa for the cold."
    found = compared(tmp_path, f"# Tea vs coffee vs cocoa\n\n{one}\n")
    assert table_of(found) == {
        "When to use": {
            "Tea": "choose tea for the night",
            "coffee": "coffee for the morning",
            "cocoa": "a cocoa for the cold",
        }
    }
    listed = "# Tea vs coffee\n\nMany drink it. Tea is good for:\n\n- Sleeping\n- Talking\n"
    assert table_of(compared(tmp_path, listed)) == {"When to use": {"Tea": "Sleeping | Talking"}}


def test_headings_that_ask_when_or_why_are_no_sections_of_their_subjects(tmp_path: Path) -> None:
    page = "# Tea vs coffee\n\n## When to use tea\n\nOn calm evenings.\n\n## When to use coffee\n\nBefore work.\n"
    assert table_of(compared(tmp_path, page)) == {"When to use": {"Tea": "On calm evenings", "coffee": "Before work"}}


def test_merits_and_faults_are_paired_whatever_they_are_called(tmp_path: Path) -> None:
    page = """# Tea vs coffee

## Tea

### Pros

- Light

### Cons

- Weak

## Coffee

### Advantages

- Strong

### Drawbacks

- Dear
"""
    found = table_of(compared(tmp_path, page))
    assert found == {"Pros": {"Tea": "Light", "coffee": "Strong"}, "Cons": {"Tea": "Weak", "coffee": "Dear"}}
    page = "# Tea vs coffee\n\n## Pros of tea\n\n- Light\n\n## Benefits of coffee\n\n- Strong\n"
    assert table_of(compared(tmp_path, page)) == {"Pros": {"Tea": "Light", "coffee": "Strong"}}


def test_lines_of_a_paragraph_that_all_have_a_bold_lead_are_items(tmp_path: Path) -> None:
    page = "# Tea vs coffee\n\n## Price\n\n**Tea** — 5 cents.\n**Coffee** — 30 cents.\n"
    assert table_of(compared(tmp_path, page)) == {"Price": {"Tea": "5 cents", "coffee": "30 cents"}}
    page = "# Tea vs coffee\n\n## Price\n\n**Tea** — 5 cents,\nwith sugar. **Coffee** is dear.\n"
    assert table_of(compared(tmp_path, page)) == {}


def test_a_list_of_uses_may_stand_under_the_advice_to_use_its_subject(tmp_path: Path) -> None:
    page = "# Tea vs coffee\n\nUse tea when:\n\n- You are ill\n- You are calm\n\nPrefer coffee if:\n\n- You drive\n"
    found = table_of(compared(tmp_path, page))
    assert found == {"When to use": {"Tea": "You are ill | You are calm", "coffee": "You drive"}}


@pytest.mark.parametrize("joiner", ["; choose", ", and pick", " and use", " while you should use"])
def test_advice_for_one_is_not_advice_for_the_other(tmp_path: Path, joiner: str) -> None:
    page = f"# Tea vs coffee\n\nChoose tea if you want calm{joiner} coffee if you want speed.\n"
    found = table_of(compared(tmp_path, page))["When to use"]
    assert found["Tea"] == "Choose tea if you want calm"
    assert found["coffee"].lower().endswith("coffee if you want speed")


@pytest.mark.parametrize(
    ("sentence", "tea", "coffee"),
    [
        (
            "When it comes to price, tea is cheap. In terms of taste, coffee is bold.",
            "When it comes to price, tea is cheap.",
            "In terms of taste, coffee is bold.",
        ),
        (
            "Brewing of tea is slow while brewing of coffee is fast.",
            "Brewing of tea is slow",
            "Brewing of coffee is fast",
        ),
        ("Tea needs water, whereas milk is blended into coffee.", "Tea needs water", "Milk is blended into coffee"),
        (
            "Tea has little caffeine, while coffee has much, so many drink tea before bed and coffee at work.",
            "Tea has little caffeine",
            "Coffee has much",
        ),
        (
            "When moving from milk to tea, only the cup changes, while in coffee all cups change.",
            "When moving from milk to tea, only the cup changes",
            "in coffee all cups change",
        ),
        ("In Tea 3.x the cup is larger, whereas coffee has none.", "In Tea 3.x the cup is larger", "Coffee has none"),
    ],
)
def test_what_a_clause_is_about_may_stand_at_its_end(tmp_path: Path, sentence: str, tea: str, coffee: str) -> None:
    page = f"# Tea vs coffee\n\n## Brewing\n\n{sentence}\n"
    (found,) = compared(tmp_path, page).rows
    assert {cell.subject: cell.text.rstrip(".").casefold() for cell in found.cells} == {
        "Tea": tea.rstrip(".").casefold(),
        "coffee": coffee.rstrip(".").casefold(),
    }


def test_a_label_of_two_parts_stands_for_each_that_another_subject_has_alone(tmp_path: Path) -> None:
    page = """# Tea vs coffee

## Tea

- Brew & withdraw: in five minutes.
- Price: low.
- Storage & sale: in tins.

## Coffee

- Brewing: in one minute.
- Withdrawal: never.
- Price & size: high.
- Storage: in bags.
- Sale: by the pound.
"""
    found = table_of(compared(tmp_path, page))
    assert found["Price"] == {"Tea": "low", "coffee": "high"}
    assert found["Brew"] == {"Tea": "in five minutes", "coffee": "in one minute"}
    assert found["Storage"] == {"Tea": "in tins", "coffee": "in bags"}
    assert found["Sale"] == {"Tea": "in tins", "coffee": "by the pound"}
    assert found["Withdraw"] == {"Tea": "in five minutes", "coffee": "never"}


@pytest.mark.parametrize(
    ("title", "tea", "coffee", "aspect"),
    [
        ("Tea vs coffee", "Tea is mostly used to calm people.", "Coffee is meant for the morning.", "Purpose"),
        ("Tea 与 Coffee 的区别", "Tea 主要用于安神。", "Coffee 用来提神。", "用途"),
    ],
)
def test_what_the_subjects_are_for_makes_a_row(tmp_path: Path, title: str, tea: str, coffee: str, aspect: str) -> None:
    found = table_of(compared(tmp_path, f"# {title}\n\nTwo drinks. {tea}\n\n- Some say more. {coffee}\n"))
    assert [cell.rstrip(".。") for cell in found[aspect].values()] == [tea.rstrip(".。"), coffee.rstrip(".。")]
    assert table_of(compared(tmp_path, f"# {title}\n\nTwo drinks. {tea}\n")) == {}


BOXED = """# Tea vs coffee

## Tea

### Pros

```
┌──────────────────────┐
│     Tea is good      │
├──────────────────────┤
│  1. Light            │
│     • no headache    │
│                      │
│  2. Cheap            │
└──────────────────────┘
```

## Coffee

### Pros

```
┌──────────────────────┐
│  • Strong            │
│  • Quick             │
└──────────────────────┘
```

## Advice

```text
┌──────────────────────┐
│  Use tea when:       │
│  ✓ You are ill       │
│  Choose coffee if:   │
│  ✓ You drive         │
└──────────────────────┘
```
"""


def test_a_list_that_is_drawn_in_a_box_is_a_list(tmp_path: Path) -> None:
    assert table_of(compared(tmp_path, BOXED)) == {
        "Pros": {"Tea": "Light | Cheap", "coffee": "Strong | Quick"},
        "When to use": {"Tea": "You are ill", "coffee": "You drive"},
    }


def test_a_diagram_and_code_are_no_lists(tmp_path: Path) -> None:
    diagram = BOXED.replace("│  • Quick             │", "│  ┌─────┐  • Quick    │").replace(
        "│  2. Cheap ", "x  2. Cheap "
    )
    assert list(table_of(compared(tmp_path, diagram))) == ["When to use"]
