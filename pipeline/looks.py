"""Which look a page's files have: a theme of our own, or a company's template, wherever it is named."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Severity, Span, UsageError
from pipeline.model.document import Document
from pipeline.settings import Overrides, Settings, setting_place
from pipeline.theme import Theme, load_theme


def look_of(settings: Settings) -> Theme:
    """The look that settings ask for. Raises `UsageError` where there is none such."""
    if settings.template is None:
        return load_theme(settings.theme, settings.aspect)
    from pipeline.template.reading import load_company_theme

    return load_company_theme(Path(settings.template), settings.theme)


def page_look(document: Document, settings: Settings) -> Theme:
    """A page's look. Raises `UsageError`, which says where the look is named, where there is none such."""
    try:
        return look_of(settings)
    except UsageError as error:
        (said,) = error.diagnostics
        name = "theme" if said.code == "unknown-theme" else "template"
        span = document.metadata.theme_span if name == "theme" else document.metadata.template_span
        if getattr(settings.options, name) is not None:
            told = replace(said, message=f"{said.message}, as --{name} asks for") if name == "theme" else said
        elif span is not None:
            told = replace(said, path=document.path, span=span)
        else:
            path, span = setting_place(settings.root, name)
            told = replace(said, path=path, span=span)
        raise UsageError(told) from error


def placed(overrides: Overrides, folder: Path, root: Path, place: tuple[str, Span | None]) -> Overrides:
    """The settings of a file in that folder, with the path of the template that they name.

    A page's own files name nothing outside their root: that is for the command line. Raises `UsageError`, which
    names the `place`, where they do.
    """
    if overrides.template is None:
        return overrides
    try:
        path = (folder / overrides.template).resolve()
        if path.is_relative_to(root.resolve()):
            return replace(overrides, template=str(path))
        why = "is outside the folder of the pages"
    except (OSError, ValueError, RuntimeError):
        why = "is no path"
    raise UsageError(
        Diagnostic(
            severity=Severity.ERROR,
            code="bad-template",
            message=f"the template {overrides.template[:100]!r} {why}",
            path=place[0],
            span=place[1],
            hint="keep it beside the pages, widen --root, or name it with --template",
        )
    )
