from __future__ import annotations

from time import process_time

import pytest

from pipeline.diagnostics import Span
from pipeline.model.inlines import CodeSpan, Inlines, LineBreak, Link, Style, Styled, Text, WebTarget
from pipeline.model.text import plain_text
from pipeline.plan.excerpts import excerpt
from pipeline.plan.leads import headed, is_whole, lead, sentences
from pipeline.plan.sentences import clause_cuts, sentence_ends
from pipeline.plan.speech import word_count

HERE = Span(first=1, last=1)


def text(words: str) -> Text:
    return Text(text=words, span=HERE)


def strong(*children: Text) -> Styled:
    return Styled(style=Style.STRONG, children=children, span=HERE)


def split(words: str) -> list[str]:
    ends = sentence_ends(words)
    return [words[a:b].strip() for a, b in zip((0, *ends), ends, strict=False)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tea is hot. Milk is not.", ["Tea is hot.", "Milk is not."]),
        ("Use herbs, e.g. mint. Then wait.", ["Use herbs, e.g. mint.", "Then wait."]),
        ("Cups, pots, etc. They break.", ["Cups, pots, etc.", "They break."]),
        ("It takes 1.5 minutes. Stir.", ["It takes 1.5 minutes.", "Stir."]),
        ("Is it green? Yes!", ["Is it green?", "Yes!"]),
        ("Ask Dr. Brown. He knows.", ["Ask Dr. Brown.", "He knows."]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("水要烧开。茶叶后放！好吗？", ["水要烧开。", "茶叶后放！", "好吗？"]),
        ("他说：“水开了。”然后走了。", ["他说：“水开了。”", "然后走了。"]),
        ("办法很多，比如：1. 用水壶，很快；2. 用锅。任选。", ["办法很多，比如：1. 用水壶，很快；2. 用锅。", "任选。"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("お湯が熱いので、\n少し待つ。飲む。", ["お湯が熱いので、\n少し待つ。", "飲む。"]),
        ("熱いお湯を\n注いで\n待つ。", ["熱いお湯を\n注いで\n待つ。"]),
        ("The steps are: 1. boil, 2. pour.", ["The steps are: 1. boil, 2. pour."]),
        ("No full stop", ["No full stop"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(words: str, expected: list[str]) -> None:
    assert split(words) == expected


def test_marks_in_code_end_no_sentence() -> None:
    inlines: Inlines = (text("Call "), CodeSpan(text="pot.boil(). Then()", span=HERE), text(" first. Pour later."))
    assert [plain_text(part) for part in sentences(inlines)] == [
        "Call pot.boil(). Then() first.",
        "Pour later.",
    ]


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("The kettle heats the water quickly, which saves a little time", "The kettle heats the water quickly"),
        ("The kettle heats the water quickly: this saves time", "The kettle heats the water quickly"),
        ("Green tea needs cooler water — about eighty degrees", "Green tea needs cooler water"),
        (
            "If the water is cold, you can wait a little, which makes it warmer",
            "If the water is cold, you can wait a little",
        ),
        ("But where it boils, the lid is off, so that steam can leave it", "But where it boils, the lid is off"),
        (
            "The shop sells many kinds of tea, such as green, white, black, as well as herbs",
            "The shop sells many kinds of tea",
        ),
        (
            "If the cups, pots, and spoons are clean, you can pour, which takes a while",
            "If the cups, pots, and spoons are clean, you can pour",
        ),
        (
            "The kettle has a lid that whistles and, when it is hot, it sings a little, so nobody forgets it",
            "The kettle has a lid that whistles and, when it is hot, it sings a little",
        ),
        (
            "The old kettle in the shop (red, tall, so to say) is broken, so we need another",
            "The old kettle in the shop (red, tall, so to say) is broken",
        ),
        (
            "The shop sells only kettles, which are big, rather than cups, because cups break too often",
            "The shop sells only kettles, which are big, rather than cups",
        ),
        (
            "The lid of the kettle is shut; if it boils, " + "and it boils often, " * 10 + "the lid jumps up",
            "The lid of the kettle is shut",
        ),
        ("水壶很快就把水烧开，这样可以节省很多时间", "水壶很快就把水烧开"),
        ("如果水壶很大，或者水很冷，烧水就会慢一些，所以要早点开始", "如果水壶很大，或者水很冷，烧水就会慢一些"),
    ],
)
def test_a_sentence_is_cut_at_the_end_of_a_clause(sentence: str, cut: str) -> None:
    assert cut in [sentence[:at] for at in clause_cuts(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "All of the kettles in this shop are safe, except the red one on the left",
        "The tea is ready to be served, unless the water has not boiled yet",
        "We sell cups, pots, kettles, spoons and strainers in four colours",
        "When you have poured the hot water, wait for three minutes",
        "However, if the kettle boils while nobody looks, as it may well do, the water is lost",
        "Where cups give you a way of drinking tea, like a `mug` with its handle and rim, pots keep it warm",
        "But if we used different cups, each of which has its own size, we would pour too much",
        "Note that even though the shop has a kettle of its own, we can bring ours",
        "The rules are simple: the same amount of tea, using the same pot and water, always tastes the same",
        "The pot holds 1,000 millilitres of water and not a drop more",
        "The old kettle (the blue one, which we like) is broken",
        "Keeping track of the cups in the shop, cleaning the pots there, and filling the kettles are all of our work",
        "Because the shop gets its cups from potters, smiths, and glass makers, it has no idea of how they are made",
        "If you want to put the cup to the left, middle or right, you can use the marks on the tray",
        "If we do want to clean the inside of the pot, not just the outside, we can use a brush",
        "The tray can hold the pots that we use each day, the cups, and the spoons that lie beside them",
        "For example, if you come from another shop, and your old kettle had a whistle, you would miss it",
        "This shop is much like the other one, but this time, we will look at the kettles",
        "Now that you have opened a shop, you can start selling tea and coffee to your neighbours",
        "It should be noted that while the cups are cheap, and the pots are not, all of them break",
        "The kettle in the window of the shop, which nobody buys, whistles whenever the door is opened",
        "The shop in the town sells kettles, which are big, rather than cups",
        "The old pot keeps water warm for a very long time, while the new one cools within minutes",
        "The old pot is heavy and keeps its water warm; the new pot is light and keeps its water clean",
        "茶壶倾向于保温，适合慢慢喝茶的人；茶杯倾向于方便，适合赶时间的人",
        "You can keep the pots and put the cups – unlike the spoons – into the box",
        "There are two ways of heating the water: in a kettle or on the stove",
        "Can the tea be poured while the water boils, or does that make it bitter, which we do not like?",
        "水壶里的水只要烧开了一次",
        "如果没有什么特别的原因（比如水壶太小了），或者时间不够，那么应该用水壶烧水",
        "水壶之所以烧水比锅要快，一个原因是它的盖子把热气留住了",
        "需要注意的是在水还没有烧开的情况下，茶叶放进去也泡不出味道来",
        "为了让水更快地烧开，避免浪费太多的时间，我们需要把盖子盖上",
        "在水壶里的水烧开了以后，我们才能泡茶",
        "有了水壶为什么还要用锅烧水呢，这样不是更慢一些吗？",
        "泡茶的办法其实有很多种，比如：用水壶",
    ],
)
def test_no_cut_changes_what_is_said(sentence: str) -> None:
    assert list(clause_cuts(sentence)) == []


def test_a_short_paragraph_is_its_own_lead() -> None:
    inlines = (text("Tea is hot. Milk is not."),)
    assert lead(inlines) == inlines


def test_a_long_paragraph_leads_with_its_first_sentence() -> None:
    inlines = (text("A kettle boils water in a few minutes. " + "It has a lid, a spout and a handle. " * 4),)
    assert plain_text(lead(inlines)) == "A kettle boils water in a few minutes."
    assert not is_whole(lead(inlines), inlines)


CLAUSE = "Clay pots keep the water in them cool for some hours"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            f"{CLAUSE}, so we put those of iron on the stove and leave them there for half a day.",
            f"{CLAUSE}.",
        ),
        (
            "陶壶可以让水在几个小时之内一直保持凉爽，所以铁壶里的水在一分钟之内就会变热并且很久都不会凉下来。",
            "陶壶可以让水在几个小时之内一直保持凉爽。",
        ),
        (
            f"{CLAUSE}, so we put those of iron on the stove and leave them there for half a day",
            CLAUSE,
        ),
    ],
)
def test_a_clause_has_the_full_stop_of_its_sentence(words: str, shown: str) -> None:
    assert plain_text(lead((text(words),))) == shown


def test_an_opening_of_a_word_or_two_takes_the_next_sentence_along() -> None:
    inlines = (text("For example. A kettle boils water. " + "It has a lid, a spout and a handle. " * 4),)
    assert plain_text(lead(inlines)) == "For example. A kettle boils water."


def test_a_text_that_introduces_what_follows_leads_with_its_last_sentence() -> None:
    inlines = (text("A kettle has many parts that you should know. " * 4 + "These are the main ones:"),)
    assert plain_text(lead(inlines)) == "These are the main ones:"


@pytest.mark.parametrize(
    ("words", "introduction"),
    [
        ("A kettle is made of metal. It has many parts:", "A kettle is made of metal. It has many parts:"),
        (
            "By itself a pot stays cold. You can warm it as follows:",
            "By itself a pot stays cold. You can warm it as follows:",
        ),
        ("水壶是用金属做的。它有很多部件：", "水壶是用金属做的。它有很多部件："),
        ("A kettle is made of metal. The parts have names:", "The parts have names:"),
    ],
)
def test_an_introduction_goes_with_the_sentence_it_refers_to(words: str, introduction: str) -> None:
    before = "Tea is made in many ways, and no two shops agree. " * 3
    assert plain_text(lead((text(before + words),))) == introduction


def test_a_sentence_that_introduces_a_list_is_not_cut() -> None:
    words = "Tea from here is the best one: because there is no other shop in town whose tea has all that we ask for:"
    assert plain_text(lead((text(words),))) == words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "So how do you know when the water boils? You hear it. ",
            "So how do you know when the water boils? You hear it.",
        ),
        ("Why a kettle? Why no pot? It is faster. ", "Why a kettle? Why no pot? It is faster."),
        ("水什么时候烧开呢？你听得到。", "水什么时候烧开呢？你听得到。"),
    ],
)
def test_a_question_goes_with_its_answer(words: str, expected: str) -> None:
    assert plain_text(lead((text(words + "It has a lid, a spout and a handle. " * 4),))) == expected


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "We keep only two new kettles in the shop. However, the red one stays until May. It is loved by all of us.",
            "We keep only two new kettles in the shop. However, the red one stays until May.",
        ),
        (
            "为了方便，我们把四百毫升的水倒进两百毫升的杯子里。但这样会洒出来。所以我们要换一个大一点的杯子来装这些水。",
            "为了方便，我们把四百毫升的水倒进两百毫升的杯子里。但这样会洒出来。",
        ),
        (
            "We keep only two new kettles in the shop. The butter is beside them as it always was in one of the cups.",
            "We keep only two new kettles in the shop.",
        ),
    ],
)
def test_a_sentence_goes_with_the_one_that_takes_it_back(words: str, shown: str) -> None:
    assert plain_text(lead((text(words),))) == shown


def test_code_of_one_letter_ends_a_sentence() -> None:
    inlines = (text("The cups are "), CodeSpan(text="x", span=HERE), text(". Pots are not."))
    assert [plain_text(part) for part in sentences(inlines)] == ["The cups are x.", "Pots are not."]


def test_an_endless_question_is_cut_at_a_clause() -> None:
    words = "The kettle on the stove may not be warm enough for that tea, and " + "so on and " * 30 + "is it warm?"
    assert plain_text(lead((text(words),))) == "The kettle on the stove may not be warm enough for that tea"


def test_an_endless_sentence_is_cut_even_where_that_only_promises() -> None:
    words = "The kettle has all of these five parts: " + "a handle which has a name of its own, " * 12
    assert plain_text(lead((text(words),))) == "The kettle has all of these five parts"


def test_an_endless_sentence_without_a_clause_is_cut_where_words_can_end() -> None:
    words = "It whistles " + "and it sings " * 25
    assert plain_text(lead((text(words),))).endswith("it sings")
    assert plain_text(lead((text("The kettle in " * 40),))).endswith("kettle")


def test_a_text_in_letters_without_spaces_is_no_longer_than_what_it_says() -> None:
    # Ten words of Thai and of English that say the same.
    thai, english = "กาต้มน้ำใบนี้ต้มน้ำได้เร็วกว่าหม้อใบเก่า", "This kettle boils water faster than the old pot does"
    assert word_count(thai) == pytest.approx(word_count(english), rel=0.25)


def test_what_is_bold_behind_a_lead_stands_with_it() -> None:
    opening = "The shop in our street has had kettles of all kinds for years. "
    told = (
        text(opening),
        text("It has "),
        strong(text("red ones")),
        text(" too. They are all made of iron and of clay."),
    )
    assert plain_text(lead(told)) == f"{opening}It has red ones too."
    clause = "The shop in our street has had kettles of all kinds for years"
    cut = (text(f"{clause}, which allows for "), strong(text("many")), text(" a good cup of tea in the morning."))
    assert plain_text(lead(cut)).endswith("in the morning.")
    far = (text(opening * 3), strong(text("Buy them.")))
    assert plain_text(lead(far)) == opening.strip()


def test_a_lead_keeps_links_and_styles() -> None:
    link = Link(children=(text("kettle"),), target=WebTarget(url="https://a.example/"), title="", span=HERE)
    inlines = (text("A "), link, text(" boils water. " + "It has a lid, a spout and a handle. " * 4))
    assert link in lead(inlines)


def test_a_lead_is_always_the_beginning_of_the_text_where_nothing_is_introduced() -> None:
    words = "Kettles, " * 40 + "and more."
    assert plain_text(lead((text(words),))) == words


@pytest.mark.parametrize(
    ("inlines", "head", "rest"),
    [
        ((strong(text("Lid")), text(": keeps the heat.")), "Lid", "keeps the heat."),
        ((strong(text("Lid:")), text(" keeps the heat.")), "Lid", "keeps the heat."),
        ((strong(text("盖子")), text("：保温。")), "盖子", "保温。"),
        ((strong(text("Lid")), text(" – keeps the heat.")), "Lid", "keeps the heat."),
        ((strong(text("Lid")), LineBreak(span=HERE), text("Keeps the heat.")), "Lid", "Keeps the heat."),
    ],
)
def test_a_bold_lead_is_told_from_its_text(inlines: Inlines, head: str, rest: str) -> None:
    found = headed(inlines)
    assert found is not None
    assert (plain_text(found.head), plain_text(found.rest)) == (head, rest)


def test_bold_words_that_a_sentence_runs_through_are_no_lead() -> None:
    assert headed((strong(text("Lids")), text(" keep the heat."))) is None


def test_an_excerpt_keeps_what_stands_between_its_offsets() -> None:
    inlines = (text("ab"), strong(text("cd")), text("ef"))
    assert plain_text(excerpt(inlines, 1, 5)) == "bcde"
    assert excerpt(inlines, 2, 4) == (strong(text("cd")),)
    assert excerpt(inlines, 0, 6) == inlines


@pytest.mark.parametrize(("lead_words", "names"), [("0:", False), ("#:", False), ("Size:", True), ("大小：", True)])
def test_a_bold_number_or_sign_is_no_head(lead_words: str, *, names: bool) -> None:
    found = headed((strong(text(lead_words)), text(" it is small")))
    assert (found is not None) is names


@pytest.mark.parametrize(
    "text", ["The tea is hot and the pot is warm. " * 8_000, "leaves of tea, " * 12_000 + "and salt."]
)
def test_a_very_long_paragraph_is_cut_at_once(text: str) -> None:
    inlines = (Text(text=text, span=Span(first=1, last=1)),)
    begun = process_time()
    assert plain_text(lead(inlines))
    assert process_time() - begun < 4
