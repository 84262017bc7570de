"""deck: a page's topics as slides, measured, arranged and numbered."""

from pipeline.plan.deck.deck import deck_problems, plan_deck

__all__ = ["deck_problems", "plan_deck"]
