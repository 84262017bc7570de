"""Lines that bring in another file: a page's own text is all that is read, so each of them is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, CodeBlock
from pipeline.model.text import walk_blocks
from pipeline.read.context import Sink

# These are replaced before a page is parsed, so that they bring in code within fences too.
_ANYWHERE = (
    r"-+8<-+[ \t]+[\"']"  # pymdownx.snippets
    r"|\{\{[ \t]*#(?:\w*include|playground)[ \t]"  # mdBook
    r"|\{![^!]+!\}[ \t]*\Z"  # markdown-include
)
_IN_CODE = re.compile(rf"[ \t>]*+(?:{_ANYWHERE})")
_INCLUDE = re.compile(
    rf"[ \t>]*+(?:{_ANYWHERE}"
    r"|\{\*[ \t]+\S+.*\*\}[ \t]*\Z"  # markdown-include-variants
    r"|<!--[ \t]*@include:"  # VitePress, as a comment
    r"|<<<[ \t]+[@./~]"  # VitePress
    r"|@\[code\b[^\]]*\]\("  # VuePress
    r"|:{3,}[ \t]*code[ \t].*\bsource=\""  # Microsoft Learn
    r"|\[!code(?:-[\w+#-]+)?[ \t]*\["  # Docfx
    r"|[^`]*\[!(?i:include)[ \t]*\["  # Docfx, within a line too
    r"|(?:`{3,}|~{3,}|:{3,})\{(?:literal)?include\}"  # MyST
    r"|:::[ \t]+[^\W\d]\w*(?:\.\w+)+[ \t]*\Z"  # mkdocstrings
    r"|\.\.[ \t]+(?:literal)?include::"  # reStructuredText
    r"|\{\{[<%][ \t]*(?:code_sample|codenew|include|readfile)[ \t]"  # Hugo's themes, Quarto
    r")"
)
_BY_NAME = re.compile(r"[ \t>]*(?:<<<|@\[|`{3,}|~{3,}|:{3,}|\{\{|[^`]*\[!)")
# mdBook's, as a line of code.
_LINE_OF_CODE = re.compile(
    r"[ \t]*\{\{[ \t]*#(?:\w*include|playground)[ \t]+(?:\.\.?/)*(?P<path>[^{}]+?)[ \t]*\}\}[ \t]*\Z"
)
_SIGNS = ("8<", "#", "{*", "<<<", "{!", "include", "@[", ":::", "[!", "{{")


def with_names(lines: list[str]) -> list[str]:
    """Lines of code with the names of the files that are brought in, in the place of those."""
    return [include["path"] if "{{" in line and (include := _LINE_OF_CODE.match(line)) else line for line in lines]


def report_includes(lines: Sequence[str], blocks: Blocks, sink: Sink) -> None:
    """A note for each of the source's lines that stands for another file's content; in code most are what it shows."""
    spans = (block.span for block in walk_blocks(blocks) if isinstance(block, CodeBlock))
    in_code = {number for span in spans for number in range(span.first + 1, span.last + 1)}
    for number, line in enumerate(lines, start=1):
        pattern = _IN_CODE if number in in_code else _INCLUDE
        if any(sign in line for sign in _SIGNS) and pattern.match(line):
            stands = "its name" if _BY_NAME.match(line) else "the line itself"
            shown = "" if "<!--" in line else f"; {stands} is shown"
            sink.note(
                "unread-include",
                f"what this line brings in is not read{shown}",
                Span(first=number, last=number),
                hint="put the text into the page, or build from the page that your site's generator makes",
            )
