"""Embeddings against the fake over real HTTP: a vector for each text, refusals, and replies that are none."""

import pytest

from common.errors import CredentialRejected, VendorBusy, VendorRejected, VendorReplyInvalid, VendorUnavailable
from common.vendors.embedding.client import Embeddings
from common.vendors.embedding.settings import EmbeddingSettings
from scripts.local_cloud.fakes.embedding import EmbeddingFake


@pytest.fixture(scope="module")
def running(served):
    return served(EmbeddingFake())


@pytest.fixture
def settings(running):
    running.fake.reset()
    environment = running.fake.environment(running.url)
    return EmbeddingSettings(**{name.removeprefix("EMBEDDING_").lower(): value for name, value in environment.items()})


@pytest.fixture
def embedder(settings, http):
    return Embeddings(settings, http)


def test_each_text_has_its_vector_in_order(embedder):
    vectors = embedder.vectors(["库存管理", "库存周转", "库存管理"])

    assert vectors[0] == vectors[2] != vectors[1]
    assert {len(vector) for vector in vectors} == {256}


def test_many_texts_are_several_requests(embedder, running):
    before = len(running.operations())

    assert len(embedder.vectors([f"第{number}条" for number in range(300)])) == 300
    assert len(running.operations()) - before == 3


def test_nothing_is_asked_when_there_are_no_texts(embedder, running):
    before = running.operations()

    assert embedder.vectors([]) == []
    assert running.operations() == before


@pytest.mark.parametrize(
    ("field", "value", "error"), [("api_key", "wrong", CredentialRejected), ("model", "other", VendorRejected)]
)
def test_refusal_is_named_when_a_setting_is_wrong(settings, http, field, value, error):
    wrong = EmbeddingSettings(**{**settings.model_dump(), field: value})

    with pytest.raises(error):
        Embeddings(wrong, http).vectors(["库存"])


@pytest.mark.parametrize(("status", "error"), [(429, VendorBusy), (503, VendorUnavailable), (418, VendorRejected)])
def test_status_has_its_meaning(embedder, running, status, error):
    for _ in range(5):
        running.fault("vectors", "status", status=status)

    with pytest.raises(error):
        embedder.vectors(["库存"])


def test_reply_is_refused_when_it_is_not_one_vector_for_each_text(embedder, running):
    running.fault("vectors", "status", status=200, body='{"data": [{"index": 1, "embedding": [1.0]}]}')

    with pytest.raises(VendorReplyInvalid):
        embedder.vectors(["库存"])


@pytest.mark.parametrize("missing", ["base_url", "model", "api_key"])
def test_settings_are_complete_only_with_all_three(missing):
    whole = {"base_url": "https://example.com", "model": "m", "api_key": "k"}

    assert EmbeddingSettings(**whole).is_set
    assert not EmbeddingSettings(**{**whole, missing: ""}).is_set
