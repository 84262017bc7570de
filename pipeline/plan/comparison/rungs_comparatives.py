"""The seventh rung: comparatives, "A is faster than B", whose comparative is the aspect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST
from pipeline.plan.comparison.ideographs import pattern_for
from pipeline.plan.comparison.labelled import Entry
from pipeline.plan.comparison.mentions import Mention, Names
from pipeline.plan.comparison.rows import row, sentences_of

COMPARATIVE = "comparative"
_NEAR = 100
_BEFORE = re.compile(  # what stands before the yardstick
    r"(?:\b(?:(?:much|far|slightly|significantly|considerably|somewhat|a\s+(?:lot|bit|little))\s+)?"
    r"(?P<en>(?:more|less)\s+[a-z][\w-]+|(?!other|rather|further|ever|never|however|later\b)[a-z]+er)"
    r"(?:\s+[\w-]+){0,2}\s+than\s+(?:a\s+|an\s+|the\s+)?"
    r"|\b(?P<de>(?!oder|aber|über|hier|immer|wieder|eher|einer|dieser|unter\b)[a-zäöüß]{3,}er(?:e[nrsm]?)?)\s+als\s+"
    r"(?:(?:der|die|das|dem|den|ein\w*)\s+)?"
    r"|\b(?P<fr>(?:plus|moins)\s+[\wà-ÿ-]+)\s+que\s+(?:(?:le|la|les|une?)\s+|l['’])?"
    r"|\b(?P<es>(?:más|menos|mais)\s+[\wà-ÿ-]+)\s+(?:do\s+)?que\s+(?:(?:el|la|los|las|un|una|o|a|os|as|um|uma)\s+)?"
    r"|\b(?P<it>(?:più|meno)\s+[\wà-ÿ-]+)\s+(?:di|del|della|dei|delle|dello|rispetto\s+a)\s+"
    r"|\b(?P<ru>[а-яё]+(?:ее|ей|ше|же|ще|че))\s*,?\s+чем\s+"
    r"|(?<!\w)(?P<ar>أ[\u0621-\u064a]{2,})\s+من\s+"
    r"|(?<!\w)(?P<fa>[\u0600-\u06ff\u200c]+\u200c?تر)\s+از\s+)$",
    re.IGNORECASE,
)
_AFTER = (  # what stands behind it, in languages that name the yardstick first
    r"\s*(?:也|还|要)?(?P<zh>更加?[CJK]{1,4}?)(?=[，。；、！\s]|得多|一些|一点|了|$)"
    r"|\s*(?P<zhm>[CJK]{1,4}?)(?=得多|一些|一点|很多)"
    r"|\s*よりも?\s*(?P<ja>[CJK]{1,6}?)(?=です|だ|。|、|\s|$)"
    r"|\s*보다\s*(?:더\s*)?(?P<ko>[\uac00-\ud7af]{2,6})"
)


def comparative_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """A row for each comparative that a subject is measured by against another."""
    for sentence in sentences_of(page):
        topic = names.topic(sentence.text)
        if topic is None:
            continue
        for mention in names.find(sentence.text)[1:]:
            aspect = _aspect(sentence.text, mention)
            if aspect and mention.subject != topic:
                title = aspect[0].upper() + aspect[1:]
                yield from row(title, COMPARATIVE, {topic: (sentence.shortened(LONGEST),)}, fewest=1)
                break


def _aspect(text: str, yardstick: Mention) -> str:
    """The comparative that goes with a yardstick; empty where there is none."""
    before = text[max(0, yardstick.first - _NEAR) : yardstick.first]
    found = _BEFORE.search(before)
    if found is None and (before.rstrip().endswith("比") or re.match(r"\s*(?:より|보다)", text[yardstick.last :])):
        found = pattern_for(text, _AFTER).match(text, yardstick.last)
    return next(filter(None, found.groups()), "") if found else ""
