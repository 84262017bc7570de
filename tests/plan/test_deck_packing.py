"""Short sections below a slide: which share slides, under which title, and which have their own."""

from __future__ import annotations

from pathlib import Path

from deck_reading import covered, planned, runs_of, shown, titles, top_blocks

from pipeline.model.fitted import SlideTarget
from pipeline.model.origin import SlideRule
from pipeline.model.plan import Deck, SlideKind

FIRST = "- It takes a text, the place of the first letter and that of the last one.\n"
SECOND = "- It gives the letters between them.\n"
TABLE = "| Sign | Meaning |\n|---|---|\n| a | any |\n| b | both |\n"
OTHERS = "## Signs\n\nThere are few of them.\n\n## Limits\n\nNone is known.\n"


def call(name: str, more: str = "") -> str:
    return f"### {name}\n\n{FIRST}{SECOND}{more}\n"


def calls(*parts: str) -> str:
    return "# Texts\n\n## Calls\n\nEach stands alone.\n\n" + "\n".join(parts) + f"\n{OTHERS}"


def body(deck: Deck) -> list[str]:
    """The titles between the agenda and the next section."""
    return titles(deck)[2:-2]


def test_short_neighbours_share_slides_below_the_title_of_their_section(tmp_path: Path) -> None:
    names = ["cut", "find", "join", "mark", "sort", "turn"]
    document, deck = planned(tmp_path, calls(*map(call, names)))
    held = [slide for slide in deck.slides if slide.title == "Calls"]
    assert body(deck) == [f"Calls {n}/{len(held)}" for n in range(1, len(held) + 1)]
    assert 1 < len(held) < len(names)
    assert {slide.origin.rule for slide in held} == {SlideRule.TOGETHER}
    assert shown(held[0])[:2] == ["Each stands alone.", "cut"]
    assert [text for slide in held for text in shown(slide) if text in names] == names
    assert covered(deck) == top_blocks(document)


def test_none_is_cut_from_its_head(tmp_path: Path) -> None:
    names = [f"call{n}" for n in range(1, 10)]
    _, deck = planned(tmp_path, calls(*map(call, names)))
    texts = [shown(slide) for slide in deck.slides if slide.title == "Calls"]
    assert len(texts) > 1
    for slide in texts:
        starts = [at for at, text in enumerate(slide) if text in names]
        assert [slide[at + 1 : at + 3] for at in starts] == [[FIRST[2:-1], SECOND[2:-1]]] * len(starts)
        assert len(slide) - 3 * len(starts) == (1 if slide is texts[0] else 0)


def test_what_is_displayed_or_long_keeps_its_slide_in_its_place(tmp_path: Path) -> None:
    parts = [call("cut"), call("find"), call("join", f"\n{TABLE}"), call("mark"), call("sort", FIRST * 3), call("turn")]
    _, deck = planned(tmp_path, calls(*parts, call("wait")))
    assert body(deck) == ["Calls 1/2", "join", "mark", "sort", "Calls 2/2"]
    assert shown(deck.slides[6])[0::3] == ["turn", "wait"]


def test_what_the_author_asks_for_is_not_packed(tmp_path: Path) -> None:
    ruled = [call("cut"), call("find"), call("join", "\n---\n\nIt ends.\n"), call("mark", FIRST * 3)]
    _, deck = planned(tmp_path, calls(*ruled))
    assert body(deck) == ["Calls", "join 1/2", "join 2/2", "mark"]
    hinted = [call("cut"), call("find"), call("join", "\n<!-- slide: layout=text -->\n"), call("mark", FIRST * 3)]
    _, deck = planned(tmp_path, calls(*hinted))
    assert body(deck) == ["Calls", "join", "mark"]


def test_slides_of_the_level_that_slides_have_are_not_packed(tmp_path: Path) -> None:
    names = ["cut", "find", "join", "mark", "sort", "turn"]
    parts = "".join(map(call, names))
    _, deck = planned(tmp_path, f"# Texts\n\n## Calls\n\n{parts}## Limits\n\n### Length\n\nNone is known.\n")
    assert titles(deck)[1:] == ["Calls", *names, "Limits", "Length"]


def test_an_opener_stays_before_sections_that_share_slides(tmp_path: Path) -> None:
    names = ["cut", "find", "join", "mark", "sort", "turn"]
    _, deck = planned(tmp_path, f"# Texts\n\n{OTHERS}\n## Calls\n\n" + "".join(map(call, names)))
    opener, *held = [slide for slide in deck.slides if slide.title == "Calls"]
    assert (opener.kind, shown(opener)) == (SlideKind.SECTION, names)
    assert [slide.part for slide in held] == [(2, 3), (3, 3)]


def test_links_lead_to_the_slide_that_a_section_shares(tmp_path: Path) -> None:
    names = ["cut", "find", "join", "mark", "sort"]
    last = call("turn", "- It turns what [cut](#cut) gives, or [sort](#sort), or any of the [calls](#calls).\n")
    _, deck = planned(tmp_path, calls(*map(call, names), last))
    on = {text: slide.number for slide in deck.slides if slide.title == "Calls" for text in shown(slide)}
    links = {run.text: run.link for run in runs_of(deck.slides[on["turn"] - 1]) if isinstance(run.link, SlideTarget)}
    assert on["cut"] < on["sort"]
    assert links == {name: SlideTarget(number=on.get(name, 3)) for name in ("cut", "sort", "calls")}
    assert next(run.link for run in runs_of(deck.slides[1]) if run.link) == SlideTarget(number=3)


def test_short_code_and_short_callouts_share_slides_too(tmp_path: Path) -> None:
    code = "```python\ncut(text)\nturn(text)\nmark(text)\n```\n"
    tip = "> [!TIP]\n> It stays.\n"
    parts = [f"### cut\n\n{code}", f"### turn\n\n{code}", f"### mark\n\n{tip}", f"### sort\n\n{tip}"]
    _, deck = planned(tmp_path, calls(*parts))
    names = ["cut", "turn", "mark", "sort"]
    assert body(deck) == ["Calls 1/2", "Calls 2/2"]
    assert [text for slide in deck.slides for text in shown(slide) if text in names] == names
