"""comparison: who is compared on a page, and in what."""

from pipeline.plan.comparison.compare import compare

__all__ = ["compare"]
