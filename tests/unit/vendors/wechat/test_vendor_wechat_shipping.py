"""Delivery reports: told once, told again without harm, told later when WeChat does not know the payment yet."""

import pytest

from common.errors import VendorObjectMissing, VendorRejected
from common.vendors.wechat.shipping import ShippingReports
from tests.builders import an_order


@pytest.fixture
def reports(settings, http, tokens):
    return ShippingReports(settings, http, tokens)


@pytest.fixture
def order(server, now):
    user = server.fake.users.see("alice", now.timestamp())
    return an_order("u1", openid=user.openid, transaction_id="4200000001", description="简历积分 10 点" * 20)


def test_delivery_is_known_when_it_was_reported(reports, server, order):
    reports.report(order)

    (shipped,) = server.control("state")["shipped"].values()
    assert shipped["order_key"] == {"order_number_type": 2, "transaction_id": "4200000001"}
    assert (shipped["logistics_type"], shipped["delivery_mode"]) == (3, 1)
    assert len(shipped["shipping_list"][0]["item_desc"]) == 120


def test_delivery_is_reported_again_without_harm(reports, server, order):
    reports.report(order)
    reports.report(order)

    assert len(server.control("state")["shipped"]) == 1


@pytest.mark.parametrize(("code", "error"), [(10060001, VendorObjectMissing), (10060004, VendorRejected)])
def test_report_fails_when_wechat_does_not_take_it(reports, server, order, code, error):
    server.fault("upload_shipping_info", "errcode", errcode=code)

    with pytest.raises(error):
        reports.report(order)
