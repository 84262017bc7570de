"""The few words that paper adds to the page's own, in the page's language where it is known, else in English.

Words that stand on slides as well are the deck's, so that the three files speak alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pipeline.labels import Labels as DeckLabels
from pipeline.labels import labels_for as deck_labels_for

RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
EAST_ASIAN: Final = frozenset({"ja", "ko", "zh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words and patterns of one language. `page_of` stands before, between and after its two numbers."""

    deck: DeckLabels
    handout: str
    running: str
    slide: str
    slide_small: str
    slides_small: str
    slide_list: str
    one_slide: str
    slide_count: str
    minute: str
    minutes: str
    contents: str
    in_short: str
    your_notes: str
    notes: str
    references_and_links: str
    page: str
    short_page: str
    page_of: tuple[str, str, str]
    not_shown: str
    sections: str
    good_to_know: str
    pitfalls: str
    pitfalls_and_tips: str
    whole_clauses: str
    page_numbers: str
    more: str


_ENGLISH: Final = Labels(
    deck=deck_labels_for("en"),
    handout="Handout with speaker notes",
    running="handout with speaker notes",
    slide="Slide {}",
    slide_small="slide {}",
    slides_small="slides {}–{}",
    slide_list="slides {}",
    one_slide="{} slide",
    slide_count="{} slides",
    minute="about {} minute of speech",
    minutes="about {} minutes of speech",
    contents="Contents",
    in_short="In short",
    your_notes="Your notes",
    notes="Notes",
    references_and_links="References and links",
    page="page {}",
    short_page="p. {}",
    page_of=("page ", " of ", ""),
    not_shown="This picture could not be had:",
    sections="Section by section",
    good_to_know="Good to know",
    pitfalls="Pitfalls",
    pitfalls_and_tips="Pitfalls and tips",
    whole_clauses="every sentence is taken from the page, cut only at the ends of clauses",
    page_numbers="page numbers: {}",
    more="and {} more: handout {}",
)
_LABELS: Final = MappingProxyType(
    {
        "en": _ENGLISH,
        "zh": Labels(
            deck=deck_labels_for("zh"),
            handout="讲义与演讲备注",
            running="讲义与演讲备注",
            slide="幻灯片 {}",
            slide_small="幻灯片 {}",
            slides_small="幻灯片 {}–{}",
            slide_list="幻灯片 {}",
            one_slide="共 {} 张幻灯片",
            slide_count="共 {} 张幻灯片",
            minute="演讲约 {} 分钟",
            minutes="演讲约 {} 分钟",
            contents="目录",
            in_short="要点",
            your_notes="笔记",
            notes="脚注",
            references_and_links="参考资料与链接",
            page="第 {} 页",
            short_page="第 {} 页",
            page_of=("第 ", " 页,共 ", " 页"),
            not_shown="此图片无法获取:",
            sections="各节要点",
            good_to_know="提示",
            pitfalls="注意事项",
            pitfalls_and_tips="注意与提示",
            whole_clauses="所有语句均摘自原文,仅在分句处截断",
            page_numbers="页码:{}",
            more="另有 {} 项:讲义{}",
        ),
        "ja": Labels(
            deck=deck_labels_for("ja"),
            handout="発表者ノート付き配布資料",
            running="発表者ノート付き配布資料",
            slide="スライド {}",
            slide_small="スライド {}",
            slides_small="スライド {}–{}",
            slide_list="スライド {}",
            one_slide="スライド {} 枚",
            slide_count="スライド {} 枚",
            minute="発表 約 {} 分",
            minutes="発表 約 {} 分",
            contents="目次",
            in_short="要点",
            your_notes="メモ",
            notes="脚注",
            references_and_links="参考資料とリンク",
            page="{} ページ",
            short_page="{} ページ",
            page_of=("", " / ", " ページ"),
            not_shown="この画像は取得できませんでした:",
            sections="各節の要点",
            good_to_know="ヒント",
            pitfalls="注意点",
            pitfalls_and_tips="注意点とヒント",
            whole_clauses="文はすべて原文のまま、節の終わりでのみ切っています",
            page_numbers="ページ番号:{}",
            more="ほか {} 件:配布資料 {}",
        ),
        "de": Labels(
            deck=deck_labels_for("de"),
            handout="Handout mit Sprechernotizen",
            running="Handout mit Sprechernotizen",
            slide="Folie {}",
            slide_small="Folie {}",
            slides_small="Folien {}–{}",
            slide_list="Folien {}",
            one_slide="{} Folie",
            slide_count="{} Folien",
            minute="etwa {} Minute Redezeit",
            minutes="etwa {} Minuten Redezeit",
            contents="Inhalt",
            in_short="Kurz gefasst",
            your_notes="Eigene Notizen",
            notes="Anmerkungen",
            references_and_links="Quellen und Links",
            page="Seite {}",
            short_page="S. {}",
            page_of=("Seite ", " von ", ""),
            not_shown="Dieses Bild war nicht zu bekommen:",
            sections="Abschnitt für Abschnitt",
            good_to_know="Gut zu wissen",
            pitfalls="Fallstricke",
            pitfalls_and_tips="Fallstricke und Tipps",
            whole_clauses="jeder Satz stammt aus der Seite, gekürzt nur am Ende von Teilsätzen",
            page_numbers="Seitenzahlen: {}",
            more="und {} weitere: Handout {}",
        ),
        "fr": Labels(
            deck=deck_labels_for("fr"),
            handout="Support avec notes de l’orateur",
            running="support avec notes de l’orateur",
            slide="Diapo {}",
            slide_small="diapo {}",
            slides_small="diapos {}–{}",
            slide_list="diapos {}",
            one_slide="{} diapo",
            slide_count="{} diapos",
            minute="environ {} minute de parole",
            minutes="environ {} minutes de parole",
            contents="Sommaire",
            in_short="En bref",
            your_notes="Vos notes",
            notes="Notes",
            references_and_links="Références et liens",
            page="page {}",
            short_page="p. {}",
            page_of=("page ", " sur ", ""),
            not_shown="Cette image n’a pas pu être obtenue :",
            sections="Section par section",
            good_to_know="Bon à savoir",
            pitfalls="Pièges",
            pitfalls_and_tips="Pièges et astuces",
            whole_clauses="chaque phrase vient de la page, coupée seulement en fin de proposition",
            page_numbers="numéros de page : {}",
            more="et {} autres : support {}",
        ),
        "es": Labels(
            deck=deck_labels_for("es"),
            handout="Documento con notas del orador",
            running="documento con notas del orador",
            slide="Diapositiva {}",
            slide_small="diapositiva {}",
            slides_small="diapositivas {}–{}",
            slide_list="diapositivas {}",
            one_slide="{} diapositiva",
            slide_count="{} diapositivas",
            minute="alrededor de {} minuto de exposición",
            minutes="alrededor de {} minutos de exposición",
            contents="Contenido",
            in_short="En resumen",
            your_notes="Tus notas",
            notes="Notas",
            references_and_links="Referencias y enlaces",
            page="página {}",
            short_page="p. {}",
            page_of=("página ", " de ", ""),
            not_shown="No se pudo obtener esta imagen:",
            sections="Sección por sección",
            good_to_know="Conviene saber",
            pitfalls="Precauciones",
            pitfalls_and_tips="Precauciones y consejos",
            whole_clauses="cada frase procede de la página, cortada solo al final de oraciones",
            page_numbers="números de página: {}",
            more="y {} más: documento {}",
        ),
    }
)


def labels_for(language: str) -> Labels:
    """The words in that language, else in English."""
    return _LABELS.get(_primary(language), _ENGLISH)


def direction(language: str) -> str:
    """`rtl` where the language is written from right to left, else `ltr`."""
    return "rtl" if _primary(language) in RIGHT_TO_LEFT else "ltr"


def italic(language: str) -> str:
    """What slants in that language: nothing in East Asian ones, whose fonts have no italics."""
    return "normal" if _primary(language) in EAST_ASIAN else "italic"


def spread(numbers: tuple[int, ...], one: str, several: str) -> str:
    """One number, or the first and last of consecutive ones, put into the fitting pattern."""
    return one.format(numbers[0]) if len(numbers) == 1 else several.format(numbers[0], numbers[-1])


def _primary(language: str) -> str:
    return language.casefold().split("-", maxsplit=1)[0]
