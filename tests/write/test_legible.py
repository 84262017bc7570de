"""Signs that no font has: words in their place, and nothing else touched."""

from __future__ import annotations

from pipeline.write.legible import Legibility

DRAWABLE = frozenset("éß→✔★€中")


def legibility() -> Legibility:
    return Legibility(DRAWABLE.__contains__)


def test_a_sign_that_can_be_drawn_stays() -> None:
    seen = legibility()
    assert seen.html("<p>é → ★ €</p>") == "<p>é → ★ €</p>"
    assert seen.missing == {}


def test_a_sign_that_cannot_is_said_in_words_or_with_one_like_it() -> None:
    seen = legibility()
    assert seen.text("📌 Pin") == "[pushpin] Pin"
    assert seen.text("✅ Done ⭐") == "✔ Done ★"
    assert seen.text("🇨🇭") == "CH"
    assert seen.text("\ue123") == "□"
    assert list(seen.missing) == ["📌", "✅", "⭐", "🇨", "🇭", "\ue123"]


def test_what_only_colours_or_joins_a_sign_goes_with_it() -> None:
    assert legibility().text("👍🏽!") == "[thumbs up sign]!"
    assert legibility().text("⚠️ Mind") == "[warning sign] Mind"
    assert legibility().text("🩻") == "[x\N{NON-BREAKING HYPHEN}ray]"


def test_letters_without_a_font_are_left_to_the_check_of_scripts() -> None:
    seen = legibility()
    assert seen.text("ཀ") == "ཀ"
    assert seen.missing == {}


def test_addresses_ids_and_the_title_stay_as_they_are() -> None:
    html = '<title>📌 A</title><a id="📌" href="#x📌" data-title="📌 A">📌</a>'
    assert legibility().html(html) == (
        '<title>📌 A</title><a id="📌" href="#x📌" data-title="[pushpin] A"><span class="sign">[pushpin]</span></a>'
    )


def test_a_sign_that_is_drawn_as_two_is_written_as_two() -> None:
    assert (
        legibility().html("<p>\u0e19\u0e49\u0e33 \u0e97\u0eb3</p>")
        == "<p>\u0e19\u0e4d\u0e49\u0e32 \u0e97\u0ecd\u0eb2</p>"
    )
