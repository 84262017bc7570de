"""What appears at each click, as PowerPoint's own animations: effects “Appear” in the slide's main sequence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from pipeline.model.fitted import Element, Outline, ShapeBox, Step, StepPart, TextBox
from pipeline.write.powerpoint.frames import FIRST_SHAPE
from pipeline.write.powerpoint.markup import Markup, element

# The preset that PowerPoint's list of entrances calls “Appear”.
_APPEAR: Final = {"presetID": 1, "presetClass": "entr", "presetSubtype": 0, "fill": "hold"}
_HELD: Final = {"fill": "hold"}
_GROUP: Final = "0"


def timing(elements: Sequence[Element], steps: Sequence[Step]) -> Markup | None:
    """A slide's timing; None where all of it is there from the start."""
    if not steps:
        return None
    ids = count(1)
    root, main = next(ids), next(ids)
    clicks = [_click(step, elements, ids) for step in steps]
    ways = _way("p:prevCondLst", "onPrev"), _way("p:nextCondLst", "onNext")
    told = _node(main, {"dur": "indefinite", "nodeType": "mainSeq"}, None, *clicks)
    sequence = element("p:seq", {"concurrent": 1, "nextAc": "seek"}, told, *ways)
    whole = _node(root, {"dur": "indefinite", "restart": "never", "nodeType": "tmRoot"}, None, sequence)
    builds = list(_builds(elements, steps))
    listed = element("p:bldLst", None, *builds) if builds else None
    return element("p:timing", None, element("p:tnLst", None, element("p:par", None, whole)), listed)


def _click(step: Step, elements: Sequence[Element], ids: Iterator[int]) -> Markup:
    """All that appears at one click, the first at the click itself and the others with it."""
    waiting, begun = next(ids), next(ids)
    targets = [(part.element, paragraph) for part in step for paragraph in _paragraphs(part)]
    effects = []
    for order, (at, paragraph) in enumerate(targets):
        group = _GROUP if _is_built(elements[at]) else None
        kind = {**_APPEAR, "grpId": group, "nodeType": "withEffect" if order else "clickEffect"}
        effects.append(element("p:par", None, _node(next(ids), kind, "0", _showing(next(ids), at, paragraph))))
    together = element("p:par", None, _node(begun, _HELD, "0", *effects))
    return element("p:par", None, _node(waiting, _HELD, "indefinite", together))


def _showing(number: int, at: int, paragraph: int | None) -> Markup:
    """What makes an element, or one of its paragraphs, visible."""
    behaviour = element(
        "p:cBhvr",
        None,
        _node(number, {"dur": 1, **_HELD}, "0"),
        element("p:tgtEl", None, _target(at, paragraph)),
        element("p:attrNameLst", None, element("p:attrName", text="style.visibility")),
    )
    return element("p:set", None, behaviour, element("p:to", None, element("p:strVal", {"val": "visible"})))


def _node(number: int, attributes: Mapping[str, object], delay: str | None, *children: Markup) -> Markup:
    """A node of time that begins after a delay and holds others; its number is its own on the slide."""
    inside = element("p:childTnLst", None, *children) if children else None
    return element("p:cTn", {"id": number, **attributes}, _start(delay) if delay else None, inside)


def _paragraphs(part: StepPart) -> Sequence[int | None]:
    """The paragraphs of a part one by one, as PowerPoint names them; None stands for the whole element."""
    if part.paragraphs is None:
        return (None,)
    first, last = part.paragraphs
    return range(first, last + 1)


def _target(at: int, paragraph: int | None) -> Markup:
    within = None
    if paragraph is not None:
        within = element("p:txEl", None, element("p:pRg", {"st": paragraph, "end": paragraph}))
    return element("p:spTgt", {"spid": FIRST_SHAPE + at}, within)


def _start(delay: str) -> Markup:
    return element("p:stCondLst", None, element("p:cond", {"delay": delay}))


def _way(tag: str, event: str) -> Markup:
    """What leads from click to click, forth or back."""
    slide = element("p:tgtEl", None, element("p:sldTgt"))
    return element(tag, None, element("p:cond", {"evt": event, "delay": 0}, slide))


def _is_built(item: Element) -> bool:
    """Whether an element is a shape of the format, which the list of builds names."""
    return isinstance(item, TextBox) or (isinstance(item, ShapeBox) and item.outline is not Outline.LINE)


def _builds(elements: Sequence[Element], steps: Sequence[Step]) -> Iterator[Markup]:
    """How each shape that appears is built: by paragraphs, or whole with its ground."""
    parts = {part.element: part for step in steps for part in step}
    for at, part in sorted(parts.items()):
        item = elements[at]
        if _is_built(item):
            build = {"build": "p"} if part.paragraphs else {"animBg": 1} if isinstance(item, ShapeBox) else {}
            yield element("p:bldP", {"spid": FIRST_SHAPE + at, "grpId": _GROUP, **build})
