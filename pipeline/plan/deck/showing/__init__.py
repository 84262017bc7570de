"""showing: blocks of the page → pieces on slides, and what is said with them."""

from pipeline.plan.deck.showing.blocks import Showing
from pipeline.plan.deck.showing.units import UnitMaker

__all__ = ["Showing", "UnitMaker"]
