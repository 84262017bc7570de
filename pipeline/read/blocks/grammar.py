"""The two grammars: CommonMark as it is specified, and the documentation dialects on top of it."""

from __future__ import annotations

from collections.abc import Mapping
from pipeline.read.blocks import commonmark as cm
from pipeline.read.blocks.engine import Grammar, Start
from pipeline.read.blocks.html import begin_html, proceed_html
from pipeline.read.blocks.nodes import Code, Heading, Html, Item, List, Paragraph, Quote, Rule


def commonmark() -> Grammar:
    """CommonMark 0.31.2."""
    digits: Mapping[str, tuple[Start, ...]] = dict.fromkeys("0123456789", (cm.begin_item,))
    return Grammar(
        proceeds={
            Quote: cm.proceed_quote,
            List: cm.proceed_always,
            Item: cm.proceed_item,
            Paragraph: cm.proceed_text,
            Heading: cm.proceed_never,
            Rule: cm.proceed_never,
            Code: cm.proceed_code,
            Html: proceed_html,
        },
        starts={
            ">": (cm.begin_quote,),
            "#": (cm.begin_atx_heading,),
            "`": (cm.begin_fence,),
            "~": (cm.begin_fence,),
            "<": (begin_html,),
            "=": (cm.begin_setext_heading,),
            "-": (cm.begin_setext_heading, cm.begin_rule, cm.begin_item),
            "*": (cm.begin_rule, cm.begin_item),
            "_": (cm.begin_rule,),
            "+": (cm.begin_item,),
            **digits,
        },
        indented=(cm.begin_indented_code,),
        finishes={Paragraph: cm.finish_paragraph, Code: cm.finish_code, List: cm.finish_list},
        holds={List: (Item,)},
    )
