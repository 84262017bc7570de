"""The handout as it is printed: what stands on which page, that nothing is lost, and how it is tagged."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pikepdf
import pytest
from msgspec.structs import replace
from paper_samples import (
    AT,
    SENTENCE,
    SETTINGS,
    bullets,
    deck_of,
    figure,
    footnote_mark,
    handout,
    inlines,
    link,
    links_of,
    pages_of,
    paragraph,
    part,
    png,
    reference,
    sizes_of,
    table,
    tags_of,
    text_of,
    words,
)

from pipeline.model.document import CodeBlock, Heading, Quote
from pipeline.model.inlines import Link, Picture, SectionTarget
from pipeline.model.plan import Deck, Handout, SlideKind
from pipeline.settings import HandoutLayout, Paper, Settings
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter
from pipeline.write.handout import write_handout
from pipeline.write.written import Written

THEME = load_theme("default")
TOOLBOX = reference(
    2, "Toolbox", "https://www.example.org/toolbox/very/long/address/that/is/printed/in/full.html", 4, 5
)
GUIDE = reference(1, "A beginners’ guide", "https://example.com/guide?v=1&w=2")


def printed(plan: Handout, deck: Deck | None = None, settings: Settings = SETTINGS) -> Written:
    slides = deck or deck_of(plan)
    return write_handout(plan, slides, THEME, settings, Typesetter(THEME))


@pytest.fixture(scope="module")
def whole() -> Written:
    see = Link(children=(words("the first part"),), target=SectionTarget(id="first-part"), title="", span=AT)
    plan = handout(
        replace(part(1, "Containers and Machines", paragraph("It opens."), level=1), id="top"),
        part(2, "Agenda", level=0, seconds=0),
        part(3, "First part", paragraph(SENTENCE), bullets("one", "two"), section=1),
        part(4, "Second part", paragraph("See ", link("Toolbox", TOOLBOX.target.url), " or ", see, "."), section=2),
        part(5, "Its detail", paragraph("With a note", footnote_mark("n"), "."), figure(png(640, 400)), level=3),
        part(6, "References", bullets((link(GUIDE.text, GUIDE.target.url),), start=1), seconds=0),
        references=(GUIDE, TOOLBOX),
        footnotes=(("n", (paragraph("What the note says."),)),),
        authors=("A. Writer",),
        date="1 May",
        subtitle="Two ways to keep programs apart",
        description="What a kernel is for.",
    )
    slides = deck_of(plan)
    kinds = {1: SlideKind.COVER, 2: SlideKind.AGENDA, 6: SlideKind.REFERENCES}
    slides = replace(
        slides, slides=tuple(replace(each, kind=kinds.get(each.number, each.kind)) for each in slides.slides)
    )
    return printed(plan, slides)


def test_the_front_says_what_it_is(whole: Written) -> None:
    front = pages_of(whole.data)[0]
    for said in (
        "Containers and Machines",
        "Two ways to keep programs apart",
        "What a kernel is for.",
        "Handout with speaker notes · 6 slides · about 1 minute of speech",
        "A. Writer · 1 May",
        "Contents",
        "It opens.",
    ):
        assert said in front


def test_contents_give_slides_and_the_pages_where_the_sections_stand(whole: Written) -> None:
    front = pages_of(whole.data)[0]
    assert "slide 3" in front
    for name, title in (("first-part", "First part"), ("second-part", "Second part"), ("its-detail", "Its detail")):
        assert title in pages_of(whole.data)[whole.pages[name] - 1]
    assert whole.pages["top"] == 1


def test_every_block_has_its_slide_its_time_and_its_words(whole: Written) -> None:
    text = text_of(whole.data)
    for said in ("Slide 3 0:20", "1 First part", SENTENCE.strip(), "one", "two", "2 Second part", "Slide 4 0:20"):
        assert said in text


def test_headers_and_footers_name_the_place(whole: Written) -> None:
    pages = pages_of(whole.data)
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert "containers.md · handout with speaker notes" in page
    assert all("Containers and Machines" in page for page in pages)


def test_links_are_live_and_their_addresses_printed_in_full(whole: Written) -> None:
    assert set(links_of(whole.data)) == {GUIDE.target.url, TOOLBOX.target.url}
    squeezed = re.sub(r"\s", "", text_of(whole.data))
    assert GUIDE.target.url in squeezed
    assert TOOLBOX.target.url in squeezed
    assert "slides 4, 5" in text_of(whole.data)


def test_a_sentence_is_read_whole_although_numbers_stand_beside_its_links(whole: Written) -> None:
    assert re.search(r"See Toolbox ?or the first part ?\.", text_of(whole.data))
    assert f"→ page {whole.pages['first-part']}" in text_of(whole.data).replace("\xa0", " ")


def test_a_list_that_the_references_repeat_is_printed_once(whole: Written) -> None:
    assert text_of(whole.data).count(GUIDE.text) == 1


def test_footnotes_stand_below_the_block_that_marks_them_first() -> None:
    again = paragraph("Again", footnote_mark("n"), ", and more", footnote_mark("long"), ".")
    inner = (paragraph("It is long", footnote_mark("deep"), "."), paragraph("It goes on."))
    plan = handout(
        part(1, "First", paragraph("With a note", footnote_mark("n"), "."), table(["x", "y"], [["1", "2"]])),
        part(2, "Second", again),
        part(3, "Third", paragraph("Nothing here.")),
        footnotes=(
            ("n", (paragraph("What the note says."),)),
            ("long", inner),
            ("deep", (paragraph("From a note."),)),
            ("never", (paragraph("Not marked."),)),
        ),
    )
    for layout in HandoutLayout:
        text = text_of(printed(plan, settings=replace(SETTINGS, handout_layout=layout)).data)
        places = [
            text.index(said)
            for said in (
                "With a note",
                "What the note says.",
                "Again",
                "It is long",
                "It goes on.",
                "From a note.",
                "Nothing here.",
                "Not marked.",
            )
        ]
        assert places == sorted(places), layout
        assert text.count("What the note says.") == 1


def test_headings_follow_each_other_and_are_bookmarks(whole: Written) -> None:
    levels = [int(tag[2:]) for tag, _ in tags_of(whole.data) if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with pikepdf.open(io.BytesIO(whole.data)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Containers and Machines"]
        titles = [item.title for item in outline.root[0].children]
        assert titles == ["First part", "Second part", "References"]
        assert [item.title for item in outline.root[0].children[1].children] == ["Its detail"]


def test_every_figure_says_what_it_shows(whole: Written) -> None:
    figures = [said for tag, said in tags_of(whole.data) if tag == "/Figure"]
    assert "Slide 3: First part" in figures
    assert "a.png" in figures
    assert all(figures)
    assert "QR code of address 2" in figures
    assert len(figures) == 8


def test_the_file_says_what_it_is_and_when_only_if_told(whole: Written) -> None:
    with pikepdf.open(io.BytesIO(whole.data)) as document:
        assert str(document.docinfo["/Title"]) == "Containers and Machines"
        assert str(document.docinfo["/Author"]) == "A. Writer"
        assert str(document.docinfo["/Keywords"]) == "kernel, layers"
        assert "/CreationDate" not in document.docinfo
        assert str(document.Root["/Lang"]) == "en"
        assert b"pdfuaid" in document.Root["/Metadata"].read_bytes()
    plan = handout(part(1, "Only"))
    slides = deck_of(plan)
    dated = write_handout(plan, slides, THEME, replace(SETTINGS, epoch=86_400), Typesetter(THEME))
    with pikepdf.open(io.BytesIO(dated.data)) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:19700102000000Z"


def test_there_is_nothing_to_complain_of(whole: Written) -> None:
    assert whole.diagnostics == ()


# ---------------------------------------------------------------- long content


def test_long_content_goes_over_pages_without_loss_or_repetition() -> None:
    code = "\n".join(f"line_{number} = call({number})" for number in range(300))
    plan = handout(
        part(1, "Before", paragraph(SENTENCE * 4)),
        part(2, "Rows", table(["Head one", "Head two"], [[f"row {n} left", f"row {n} right"] for n in range(100)])),
        part(3, "Wide rows", table(list("ABCDE"), [[f"cell {n}{x}" for x in "abcde"] for n in range(60)])),
        part(4, "Lines", CodeBlock(text=code, language="python", title="", marked=(), numbered_from=None, span=AT)),
        part(5, "Items", bullets(*(f"item {n} ends." for n in range(200)))),
        part(6, "Prose", *(paragraph(f"Paragraph {n} begins. ", SENTENCE * 3) for n in range(40))),
        part(7, "Quote", Quote(children=tuple(paragraph(f"Quoted {n}. ", SENTENCE) for n in range(60)), span=AT)),
        part(8, "After", paragraph("The end.")),
    )
    result = printed(plan)
    text = text_of(result.data)
    squeezed = text.replace(" ", "")
    for pattern, count in (
        (r"row{}leftrow{}right", 100),
        (r"cell{}a", 60),
        (r"line_{}=call\({}\)", 300),
        (r"item{}ends\.", 200),
        (r"Paragraph{}begins\.", 40),
        (r"Quoted{}\.", 60),
    ):
        found = [len(re.findall(pattern.format(n, n), squeezed)) for n in range(count)]
        assert found == [1] * count, pattern
    assert text.count(SENTENCE.strip()) == 4 + 40 * 3 + 60
    assert text.count("Head one Head two") > 1
    assert "The end." in text


def test_nothing_is_printed_over_anything_else_or_outside_the_page() -> None:
    blocks = [
        part(n, f"Part {n}", *(paragraph(SENTENCE * (1 + n % 4)) for _ in range(1 + n * 2 % 7))) for n in range(1, 16)
    ]
    result = printed(handout(*blocks))
    import pypdfium2

    with pypdfium2.PdfDocument(result.data) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            width, height = page.get_size()
            assert all(left > 0 and right < width and low > 0 and top < height for left, low, right, top in boxes)
            for index, (left, low, right, top) in enumerate(boxes):
                for other_left, other_low, other_right, other_top in boxes[index + 1 :]:
                    across = min(right, other_right) - max(left, other_left)
                    along = min(top, other_top) - max(low, other_low)
                    assert across < 1 or along < 2


def test_short_blocks_stand_whole_on_one_page() -> None:
    result = printed(
        handout(*(part(n, f"Part {n}", paragraph(f"Start{n}. ", SENTENCE * 6, f"Stop{n}.")) for n in range(1, 12)))
    )
    pages = pages_of(result.data)
    for number in range(1, 12):
        assert any(f"Start{number}." in page and f"Stop{number}." in page for page in pages)


def test_room_that_is_left_is_ruled_but_not_on_the_last_page() -> None:
    tall = [part(n, f"Part {n}", *(paragraph(SENTENCE * 4) for _ in range(4))) for n in range(1, 8)]
    result = printed(handout(*tall))
    with pikepdf.open(io.BytesIO(result.data)) as document:
        ruled = [isinstance(page.Contents, pikepdf.Array) for page in document.pages]
    assert any(ruled)
    assert not ruled[0]
    assert not ruled[-1]


def test_many_slides_of_one_block_stand_in_rows_above_its_text() -> None:
    block = replace(part(1, "One table", paragraph("What it says.")), slides=tuple(range(1, 13)))
    plan = handout(block)
    result = printed(plan)
    figures = [said for tag, said in tags_of(result.data) if tag == "/Figure"]
    assert len(figures) == 12
    text = text_of(result.data)
    assert all(f"Slide {number}" in text for number in range(1, 13))
    assert text.index("One table Slide 1") < text.index("Slide 12") < text.index("What it says.")


def test_slides_that_do_not_fit_below_are_moved_and_printed_once() -> None:
    for lines in range(1, 14):
        plan = handout(
            part(1, "First", *(paragraph("A short line.") for _ in range(lines * 3))),
            part(2, "Second", paragraph("x")),
            replace(part(3, "Third", paragraph("y")), slides=(3, 4)),
        )
        result = printed(plan)
        figures = [said for tag, said in tags_of(result.data) if tag == "/Figure"]
        assert figures == ["Slide 1: First", "Slide 2: Second", "Slide 3: Third", "Slide 4: Third"]


# ---------------------------------------------------------------- languages, paper, trust


def test_chinese_has_its_own_words_and_fonts() -> None:
    plan = handout(part(1, "镜像与容器", paragraph("容器使用宿主机的内核。")), title="容器与虚拟机", language="zh-CN")
    result = printed(plan)
    text = text_of(result.data)
    for said in ("容器与虚拟机", "镜像与容器", "容器使用宿主机的内核。", "幻灯片 1", "目录", "第 1 页"):
        assert said in text
    assert result.diagnostics == ()


def test_a_right_to_left_page_is_set_from_the_right() -> None:
    import pypdfium2

    result = printed(handout(part(1, "الحاوية", paragraph("نص قصير")), title="الحاويات", language="ar"))
    with pypdfium2.PdfDocument(result.data) as document:
        page = document[len(document) - 1]
        text = page.get_textpage()
        content = text.get_text_bounded()
        slide = text.get_charbox(content.index("0:20"))
        assert slide[0] > page.get_size()[0] / 2


def test_an_address_reads_from_the_left_on_a_page_that_reads_from_the_right() -> None:
    told = (reference(1, "Cup", "https://tea.example/cup/", 1), reference(2, "Pot", "https://pot.example/", 1))
    result = printed(handout(part(1, "תה", paragraph("זה תה.")), language="he", references=told))
    assert "https://tea.example/cup/" in re.sub(r"\s", "", text_of(result.data))


def test_letter_paper_is_letter() -> None:
    with pikepdf.open(io.BytesIO(printed(handout(part(1, "Only"), paper=Paper.LETTER)).data)) as document:
        assert [round(float(side)) for side in document.pages[0].MediaBox[2:]] == [612, 792]


def test_a_picture_that_cannot_be_drawn_is_told_of() -> None:
    broken = Picture(media_type="image/png", data=b"no picture at all", width=30, height=20)
    result = printed(handout(part(1, "Only", figure(broken, source="broken.png", alt="What it was"))))
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["unreadable-picture"]
    assert "broken.png" in result.diagnostics[0].message
    assert result.diagnostics[0].span == AT


def test_a_drawing_cannot_reach_files_or_the_net() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        '<image href="file:///etc/hostname" width="9" height="9"/><image href="https://x.invalid/a.png"/></svg>'
    )
    picture = Picture(media_type="image/svg+xml", data=svg.encode(), width=40, height=40)
    result = printed(handout(part(1, "Only", figure(picture, source="a.svg", alt="A"))))
    messages = " ".join(diagnostic.message for diagnostic in result.diagnostics)
    assert "is not part of the page" in messages


def test_an_id_is_given_once_however_often_it_is_asked_for() -> None:
    again = Heading(level=3, children=inlines("Inner"), id="inner", span=AT)
    plan = handout(part(1, "One", again), replace(part(2, "Two", paragraph("x")), id="one", level=0))
    assert dict(printed(plan).pages) == {"one": 1, "inner": 1}


def test_no_type_is_smaller_than_seven_points(whole: Written) -> None:
    assert min(sizes_of(whole.data)) >= 7
