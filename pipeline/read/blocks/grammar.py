"""The grammars: CommonMark as it is specified, the documentation dialects on top of it, and text between HTML tags."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from pipeline.read.blocks import commonmark as cm
from pipeline.read.blocks import dialect as extra
from pipeline.read.blocks.components import (
    begin_component_code,
    begin_expression,
    begin_long_tag,
    begin_tags,
    proceed_tags,
)
from pipeline.read.blocks.engine import Grammar, Start
from pipeline.read.blocks.html import begin_html, proceed_html
from pipeline.read.blocks.kramdown import begin_attribute_line, begin_end_mark, begin_hidden
from pipeline.read.blocks.learn import begin_brought_in_file, begin_colons
from pipeline.read.blocks.leaves import (
    begin_comment,
    begin_formula,
    begin_mark,
    begin_module_code,
    begin_percent_line,
    begin_table,
    proceed_comment,
    proceed_formula,
    proceed_module_code,
)
from pipeline.read.blocks.nodes import (
    Admonition,
    Code,
    Comment,
    Description,
    DescriptionList,
    Directive,
    Documented,
    Explained,
    Expression,
    FootnoteText,
    Formula,
    Heading,
    Html,
    Item,
    List,
    Pane,
    Paragraph,
    PipeTable,
    Quote,
    Rule,
    RuledTable,
    Slashes,
    SlideMatter,
    Tags,
    Target,
    TemplateCode,
    Term,
)
from pipeline.read.blocks.ruled_tables import begin_columns, begin_grid, proceed_ruled_table
from pipeline.read.blocks.slashes import begin_slashes, end_slashes, finish_slashes, proceed_slashes
from pipeline.read.blocks.slidev import begin_place, begin_slide_matter, proceed_slide_matter
from pipeline.read.blocks.templates import begin_template_code, proceed_template_code
from pipeline.read.blocks.vuepress import begin_brought_in, begin_card, begin_tab

# What dialects try first, by the first character.
_ADDED: Final[Mapping[str, tuple[Start, ...]]] = MappingProxyType(
    {
        ":": (
            begin_place,
            extra.end_directive,
            begin_colons,
            extra.begin_documented,
            extra.begin_directive,
            begin_table,
            extra.begin_description,
        ),
        "!": (extra.begin_admonition,),
        "?": (extra.begin_admonition,),
        "=": (extra.begin_pane, begin_mark),
        "[": (extra.begin_footnote, begin_brought_in_file),
        "*": (extra.begin_abbreviation,),
        "|": (begin_table,),
        "-": (begin_slide_matter, begin_mark, begin_table, begin_columns),
        "+": (begin_mark, begin_grid),
        ".": (begin_mark,),
        "~": (begin_mark,),
        "$": (begin_formula,),
        "{": (
            begin_mark,
            begin_comment,
            begin_hidden,
            begin_attribute_line,
            begin_template_code,
            begin_tags,
            begin_expression,
        ),
        "i": (begin_module_code,),
        "e": (begin_module_code,),
        "<": (begin_component_code, begin_tags, begin_long_tag, begin_brought_in),
        "@": (begin_tab, begin_brought_in, begin_card),
        "/": (end_slashes, begin_slashes),
        "%": (begin_comment, begin_percent_line),
        "(": (extra.begin_target,),
        "^": (begin_mark, begin_end_mark),
    }
)


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


def dialect() -> Grammar:
    """CommonMark with what documentation adds to it."""
    base = commonmark()
    return Grammar(
        proceeds={
            **base.proceeds,
            Directive: extra.proceed_directive,
            Documented: extra.proceed_documented,
            Slashes: proceed_slashes,
            Admonition: extra.proceed_indented,
            Pane: extra.proceed_indented,
            FootnoteText: extra.proceed_indented,
            DescriptionList: cm.proceed_always,
            Description: extra.proceed_description,
            Target: cm.proceed_never,
            Term: cm.proceed_never,
            PipeTable: cm.proceed_text,
            RuledTable: proceed_ruled_table,
            Formula: proceed_formula,
            Comment: proceed_comment,
            Tags: proceed_tags,
            Expression: proceed_tags,
            TemplateCode: proceed_template_code,
            Explained: proceed_module_code,
            SlideMatter: proceed_slide_matter,
        },
        starts={c: _ADDED.get(c, ()) + base.starts.get(c, ()) for c in (*base.starts, *_ADDED)},
        indented=base.indented,
        finishes={**base.finishes, Directive: extra.finish_directive, Slashes: finish_slashes},
        holds={**base.holds, DescriptionList: (Term, Description)},
        never_lazy=(Admonition, Pane),
    )


def fragment() -> Grammar:
    """The dialects without HTML blocks, module code and indented code, for text that was found between HTML tags."""
    base = dialect()
    starts = {character: starts for character, starts in base.starts.items() if character not in "<ie"}
    return replace(base, starts={**starts, "<": (begin_long_tag, begin_brought_in)}, indented=())
