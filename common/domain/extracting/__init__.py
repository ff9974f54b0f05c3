"""Reading a resume with a model: questions about its parts, answers that point to lines, one resume out of all of them."""

from common.domain.extracting.answers import merged, read_answer
from common.domain.extracting.parts import Part, evidence_of, parts_of

__all__ = ["Part", "evidence_of", "merged", "parts_of", "read_answer"]
