"""Fictional users, orders, resumes and messages: sensible defaults, and the one thing a test is about."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from common.domain.language_model import ModelAnswer, ModelUsage
from common.domain.messages import Message
from common.domain.orders import Order, OrderNumber, PaymentEvidence
from common.domain.parsing.source import Line
from common.domain.pipeline import FIRST_REVISION, ResumeId, ResumeRow, Revision, Stage, StageRecord, StageState
from common.domain.resume import Resume
from common.domain.users import OpenId, UserId

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)

RESUME_LINES = (
    "韩梅梅",
    "电话：138 0013 8000    邮箱：han@example.com",
    "教育经历",
    "示例大学    软件工程    本科    2016.09-2020.06",
    "工作经历",
    "示例科技有限公司    后端工程师    2020.07-至今",
    "• 负责订单系统的开发，日均处理 10w 请求",
    "• 用 mysql 和 redis 优化查询",
)


def lines(*texts: str) -> list[Line]:
    return [Line(text) for text in (texts or RESUME_LINES)]


def a_resume(**members: Any) -> Resume:
    """A person with one job, as JSON Resume members that `members` replaces."""
    content: dict[str, Any] = {
        "basics": {"name": "韩梅梅", "phone": "138 0013 8000", "summary": "三年后端开发经验"},
        "work": [
            {
                "name": "示例科技有限公司",
                "position": "后端工程师",
                "highlights": ["负责订单系统的开发，日均处理 10w 请求", "用 mysql 和 redis 优化查询"],
            }
        ],
    }
    return Resume.model_validate({**content, **members})


def an_order(user_id: UserId = UserId("u_han"), *, paid: bool = False, **changes: Any) -> Order:  # noqa: B008
    order = Order(
        number=OrderNumber("M1"),
        user_id=user_id,
        openid=OpenId("oHan"),
        product_id="credits_10",
        description="简历积分 10 点",
        amount_fen=990,
        credits=10,
        provider="v3",
        state="created",
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=30),
    )
    if paid:
        order = replace(order, state="granted", transaction_id="wx-1", paid_at=NOW)
    return replace(order, **changes)


def evidence_for(order: Order, **changes: Any) -> PaymentEvidence:
    """The payment that exactly fits an order."""
    fitting = PaymentEvidence(
        number=order.number,
        transaction_id=f"wx-{order.number}",
        appid="wx0",
        mchid="1900000001",
        amount_fen=order.amount_fen,
        currency="CNY",
        payer_openid=order.openid,
        paid_at=NOW,
    )
    return replace(fitting, **changes)


def a_row(user_id: UserId = UserId("u_han"), **changes: Any) -> ResumeRow:  # noqa: B008
    row = ResumeRow(
        id=ResumeId("s_01"),
        user_id=user_id,
        filename="韩梅梅的简历.pdf",
        extension="pdf",
        size_bytes=1234,
        jd=None,
        template="classic",
        optimise=True,
        created_at=NOW,
        uploaded_at=None,
        revision=FIRST_REVISION,
    )
    return replace(row, **changes)


def a_stage(stage: Stage, state: StageState = "done", **changes: Any) -> StageRecord:
    return replace(StageRecord(Revision("r1"), stage, state, NOW), **changes)


def a_message(user_id: UserId, **changes: Any) -> Message:
    message = Message(
        id="m_01",
        key="ready/s_01/r1",
        user_id=user_id,
        openid=OpenId("oHan"),
        resume_id=ResumeId("s_01"),
        title="韩梅梅的简历",
        created_at=NOW,
        state="waiting",
        attempts=0,
    )
    return replace(message, **changes)


def an_answer(content: dict[str, Any]) -> ModelAnswer:
    return ModelAnswer(content, model="fake", usage=ModelUsage(input_tokens=1, output_tokens=1))
