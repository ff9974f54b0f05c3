"""One fake per vendor, each a WSGI app of its own, bundled for the local cloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.local_cloud.fakes.boss import BossFake
    from scripts.local_cloud.fakes.cos import CosFake
    from scripts.local_cloud.fakes.cos.events import ObjectEvent
    from scripts.local_cloud.fakes.deepseek import DeepSeekFake
    from scripts.local_cloud.fakes.kit import Fake
    from scripts.local_cloud.fakes.oss import OssFake
    from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
    from scripts.local_cloud.fakes.webhooks import WebhooksFake
    from scripts.local_cloud.fakes.wechat import WeChatFake
    from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake
    from scripts.local_cloud.fakes.wechat_pay_v2 import WeChatPayV2Fake
    from scripts.local_cloud.fakes.xpay import XPayFake
    from scripts.local_cloud.fakes.zhaopin import ZhaopinFake


@dataclass(frozen=True)
class Fakes:
    """Every vendor of the local cloud; iterates over them in the order of the fields."""

    wechat: WeChatFake
    wechat_pay: WeChatPayFake
    wechat_pay_v2: WeChatPayV2Fake
    xpay: XPayFake
    deepseek: DeepSeekFake
    cos: CosFake
    oss: OssFake
    tencent_cloud: TencentCloudFake
    zhaopin: ZhaopinFake
    boss: BossFake
    webhooks: WebhooksFake

    def admit_temporary_key(self, secret_id: str, secret_key: str, token: str, expires_at: float) -> None:
        """The keys of a function's role are good for everything at Tencent Cloud."""
        self.cos.admit_temporary_key(secret_id, secret_key, token, expires_at)
        self.tencent_cloud.admit_temporary_key(secret_id, secret_key, token, expires_at)

    def push_to(self, url: str) -> None:
        """The address that the mini-program's console sends events to."""
        self.wechat.pushes.mailbox.url = url

    def __iter__(self) -> Iterator[Fake]:
        return iter(
            (
                self.wechat,
                self.wechat_pay,
                self.wechat_pay_v2,
                self.xpay,
                self.deepseek,
                self.cos,
                self.oss,
                self.tencent_cloud,
                self.zhaopin,
                self.boss,
                self.webhooks,
            )
        )


def all_fakes(state_dir: Path, on_object_event: Callable[[ObjectEvent], None]) -> Fakes:
    """Build every fake. Keys and objects live under `state_dir`, so they survive a restart; the rest is in memory."""
    from scripts.local_cloud.fakes.boss import BossFake
    from scripts.local_cloud.fakes.cos import CosFake
    from scripts.local_cloud.fakes.deepseek import DeepSeekFake
    from scripts.local_cloud.fakes.oss import OssFake
    from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
    from scripts.local_cloud.fakes.webhooks import WebhooksFake
    from scripts.local_cloud.fakes.wechat import WeChatFake
    from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake
    from scripts.local_cloud.fakes.wechat_pay_v2 import WeChatPayV2Fake
    from scripts.local_cloud.fakes.xpay import XPayFake
    from scripts.local_cloud.fakes.zhaopin import ZhaopinFake

    wechat, cos = WeChatFake(), CosFake(state_dir, on_object_event)
    tencent_cloud = TencentCloudFake(cos.stored)
    tencent_cloud.sts.on_issue = lambda granted: cos.admit_temporary_key(
        granted.secret_id, granted.secret_key, granted.token, granted.expires_at, granted.policy
    )
    return Fakes(
        wechat=wechat,
        wechat_pay=WeChatPayFake(state_dir, appid=wechat.appid),
        wechat_pay_v2=WeChatPayV2Fake(state_dir, appid=wechat.appid),
        xpay=XPayFake(wechat),
        deepseek=DeepSeekFake(),
        cos=cos,
        oss=OssFake(),
        tencent_cloud=tencent_cloud,
        zhaopin=ZhaopinFake(),
        boss=BossFake(),
        webhooks=WebhooksFake(),
    )
