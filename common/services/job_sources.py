"""How a board answered, for people: what `sources` of a page of jobs says."""

from datetime import datetime
from typing import Literal

from common.domain.jobs import JobListing
from common.errors import CredentialRejected, InvalidField, MojianError, TooManyRequests, VendorBusy
from common.lazy_model import LazyModel
from common.services.job_cache import Answer
from common.services.ports import JobBoard

Status = Literal["ok", "unavailable", "busy", "refused", "unsupported", "not_configured"]

_MESSAGES: dict[Status, str] = {
    "unavailable": "{title}暂时无法访问",
    "busy": "{title}的请求太多，请稍后再试",
    "refused": "{title}拒绝了我们的请求，请联系客服",
    "unsupported": "{title}不支持这个筛选条件",
    "not_configured": "{title}尚未开通",
}


class SourceReport(LazyModel):
    """`stale`: `status` tells what is wrong, and the jobs are those of `fetched_at`. `message` is Chinese, ready to show."""

    source: str
    title: str
    status: Status
    fetched_at: datetime | None = None
    stale: bool = False
    message: str | None = None


def reached(board: JobBoard, answer: Answer[JobListing]) -> SourceReport:
    """With an answer of its own, or with the one of before."""
    status: Status = _status(answer.trouble) if answer.trouble else "ok"
    told = f"{_MESSAGES[status].format(title=board.title)}，显示的是之前的结果" if answer.trouble else None
    return SourceReport(
        source=board.name,
        title=board.title,
        status=status,
        fetched_at=answer.fetched_at,
        stale=answer.stale,
        message=told,
    )


def failed(board: JobBoard, trouble: MojianError) -> SourceReport:
    return _report(board, _status(trouble))


def closed(board: JobBoard) -> SourceReport:
    """It was not asked."""
    return _report(board, "not_configured")


def _report(board: JobBoard, status: Status) -> SourceReport:
    return SourceReport(
        source=board.name, title=board.title, status=status, message=_MESSAGES[status].format(title=board.title)
    )


def _status(trouble: MojianError) -> Status:
    if isinstance(trouble, InvalidField):
        return "unsupported"
    if isinstance(trouble, TooManyRequests | VendorBusy):
        return "busy"
    return "refused" if isinstance(trouble, CredentialRejected) else "unavailable"
