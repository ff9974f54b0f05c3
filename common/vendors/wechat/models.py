"""The parts of WeChat's answers that we read."""

from pydantic import BaseModel, Field

from common.domain.moderation import Suggestion


class Session(BaseModel):
    """GET /sns/jscode2session. `unionid` only for apps bound to an open-platform account."""

    openid: str = Field(min_length=1)
    session_key: str = Field(min_length=1, repr=False)
    unionid: str | None = None


class Token(BaseModel):
    """POST /cgi-bin/stable_token; `expires_in` is what is left of a token that others may have got earlier."""

    access_token: str = Field(min_length=1, repr=False)
    expires_in: int = Field(gt=0)


class Verdict(BaseModel):
    """`label` 100 is normal."""

    suggest: Suggestion
    label: int


class MediaQuestion(BaseModel):
    """POST /wxa/media_check_async, version 2: the answer comes by push."""

    trace_id: str = Field(min_length=1, max_length=128)


class Moderation(BaseModel):
    """POST /wxa/msg_sec_check, version 2."""

    result: Verdict
