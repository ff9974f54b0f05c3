"""XPAY_*: the mini-program's account for virtual payment."""

from typing import Literal

from pydantic import ConfigDict, SecretStr, field_validator

from common.lazy_model import LazyModel

#: How calls and the phone's parameters name the environment.
ENVIRONMENTS = {"production": 0, "sandbox": 1}


class XPaySettings(LazyModel):
    """`app_key` signs in production, `sandbox_app_key` in the sandbox; XPay refuses to be built without the one of `env`.

    `products` maps ours to those of the console, `credits_10=light10,credits_50=…`; one that is not named has the same id in
    both. The price in the console has to be ours. `appid` follows from WECHAT_APPID, so wiring puts it in.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    offer_id: str
    app_key: SecretStr = SecretStr("")
    sandbox_app_key: SecretStr = SecretStr("")
    env: Literal["production", "sandbox"] = "production"
    products: str = ""
    base_url: str = "https://api.weixin.qq.com"
    appid: str = ""

    @field_validator("products")
    @classmethod
    def _is_a_list_of_pairs(cls, products: str) -> str:
        if not all(ours.strip() and theirs.strip() for ours, _, theirs in _pairs(products)):
            raise ValueError("must be ours=theirs,ours=theirs")
        return products

    @property
    def key(self) -> str:
        """The AppKey of the environment we are in."""
        return (self.app_key if self.env == "production" else self.sandbox_app_key).get_secret_value()

    @property
    def env_number(self) -> int:
        return ENVIRONMENTS[self.env]

    def product_of(self, product_id: str) -> str:
        """The id in the console of one of our products."""
        return {ours.strip(): theirs.strip() for ours, _, theirs in _pairs(self.products)}.get(product_id, product_id)


def _pairs(products: str) -> list[tuple[str, str, str]]:
    return [pair.partition("=") for pair in products.split(",") if pair.strip()]
