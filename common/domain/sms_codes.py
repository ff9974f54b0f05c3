"""Verification codes by SMS: what they are for, and how long and how often they may be tried."""

import re
from typing import Literal

from pydantic import Field

from common.lazy_model import LazyModel

#: bind_phone: the number becomes the account's. sms_notify: that, and messages may come by SMS from now on.
Scene = Literal["bind_phone", "sms_notify"]

LIFETIME_S = 300
TRIES = 5
PAUSE_S = 60
DIGITS = 6

_CODE = re.compile(rf"\d{{{DIGITS}}}")


class AskForCode(LazyModel):
    """POST /sms/code."""

    phone: str = Field(max_length=40)
    scene: Scene = "bind_phone"


class VerifyCode(LazyModel):
    """POST /sms/verify."""

    phone: str = Field(max_length=40)
    code: str = Field(max_length=20)
    scene: Scene = "bind_phone"

    @property
    def digits(self) -> str | None:
        """The code, or None for what can be none."""
        plain = self.code.strip()
        return plain if plain.isascii() and _CODE.fullmatch(plain) else None
