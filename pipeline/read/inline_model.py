"""The model's inlines, made of the inline tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import ClassVar, Final, Protocol, assert_never
from xml.etree.ElementTree import Element

from pipeline.diagnostics import Span
from pipeline.model.document import Paragraph, SpeakerNotes
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    FootnoteReference,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Style,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.model.text import plain_text
from pipeline.read.anchors import slug
from pipeline.read.context import Context
from pipeline.read.definitions import normalise_label
from pipeline.read.docsify import without_settings
from pipeline.read.icons import words_of
from pipeline.read.inline_texts import as_code, merged
from pipeline.read.light import is_for_dark_pages
from pipeline.read.links import Resolver
from pipeline.read.templates import is_contents, parse_template, steers

_STYLES: Final = {
    "em": Style.EMPHASIS,
    "strong": Style.STRONG,
    "del": Style.DELETED,
    "ins": Style.INSERTED,
    "mark": Style.MARKED,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
    "kbd": Style.KEYBOARD,
}
_CRITIC: Final = {
    "+": Style.INSERTED,
    "-": Style.DELETED,
    "~": Style.DELETED,
    "=": Style.MARKED,
}
_STAYS_IN_CODE: Final = frozenset(
    ["a", "autolink", "footnote", "formula", "img", "math", "media", "speech", "wiki", "embed"]
)
_SHOWN: Final = frozenset(["a", "component", "embed", "footnote", "formula", "img", "media", "wiki"])
_LEADS: Final = frozenset(["a", "autolink", "embed", "img", "wiki"])
_IMAGE_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\Z", re.IGNORECASE)
_SIZE = re.compile(r"(?:\A|\|)\d+(?:x\d+)?\Z")


class Readers(Protocol):
    """Read the inlines of texts that stand elsewhere than in the text itself."""

    def attribute(self, text: str, span: Span) -> Inlines:
        """The inlines of an attribute's value, all on those lines."""

    def named(self, text: str, span: Span) -> Inlines:
        """The inlines that a name stands for, all on those lines; nothing where they cannot be told."""

    def title(self, text: str, span: Span) -> str:
        """The words of the title at a place; empty where they cannot be told."""


class ModelBuilder:
    """Turns the tree of one text into inlines.

    `lines` are the source lines of the text's lines, `readers` read what stands elsewhere, and `written` gives plain
    text as it is to be written.
    """

    def __init__(
        self,
        context: Context,
        resolver: Resolver,
        lines: tuple[int, ...],
        readers: Readers,
        written: Callable[[str], str],
    ) -> None:
        self._context = context
        self._resolver = resolver
        self._lines = lines
        self._readers = readers
        self._read = readers.attribute
        self._written = written
        # Whether nothing but icons stands in the text.
        self._alone = False

    def build(self, root: Element) -> Inlines:
        """The inlines of the tree, without line breaks after the last of them."""
        self._alone = not any((e.text or "").strip() or e.tag in _SHOWN for e in root.iter() if e.tag != "icon")
        inlines = self._children(root)
        while inlines and isinstance(inlines[-1], LineBreak):
            inlines = inlines[:-1]
        if inlines and isinstance(last := inlines[-1], Text) and last.text.endswith(" "):
            inlines = (*inlines[:-1], *_text(last.text.rstrip(" "), last.span, last.lines))
        return inlines

    def _children(self, element: Element) -> Inlines:
        return tuple(merged(inline for child in element for inline in self._made(child)))

    def _made(self, element: Element) -> Inlines:
        span = Span(first=self._line(element.get("first")), last=self._line(element.get("last")))
        style = _STYLES.get(element.tag)
        if style is None:
            return self._MAKERS[element.tag](self, element, span)
        children = _own_text(element, span) or self._children(element)
        return (Styled(style=style, children=children, span=span),) if children else ()

    def _line(self, index: str | None) -> int:
        return self._lines[min(int(index or 0), len(self._lines) - 1)]

    def _code(self, element: Element, span: Span) -> Inlines:
        """Code; what leads somewhere or is a picture in it, as HTML allows, stays so."""
        if not any(inner.tag in _STAYS_IN_CODE for inner in element.iter()):
            return (CodeSpan(text=_flat_text(element), span=span),)
        return as_code(self._children(element))

    # ------------------------------------------------------------ links

    def _link(self, element: Element, span: Span) -> Inlines:
        title = without_settings(element.get("title", ""))
        children = self._children(element)
        if not children and any(map(self._is_left_out, element)):
            self._resolver.stated.append((span, f"{element.get('href', '')} {title}"))
            return ()
        target = self._resolver.resolve(element.get("href", ""), span)
        children = children or self._label_of(element, target, span)
        if target is None or not children:
            return children
        return (Link(children=children, target=target, title=title, span=span),)

    def _label_of(self, element: Element, target: Target | None, span: Span) -> Inlines:
        """What a link without text shows: what it is called, else what stands where it leads."""
        titled = self._title_of(target.id, span) if isinstance(target, SectionTarget) else ()
        label = element.get("label", "")
        # A role's own target is its label where the author gives none; a heading's link to itself has no words.
        own = not label and isinstance(target, SectionTarget) and slug(plain_text(titled)) == target.id
        if titled and "%s" in label:
            self._resolver.stated.append((span, label))
            return _text(label.replace("%s", plain_text(titled)), span)
        if titled and not own and label in {"", element.get("href", "").lstrip("#")}:
            return titled
        shown = label or element.get("title", "") or _shown(target)
        if not shown and isinstance(target, SectionTarget):
            self._resolver.stated.append((span, target.id))
        return _text(shown, span)

    def _media(self, element: Element, span: Span) -> Inlines:
        """A film, a sound or another page that is shown within this one: a link to it."""
        address = element.get("href", "")
        children = self._children(element) or _text(element.get("title", "") or address, span)
        target = self._resolver.resolve(address, span)
        return (Link(children=children, target=target, title="", span=span),) if target else children

    def _autolink(self, element: Element, span: Span) -> Inlines:
        children = _own_text(element, span)
        target = self._resolver.resolve(element.get("href", ""), span)
        return (Link(children=children, target=target, title="", span=span),) if target else children

    def _wiki(self, element: Element, span: Span) -> Inlines:
        address = element.get("target", "")
        # Of a block on another page its mark says nothing.
        named = address.partition("#^")[0].lstrip("#") or address.lstrip("#^")
        children = _own_text(element, span) or _text(named, span)
        target = self._resolver.resolve_wiki(address, span)
        return (Link(children=children, target=target, title="", span=span),)

    def _embed(self, element: Element, span: Span) -> Inlines:
        """An embedded picture; another page is not embedded but linked."""
        address, label = element.get("target", ""), element.text or ""
        # What follows the name of a picture says how it is set.
        name = address.partition("#")[0]
        if not _IMAGE_FILE.search(name):
            return self._wiki(element, span)
        alt = _SIZE.sub("", label)
        image = self._context.assets.image(self._resolver.wiki_file(name), alt, "", span)
        return (InlineImage(image=image, legend=(), origin=None, span=span),)

    def _footnote(self, element: Element, span: Span) -> Inlines:
        label = normalise_label(element.get("label", ""))
        footnotes = self._context.definitions.footnotes
        if label in footnotes:
            return (FootnoteReference(label=label, span=span),)
        near = get_close_matches(label, sorted(footnotes), 1)
        hint = f"did you mean [^{near[0]}]?" if near else f"write [^{label}]: and its text on a line of its own"
        self._context.sink.warn("undefined-footnote", f"there is no footnote {label}", span, hint=hint)
        return _own_text(element, span)

    def _note(self, element: Element, span: Span) -> Inlines:
        """A footnote that stands within the line, kept with the page's others."""
        children = self._children(element)
        if not children:
            return ()
        label = self._context.keep_note((Paragraph(children=children, span=span),), span)
        return (FootnoteReference(label=label, span=span),)

    def _speech(self, element: Element, span: Span) -> Inlines:
        """The speaker's notes in a comment, kept to stand after the block that this text is of."""
        children = self._read(element.get("notes", ""), span)
        if children:
            self._context.speech.append(SpeakerNotes(children=(Paragraph(children=children, span=span),), span=span))
        return ()

    def _critic(self, element: Element, span: Span) -> Inlines:
        """What reviewers put in, took out, marked and said, as Critic Markup tells it."""
        mark, text = element.get("mark", ""), element.text or ""
        if mark == ">":
            before = f"{element.get('gap', '')}("
            return (*_text(before, span), *self._read(text.strip(), span), *_text(")", span))
        old, _, new = text.partition("~>") if mark == "~" else (text, "", "")
        parts = ((_CRITIC[mark], old), (Style.INSERTED, new))
        styled = ((style, self._read(part, span)) for style, part in parts)
        return tuple(Styled(style=style, children=inner, span=span) for style, inner in styled if inner)

    def _cross_reference(self, element: Element, span: Span) -> Inlines:
        """A link to a place of this page by the words that stand there; one to no such place is text."""
        place = element.get("place", "")
        if place not in self._context.anchors:
            return _own_text(element, span)
        children = self._title_of(place, span) or _own_text(element, span)
        return (Link(children=children, target=SectionTarget(id=place), title="", span=span),)

    def _title_of(self, place: str, span: Span) -> Inlines:
        """The words that stand at a place of this page, without links."""
        return _text(self._readers.title(self._context.titles.get(place, ""), span), span)

    def _variable(self, element: Element, span: Span) -> Inlines:
        """A text that front matter gives by its name; other names stay as they are written."""
        name = element.get("variable", "")
        value = self._context.substitutions.get(name)
        children = self._readers.named(value, span) if value is not None else ()
        if not children:
            return self._template(element, span) if name.startswith("meta ") else _own_text(element, span)
        self._resolver.stated.append((span, name))
        return children

    def _icon(self, element: Element, span: Span) -> Inlines:
        """An icon is left out beside words; where nothing else stands, its name says what it shows."""
        name = element.get("icon", "")
        if self._alone:
            return _text(words_of(name), span)
        message = f"icons beside words are left out, as {name} is"
        self._resolver.stated.append((span, element.get("written", name)))
        self._context.sink.once("icon", message, span, hint="an emoji or a picture in its place is shown")
        return ()

    # ------------------------------------------------------------ images and components

    def _image(self, element: Element, span: Span) -> Inlines:
        """An image; what stands inside a component is its legend, inside Markdown's brackets its alternative text."""
        if self._is_left_out(element):
            return self._left_out(element, span)
        legend: Inlines = ()
        alt = element.get("alt")
        if alt is None:
            alt = _flat_text(element)
            # Alternative text leads nowhere; links and pictures in it are kept as a legend.
            if any(inner.tag in _LEADS for inner in element.iter() if inner is not element):
                legend = self._children(element)
        else:
            text = element.get("legend", "")
            legend = self._read(text, span) if text else self._children(element)
        title = without_settings(element.get("title", ""))
        image = self._context.assets.image(element.get("src", ""), alt, title, span)
        address = element.get("origin", "")
        origin = self._resolver.resolve(address, span) if address else None
        return (InlineImage(image=image, legend=legend, origin=origin, span=span),)

    def _is_left_out(self, image: Element) -> bool:
        """Whether it is a picture for dark pages, on a page that has pictures for light ones."""
        return self._context.has_light_pictures and is_for_dark_pages(image.get)

    def _left_out(self, image: Element, span: Span) -> Inlines:
        address = image.get("src", "")
        message = f"{address} is for dark pages and is not shown"
        self._context.sink.note("dark-picture", message, span, hint="the picture for light pages is")
        said = (address, image.get("title", ""), image.get("legend", ""), _flat_text(image))
        self._resolver.stated.append((span, " ".join(said)))
        return ()

    def _abbreviation(self, element: Element, span: Span) -> Inlines:
        """The short form with what it stands for in brackets, since nobody can point at paper."""
        return self._with_label(element, element.get("title", ""), span)

    def _around(self, element: Element, span: Span) -> Inlines:
        before, after = _text(element.get("before", ""), span), _text(element.get("after", ""), span)
        return (*before, *self._children(element), *after)

    def _component(self, element: Element, span: Span) -> Inlines:
        name = element.get("name", "")
        message = f"{name} is not known within a line"
        self._context.sink.warn("unknown-component", message, span, hint="its text and readable attributes are kept")
        return self._with_label(element, element.get("label", ""), span)

    def _with_label(self, element: Element, label: str, span: Span) -> Inlines:
        children = self._children(element)
        if not children or not label:
            return children or _text(label, span)
        return (*children, *_text(f" ({label})", span))

    def _unescaped(self, element: Element, span: Span) -> Inlines:
        text = element.text or ""
        hint = f"write `{text}` as code, or \\{text}"
        self._context.sink.warn(
            "unescaped-tag", f"{text} is no known tag and is shown as it is written", span, hint=hint
        )
        return _own_text(element, span)

    def _template(self, element: Element, span: Span) -> Inlines:
        text = element.text or ""
        tag = parse_template(text, 0)
        if tag and is_contents(tag):
            return ()
        if tag and steers(tag):
            message = f"{text} is not followed"
            self._context.sink.warn("unknown-template", message, span, hint="all that stands around it is kept")
            return ()
        message = f"{text} is no template that is known; it is shown as it is written"
        self._context.sink.warn("unknown-template", message, span, hint="nothing in a page is executed")
        return (CodeSpan(text=text, span=span),)

    def _stray(self, element: Element, span: Span) -> Inlines:
        message = f"{element.text} ends nothing that begins in the same paragraph"
        self._context.sink.warn("stray-tag", message, span, hint="it is left out")
        return ()

    _MAKERS: ClassVar[Mapping[str, Callable[[ModelBuilder, Element, Span], Inlines]]] = {
        "t": lambda self, e, span: _text(self._written(e.text or ""), span),
        "br": lambda _self, _, span: (LineBreak(span=span),),
        "code": _code,
        "math": lambda self, e, span: (self._context.formulas.span(e.text or "", span),),
        "formula": lambda self, e, span: (self._context.formulas.span(e.get("source", ""), span),),
        "span": lambda self, e, _: self._children(e),
        "discard": lambda _self, _e, _s: (),
        "a": _link,
        "media": _media,
        "autolink": _autolink,
        "wiki": _wiki,
        "embed": _embed,
        "img": _image,
        "footnote": _footnote,
        "note": _note,
        "speech": _speech,
        "critic": _critic,
        "crossref": _cross_reference,
        "icon": _icon,
        "variable": _variable,
        "abbr": _abbreviation,
        "around": _around,
        "component": _component,
        "label": lambda self, e, span: self._with_label(e, e.get("label", ""), span),
        "unescaped": _unescaped,
        "template": _template,
        "stray": _stray,
    }


def _text(text: str, span: Span, lines: tuple[tuple[int, int], ...] = ()) -> Inlines:
    return (Text(text=text, span=span, lines=lines),) if text else ()


def _own_text(element: Element, span: Span) -> Inlines:
    return _text(element.text or "", span)


def _shown(target: Target | None) -> str:
    """What a link without text shows: where it leads, unless that is a place on this page."""
    match target:
        case WebTarget():
            return target.url
        case PageTarget() | FileTarget():
            return target.path
        case BrokenTarget() if not target.address.startswith("#"):
            return target.address
        case SectionTarget() | BrokenTarget() | None:
            return ""
        case _:
            assert_never(target)


def _flat_text(element: Element) -> str:
    """All text in an element; an image gives its alternative text."""
    return "".join((inner.text or "") + inner.get("alt", "") for inner in element.iter())
