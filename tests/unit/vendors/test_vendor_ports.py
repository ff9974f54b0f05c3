"""Each vendor client has the shape of the port it stands behind."""

import inspect

import pytest

from common.services import ports, push
from common.vendors.cos.client import Cos
from common.vendors.deepseek.client import DeepSeek
from common.vendors.job_boards.client import JobBoard
from common.vendors.ocr.tencent.client import TencentOcr
from common.vendors.ocr.wechat.client import WeChatOcr
from common.vendors.sms.client import TencentSms
from common.vendors.wechat.client import WeChat
from common.vendors.wechat.people import WeChatPeople
from common.vendors.wechat.push import Mailbox
from common.vendors.wechat.stable_token import StableToken
from common.vendors.wechat_pay.client import WeChatPay
from common.vendors.wechat_pay_v2.client import WeChatPayV2
from common.vendors.xpay.client import XPay

BEHIND = [
    (ports.Objects, Cos),
    (ports.LanguageModel, DeepSeek),
    (ports.JobBoard, JobBoard),
    (ports.Ocr, WeChatOcr),
    (ports.Ocr, TencentOcr),
    (ports.Identities, WeChat),
    (ports.OpenData, WeChatPeople),
    (ports.Messenger, WeChat),
    (ports.TextMessages, TencentSms),
    (ports.ContentCheck, WeChat),
    (ports.TokenIssuer, StableToken),
    (ports.PaymentGate, WeChatPay),
    (ports.PaymentGate, WeChatPayV2),
    (ports.PaymentGate, XPay),
    (push.Mailbox, Mailbox),
]


def as_ports(
    cos: Cos,
    model: DeepSeek,
    ocr: WeChatOcr,
    other: TencentOcr,
    wechat: WeChat,
    token: StableToken,
    pay: WeChatPay,
    xpay: XPay,
    box: Mailbox,
) -> tuple[
    ports.Objects,
    ports.LanguageModel,
    ports.Ocr,
    ports.Ocr,
    ports.Identities,
    ports.Messenger,
    ports.ContentCheck,
    ports.TokenIssuer,
    ports.PaymentGate,
    ports.PaymentGate,
    push.Mailbox,
]:
    """For the type checker, which compares types too."""
    return cos, model, ocr, other, wechat, wechat, wechat, token, pay, xpay, box


def as_text_messages(sms: TencentSms) -> ports.TextMessages:
    """SMS."""
    return sms


def as_gates(v2: WeChatPayV2) -> tuple[ports.PaymentGate, ...]:
    """The other payment providers."""
    return (v2,)


def parameters(function):
    return [(parameter.name, parameter.kind) for parameter in inspect.signature(function).parameters.values()]


@pytest.mark.parametrize(("port", "client"), BEHIND, ids=lambda kind: kind.__name__)
def test_client_takes_what_its_port_says_when_it_is_called(port, client):
    methods = {name: method for name, method in vars(port).items() if inspect.isfunction(method) and name[0] != "_"}

    differing = [name for name, method in methods.items() if parameters(method) != parameters(getattr(client, name))]

    assert methods
    assert differing == []
