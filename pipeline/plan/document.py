"""Document → the plans of deck, handout and sheet."""

from __future__ import annotations

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.model.document import Document
from pipeline.model.plan import Comparison, Plans
from pipeline.plan.cheatsheet import plan_cheatsheet, sheet_problems
from pipeline.plan.comparison import compare, comparison_problems
from pipeline.plan.deck import deck_problems, plan_deck
from pipeline.plan.handout import plan_handout
from pipeline.settings import Settings
from pipeline.theme import Theme
from pipeline.typeset import Typesetter


class Planned(Struct, frozen=True, kw_only=True):
    """The three plans, and what planning has to say."""

    plans: Plans
    diagnostics: tuple[Diagnostic, ...]


def plan_document(document: Document, settings: Settings, theme: Theme, typesetter: Typesetter) -> Planned:
    """The plans of a page. The same page, settings, theme and fonts give the same plans."""
    settings = settings.overridden(document.metadata.overrides)
    comparison = compare(document)
    deck = plan_deck(document, comparison, settings.prose, theme, typesetter)
    handout = plan_handout(document, settings, comparison, deck)
    # Subjects of which the page says nothing side by side make no table: the sheet gives the page's key facts.
    compared = comparison if comparison.rows else Comparison(subjects=(), rows=())
    sheet = plan_cheatsheet(document, settings, compared, deck.references)
    plans = Plans(deck=deck, handout=handout, cheatsheet=sheet)
    return Planned(
        plans=plans,
        diagnostics=(
            *comparison_problems(document, comparison),
            *deck_problems(document, deck),
            *sheet_problems(document, sheet),
            *_unreadable(document, typesetter),
            *_substituted(document, theme, typesetter),
        ),
    )


def _unreadable(document: Document, typesetter: Typesetter) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            severity=Severity.WARNING,
            code="missing-font",
            message=f"no installed font has the letters of {script}",
            path=document.path,
            hint="install one, such as your system's Noto fonts",
        )
        for script in typesetter.missing()
    )


def _substituted(document: Document, theme: Theme, typesetter: Typesetter) -> tuple[Diagnostic, ...]:
    """A company's fonts that are not installed here, which cost room: their letters are taken to be wide."""
    return tuple(
        Diagnostic(
            severity=Severity.NOTE,
            code="substituted-font",
            message=f"the template's font {font!r} is not installed: its text is measured with wide letters instead",
            path=document.path,
            hint="install it where decks are built, and they will need fewer slides",
        )
        for font in (typesetter.substituted() if theme.company else ())
    )
