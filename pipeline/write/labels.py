"""The few words that handout and sheet add to the page's own, in the page's language where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words and patterns of one language. `page_of` stands before, between and after the two numbers."""

    handout: str
    running: str
    slide: str
    slides: str
    on_slide: str
    on_slides: str
    slide_list: str
    one_slide: str
    slide_count: str
    minute: str
    minutes: str
    contents: str
    notes: str
    references: str
    references_and_links: str
    page: str
    short_page: str
    page_of: tuple[str, str, str]
    to_page: tuple[str, str]
    source: str
    source_of: str
    not_shown: str
    no_entry: str
    figure: str
    sections: str
    good_to_know: str
    pitfalls: str
    pitfalls_and_tips: str
    whole_clauses: str
    page_numbers: str
    more: str
    callouts: Mapping[str, str]


ENGLISH = Labels(
    handout="Handout with speaker notes",
    running="handout with speaker notes",
    slide="Slide {}",
    slides="Slides {}–{}",
    on_slide="slide {}",
    on_slides="slides {}–{}",
    slide_list="slides {}",
    one_slide="{} slide",
    slide_count="{} slides",
    minute="about {} minute of speech",
    minutes="about {} minutes of speech",
    contents="Contents",
    notes="Notes",
    references="References",
    references_and_links="References and links",
    page="page {}",
    short_page="p. {}",
    page_of=("page ", " of ", ""),
    to_page=("page\u00a0", ""),
    source="Source: {}",
    source_of="Source:",
    not_shown="This picture could not be had:",
    no_entry="the page does not say",
    figure="Figure",
    sections="Section by section",
    good_to_know="Good to know",
    pitfalls="Pitfalls",
    pitfalls_and_tips="Pitfalls and tips",
    whole_clauses="every sentence is taken from the page, cut only at the ends of clauses",
    page_numbers="page numbers: {}",
    more="and {} more: handout {}",
    callouts=MappingProxyType(
        {
            "note": "Note",
            "info": "Info",
            "tip": "Tip",
            "important": "Important",
            "warning": "Warning",
            "danger": "Danger",
            "details": "Details",
        }
    ),
)

CHINESE = Labels(
    handout="讲义与演讲备注",
    running="讲义与演讲备注",
    slide="幻灯片 {}",
    slides="幻灯片 {}–{}",
    on_slide="幻灯片 {}",
    on_slides="幻灯片 {}–{}",
    slide_list="幻灯片 {}",
    one_slide="共 {} 张幻灯片",
    slide_count="共 {} 张幻灯片",
    minute="演讲约 {} 分钟",
    minutes="演讲约 {} 分钟",
    contents="目录",
    notes="脚注",
    references="参考资料",
    references_and_links="参考资料与链接",
    page="第 {} 页",
    short_page="{} 页",
    page_of=("第 ", " 页,共 ", " 页"),
    to_page=("第\u00a0", "\u00a0页"),
    source="来源:{}",
    source_of="来源:",
    not_shown="此图片无法获取:",
    no_entry="原文未提及",
    figure="图",
    sections="各节要点",
    good_to_know="提示",
    pitfalls="注意事项",
    pitfalls_and_tips="注意与提示",
    whole_clauses="所有语句均摘自原文,仅在分句处截断",
    page_numbers="页码:{}",
    more="另有 {} 项:讲义{}",
    callouts=MappingProxyType(
        {
            "note": "注意",
            "info": "信息",
            "tip": "提示",
            "important": "重要",
            "warning": "警告",
            "danger": "危险",
            "details": "详情",
        }
    ),
)


def labels_for(language: str) -> Labels:
    """The words in that language, else in English."""
    return CHINESE if language.lower().split("-")[0] == "zh" else ENGLISH


def direction(language: str) -> str:
    """`rtl` where the language is written from right to left, else `ltr`."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def spread(numbers: tuple[int, ...], one: str, several: str) -> str:
    """One number, or the first and last of consecutive ones, put into the fitting pattern."""
    return one.format(numbers[0]) if len(numbers) == 1 else several.format(numbers[0], numbers[-1])
