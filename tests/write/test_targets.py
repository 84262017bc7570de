"""Page numbers beside links are those of the pages where the targets stand, also where the numbers move these."""

import re

from pipeline.write.libraries import load_weasyprint

STYLE = """
@page { size: 200px 100px; margin: 0 }
body { margin: 0; font: 20px/25px "Liberation Mono" }
a::after { content: "→ page " target-counter(attr(href url), page) }
p, h1 { margin: 0; font: inherit }
"""


def printed(body: str) -> tuple[list[str], dict[str, int]]:
    """The lines of all pages, and the page on which each anchor stands."""
    load_weasyprint()
    import weasyprint

    document = weasyprint.HTML(string=f"<style>{STYLE}</style>{body}").render()
    lines: list[str] = []
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        anchors.update(dict.fromkeys(page.anchors, number))
        boxes = [box for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
        lines.extend("".join(part.text for part in box.descendants() if hasattr(part, "text")) for box in boxes)
    return lines, anchors


def test_numbers_are_right_where_they_lengthen_the_text() -> None:
    numbers = range(1, 41)
    contents = "".join(f'<p><a href="#%C3%BC{number}">{number}</a></p>' for number in numbers)
    lines, anchors = printed(contents + "".join(_part(number, numbers[-1]) for number in numbers))
    told = dict(re.findall(r"(\d+)→ page (\d+)", "\n".join(lines[: len(numbers)])))
    assert {f"ü{number}": int(page) for number, page in told.items()} == anchors
    assert len(anchors) == len(numbers)


def _part(number: int, last: int) -> str:
    """A part with links of several lengths: as the pages' numbers get longer, some lines get one too many."""
    links = [
        f'<a href="#%C3%BC{other}">{"y" * (1 + other * number % 9)}</a>'
        for other in (number % last + 1, last + 1 - number, number * 7 % last + 1)
    ]
    return f'<h1 id="ü{number}">{"x" * 9}</h1><p>{" ".join(links)}</p>'
