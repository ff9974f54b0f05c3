"""Telling of what the books show: resumes that failed and refunds that are done, found by a timer, so that no crash hides one."""

from collections.abc import Callable
from datetime import timedelta

from common.domain.messages import Message, Untold
from common.errors import MojianError, message_of
from common.services.messaging import MessageDesk, post, title_of
from common.services.ports import News

#: What ended longer ago is no news.
LOOK_BACK = timedelta(days=1)

LIMIT = 50


def announce_untold(
    news: News, *, desk: MessageDesk, new_id: Callable[[], str], report: Callable[[str, MojianError], None]
) -> int:
    """How many occasions got their message into the outbox; one that cannot be sent now waits there."""
    found = news.untold(since=desk.now() - LOOK_BACK, limit=LIMIT)
    for occasion in found:
        try:
            post(message_about(occasion, desk=desk, message_id=new_id()), desk=desk)
        except MojianError as error:
            report(occasion.key, error)
    return len(found)


def message_about(occasion: Untold, *, desk: MessageDesk, message_id: str) -> Message:
    if occasion.amount_fen is not None:
        title, detail = occasion.subject or "订单", f"{occasion.amount_fen / 100:.2f}元"
    else:
        title, detail = title_of(occasion.subject), message_of(occasion.reason or "")
    return Message(
        id=message_id,
        key=occasion.key,
        user_id=occasion.user_id,
        openid=occasion.openid,
        resume_id=occasion.resume_id,
        title=title,
        created_at=desk.now(),
        state="waiting",
        attempts=0,
        kind=occasion.kind,
        detail=detail,
    )
