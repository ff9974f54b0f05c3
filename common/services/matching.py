"""Matching a resume with a job: by words always, and by meaning where an embedding model is configured and answers."""

from common.domain.matching import MatchReport, match, open_phrases, resume_texts, with_meaning
from common.domain.optimising.masking import Mask
from common.domain.resume import Resume
from common.errors import OUT_OF_REACH
from common.services.ports import Embedder


def match_job(jd: str, resume: Resume, *, today: str, embedder: Embedder | None) -> MatchReport:
    """`semantic` in the report tells whether meaning had a say. A vendor that fails changes nothing; identifiers stay here."""
    report = match(jd, resume, today=today)
    phrases, texts = open_phrases(report), list(resume_texts(resume))
    if embedder is None or not phrases or not texts:
        return report
    mask = Mask()
    try:
        vectors = embedder.vectors([mask.hide(text) for text in [*phrases, *(text for _, text in texts)]])
    except OUT_OF_REACH:
        return report
    return with_meaning(report, vectors[: len(phrases)], texts, vectors[len(phrases) :])
