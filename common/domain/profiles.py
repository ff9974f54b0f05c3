"""What people tell of themselves: the nickname, and in which forms a mini-program hands it over."""

import unicodedata
from dataclasses import dataclass

from pydantic import ConfigDict, Field

from common.lazy_model import LazyModel

LONGEST_NICKNAME = 32

#: What wx.getUserProfile calls everybody since October 2022.
NOBODY = "微信用户"

_ZERO_WIDTH_JOINER = "\u200d"  # holds emoji of several parts together


@dataclass(frozen=True)
class SignedProfile:
    """As wx.getUserProfile gives it: `raw` with its `signature`, `sealed` with its `iv`; either pair may be missing."""

    raw: str | None
    signature: str | None
    sealed: str | None
    iv: str | None


@dataclass(frozen=True)
class ToldProfile:
    """What WeChat itself says in it; `openid` and `unionid` where it says whose it is."""

    nickname: str | None
    openid: str | None = None
    unionid: str | None = None


class UserInfo(LazyModel):
    """`avatarUrl` is not among the fields on purpose: we fetch no address that a client names. See docs/decisions.md."""

    model_config = ConfigDict(populate_by_name=True)

    nickname: str | None = Field(default=None, alias="nickName", max_length=512)


class UpdateProfile(LazyModel):
    """POST /user/update-profile: the nickname input, or all that wx.getUserProfile gave."""

    model_config = ConfigDict(populate_by_name=True)

    user_info: UserInfo | None = Field(default=None, alias="userInfo")
    raw: str | None = Field(default=None, alias="rawData", max_length=8192)
    signature: str | None = Field(default=None, max_length=64)
    sealed: str | None = Field(default=None, alias="encryptedData", max_length=16384)
    iv: str | None = Field(default=None, max_length=64)

    @property
    def signed(self) -> SignedProfile | None:
        if self.raw is None and self.sealed is None:
            return None
        return SignedProfile(self.raw, self.signature, self.sealed, self.iv)

    @property
    def missing(self) -> str | None:
        """The field without which another one means nothing."""
        pairs = (
            (("rawData", self.raw), ("signature", self.signature)),
            (("encryptedData", self.sealed), ("iv", self.iv)),
        )
        for (first, one), (second, other) in pairs:
            if (one is None) != (other is None):
                return second if other is None else first
        return None


def clean_nickname(text: str) -> str:
    """One line as it is seen: no control characters, nothing invisible that could turn it around or hide in it."""
    kept = "".join(char for char in text if not unicodedata.category(char).startswith("C") or char in " \t\n\r\u200d")
    return " ".join(unicodedata.normalize("NFC", kept).split()).strip(_ZERO_WIDTH_JOINER)
