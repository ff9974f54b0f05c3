"""When an operator is told: the table, and the comparison with what was measured."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

#: What is measured, each in whole numbers.
Measure = Literal[
    "vendor_failed_percent",
    "vendor_rejected_percent",
    "vendor_p95_ms",
    "vendor_key_refused",
    "vendor_quota_used_up",
    "store_down",
    "stuck_stages",
    "failed_stages",
    "queue_age_s",
    "dead_messages",
    "overdue_orders",
    "late_erasures",
]

#: Minutes of vendor calls that are looked at together.
WINDOW_MINUTES = 5
#: With fewer calls in the window a share or a quantile says nothing.
LEAST_CALLS = 10

#: The one subject of what is not measured by vendor or store.
ALL = "mojian"


@dataclass(frozen=True)
class Threshold:
    """`name` is the incident's, and its entry's in docs/runbook.md. `above` holds unless `of` has a limit for the subject.

    `says` is for the operator, with {subject}, {value} and {limit}. What is `urgent` goes out by SMS too.
    """

    name: str
    measure: Measure
    above: int
    says: str
    urgent: bool = False
    of: Mapping[str, int] = field(default_factory=dict)

    def limit_of(self, subject: str) -> int:
        return self.of.get(subject, self.above)


THRESHOLDS: tuple[Threshold, ...] = (
    Threshold("vendor_failing", "vendor_failed_percent", 20, "{subject} 的请求失败 {value}%（上限 {limit}%）"),
    Threshold("vendor_rejecting", "vendor_rejected_percent", 50, "{subject} 拒绝了 {value}% 的请求（上限 {limit}%）"),
    Threshold(
        "vendor_slow",
        "vendor_p95_ms",
        5_000,
        "{subject} 的 p95 耗时达到 {value} 毫秒（上限 {limit} 毫秒）",
        of={"deepseek": 60_000, "llm_fallback": 60_000, "tencent_ocr": 10_000, "cos": 2_000},
    ),
    Threshold(
        "vendor_key_refused",
        "vendor_key_refused",
        0,
        "{subject} 拒绝了我们的密钥或权限，共 {value} 次（上限 {limit}）",
        urgent=True,
        of={"wechat": 10},  # an access token that ends early is refused once, and renewed
    ),
    Threshold(
        "vendor_quota_used_up", "vendor_quota_used_up", 0, "{subject} 的余额或额度已用完，共 {value} 次", urgent=True
    ),
    Threshold("store_down", "store_down", 0, "{subject} 无法访问", urgent=True),
    Threshold("stages_stuck", "stuck_stages", 20, "{value} 份简历停在处理途中（上限 {limit}）"),
    Threshold("stages_failed", "failed_stages", 10, "最近 10 分钟有 {value} 份简历因我方原因处理失败（上限 {limit}）"),
    Threshold("queue_old", "queue_age_s", 600, "最早的待发消息已等待 {value} 秒（上限 {limit} 秒）"),
    Threshold("messages_dead", "dead_messages", 0, "最近 1 小时有 {value} 条消息等了一天也没有发出"),
    Threshold("orders_overdue", "overdue_orders", 20, "{value} 笔订单超过 5 分钟未核对（上限 {limit}）", urgent=True),
    Threshold("erasures_late", "late_erasures", 0, "{value} 个注销申请超过 1 天未完成"),
)

#: Subject → value, for each measure that could be taken.
Readings = Mapping[Measure, Mapping[str, int]]


@dataclass(frozen=True)
class Finding:
    """One threshold that one subject is above of."""

    name: str
    subject: str
    value: int


def threshold_of(name: str) -> Threshold | None:
    """None for a name of an earlier version."""
    return next((threshold for threshold in THRESHOLDS if threshold.name == name), None)


def findings(readings: Readings, table: Iterable[Threshold] = THRESHOLDS) -> list[Finding]:
    """Everything that is above its limit, in the order of the table."""
    return [
        Finding(threshold.name, subject, value)
        for threshold in table
        for subject, value in sorted(readings.get(threshold.measure, {}).items())
        if value > threshold.limit_of(subject)
    ]


def judged_names(readings: Readings, table: Iterable[Threshold] = THRESHOLDS) -> list[str]:
    """The thresholds that were looked at: of the others nobody knows whether their incidents have ended."""
    return [threshold.name for threshold in table if threshold.measure in readings]
