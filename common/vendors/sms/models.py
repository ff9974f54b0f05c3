"""The parts of SendSms's answer that we read. The number stays out: it is personal."""

from pydantic import Field

from common.lazy_model import LazyModel


class SendStatus(LazyModel):
    """One number. `code` is "Ok", or why this number gets nothing."""

    code: str = Field(alias="Code")
    message: str = Field(alias="Message", default="")
    serial: str = Field(alias="SerialNo", default="")
    fee: int = Field(alias="Fee", default=0)


class SendReply(LazyModel):
    """`Response` of a call that reached the service; we send to one number at a time."""

    statuses: list[SendStatus] = Field(alias="SendStatusSet", min_length=1, max_length=1)
    request_id: str = Field(alias="RequestId")
