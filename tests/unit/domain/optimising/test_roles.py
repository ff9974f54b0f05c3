"""A rewrite may polish what somebody did, not promote them."""

import pytest

from common.domain.optimising.guard import findings


@pytest.mark.parametrize(
    ("original", "rewritten", "said"),
    [
        ("参与搭建日志平台", "搭建日志平台", "－参与"),
        ("协助经理整理报表", "整理报表并汇报经理", "－协助"),
        ("负责支付模块的开发", "主导支付模块的开发", "主导"),
        ("完成接口开发", "独立完成接口开发", "独立"),
        ("Assisted the team in testing", "Tested with the team", "－assisted"),
        ("Worked on the release", "Led the release", "led"),
    ],
)
def test_rewrite_is_blocked_when_it_raises_the_role(original: str, rewritten: str, said: str) -> None:
    assert said in [finding.text for finding in findings(original, rewritten)]


@pytest.mark.parametrize(
    ("original", "rewritten"),
    [
        ("参与搭建日志平台，使用kafka", "参与搭建日志平台，使用 Kafka"),
        ("负责订单系统的开发", "订单系统的开发"),
        ("主导支付网关重构", "主导重构支付网关"),
        ("协助完成测试", "配合团队完成测试"),
    ],
)
def test_rewrite_passes_when_the_role_stays(original: str, rewritten: str) -> None:
    assert findings(original, rewritten) == []
