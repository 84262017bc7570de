"""The JSON Schema of a page's report, as `slides check --schema` prints it. It says what each field means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pipeline.diagnostics import Severity
from pipeline.settings import Paper, Product, Prose
from pipeline.verify.record import VERSION

_TEXT: Final = {"type": "string"}
_DIGEST: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_LINE: Final = {"type": "integer", "minimum": 1}
_PRODUCT: Final = {"enum": [product.value for product in Product]}


def _object(description: str, **properties: Any) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(description: str, items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _said(description: str, **more: Any) -> dict[str, Any]:
    """A diagnostic, and what a finding says more."""
    line = {"type": ["integer", "null"], "minimum": 1}
    return _object(
        description,
        severity={"enum": [severity.value for severity in Severity]},
        code={"type": "string", "description": "its stable name in kebab case"},
        message=_TEXT,
        path=_TEXT,
        line=line | {"description": "the first source line, counted from 1"},
        last_line=line,
        hint=_TEXT,
        **more,
    )


_FILES: Final = _list(
    "the files that were read, and those of an earlier build that this one left as they were",
    _object(
        "a file",
        product=_PRODUCT,
        name=_TEXT,
        sha256=_DIGEST,
        size=_COUNT | {"description": "in bytes"},
        checked={"type": "boolean", "description": "whether it was read this time"},
        shown=_list(
            "what the file shows of the page beside its units, such as leads and comparisons",
            _object("an excerpt", place=_TEXT, line=_LINE, text=_TEXT, key=_TEXT),
        ),
    ),
)
_UNITS: Final = _list(
    "what the page says, unit by unit in its order, and where each is",
    _object(
        "a unit",
        kind=_TEXT,
        line=_LINE,
        text={"type": "string", "description": "its beginning"},
        deck=_list(
            "where it is in the deck", _object("a place", slide=_LINE, **{"in": {"enum": ["slide", "notes", "alt"]}})
        ),
        handout=_list("the handout's pages that it is on", _LINE),
        sheet={"type": "boolean", "description": "whether it is whole on the comparison sheet"},
    ),
)
_COMPARISON: Final = _object(
    "what the page compares",
    subjects=_list("who is compared", _object("a subject", name=_TEXT, aliases=_list("its other names", _TEXT))),
    rows=_list(
        "in what they are compared",
        _object(
            "a row",
            aspect=_TEXT,
            rule={"type": "string", "description": "the rule by which it was found"},
            cells=_list("what is said of each", _object("a cell", subject=_TEXT, text=_TEXT, line=_LINE)),
        ),
    ),
    blanks=_list(
        "what the page does not say, and where it says it of another subject",
        _object("a blank", subject=_TEXT, aspect=_TEXT, line=_LINE),
    ),
)
_SETTINGS: Final = _object(
    "the settings of the build",
    sha256={"type": "string", "description": "the digest of all settings that shape the files"},
    options={
        "type": "object",
        "description": "those given on the command line",
        "properties": {
            "prose": {"enum": [prose.value for prose in Prose]},
            "theme": _TEXT,
            "paper": {"enum": [paper.value for paper in Paper]},
        },
        "additionalProperties": False,
    },
)
_TOTALS: Final = {
    "type": "object",
    "description": "by kind, how many units the page has and how many each file carries",
    "additionalProperties": _object("counts", units=_COUNT, deck=_COUNT, handout=_COUNT, sheet=_COUNT),
}
SCHEMA: Final[Mapping[str, Any]] = MappingProxyType(
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The report on one page"}
    | _object(
        "what three files carry of a page, and what is wrong with them",
        version={"const": VERSION},
        source=_object("the page", path=_TEXT, sha256=_DIGEST),
        settings=_SETTINGS,
        ok={"type": "boolean", "description": "whether nothing was lost and no stage met an error"},
        files=_FILES,
        totals=_TOTALS,
        units=_UNITS,
        findings=_list("about the files", _said("a finding", product=_PRODUCT, place=_TEXT)),
        omissions=_list(
            "what may be missing, and who says so",
            _object("an omission", product=_PRODUCT, kind=_TEXT, line=_LINE, text=_TEXT, reason=_TEXT),
        ),
        diagnostics=_list("what the other stages said", _said("a diagnostic")),
        comparison=_COMPARISON,
    )
)
"""A report of another `version` has another schema; a version's fields do not change their meaning."""
