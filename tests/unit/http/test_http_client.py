"""The shared client: what it sends, which error an outcome becomes, what it repeats and what it records."""

import logging

import httpx
import pytest

from common.errors import (
    ContentRefused,
    DeadlineExceeded,
    VendorBusy,
    VendorRejected,
    VendorUnavailable,
)


def call(bench, **options):
    vendor = bench.client.for_vendor("acme", base_url="http://acme.test/v1/", **options.pop("vendor", {}))
    return vendor.request("POST", "/things", operation="make", **options)


def test_json_is_raw_utf8_when_sent(bench, time_flow):
    built, script = bench(httpx.Response(200))

    call(built, json={"name": "张三"})

    assert script.requests[0].content == '{"name":"张三"}'.encode()
    assert script.requests[0].headers["content-type"] == "application/json"
    assert str(script.requests[0].url) == "http://acme.test/v1/things"


@pytest.mark.parametrize(
    ("answer", "error", "delivered"),
    [
        (httpx.Response(429), VendorBusy, "no"),
        (httpx.Response(503), VendorUnavailable, "unknown"),
        (httpx.ConnectError("refused"), VendorUnavailable, "no"),
        (httpx.ReadTimeout("slow"), VendorUnavailable, "unknown"),
        (httpx.RemoteProtocolError("dropped"), VendorUnavailable, "unknown"),
    ],
)
def test_outcome_is_a_named_error_with_its_facts_when_the_vendor_fails(bench, time_flow, answer, error, delivered):
    built, _ = bench(answer)

    with pytest.raises(error) as caught:
        call(built)

    facts = caught.value.facts
    assert (facts["vendor"], facts["operation"], facts["delivered"]) == ("acme", "make", delivered)


def test_other_4xx_is_final_when_the_vendor_has_no_word_for_it(bench, time_flow):
    built, script = bench(httpx.Response(418))

    with pytest.raises(VendorRejected):
        call(built, attempts=3)

    assert len(script.requests) == 1


def test_attempts_are_repeated_and_counted_when_the_vendor_recovers(bench, time_flow):
    built, _ = bench(httpx.Response(503), httpx.ReadTimeout("slow"), httpx.Response(200))

    response = call(built, attempts=3)

    assert response.status_code == 200
    assert [(record.attempts, record.status, record.error) for record in built.records] == [(3, 200, None)]
    assert len(time_flow.slept) == 2


def test_call_is_not_repeated_when_it_may_have_happened_and_must_not_happen_twice(bench, time_flow):
    built, script = bench(httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.Response(200))

    with pytest.raises(VendorUnavailable) as caught:
        call(built, attempts=3, safe_to_repeat=False)

    assert len(script.requests) == 2
    assert caught.value.facts["delivered"] == "unknown"


def test_request_is_signed_afresh_when_it_is_repeated(bench, time_flow):
    class Counter(httpx.Auth):
        signed = 0

        def auth_flow(self, request):
            self.signed += 1
            request.headers["X-Signed"] = str(self.signed)
            yield request

    built, script = bench(httpx.Response(500), httpx.Response(200))

    call(built, attempts=2, vendor={"auth": Counter()})

    assert [request.headers["x-signed"] for request in script.requests] == ["1", "2"]


def test_check_of_the_vendor_decides_before_the_status_does(bench, time_flow):
    def check(response):
        raise ContentRefused(vendor_code="risk")

    built, script = bench(httpx.Response(500))

    with pytest.raises(ContentRefused):
        call(built, attempts=3, vendor={"check": check})

    assert len(script.requests) == 1
    assert built.records[0].error == "content_refused"


def test_retry_after_is_honoured_when_the_vendor_asks_for_it(bench, time_flow):
    built, _ = bench(httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200))

    call(built, attempts=2)

    assert time_flow.slept == [7.0]


def test_nothing_is_sent_when_the_invocation_has_no_time_left(bench, time_flow):
    built, script = bench(httpx.Response(200))
    built.remaining = 0.01

    with pytest.raises(DeadlineExceeded):
        call(built, attempts=3)

    assert script.requests == []


def test_usage_is_in_the_record_when_the_vendor_measures(bench, time_flow):
    built, _ = bench(httpx.Response(200, json={"tokens": 12}))

    call(built, vendor={"measure": lambda response: {"tokens": response.json()["tokens"]}})

    assert built.records[0].usage == {"tokens": 12}


def test_breaker_answers_at_once_and_is_recorded_when_the_vendor_keeps_failing(bench, time_flow):
    built, script = bench(*[httpx.Response(503)] * 5)
    for _ in range(5):
        with pytest.raises(VendorUnavailable):
            call(built)

    with pytest.raises(VendorUnavailable) as caught:
        call(built)

    assert caught.value.facts["reason"] == "breaker_open"
    assert len(script.requests) == 5
    assert (built.records[-1].attempts, built.records[-1].error) == (0, "vendor_unavailable")


def test_log_holds_no_url_when_everything_is_logged(bench, time_flow, caplog):
    built, _ = bench(httpx.Response(200))
    caplog.set_level(logging.DEBUG)

    call(built, params={"access_token": "SECRET"})

    assert "SECRET" not in caplog.text
