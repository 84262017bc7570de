"""comparison: who is compared on a page, and in what."""

from pipeline.plan.comparison.compare import compare
from pipeline.plan.comparison.problems import comparison_problems

__all__ = ["compare", "comparison_problems"]
