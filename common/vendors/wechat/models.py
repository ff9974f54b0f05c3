"""The parts of WeChat's answers that we read."""

from pydantic import Field

from common.lazy_model import LazyModel


class Session(LazyModel):
    """GET /sns/jscode2session. `unionid` only for apps bound to an open-platform account."""

    openid: str = Field(min_length=1)
    session_key: str = Field(min_length=1, repr=False)
    unionid: str | None = None


class Token(LazyModel):
    """POST /cgi-bin/stable_token; `expires_in` is what is left of a token that others may have got earlier."""

    access_token: str = Field(min_length=1, repr=False)
    expires_in: int = Field(gt=0)


class MediaQuestion(LazyModel):
    """POST /wxa/media_check_async, version 2: the answer comes by push."""

    trace_id: str = Field(min_length=1, max_length=128)
