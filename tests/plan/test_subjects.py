from __future__ import annotations

from pathlib import Path

import pytest
from page_reading import read

from pipeline.model.plan import Subject
from pipeline.plan.comparison.labelled import labelled
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.subjects import find_subjects
from pipeline.plan.comparison.titles import compared_in, core, either_in


def subjects(folder: Path, markdown: str) -> list[tuple[str, ...]]:
    document = read(folder, markdown)
    return [(subject.name, *subject.aliases) for subject in find_subjects(document, labelled(document))]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Oak vs Pine", "Oak|Pine"),
        ("Oak vs. pine", "Oak|pine"),
        ("Oak versus Pine versus Elm", "Oak|Pine|Elm"),
        ("🌲 Lesson 3: Oak vs Pine – which to plant", "Oak|Pine"),
        ("Oak vs Pine in small gardens", "Oak|Pine"),
        ("Oak vs. Pine: Which is Best?", "Oak|Pine"),
        ("Oak vs. pine, elm, ash", "Oak|pine|elm|ash"),
        ("The difference between oaks and pines", "oaks|pines"),
        ("What's the difference between an oak, a pine and an elm?", "oak|pine|elm"),
        ("Comparing Oak and Pine", "Oak|Pine"),
        ("Oak compared to pine", "Oak|pine"),
        ("Oak and Pine compared", "Oak|Pine"),
        ("Unterschied zwischen Eiche und Kiefer", "Eiche|Kiefer"),
        ("Différences entre le chêne et le pin", "chêne|pin"),
        ("Diferencia entre roble y pino", "roble|pino"),
        ("الفرق بين البلوط و الصنوبر", "البلوط|الصنوبر"),
        ("橡树与松树的区别", "橡树|松树"),
        ("橡树、松树和榆树有什么区别？", "橡树|松树|榆树"),
        ("橡树 vs 松树", "橡树|松树"),
        ("Oak 和 Pine 的对比", "Oak|Pine"),
        ("Oak vs Pine 怎么种树", "Oak|Pine"),
        ("オークとパインの違い", "オーク|パイン"),
        ("참나무와 소나무의 차이", "참나무|소나무"),
        ("C vs C++", "C|C++"),
        ("== vs ===", "==|==="),
        ("Oaks and pines: what is the difference?", "Oaks|pines"),
        ("Oak & Pine – What's the Difference?", "Oak|Pine"),
        ("Oak, pine and elm: key differences", "Oak|pine|elm"),
        ("Oak and Pine: How They Differ", "Oak|Pine"),
        ("Oak and pine comparison", "Oak|pine"),
        ("Разница между Oak и Pine", "Oak|Pine"),
        ("تفاوت Oak و Pine", "Oak|Pine"),
        ("Verschil tussen eik en den", "eik|den"),
        ("Сравнение Oak и Pine", "Oak|Pine"),
        ("Oak против Pine", "Oak|Pine"),
        ("ההבדל בין Oak לבין Pine", "Oak|Pine"),
        ("השוואה בין אלון ל-אורן", "אלון|אורן"),
        ("Oak מול Pine", "Oak|Pine"),
        ("Oak और Pine में अंतर", "Oak|Pine"),
        ("ओक बनाम चीड़", "ओक|चीड़"),
        ("Oak and Pine", ""),
        ("Oak vs Oak", ""),
        ("a vs b vs c vs d vs e vs f", ""),
        ("How trees grow", ""),
        ("VS Code for beginners", ""),
        ("Choosing a tree", ""),
    ],
)
def test_titles_that_compare(title: str, names: str) -> None:
    assert "|".join(compared_in(title)) == names


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Oak or Pine?", "Oak|Pine"),
        ("Should I choose oak or pine?", "oak|pine"),
        ("Which tree? 橡树还是松树？", "橡树|松树"),
        ("Oak or pine: which should you plant?", "Oak|pine"),
        ("Install from a package or from source", ""),
    ],
)
def test_titles_that_ask_which(title: str, names: str) -> None:
    assert "|".join(either_in(title)) == names


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("2. The Oak (Quercus)", "Oak"),
        ("1️⃣ Oak", "Oak"),
        ("🌳 Oak – king of trees", "Oak"),
        ("**Oak:**", "Oak"),
        ("Node.js", "Node.js"),
        ("Understanding the Oak", "Oak"),
        ("When to use oak", "When to use oak"),
    ],
)
def test_the_core_of_a_label(label: str, name: str) -> None:
    assert core(label) == name


def test_front_matter_comes_before_the_title(tmp_path: Path) -> None:
    page = "---\ncompare: [Elm, Ash]\n---\n# Oak vs pine\n\nOaks, pines, elms and ashes.\n"
    assert subjects(tmp_path, page) == [("Elm",), ("Ash",)]


def test_other_names_come_from_the_page(tmp_path: Path) -> None:
    page = """# Fully Automatic Machine vs Hand Mills

A fully automatic machine (FAM) does all. A FAM is dear; a hand mill, also on sale as HM, is not.

JSON Feed vs others is another matter.
"""
    assert subjects(tmp_path, page) == [("Fully Automatic Machine", "FAM"), ("Hand Mills", "HM")]


def test_initials_count_in_capitals_only(tmp_path: Path) -> None:
    page = "# Ice Tea vs Milk\n\nIce tea is cold, it is sweet. Milk is white.\n"
    assert subjects(tmp_path, page) == [("Ice Tea",), ("Milk",)]


def test_long_forms_and_other_words_in_brackets(tmp_path: Path) -> None:
    page = "# GPS vs swapping\n\nThe Global Positioning System (GPS) is far. Swapping (also called paging) is near.\n"
    assert subjects(tmp_path, page) == [("GPS", "Global Positioning System"), ("swapping", "paging")]


def test_labels_shorten_names(tmp_path: Path) -> None:
    page = "# Big Oak vs Big Pine\n\n## Oak\n\nTall.\n\n## Pine\n\nTaller. Big trees.\n"
    assert subjects(tmp_path, page) == [("Big Oak", "Oak"), ("Big Pine", "Pine")]


def test_a_word_that_the_last_name_has_for_all(tmp_path: Path) -> None:
    page = "# Upright vs Grand Piano\n\nThe upright piano is small, the grand piano is large.\n"
    assert subjects(tmp_path, page) == [("Upright", "Upright Piano"), ("Grand Piano",)]


def test_a_question_counts_where_the_page_speaks_of_both(tmp_path: Path) -> None:
    assert subjects(tmp_path, "# Oak or pine?\n\nOaks are slow. Pines are quick.\n") == [("Oak",), ("pine",)]
    assert subjects(tmp_path, "# Ready or not?\n\nThe oak is.\n") == []


def test_a_heading_counts_where_most_of_the_page_is_about_it(tmp_path: Path) -> None:
    about = "# Trees\n\n## Oak vs pine\n\nThe oak and the pine.\n\n## More\n\nOaks and pines again.\n"
    assert subjects(tmp_path, about) == [("Oak",), ("pine",)]
    aside = f"{about}\n## Soil\n\nSand.\n\n## Water\n\nRain.\n\n## Light\n\nSun.\n"
    assert subjects(tmp_path, aside) == []


def test_the_head_of_a_table_of_aspects_counts_on_a_page_that_compares(tmp_path: Path) -> None:
    table = "| Feature | Oak | Pine | Elm |\n| - | - | - | - |\n| Leaf | broad | needle | broad |\n"
    assert subjects(tmp_path, f"# A comparison of trees\n\n{table}") == [("Oak",), ("Pine",), ("Elm",)]
    assert subjects(tmp_path, f"# Trees\n\n{table}") == []
    described = "| Feature | Description | Notes |\n| - | - | - |\n| Leaf | broad | green |\n"
    assert subjects(tmp_path, f"# A comparison of trees\n\n{described}") == []


def test_sections_count_where_they_repeat_labels_on_a_page_that_compares(tmp_path: Path) -> None:
    parts = "".join(f"\n## {tree}\n\n**Uses**\n\n- Wood\n\n**Risks**\n\n- Storms\n" for tree in ("Oak", "Pine", "Elm"))
    assert subjects(tmp_path, f"# Alternatives\n\nThree trees.\n{parts}") == [("Oak",), ("Pine",), ("Elm",)]
    assert subjects(tmp_path, f"# Forest\n\nThree trees.\n{parts}") == []


def test_names_are_found_as_whole_words_and_the_longer_first() -> None:
    names = Names(
        subjects=(
            Subject(name="Git", aliases=()),
            Subject(name="Git Hub", aliases=("GH",)),
            Subject(name="Go", aliases=()),
        )
    )
    text = "GitHub, digit, git's, Git Hub, git-hub, GHs, go, Go and 用git吗; non-git, Git-annex, git-based"
    assert [(m.subject, text[m.first : m.last]) for m in names.find(text)] == [
        ("Git", "git's"),
        ("Git Hub", "Git Hub"),
        ("Git Hub", "git-hub"),
        ("Git Hub", "GHs"),
        ("Go", "Go"),
        ("Git", "git"),
        ("Git", "git"),
    ]


def test_one_against_many_counts_where_a_third_of_the_sections_do_so(tmp_path: Path) -> None:
    page = "# Why Oak?\n\nOaks.\n\n## Why not Pine?\n\nPines.\n\n## What about elm etc.?\n\nElms.\n\n## Soil\n\nSand.\n"
    assert subjects(tmp_path, page) == [("Oak",), ("Pine",), ("elm",)]
    named = (
        "# Questions\n\n## How does Oak compare to Pine?\n\nWell.\n\n## Oak vs Elm\n\nOaks, elms.\n\n## Soil\n\nSand.\n"
    )
    assert subjects(tmp_path, named) == [("Oak",), ("Pine",), ("Elm",)]
    assert subjects(tmp_path, page + "".join(f"\n## Part {n}\n\nMore.\n" for n in range(4))) == []


def test_sections_count_where_the_page_names_them_as_it_says_that_it_compares(tmp_path: Path) -> None:
    parts = "## Oak\n\nTall.\n\n## Pine\n\nTaller.\n\n## Soil\n\nSand.\n"
    assert subjects(tmp_path, f"# Trees\n\nLet us compare the oak with the pine.\n\n{parts}") == [("Oak",), ("Pine",)]
    assert subjects(tmp_path, f"# Trees\n\nThe oak and the pine are trees.\n\n{parts}") == []


def test_the_first_column_of_a_table_counts_where_its_head_says_what_it_lists(tmp_path: Path) -> None:
    table = "| Tool | Price | Weight |\n| - | - | - |\n| Saw | low | 1 |\n| Axe | high | 2 |\n"
    assert subjects(tmp_path, f"# A comparison of tools\n\n{table}") == [("Saw",), ("Axe",)]


def test_initials_of_capitals_within_and_names_without_the_word_that_all_share(tmp_path: Path) -> None:
    page = "# Zookeeper vs Redis\n\nZooKeeper (ZooKeeper) is old. A zk lock, a zk node, a Redis lock.\n"
    assert subjects(tmp_path, page) == [("Zookeeper", "zk"), ("Redis",)]
    page = "# Git Merge vs Git Rebase\n\nTo merge is safe, to rebase is not.\n"
    assert subjects(tmp_path, page) == [("Git Merge", "Merge"), ("Git Rebase", "Rebase")]


def test_names_keep_a_preposition_that_all_share(tmp_path: Path) -> None:
    page = "---\ncompare: [On paper, On screen]\n---\n# Drawing\n\nPaper is white, a screen is lit.\n"
    assert subjects(tmp_path, page) == [("On paper",), ("On screen",)]


def test_a_last_column_of_notes_is_not_compared(tmp_path: Path) -> None:
    table = (
        "| Feature | Saw | Axe | Notes |\n| - | - | - | - |\n| Teeth | yes | no | Sharp. |\n| Handle | yes | yes | |\n"
    )
    assert subjects(tmp_path, f"# Feature comparison\n\n{table}") == [("Saw",), ("Axe",)]
    assert subjects(tmp_path, f"# Feature comparison\n\n{table.replace('Axe', 'Example')}") == []


def test_pages_of_pros_and_cons_compare_what_their_table_names(tmp_path: Path) -> None:
    table = "| | 锯 | 斧 | 说明 |\n| - | - | - | - |\n| 价格 | 低 | 高 | 因店而异 |\n"
    assert subjects(tmp_path, f"# 园艺工具优缺点\n\n{table}") == [("锯",), ("斧",)]


def test_a_head_may_say_more_closely_what_its_column_lists(tmp_path: Path) -> None:
    table = "| Garden tool | Price |\n| - | - |\n| Saw | low |\n| Axe | high |\n"
    assert subjects(tmp_path, f"# Comparing what cuts\n\n{table}") == [("Saw",), ("Axe",)]


def test_a_table_counts_where_the_page_says_in_russian_that_it_compares(tmp_path: Path) -> None:
    table = "| Критерий | Пила | Топор |\n| - | - | - |\n| Цена | низкая | высокая |\n"
    assert subjects(tmp_path, f"# Чем отличаются инструменты\n\n{table}") == [("Пила",), ("Топор",)]
