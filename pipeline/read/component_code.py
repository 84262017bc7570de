"""Code that a component shows: `<CodeBlock language="js" title="a.js">{`…`}</CodeBlock>`, `<Code code="…" />`."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Final

from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, CodeBlock
from pipeline.read.blocks.nodes import Code, Element, Leaf
from pipeline.read.code_comments import without_magic
from pipeline.read.context import Sink
from pipeline.read.directives import grouped, text_of
from pipeline.read.entities import decode_entities
from pipeline.read.expressions import expression_value
from pipeline.read.fences import read_info
from pipeline.read.reads import Reads
from pipeline.read.tags import Tag, brace_end

CODE_COMPONENTS: Final = frozenset(["code", "codeblock", "codesnippet"])
_LANGUAGE_CLASS = re.compile(r"\blanguage-(\S+)")
_TEMPLATE = re.compile(r"(?:String\.raw)?`(?P<text>.*)`(?:\.trim\w*\(\))?\Z", re.DOTALL)
# In code, `\n` is more often meant for the code than for the template literal that holds it.
_ESCAPED = re.compile(r"\\([`$\\{])")
_TITLES: Final = ("title", "filename", "file")


def element_code(element: Element, reads: Reads) -> Blocks:
    """The code that an element's attribute holds, or the one block of code in it with the element's title."""
    code = element.tag.get("code")
    if code.strip():
        is_name = "code" in element.tag.computed and "${" not in code
        text = f"{{{code}}}" if is_name else code
        return (*code_of_component(element.tag, text, element.opening, reads.sink), *reads.blocks(element.children))
    title = _title(element.tag)
    if title and len(element.children) == 1 and isinstance(element.children[0], Code):
        return _titled(element, title, reads)
    if element.name != "CodeBlock" or not all(isinstance(child, Leaf) for child in element.children):
        return ()
    lines = [line for child in element.children if isinstance(child, Leaf) for line in child.lines]
    return code_of_component(element.tag, "\n".join(lines), element.span, reads.sink)


def _titled(element: Element, title: str, reads: Reads) -> Blocks:
    """Markdown's own code with the title of the element around it."""
    blocks = reads.blocks(element.children)
    block = blocks[0] if len(blocks) == 1 else None
    if not isinstance(block, CodeBlock) or block.title:
        return grouped(text_of(title, element.opening), blocks, element.span)
    return (replace(block, title=title, span=element.span),)


def code_of_component(tag: Tag, inside: str, span: Span, sink: Sink) -> Blocks:
    """The code between a component's tags, whose strings in braces say what they hold."""
    text = dedent(_said(inside)).strip("\n").rstrip()
    if not text.strip():
        return ()
    if re.fullmatch(r"\{[\w.]+\}", text):
        hint = "put the code into the page to have it shown"
        sink.note(
            "unread-include", "the code that this name stands for is not read; the name is shown", span, hint=hint
        )
    named = _LANGUAGE_CLASS.search(tag.get("className") or tag.get("class"))
    language = tag.get("language") or tag.get("lang") or (named[1] if named else "")
    info = read_info(f"{language} {tag.get('metastring')} {'showLineNumbers' if tag.has('showLineNumbers') else ''}")
    lines, marked = without_magic(text.split("\n"), info)
    code = CodeBlock(
        text="\n".join(lines),
        language=info.language,
        title=_title(tag) or info.title,
        marked=marked,
        numbered_from=info.numbered_from,
        span=span,
    )
    return (code,)


def _title(tag: Tag) -> str:
    return next((value for name in _TITLES if (value := tag.get(name)) and name not in tag.computed), "")


def _said(inside: str) -> str:
    """The text with strings in the place of the expressions that are strings; other expressions as written."""
    said: list[str] = []
    place = 0
    while (start := inside.find("{", place)) >= 0 and (end := brace_end(inside, start)) is not None:
        expression = inside[start + 1 : end - 1].strip()
        value, is_code = expression_value(expression)
        if template := _TEMPLATE.match(expression):
            value, is_code = _ESCAPED.sub(r"\1", template["text"]), False
        said += [decode_entities(inside[place:start]), inside[start:end] if is_code else value]
        place = end
    whole = "".join([*said, decode_entities(inside[place:])])
    return whole.strip() if place and not inside[place:].strip() and len(said) == 2 and not said[0].strip() else whole  # noqa: PLR2004
