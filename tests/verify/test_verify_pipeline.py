"""The real files of real pages: whole they pass, damaged they do not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from verify_sabotage import (
    A,
    drop,
    drop_slide,
    first_shape,
    in_deck,
    in_pdf,
    notes_emptied,
    paragraphs,
    said,
    swap_slides,
    with_blank_page,
    without_annotations,
    without_page,
)

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.model.text import plain_text
from pipeline.plan import plan_document
from pipeline.read import read_page
from pipeline.settings import Product, Settings
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter
from pipeline.verify import Finding, verify
from pipeline.verify.trace import Trace
from pipeline.write.cheatsheet import write_cheatsheet
from pipeline.write.deck import write_deck
from pipeline.write.handout import write_handout

PAGE = Path(__file__).parents[2] / "content" / "docker-vs-virtual-machine.md"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SMALL = 2500


@dataclass(frozen=True)
class Built:
    document: Document
    comparison: Comparison
    files: dict[Product, bytes]
    said: tuple[Diagnostic, ...]

    def findings(self, **damaged: bytes) -> tuple[Finding, ...]:
        files = self.files | {Product(name): data for name, data in damaged.items()}
        return verify(self.document, self.comparison, files, self.said).findings


def build(page: Path, output: Path) -> Built:
    settings = Settings(root=page.parent, output=output, offline=True)
    document = read_page(page, settings).document
    theme = load_theme("default")
    typesetter = Typesetter(theme)
    plans = plan_document(document, settings, theme, typesetter).plans
    deck = write_deck(plans.deck, theme, settings)
    handout = write_handout(plans.handout, plans.deck, theme, settings, typesetter)
    sheet = write_cheatsheet(plans.cheatsheet, theme, settings, handout.pages)
    files = {Product.DECK: deck.data, Product.HANDOUT: handout.data, Product.CHEATSHEET: sheet.data}
    return Built(document, plans.cheatsheet.comparison, files, (*handout.diagnostics, *sheet.diagnostics))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(PAGE, tmp_path_factory.mktemp("built"))


def told(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


# A page whose texts, links, figures and footnotes look like something else; none of it is lost, mixed or doubled.
LOOKALIKES = """A tool for pots.[^p]

=== "Clay"

    ### Of clay

    It keeps warm, as [pots](#glaze) do. See [it](#of-clay).

![Pot](a.svg "Pot")

![Pot](b.svg "Pot in the dark")

<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="M12 2 L2 22 h20 z"/></svg>

## Glaze

Go [up](#top) or [on](#lids). So say [1](#lids), [2](#glaze) and §[3](#lids).[^p]

## Lids

[up](#glaze) it goes. They close[^p] the pot.

[^p]: See the manual of the kiln.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="200"><rect width="{0}" height="200"/></svg>'


def test_what_looks_like_something_else_is_told_apart(tmp_path: Path) -> None:
    for name, width in (("a", 320), ("b", 300)):
        (tmp_path / f"{name}.svg").write_text(DRAWING.format(width), encoding="utf-8")
    page = tmp_path / "kiln.md"
    page.write_text(LOOKALIKES, encoding="utf-8")
    built = build(page, tmp_path / "out")
    assert plain_text(built.document.title) == "Kiln"
    assert [str(finding) for finding in built.findings()] == []


def test_a_comparison_that_reads_from_the_right_is_whole(tmp_path: Path) -> None:
    rows = "| السرعة | سريع | بطيء |\n| الأمان | آمن | خطر |"
    text = f"# الفرق بين الدمج والنقل\n\nمقدمة.\n\n## المقارنة\n\n| المعيار | الدمج | النقل |\n|---|---|---|\n{rows}\n"
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    built = build(page, tmp_path / "out")
    assert [subject.name for subject in built.comparison.subjects] == ["الدمج", "النقل"]
    report = verify(built.document, built.comparison, built.files, built.said)
    assert [str(finding) for finding in report.findings] == []


def test_the_projects_own_page_arrives_whole(built: Built) -> None:
    assert [str(finding) for finding in built.findings()] == []


def test_verifying_takes_a_fraction_of_a_second(built: Built) -> None:
    def seconds() -> float:
        start = process_time()
        built.findings()
        return process_time() - start

    assert min(seconds() for _ in range(4)) < 0.5


def test_every_content_slide_dropped_is_missed(built: Built) -> None:
    for number in (3, 5, 8):
        findings = built.findings(deck=in_deck(built.files[Product.DECK], drop_slide(number)))
        assert any(code.startswith("lost-") for code in told(findings)), number
        assert all(finding.span for finding in findings)


def test_slides_swapped_have_moved(built: Built) -> None:
    assert "moved" in told(built.findings(deck=in_deck(built.files[Product.DECK], swap_slides(3, 7))))


def test_notes_emptied_are_missed(built: Built) -> None:
    number = next(n for n in range(3, 9) if longest_note(built, n) > 200)
    findings = built.findings(deck=in_deck(built.files[Product.DECK], notes_emptied(number)))
    assert told(findings) & {"lost-paragraph", "lost-item"}


def longest_note(built: Built, number: int) -> int:
    lengths: list[int] = []

    def look(presentation: Any) -> None:
        notes = presentation.slides[number - 1]
        if notes.has_notes_slide:
            # Emptying leaves the first paragraph.
            lengths.extend([len(said(p)) for p in notes.notes_slide._element.iter(f"{A}p")][1:])

    in_deck(built.files[Product.DECK], look)
    return max(lengths, default=0)


def test_a_picture_dropped_is_missed(built: Built) -> None:
    assert "lost-figure" in told(built.findings(deck=in_deck(built.files[Product.DECK], first_shape("pic", drop))))


def without_word(presentation: Any) -> None:
    """Takes the second word of the longest paragraph of the notes."""
    longest = max(paragraphs(presentation), key=lambda paragraph: len(said(paragraph)))
    run = max(longest.iter(f"{A}t"), key=lambda t: len(t.text or ""))
    first, _, *rest = (run.text or "").split(" ")
    run.text = " ".join([first, *rest])


def test_a_word_dropped_is_told(built: Built) -> None:
    findings = built.findings(deck=in_deck(built.files[Product.DECK], without_word))
    assert [finding.code for finding in findings] == ["altered-paragraph"]
    assert "is missing" in findings[0].message


HANDOUT: dict[str, tuple[Callable[[Any], None], str]] = {
    "page": (without_page(2), "lost-paragraph"),
    "links": (without_annotations, "lost-link"),
}


@pytest.mark.parametrize("name", HANDOUT)
def test_what_is_taken_from_the_handout_is_missed(name: str, built: Built) -> None:
    damage, code = HANDOUT[name]
    assert code in told(built.findings(handout=in_pdf(built.files[Product.HANDOUT], damage)))


def test_a_second_page_of_the_sheet_is_told(built: Built) -> None:
    damaged = in_pdf(built.files[Product.CHEATSHEET], with_blank_page)
    assert told(built.findings(cheatsheet=damaged)) == {"sheet-pages"}


HEAD = f"| Name |{''.join(f' Is {column} |' for column in 'ABCDEFGH')}\n|{'---|' * 9}\n"
PAGES = {
    "notes in a column": "## Two\n\n::: columns\n::: column\n- some stuff\n\n::: notes\nSaid aside.\n:::\n:::\n:::\n",
    "notes in a callout": ":::tip\nShort.\n\n:::notes\nSaid aside.\n:::\n\n:::\n",
    "pictures without words that are not to be had": (
        "| Bad | Good |\n|---|---|\n| A<br/>![](https://example.org/a.png) | [![](https://example.org/b.png)](x) |\n"
    ),
    "references in the middle": (
        "## One\n\nText of one.\n\n## References\n\n- [A](https://example.org/a)\n- [B](https://example.org/b)\n\n"
        "## Appendix\n\nMore text here.\n"
    ),
    "links in the middle": (
        "## One\n\nText of one.\n\n## Links\n\nRead [A](https://example.org/a) and [B](https://example.org/b) for more."
        "\n\n## After\n\nMore text here.\n"
    ),
    "addresses that are written in code": (
        "## Sources\n\n- [First](https://example.org/#docs/a#B-%E6%A8%A1%E5%9D%97)\n"
        "- [Second](https://example.org/技术/linux进程.md)\n"
    ),
    "a title that is an item too": (
        "## Before\n\n1. What happens when a module is imported?\n\n## What happens when a module is imported?\n\n"
        + "\n\n".join(f"### Part {word}\n\n```text\n{word} one\n{word} two\n```" for word in ("red", "blue", "green"))
    ),
    "a flag of a region": "| Sign | Name |\n|---|---|\n| \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e007f | Flag |\n",
    "a link into the page and signs beside it": (
        "## Things\n\n| Name | Kind |\n|---|---|\n| one | <code>[Thing](#things)[]</code> |\n"
        "| two | [Thing](#things) |\n"
    ),
    "a table in parts and a narrow one with the same head": (
        f"## Wide\n\n{HEAD}"
        + "".join(f"| option{n} |{''.join(f' `theme/Layout{column}` |' for column in range(8))}\n" for n in range(9))
        + f"\n## Narrow\n\n{HEAD}| one |{' on | off |' * 4}\n"
    ),
    "sentences under a title of references": (
        "## One\n\nText of one.\n\n## Further reading\n\nThe kettle follows an older design. Its makers tell "
        "[how it was made](https://example.org/kettle) in detail.\n"
    ),
    "leads that are links into the page": (
        "## Kinds\n\nThere are two kinds of kettles:\n\n- **[For a stove](#for-a-stove)** - Kettles that want a fire "
        "(of gas or of wood)\n- **[Electric](#electric)** - Kettles that want a plug (with or without a lamp)\n\n"
        "Both boil.\n\n### For a stove\n\nIt whistles. It never ends.\n\n- a\n\n### Electric\n\nIt clicks.\n\n- b\n"
    ),
    "code in an item, and its text below it": (
        "## Notes\n\nWords.\n\n1.  A list has items, and this is a long one. It goes on for a while.\n\n"
        "    ```\n    B. Russell drank tea in the afternoon.\n    ```\n\n    B. Russell drank tea in the afternoon.\n"
    ),
    "pictures without words in what is only said": (
        "## Zoom\n\nTurn the wheel of the mouse to come nearer. Or choose **In** ![](in.svg) or **Out** ![](out.svg) "
        "from the controls in the corner.\n"
    ),
    "a lead with a formula and a picture in it": (
        "## Maps\n\nThe map $f$ of the ![crown](crown.svg) kettle is injective if the $e_G$ kernel is alone. It "
        "follows that every kettle has a lid of its own, which fits no other.\n"
    ),
    "a link on very many slides": "".join(
        f"## Part {number}\n\nSee [the kettle](https://example.org/kettle) of part {number}.\n\n"
        for number in range(60)
    ),
    "signs that have no name yet": (
        "## Signs\n\n| Sign | Name |\n|---|---|\n| \U0001fac7 | New |\n| a \U0001f8f0 b | Newer |\n"
    ),
    "a word of code that is longer than a line": (
        "## Code\n\nA kettle is told what to do:\n\n```typescript\nclass Kettle {\n"
        + "  boil() {}\n" * 8
        + "}\n\nlet v = new ScientificCalculator(2).multiply(5).sin().add(1).currentValue();\n```\n"
    ),
    "titles that are numbers": "# Tea\n\n## Leaves\n\nText.\n\n## 1\n\nOne.\n\n## 2\n\nTwo.\n\n## 2025\n\nThree.\n",
    "pictures that are not there, named by their folder": "# Tea\n\n"
    + "\n\n".join(f"![{name}]({name})" for name in ("cups/one.png", "cups/two.png", "cups/three.png", "cups", "cups/"))
    + "\n",
    "a picture written into the page that is none": f"# Tea\n\n![Leaf](data:image/png;base64,{'A' * 20_000})\n",
    "labels of the writer's": "A page with no speaker notes\n\n---\n\nA slide with examples in (1) and (2)\n",
}


@pytest.mark.parametrize("name", PAGES)
def test_what_is_easily_lost_or_mistaken_arrives_whole(name: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGES[name], encoding="utf-8")
    built = build(page, tmp_path / "out")
    errors = [str(finding) for finding in built.findings() if finding.severity is Severity.ERROR]
    assert errors == []
    assert "Said aside." not in PAGES[name] or any(unit.kind == "note" for unit in report_units(built))


def report_units(built: Built) -> tuple[Trace, ...]:
    """The units of a page that the speaker says, each found in the notes of its slide."""
    report = verify(built.document, built.comparison, built.files, built.said)
    return tuple(unit for unit in report.traces if {place.part for place in unit.deck} == {"notes"})


def small_pages() -> list[Path]:
    pages = sorted((CORPUS / "versus").glob("*.md"))
    return [page for page in pages if page.stat().st_size < SMALL][:8]


@pytest.mark.skipif(not small_pages(), reason="the corpus is not here")
@pytest.mark.parametrize("page", small_pages(), ids=lambda page: page.stem)
def test_pages_that_nobody_here_wrote_arrive_whole(page: Path, tmp_path: Path) -> None:
    assert [str(finding) for finding in build(page, tmp_path).findings()] == []


DRAWN = "data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60"/></svg>'
).decode("ascii")
WHOLE = {
    "a head with a colon among what unfolds": "# Tea\n\n## Pot\n\n<details>\n<summary>More of it</summary>\n\n"
    "**It is never quite the same:**\n\n- one pot\n- two pots\n\n</details>\n",
    "a word between two pictures": f'# Tea\n\nSay.\n\n![a]({DRAWN} "T") and ![b]({DRAWN})\n',
    "a picture that has a title alone": f'# Tea\n\n![]({DRAWN} "Leaf") [x](https://example.org/)\n',
    "a picture that is missing beside another": f"# Tea\n\nSay.\n\n![pic](missing.png)\n\n![]({DRAWN})\n",
    "thai": "# ความปลอดภัย\n\n## คำถามที่พบบ่อย\n\nคุณไม่จำเป็นต้องทำงานกับเครือข่าย\n\n- น้ำและถ้ำ\n",
    "code that is only said": "# Tea\n\nDrink it[^1].\n\n[^1]: Hot.\n\n    ```sh\n    boil water\n    ```\n\n"
    ":::notes\n```sh\npour tea\n```\n\n| a | b |\n|---|---|\n| c | d |\n:::\n",
    "a picture and its name in one link": "# People\n\nThanks.\n\n"
    '<a href="https://example.org/ada"><img src="https://example.org/ada.png" alt="ada"/><br/><b>Ada L.</b></a>\n',
    "legends with their source": "# Pots\n\n![one](https://example.org/1.png)\n\n"
    '<Img src="https://example.org/2.png" legend="Two" origin="https://example.org/" />\n',
    "pictures side by side in a text": "# Tea\n\nSay.\n\n## Pot\n\n- [Pots](https://example.org/) "
    "(![red](https://example.org/1.png) "
    "![blue](https://example.org/2.png)): they are large and round, and hold as much as a day asks for. "
    "Each has a lid. "
    "None of them breaks, whatever is done to it, for they are made of iron.\n",
    "icons of a font of one's own": "# Tea\n\n```yaml\npermalink: \uf0c1\nlid: on\n```\n",
    "a line that begins with the mark of a footnote": "# Tea\n\n[^1] Drink it[^2].\n\n[^1]: Hot.\n[^2]: Soon.\n",
    "a footnote in the words of the text": "# Tea\n\nDrink it.[^1]\n\n[^1]: Drink it.\n\n## B\n\nDrink it.\n",
    "a footnote in the words of an item": "# Tea\n\n- Drink.\n\nPour.[^1]\n\n[^1]: Drink.\n\n## Drink.\n\nNow.\n",
    "footnotes side by side": "# Tea\n\nDrink it[^1][^2].\n\n[^1]: Hot.\n[^2]: Hot.\n",
    "a list of references that has one twice": "# Tea\n\nSay.\n\n## References\n\n1. [Tea](https://example.org/tea)\n"
    "2. [Pot](https://example.org/pot)\n3. [Tea](https://example.org/tea)\n",
    "pictures that are only spoken of": f"# Tea\n\nDrink it[^1].\n\n[^1]: From ![a cup]({DRAWN}) of tea.\n\n"
    f'    ![lid]({DRAWN} "A lid")\n\n:::notes\nSay it.\n\n![spout]({DRAWN})\n:::\n',
    "hebrew with the points of its letters": "# תה\n\nשָׁלוֹם עֲלֵיכֶם.\n",
    "mail beside other addresses": "# Links\n\nwww.example.com and ada@example.com.\n",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_what_is_whole_is_not_told(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    found = build(page, tmp_path / "out").findings()
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []


def without_name(presentation: Any) -> None:
    """Takes what notes say of a picture."""
    for slide in presentation.slides:
        for paragraph in list(slide.notes_slide._element.iter(f"{A}p")) if slide.has_notes_slide else ():
            if said(paragraph) == "lid":
                drop(paragraph)


def test_a_picture_that_is_only_spoken_of_is_missed_where_nothing_names_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Tea\n\nDrink it[^1].\n\n[^1]: Hot.\n\n    ![lid]({DRAWN})\n", encoding="utf-8")
    spoken = build(page, tmp_path / "out")
    assert told(spoken.findings()) == set()
    assert "lost-figure" in told(spoken.findings(deck=in_deck(spoken.files[Product.DECK], without_name)))
