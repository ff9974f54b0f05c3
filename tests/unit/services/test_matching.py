"""Matching by meaning: only phrases, only with an embedding model, and the report says so."""

import pytest

from common.domain.resume import Resume
from common.errors import VendorUnavailable
from common.services.matching import match_job
from scripts.local_cloud.fakes.embedding.app import vector_of

RESUME = Resume.model_validate({"work": [{"name": "示例公司", "highlights": ["盘存仓库物资", "电话 13800138000"]}]})


class Vectors:
    """Vectors of the fake, or an error."""

    def __init__(self, error=None):
        self.error, self.asked = error, []

    def vectors(self, texts):
        self.asked += texts
        if self.error:
            raise self.error
        return [vector_of(text) for text in texts]


class Same(Vectors):
    """Everything means the same."""

    def vectors(self, texts):
        super().vectors(texts)
        return [[1.0, 1.0] for _ in texts]


@pytest.mark.parametrize("embedder", [None, Vectors(VendorUnavailable())])
def test_words_alone_decide_when_no_vectors_come(embedder):
    report = match_job("具备冷链配送调度经验；熟悉Kafka", RESUME, today="2026-11", embedder=embedder)

    assert (report.semantic, report.score) == (False, 0)


def test_phrase_is_met_when_a_sentence_means_it():
    report = match_job("具备冷链配送调度经验；熟悉Kafka", RESUME, today="2026-11", embedder=Same())

    assert [(one.keyword, one.via) for one in report.matched] == [("冷链配送调度", "meaning")]
    assert report.matched[0].evidence.pointer.startswith("/work/0")
    assert [one.keyword for one in report.missing] == ["Kafka"]
    assert (report.semantic, report.score) == (True, 50)


def test_phrase_stays_missing_when_nothing_is_near():
    report = match_job("具备冷链配送调度经验", RESUME, today="2026-11", embedder=Vectors())

    assert ([one.keyword for one in report.missing], report.semantic) == (["冷链配送调度"], True)


def test_skill_and_degree_are_never_met_by_meaning():
    report = match_job("熟悉Kafka；本科及以上学历", RESUME, today="2026-11", embedder=Same())

    assert (report.matched, report.semantic) == ([], False)


def test_identifiers_do_not_leave_when_vectors_are_asked_for():
    embedder = Vectors()

    match_job("具备冷链配送调度经验", RESUME, today="2026-11", embedder=embedder)

    assert "13800138000" not in str(embedder.asked)
