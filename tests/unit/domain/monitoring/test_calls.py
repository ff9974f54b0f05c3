"""What counts of calls say: sums over operations, shares of failures, and bounds that a share of the calls kept."""

import pytest

from common.domain.monitoring.calls import BOUNDS_MS, VendorCalls, by_vendor, is_failure, is_rejection, names_of


@pytest.mark.parametrize(
    ("latency_ms", "bound"),
    [(0, "50"), (50, "50"), (51, "100"), (120_000, "120000"), (120_001, "over"), (10**9, "over")],
)
def test_call_is_in_one_bucket_when_it_took_so_long(latency_ms, bound):
    assert names_of("cos", "read", latency_ms, None) == [f"cos/read/{bound}"]


def test_operations_are_one_vendor_when_counts_are_read():
    counts = {
        "wechat/login/50": 2,
        "wechat/send/500": 3,
        "wechat/send/!vendor_busy": 1,
        "wechat/send/!vendor_rejected": 2,
    }

    found = by_vendor({**counts, "cos/read/over": 4})

    wechat = found["wechat"]
    assert (wechat.calls, wechat.failed_percent, wechat.rejected_percent) == (5, 20, 40)
    assert found["cos"].calls == 4


def test_unknown_names_are_left_out_when_counts_are_read():
    assert by_vendor({"odd": 3, "cos/read/soon": 2})["cos"].calls == 0


@pytest.mark.parametrize(
    ("code", "fails", "rejects"),
    [
        ("vendor_unavailable", True, False),
        ("vendor_busy", True, False),
        ("vendor_reply_invalid", True, False),
        ("credential_rejected", False, True),
        ("vendor_rejected", False, True),
        ("vendor_object_missing", False, False),
        ("object_already_exists", False, False),
        ("content_refused", False, False),
        ("login_code_invalid", False, False),
        ("too_many_requests", False, False),
        ("internal", False, False),
        ("never_heard_of", False, False),
    ],
)
def test_failures_and_rejections_are_told_apart_when_a_call_ends_in_an_error(code, fails, rejects):
    assert (is_failure(code), is_rejection(code)) == (fails, rejects)


def test_quantile_is_the_bound_that_enough_calls_kept_when_some_are_slow():
    calls = VendorCalls(histogram={"50": 94, "2000": 5, "over": 1})

    assert (calls.quantile_ms(0.5), calls.quantile_ms(0.95), calls.quantile_ms(1)) == (50, 2000, 2 * BOUNDS_MS[-1])


def test_share_is_nothing_when_there_were_no_calls():
    assert (VendorCalls().failed_percent, VendorCalls().quantile_ms(0.95)) == (0, BOUNDS_MS[0])
