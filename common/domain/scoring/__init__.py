"""How good a resume is by a rubric anyone can check: points, and for every point that is missing the reason."""

from common.domain.scoring.quality import Quality, Suggestion, quality

__all__ = ["Quality", "Suggestion", "quality"]
