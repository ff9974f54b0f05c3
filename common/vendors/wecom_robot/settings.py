"""ALERT_WECOM_*: the robot of the operators' group chat. Empty: nobody is told there."""

from pydantic import ConfigDict, SecretStr

from common.lazy_model import LazyModel


class WeComRobotSettings(LazyModel):
    """`key` is what stands after `key=` in the webhook's address; whoever has it can write to the chat."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    base_url: str = "https://qyapi.weixin.qq.com"
    key: SecretStr = SecretStr("")

    @property
    def is_set(self) -> bool:
        return bool(self.key.get_secret_value())
