"""What WeChat's text check answers."""

from common.domain.moderation import Suggestion
from common.lazy_model import LazyModel


class Verdict(LazyModel):
    """`label` 100 is normal."""

    suggest: Suggestion
    label: int


class Moderation(LazyModel):
    """POST /wxa/msg_sec_check, version 2."""

    result: Verdict
