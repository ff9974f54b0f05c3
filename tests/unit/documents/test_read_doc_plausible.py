"""Text or damage: what is_plausible makes of characters."""

import pytest

from common.documents.doc.plausible import is_plausible

CHINESE = "熟练掌握数据结构与算法，负责订单系统的设计与开发；带领三人小组完成支付网关的重构。" * 5


@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        "負責訂單系統的設計與開發，帶領三人小組完成支付閘道的重構。" * 5,
        "受注システムの設計と開発を担当し、決済ゲートウェイの再構築を三人のチームで完了した。" * 5,
        "Responsible for the design of the order system – résumé of Zoë.",
        "Отвечал за проектирование системы заказов.",
        "姓名\ue5e5\ue5e5\ue5e5\ue5e5林小满\ue5e5\ue5e5\ue5e5电话\ue003 139",
        "",
    ],
    ids=["simplified", "traditional", "japanese", "english", "russian", "private spaces and an icon", "nothing"],
)
def test_text_is_plausible_when_somebody_wrote_it(text: str) -> None:
    assert is_plausible(text)


@pytest.mark.parametrize(
    "text",
    [
        CHINESE.encode("utf-16-le")[1:-1].decode("utf-16-le", "replace"),
        ("Responsible for the design of the order system, led a team of three. " * 8).encode().decode("utf-16-le"),
        CHINESE.encode("gbk")[1:].decode("big5", "replace"),
    ],
    ids=["one byte off", "eight bits read as sixteen", "another code page"],
)
def test_text_is_not_plausible_when_its_bytes_were_read_wrongly(text: str) -> None:
    assert not is_plausible(text)
