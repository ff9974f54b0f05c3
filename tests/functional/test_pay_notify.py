"""POST /pay/notify/v3 through functions/pay_notify: WeChat Pay posts to the public address, as it does in the cloud."""

from collections.abc import Callable

import pytest

from tests.functional.cloud import Cloud

REFUSED = (401, "支付通知未通过校验")
FORGERIES = ("signature", "amount", "merchant", "appid", "currency", "payer", "order", "serial", "stale")


def test_notification_grants_the_credits_when_it_is_genuine(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()

    statuses = phone.pay(order)

    assert statuses == [204]
    assert phone.credits == (15, 0)
    assert phone.order_state(order) == "granted"


@pytest.mark.parametrize("concurrent", [True, False])
def test_notification_grants_once_when_it_comes_five_times(cloud: Cloud, concurrent: bool) -> None:
    phone = cloud.member()

    statuses = phone.pay(phone.open_order(), notify=5, concurrent=concurrent)

    assert statuses == [204] * 5
    assert phone.credits == (15, 0)


def test_notification_grants_each_order_its_own_credits_when_there_are_several(cloud: Cloud) -> None:
    alice, bob = cloud.member("alice"), cloud.member("bob")
    small, large = alice.open_order("credits_10"), bob.open_order("credits_50")

    statuses = [*bob.pay(large), *alice.pay(small)]

    assert statuses == [204, 204]
    assert (alice.credits, bob.credits) == ((15, 0), (55, 0))


@pytest.mark.parametrize("forge", FORGERIES)
def test_notification_grants_nothing_and_is_not_acknowledged_when_it_is_forged(cloud: Cloud, forge: str) -> None:
    phone = cloud.member()
    order = phone.open_order()

    statuses = phone.pay(order, forge=forge)

    assert statuses == [401]
    assert phone.credits == (5, 0)
    assert phone.order_state(order) == "created"


@pytest.mark.parametrize("forge", FORGERIES)
def test_notification_that_is_genuine_still_counts_when_a_forged_one_came_first(cloud: Cloud, forge: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, forge=forge)

    statuses = phone.pay(order)

    assert statuses == [204]
    assert phone.credits == (15, 0)


def test_notification_is_taken_at_the_second_try_when_wechat_probes_our_verification(cloud: Cloud) -> None:
    phone = cloud.member()

    statuses = phone.pay(phone.open_order(), forge="probe", retry=True)

    assert statuses == [401, 204]
    assert phone.credits == (15, 0)


@pytest.mark.parametrize("key", ["next_public_key", "certificate"])
def test_notification_grants_the_credits_when_wechat_changed_its_keys_meanwhile(cloud: Cloud, key: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    cloud.control("wechat_pay", "sign_with", {"key": key})

    statuses = phone.pay(order)

    assert statuses == [204]
    assert phone.credits == (15, 0)


def test_notification_grants_nothing_more_when_its_bytes_are_replayed(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.pay(phone.open_order())

    (replayed,) = cloud.control("wechat_pay", "replay", {"index": 0})["notifications"]

    assert replayed["status"] == 204
    assert phone.credits == (15, 0)


def test_notification_is_refused_when_its_bytes_are_replayed_later(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.pay(phone.open_order())
    cloud.pass_time(minutes=6)

    (replayed,) = cloud.control("wechat_pay", "replay", {"index": 0})["notifications"]

    assert replayed["status"] == 401
    assert phone.credits == (15, 0)


def test_notification_is_not_acknowledged_when_the_order_is_unknown(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    cloud.forget_order(order["order_id"])

    statuses = phone.pay(order)

    assert statuses == [401]
    assert phone.credits == (5, 0)


def test_notification_is_acknowledged_when_wechat_resends_it_after_our_database_was_down(
    cloud: Cloud, down: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = cloud.member()
    order = phone.open_order()
    down("database")
    refused = phone.pay(order)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cloud.database_file}")
    cloud.platform.restart()

    resent = cloud.control("wechat_pay", "notify", {"out_trade_no": order["order_id"]})["notifications"]

    assert refused == [503]
    assert [notification["status"] for notification in resent] == [204]
    assert phone.credits == (15, 0)


@pytest.mark.parametrize("body", [b"", b"{}", b"<xml><return_code>SUCCESS</return_code></xml>", b"\xff"])
def test_notification_is_refused_in_the_form_of_wechat_when_anybody_posts_anything(cloud: Cloud, body: bytes) -> None:
    answer = cloud.call("pay_notify", "POST", "/pay/notify/v3", body=body)

    assert answer.payment_refusal == REFUSED


def test_notification_is_refused_when_its_time_is_no_time(cloud: Cloud) -> None:
    headers = {"Wechatpay-Timestamp": "٣", "Wechatpay-Signature": "!", "Wechatpay-Serial": "x", "Wechatpay-Nonce": "n"}

    answer = cloud.call("pay_notify", "POST", "/pay/notify/v3", body=b"{}", headers=_latin(headers))

    assert answer.payment_refusal == REFUSED


def _latin(headers: dict[str, str]) -> dict[str, str]:
    return {name: value.encode().decode("latin-1") for name, value in headers.items()}


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("GET", "/pay/notify/v3", (405, "不支持这种请求方式")),
        ("POST", "/pay/notify/v9", (404, "没有找到相关内容")),
        ("POST", "/pay/notify/xpay", (404, "没有找到相关内容")),
    ],
)
def test_notification_is_refused_when_it_is_for_no_provider_of_ours(
    cloud: Cloud, method: str, path: str, refusal: tuple[int, str]
) -> None:
    answer = cloud.call("pay_notify", method, path)

    assert answer.payment_refusal == refusal
