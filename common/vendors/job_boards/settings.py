"""<BOARD>_*: a family of settings, one group a mapping file: boards/zhaopin.json reads ZHAOPIN_*, boards/boss.json BOSS_*."""

from pydantic import ConfigDict, Field, SecretStr, model_validator

from common.lazy_model import LazyModel


class BoardSettings(LazyModel):
    """`key_id` and `secret` are what the contract with the board gives: client id and secret, or API key and signing key.

    Without them the board is not asked, and the answer says so.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    base_url: str = ""
    key_id: str = ""
    secret: SecretStr = SecretStr("")
    timeout_s: float = Field(default=4, gt=0, le=15)
    per_minute: int = Field(default=120, ge=1)
    cache_s: int = Field(default=600, ge=0, le=86_400)

    @property
    def is_set(self) -> bool:
        return bool(self.base_url and self.key_id and self.secret.get_secret_value())

    @model_validator(mode="after")
    def _all_or_none(self) -> "BoardSettings":
        """A key without its address would look like a board that is down."""
        given = [bool(self.key_id), bool(self.secret.get_secret_value())]
        if any(given) and not (all(given) and self.base_url):
            raise ValueError("BASE_URL, KEY_ID and SECRET of a board: all three or none")
        return self
