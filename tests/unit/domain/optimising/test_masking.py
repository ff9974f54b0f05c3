"""What identifies a person does not reach the model, and comes back into the answer."""

import pytest

from common.domain.optimising.masking import Mask

IDENTIFIERS = [
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "138.0013.8000",
    "+86 13800138000",
    "010-62345678",
    "han@example.com",
    "11010519491231002X",
    "浙江省杭州市西湖区文三路 100 号".replace(" ", ""),
]


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_identifier_is_hidden_and_comes_back(identifier):
    mask = Mask()

    hidden = mask.hide(f"联系 {identifier}，谢谢")

    assert identifier not in hidden
    assert mask.restore({"a": [hidden, 1, None]}) == {"a": [f"联系 {identifier}，谢谢", 1, None]}


def test_same_value_has_the_same_placeholder():
    mask = Mask()

    assert mask.hide("13800138000 和 13800138000") == "〔电话1〕 和 〔电话1〕"


def test_placeholder_becomes_nothing_when_nobody_gave_it_out():
    assert Mask().restore("电话 〔电话7〕") == "电话 "


@pytest.mark.parametrize(
    "text", ["日均处理 13800138 条", "2019.09-2023.06", "订单号 20201231", "北京市人", "提升 138%"]
)
def test_text_stays_when_it_identifies_nobody(text):
    assert Mask().hide(text) == text


def test_identifier_is_hidden_without_its_label_when_it_was_hidden_before():
    mask = Mask()
    mask.hide("住址：示例省示例市示例路 12 号")

    assert mask.hide("示例省示例市示例路 12 号") == "〔地址1〕"
