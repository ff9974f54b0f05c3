"""ALERT_FEISHU_*: the robot of the operators' group chat. Empty: nobody is told there."""

from pydantic import ConfigDict, SecretStr

from common.lazy_model import LazyModel


class FeishuRobotSettings(LazyModel):
    """`token` is the last part of the webhook's address, `secret` the robot's 签名校验; without one nothing is signed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    base_url: str = "https://open.feishu.cn"
    token: SecretStr = SecretStr("")
    secret: SecretStr = SecretStr("")

    @property
    def is_set(self) -> bool:
        return bool(self.token.get_secret_value())
