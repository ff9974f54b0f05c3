"""How a resume fits a job description, in Chinese, English and mixed text, without a model."""

from common.domain.matching.match import match
from common.domain.matching.report import Evidence, Matched, MatchReport, Missing
from common.domain.matching.requirements import Requirement, requirements_of

__all__ = ["Evidence", "MatchReport", "Matched", "Missing", "Requirement", "match", "requirements_of"]
