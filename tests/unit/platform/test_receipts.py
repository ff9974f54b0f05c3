"""How a provider is answered: received in exactly its form, refused in its form and with a status that makes it send again."""

import json

import pytest

from common.platform import receipts
from common.errors import NotFound, NotificationRefused, StoreUnavailable


def test_notification_is_received_in_the_form_of_its_provider():
    v3, v2 = receipts.accepted("v3"), receipts.accepted("v2")

    assert (v3.status, v3.body) == (204, "")
    assert (v2.status, v2.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert v2.body == (
        "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"
    )


def test_nothing_is_received_when_the_provider_does_not_notify_by_itself():
    with pytest.raises(NotFound):
        receipts.accepted("xpay")


@pytest.mark.parametrize(
    ("error", "status"), [(NotificationRefused(), 401), (StoreUnavailable(), 503), (ValueError("secret"), 500)]
)
def test_notification_is_refused_in_the_form_of_its_provider(error, status):
    v3 = receipts.refused(error, "r", "/pay/notify/v3")
    v2 = receipts.refused(error, "r", "/pay/notify/v2")

    assert (v3.status, json.loads(v3.body)["code"]) == (status, "FAIL")
    assert v2.status == status
    assert v2.body.startswith("<xml><return_code><![CDATA[FAIL]]>")
    assert "secret" not in v3.body + v2.body


@pytest.mark.parametrize("path", ["", "/pay/notify/v9", "/pay/notify/"])
def test_refusal_is_json_when_the_provider_cannot_be_told(path):
    assert json.loads(receipts.refused(NotFound(), "r", path).body)["code"] == "FAIL"
