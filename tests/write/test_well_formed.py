"""The HTML of paper is well-formed XML, which is what makes reading it fast."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.plan import plan_document
from pipeline.read import read_page
from pipeline.settings import HandoutLayout, Settings
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter
from pipeline.write import pdf
from pipeline.write.cheatsheet import write_cheatsheet
from pipeline.write.handout import lay_out_handout

CONTENT = Path(__file__).parents[2] / "content"


@pytest.mark.parametrize("layout", HandoutLayout)
@pytest.mark.parametrize("name", ["docker-vs-virtual-machine", "writing-for-slides"])
def test_every_layout_and_the_sheet(
    name: str, layout: HandoutLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_read", pdf._WellFormed)
    settings = Settings(root=CONTENT, output=tmp_path, offline=True)
    settings = replace(settings, handout_layout=layout)
    document = read_page(CONTENT / f"{name}.md", settings).document
    theme = load_theme("default")
    typesetter = Typesetter(theme)
    plans = plan_document(document, settings, theme, typesetter).plans
    assert lay_out_handout(plans.handout, plans.deck, theme, settings, typesetter).pages
    if layout is HandoutLayout.NOTES:
        assert write_cheatsheet(plans.cheatsheet, theme, settings, {}).data


def test_html_that_is_not_is_read_all_the_same() -> None:
    page = pdf._read("<title>A</title><p>one<br>two<p>three", pdf._ShelfFetcher(pdf.Shelf()))
    assert [element.tag for element in page.etree_element.iter()] == ["html", "head", "title", "body", "p", "br", "p"]
