"""Links of one part: to the web, to files beside the deck, and to other slides."""

from __future__ import annotations

from typing import Final, assert_never

from msgspec import Struct, field

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.model.fitted import Jump, SlideTarget
from pipeline.model.inlines import FileTarget, PageTarget, WebTarget
from pipeline.settings import Product
from pipeline.write.neighbours import file_address, page_address
from pipeline.write.powerpoint.addresses import linkable
from pipeline.write.powerpoint.markup import Markup, element, extensions
from pipeline.write.powerpoint.package import Relationships, slide_part

_TEXT_COLOUR: Final = "{A12FA001-AC4F-418D-AE19-62706E023703}"
_JUMP: Final = "ppaction://hlinksldjump"


class Links(Struct, kw_only=True):
    """Makes the links of one part. What no link can be made of stays text, and is told in `problems`."""

    relationships: Relationships
    problems: list[Diagnostic] = field(default_factory=list)

    def click(self, jump: Jump, *, on_text: bool) -> Markup | None:
        """What happens on a click. A link on text takes the text's own colour, not the theme's colour for links."""
        attributes = self._attributes(jump)
        if attributes is None:
            return None
        own = extensions("a:extLst", _TEXT_COLOUR, "ahyp:hlinkClr", {"val": "tx"}) if on_text else None
        return element("a:hlinkClick", attributes, own)

    def _attributes(self, jump: Jump) -> dict[str, object] | None:
        match jump:
            case WebTarget():
                return self._outside(linkable(jump.url), jump.url)
            case PageTarget():
                return self._outside(page_address(jump, Product.DECK), jump.path)
            case FileTarget():
                return self._outside(file_address(jump), jump.path)
            case SlideTarget():
                return {"r:id": self.relationships.add("slide", slide_part(jump.number)), "action": _JUMP}
            case _:
                assert_never(jump)

    def _outside(self, address: str | None, written: str) -> dict[str, object] | None:
        if address is None:
            self.problems.append(_no_link(written))
            return None
        return {"r:id": self.relationships.add("hyperlink", address, external=True)}


def _no_link(address: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING,
        code="unlinkable-address",
        message=f"{address!r} is no address that PowerPoint can open; its text stands in the deck without a link",
        hint="write the whole address, as in https://example.org/page",
    )
