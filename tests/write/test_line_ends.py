"""A line is as full as it can be where other text begins behind it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pipeline.write.libraries import load_weasyprint

TEXT = "Where certificates and purge markers are kept. Defaults to <code{}>relay-state</code>. Back it up at once."
STYLE = """@page { size: %dpx 300px; margin: 0 }
body { margin: 0; font: 10px/12px "Liberation Mono" } p { margin: 0 } .whole { white-space: nowrap }"""


def lines(width: int, attribute: str) -> list[str]:
    load_weasyprint()
    import weasyprint

    html = f'<html lang="en"><style>{STYLE % width}</style><p>{TEXT.format(attribute)}</p>'
    boxes = weasyprint.HTML(string=html).render().pages[0]._page_box.descendants()
    found = [box for box in boxes if type(box).__name__ == "LineBox"]
    return ["".join(part.text for part in box.descendants() if hasattr(part, "text")).strip() for box in found]


@pytest.mark.parametrize("attribute", ["", ' class="whole"'])
def test_no_line_ends_where_the_next_word_has_room(attribute: str) -> None:
    for width in range(180, 420, 3):
        found = lines(width, attribute)
        assert len(found) > 1
        for line, after in pairwise(found):
            word = after.split()[0] if attribute else re.split(r"(?<=-)|\s", after)[0]
            assert (len(line) + (not line.endswith("-")) + len(word)) * 6.0 > width - 1, found
