"""Fictional orders, resumes and messages with sensible defaults."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from common.domain.messages import Message
from common.domain.orders import Order, OrderNumber, PaymentEvidence
from common.domain.pipeline import FIRST_REVISION, ResumeId, ResumeRow
from common.domain.users import OpenId, UserId

NOW = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=timezone.utc)
LATER = NOW + timedelta(minutes=10)


def open_encryption(text: str, *, context: str) -> bytes:
    """Stands for the cipher, and can be read by a test."""
    return f"{context}={text[::-1]}".encode()


def open_decryption(sealed: bytes, *, context: str) -> str:
    """Undoes open_encryption; a value that was moved elsewhere is an error."""
    place, _, text = sealed.decode().rpartition("=")
    assert place == context
    return text[::-1]


def an_order(user_id: UserId, number: str = "o1", **changes: object) -> Order:
    order = Order(
        number=OrderNumber(number),
        user_id=user_id,
        openid=OpenId("oAlice"),
        product_id="credits_10",
        description="简历积分 10 点",
        amount_fen=990,
        credits=10,
        provider="v3",
        state="created",
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=30),
    )
    return replace(order, **changes)  # type: ignore[arg-type]


def evidence(number: str = "o1", transaction_id: str = "wx-1") -> PaymentEvidence:
    return PaymentEvidence(
        number=OrderNumber(number),
        transaction_id=transaction_id,
        appid="wx0",
        mchid="1900000001",
        amount_fen=990,
        currency="CNY",
        payer_openid="oAlice",
        paid_at=NOW,
    )


def a_resume(user_id: UserId, resume_id: str = "s_1", **changes: object) -> ResumeRow:
    row = ResumeRow(
        id=ResumeId(resume_id),
        user_id=user_id,
        filename="李雷的简历.pdf",
        extension="pdf",
        size_bytes=1234,
        jd=None,
        template="classic",
        optimise=True,
        created_at=NOW,
        uploaded_at=None,
        revision=FIRST_REVISION,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def a_message(user_id: UserId, message_id: str = "m_1", **changes: object) -> Message:
    message = Message(
        id=message_id,
        key=f"ready/{message_id}",
        user_id=user_id,
        openid=OpenId("oAlice"),
        resume_id=ResumeId("s_1"),
        title="李雷",
        created_at=NOW,
        state="waiting",
        attempts=0,
    )
    return replace(message, **changes)  # type: ignore[arg-type]
