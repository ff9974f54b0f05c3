"""How a resume fits a job description, in Chinese, English and mixed text, without a model."""

from common.domain.matching.match import match
from common.domain.matching.meaning import open_phrases, with_meaning
from common.domain.matching.report import Evidence, Matched, MatchReport, Missing
from common.domain.matching.requirements import Requirement, requirements_of
from common.domain.matching.texts import resume_texts

__all__ = [
    "Evidence",
    "MatchReport",
    "Matched",
    "Missing",
    "Requirement",
    "match",
    "open_phrases",
    "requirements_of",
    "resume_texts",
    "with_meaning",
]
