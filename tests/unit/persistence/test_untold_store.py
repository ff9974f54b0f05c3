"""What nobody was told yet: failures of the current revision and refunds that are done, once each."""

from datetime import timedelta

import pytest

from common.domain.orders import OrderNumber
from common.domain.refunds import RefundNumber, RefundRequest
from common.persistence.refunds import SqlRefundStore
from common.persistence.untold import SqlNews
from tests.unit.persistence.builders import NOW, a_message, a_resume, an_order, evidence

SINCE = NOW - timedelta(days=1)


@pytest.fixture
def news(database):
    return SqlNews(database)


def untold(news, since=SINCE):
    return news.untold(since=since, limit=10)


@pytest.fixture
def failed(resumes, credits, alice):
    row = a_resume(alice)
    resumes.add(row)
    resumes.claim_stage(row.id, row.revision, "parse", now=NOW, lease_s=60)
    resumes.fail_stage(row.id, row.revision, "parse", error_code="file_encrypted", now=NOW, refund_key=row.charge_key())
    return row


def test_failure_is_news_when_nobody_was_told(news, failed, alice):
    (found,) = untold(news)

    assert (found.kind, found.key, found.user_id) == ("failed", f"failed/{failed.id}/{failed.revision}", alice)
    assert (found.openid, found.resume_id, found.reason, found.amount_fen) == (
        "oAlice",
        failed.id,
        "file_encrypted",
        None,
    )


def test_failure_is_no_news_when_the_outbox_knows_of_it(news, failed, outbox, alice):
    outbox.put(a_message(alice, key=untold(news)[0].key, resume_id=failed.id))

    assert untold(news) == []


def test_failure_is_no_news_when_it_is_old(news, failed):
    assert untold(news, since=NOW + timedelta(seconds=1)) == []


def test_refund_is_news_once_it_is_done(news, database, orders, outbox, alice):
    orders.add(an_order(alice))
    orders.settle(evidence(), source="notification", now=NOW, ask_at=None)
    refunds = SqlRefundStore(database)
    refund = refunds.open(RefundRequest(RefundNumber("R1"), OrderNumber("o1"), "x"), now=NOW)
    asked = untold(news)
    refunds.done(refund, source="question", now=NOW)

    (found,) = untold(news)
    outbox.put(a_message(alice, key=found.key, resume_id=None, kind="refunded", detail="9.90元"))

    assert asked == []
    assert (found.kind, found.key, found.resume_id) == ("refunded", "refunded/R1", None)
    assert (found.subject, found.amount_fen) == (an_order(alice).description, refund.amount_fen)
    assert untold(news) == []
