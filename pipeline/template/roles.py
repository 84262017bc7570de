"""Which layout plays which role: by its name in several languages, by its type, else by its placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from pipeline.office import LayoutRole
from pipeline.template.layouts import RawLayout, area, is_furniture

# What programs call their layouts, in small letters and without punctuation.
_NAMES: Final[Mapping[LayoutRole, tuple[str, ...]]] = {
    LayoutRole.COVER: (
        "title slide",
        "titelfolie",
        "diapositive de titre",
        "diapositiva de título",
        "标题幻灯片",
        "標題投影片",
        "diapositiva titolo",
        "slide de título",
    ),
    LayoutRole.SECTION: (
        "section header",
        "abschnittsüberschrift",
        "titre de section",
        "en tête de section",
        "encabezado de sección",
        "节标题",
        "章節標題",
        "intestazione sezione",
        "cabeçalho da seção",
    ),
    LayoutRole.CONTENT: (
        "title and content",
        "title content",
        "titel und inhalt",
        "titre et contenu",
        "título y objetos",
        "título y contenido",
        "标题和内容",
        "標題及物件",
        "titolo e contenuto",
        "título e conteúdo",
    ),
    LayoutRole.TWO_CONTENT: (
        "two content",
        "title 2 content",
        "zwei inhalte",
        "deux contenus",
        "dos objetos",
        "dos contenidos",
        "两栏内容",
        "兩項物件",
        "due contenuti",
        "duas partes de conteúdo",
    ),
    LayoutRole.TITLE_ONLY: (
        "title only",
        "nur titel",
        "titre seul",
        "titre uniquement",
        "solo el título",
        "sólo el título",
        "仅标题",
        "只有標題",
        "solo titolo",
        "somente título",
    ),
    LayoutRole.PICTURE: (
        "picture with caption",
        "bild mit überschrift",
        "bild mit beschriftung",
        "image avec légende",
        "imagen con título",
        "图片与标题",
        "含標題的圖片",
        "immagine con didascalia",
        "imagem com legenda",
    ),
}
_WORDS: Final[Mapping[LayoutRole, tuple[str, ...]]] = {
    LayoutRole.COVER: ("cover", "title slide", "titel", "deckblatt", "couverture", "page de titre", "portada", "封面"),
    LayoutRole.SECTION: ("section", "chapter", "divider", "abschnitt", "kapitel", "trenn", "chapitre", "sección", "章"),
    LayoutRole.CONTENT: ("content", "inhalt", "contenu", "contenido", "bullet", "body", "text", "内容"),
    LayoutRole.TITLE_ONLY: ("only", "nur", "seul", "solo", "仅"),
}
_TYPES: Final[Mapping[LayoutRole, tuple[str, ...]]] = {
    LayoutRole.COVER: ("title",),
    LayoutRole.SECTION: ("secHead",),
    LayoutRole.CONTENT: ("obj", "tx"),
    LayoutRole.TWO_CONTENT: ("twoObj", "twoTxTwoObj"),
    LayoutRole.TITLE_ONLY: ("titleOnly",),
    LayoutRole.PICTURE: ("picTx",),
}
_FITTING: Final = 4
_BY_NAME, _BY_TYPE, _BY_WORD = 12, 8, 5
_SAMPLE = 3
_CALM, _ROOMY = 1.5, 2.5
_TITLES: Final = ("title", "ctrTitle")
_BODIES: Final = ("", "body", "tbl", "chart", "dgm", "media", "clipArt")


class Choice(Struct, frozen=True, kw_only=True):
    """The layout that plays a role, and why. One that stands in has another role of its own."""

    layout: RawLayout
    why: str
    stands_in: bool = False


def choose(layouts: Sequence[RawLayout], samples: Sequence[str]) -> Mapping[LayoutRole, Choice]:
    """A layout for each role: the one that suits it best, else the best that can stand in."""
    chosen: dict[LayoutRole, Choice] = {}
    for role in (LayoutRole.CONTENT, LayoutRole.COVER, *LayoutRole):
        if role not in chosen:
            found = _best(role, layouts, samples, chosen)
            if found:
                chosen[role] = found
    for role, others in _INSTEAD.items():
        if role not in chosen:
            stand_in = next((chosen[other] for other in others if other in chosen), None)
            layout = stand_in.layout if stand_in else layouts[0]
            why = "nothing is named so, nor has the placeholders for it"
            chosen[role] = Choice(layout=layout, why=why, stands_in=True)
    return {role: chosen[role] for role in LayoutRole}


_INSTEAD: Final[Mapping[LayoutRole, tuple[LayoutRole, ...]]] = {
    LayoutRole.CONTENT: (LayoutRole.TITLE_ONLY, LayoutRole.TWO_CONTENT, LayoutRole.PICTURE, LayoutRole.COVER),
    LayoutRole.TITLE_ONLY: (LayoutRole.CONTENT,),
    LayoutRole.SECTION: (LayoutRole.TITLE_ONLY,),
    LayoutRole.COVER: (LayoutRole.SECTION,),
    LayoutRole.TWO_CONTENT: (LayoutRole.CONTENT,),
    LayoutRole.PICTURE: (LayoutRole.CONTENT,),
}


def _best(
    role: LayoutRole,
    layouts: Sequence[RawLayout],
    samples: Sequence[str],
    chosen: Mapping[LayoutRole, Choice],
) -> Choice | None:
    best: tuple[float, Choice] | None = None
    largest = max(1, *map(_room, layouts))
    home = chosen[LayoutRole.CONTENT].layout.master if LayoutRole.CONTENT in chosen else None
    for layout in layouts:
        points, why = _score(role, layout)
        score = float(points)
        if score <= 0:
            continue
        if layout.part.name in _meant(role, samples):
            score, why = score + _SAMPLE, f"{why}; a sample slide of this kind has it"
        if role not in {LayoutRole.COVER, LayoutRole.CONTENT} and home is not None and layout.master is home:
            score += 1
        score += _quiet(layout)
        if role is LayoutRole.CONTENT:
            score += _ROOMY * _room(layout) / largest
        if best is None or score > best[0]:
            best = (score, Choice(layout=layout, why=why))
    return best[1] if best else None


def _quiet(layout: RawLayout) -> float:
    """How little of a layout's main place is painted over, from 0 to 1.5: of two alike the calmer is read better."""
    spots = [spot for spot in layout.spots if not is_furniture(spot)]
    largest = max(spots, key=lambda spot: area(spot.rect), default=None)
    return _CALM * (1 - layout.crowded(largest.rect)) if largest else 0.0


def _room(layout: RawLayout) -> int:
    """How large the largest place of a layout is that no title has."""
    return max((area(spot.rect) for spot in layout.of_kind(*_BODIES)), default=0)


def _meant(role: LayoutRole, samples: Sequence[str]) -> Sequence[str]:
    """The layouts of the sample slides that show this role: the first is a cover, the others are not."""
    return samples[:1] if role is LayoutRole.COVER else samples[1:]


def _score(role: LayoutRole, layout: RawLayout) -> tuple[int, str]:
    """How well a layout suits a role, zero if not at all, and why."""
    fitting, has = _placeholders(role, layout)
    name = _plain(layout.name)
    told = _telling(role, name, layout)
    if told is None:
        return (fitting if fitting >= _FITTING else 0), f"has {has}"
    score, why = told
    # A name alone says little where the places are not there.
    return (score + fitting if fitting >= 0 else 0), f"{why}; has {has}"


def _telling(role: LayoutRole, name: str, layout: RawLayout) -> tuple[int, str] | None:
    if name in _NAMES[role]:
        return _BY_NAME, "by its name"
    if layout.kind in _TYPES[role] and not (layout.kind == "tx" and layout.of_kind("subTitle", "ctrTitle")):
        return _BY_TYPE, f"by its type, {layout.kind}"
    other = any(name in names for key, names in _NAMES.items() if key is not role)
    word = next((word for word in _WORDS.get(role, ()) if word in name), None)
    return (_BY_WORD, f"“{word}” is in its name") if word and not other and layout.kind in {"", "cust"} else None


def _plain(name: str) -> str:
    """A name in small letters, without punctuation and the number that copies have before or behind it."""
    words = re.sub(r"[^\w]+", " ", name.casefold()).strip()
    return re.sub(r"^\d+ (?=\D)|(?<=\D) \d+$", "", words)


def _placeholders(role: LayoutRole, layout: RawLayout) -> tuple[int, str]:
    """How well the placeholders of a layout suit a role, below zero if not at all; and what they are."""
    titles, bodies = layout.of_kind(*_TITLES), layout.of_kind(*_BODIES)
    subtitles, pictures = layout.of_kind("subTitle"), layout.of_kind("pic")
    counted = (("title", titles), ("subtitle", subtitles), ("text or content", bodies), ("picture", pictures))
    has = ", ".join(f"{len(found)} {what}" for what, found in counted if found) or "no placeholder for content"
    opening = len(subtitles) == 1 or bool(layout.of_kind("ctrTitle"))
    large = [body for body in bodies if area(body.rect) > 0]
    match role:
        case LayoutRole.COVER:
            fits = _FITTING if titles and opening and not bodies else 1 if titles and len(bodies) <= 1 else -1
        case LayoutRole.SECTION:
            fits = 1 if titles and len(bodies) + len(subtitles) <= 1 and not pictures else -1
        case LayoutRole.CONTENT:
            fits = (2 if not titles else _FITTING) if len(large) == 1 and not subtitles and not pictures else -1
        case LayoutRole.TITLE_ONLY:
            fits = _FITTING if titles and not (bodies or subtitles or pictures) else -1
        case LayoutRole.TWO_CONTENT:
            fits = _FITTING if titles and len(bodies) == len(("left", "right")) and not pictures else -1
        case LayoutRole.PICTURE:
            fits = _FITTING if titles and len(pictures) == 1 and len(bodies) == 1 else -1
    return fits, has


def is_bare(layout: RawLayout) -> bool:
    """Whether a layout has no placeholder but those at its foot."""
    return all(map(is_furniture, layout.spots))
