"""plan: Document → Deck, Handout, CheatSheet; pure: the same input gives the same plan."""

from pipeline.plan.comparison import compare
from pipeline.plan.document import Planned, plan_document

__all__ = ["Planned", "compare", "plan_document"]
