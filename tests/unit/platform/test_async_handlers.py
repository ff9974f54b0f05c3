"""Bucket, timer and invoke handlers: what is repeated, what is dropped, and that the rest is worked on."""

from typing import Any

import pytest

from common.platform import (
    Response,
    cos_handler,
    either_handler,
    http_handler,
    invoke_handler,
    timer_handler,
)
from common.errors import FileDamaged, InternalError, InvalidField, VendorUnavailable
from tests.unit.platform.recorded import CONTEXT, recorded

SECRET_LINE = "负责订单系统的开发"


class Uses:
    """Remembers the keys it was given; raises for a key what is listed for it."""

    def __init__(self, **errors: Exception) -> None:
        self.keys: list[str] = []
        self._errors = errors

    def __call__(self, record: Any, app: Any) -> str:
        name = record.key.rpartition(".")[2]
        self.keys.append(name)
        if name in self._errors:
            raise self._errors[name]
        return "done"


pytestmark = pytest.mark.usefixtures("env")


def test_every_record_is_worked_on_when_an_event_has_several():
    uses = Uses()

    result = cos_handler(uses)(recorded("cos_several_records"), CONTEXT)

    assert uses.keys == ["pdf", "docx", "png"]
    assert result == {"records": 3}


def test_the_other_records_are_worked_on_first_when_one_may_succeed_later():
    uses = Uses(pdf=VendorUnavailable(vendor="cos"))

    with pytest.raises(InternalError):
        cos_handler(uses)(recorded("cos_several_records"), CONTEXT)

    assert uses.keys == ["pdf", "docx", "png"]


def test_what_is_raised_says_nothing_of_the_content_when_an_event_is_repeated():
    uses = Uses(pdf=ValueError(SECRET_LINE))

    with pytest.raises(InternalError) as raised:
        cos_handler(uses)(recorded("cos_created"), CONTEXT)

    assert str(raised.value) == "internal code_seen=bug"
    assert raised.value.__suppress_context__


def test_final_error_is_logged_and_not_repeated_when_a_record_fails_for_good(printed):
    uses = Uses(docx=FileDamaged())

    result = cos_handler(uses)(recorded("cos_several_records"), CONTEXT)

    lines = printed()
    assert result == {"records": 3}
    assert [(line["kind"], line.get("code")) for line in lines if line["kind"] == "dropped"] == [
        ("dropped", "file_damaged")
    ]
    assert lines[-1]["outcome"] == "ok"


def test_every_failing_record_is_logged_when_two_may_succeed_later(printed):
    uses = Uses(pdf=VendorUnavailable(vendor="cos"), png=VendorUnavailable(vendor="wechat"))

    with pytest.raises(InternalError):
        cos_handler(uses)(recorded("cos_several_records"), CONTEXT)

    assert [line["vendor"] for line in printed() if line["kind"] == "repeat"] == ["cos", "wechat"]


def test_outcome_of_a_record_is_logged_when_the_use_tells_it(printed):
    cos_handler(Uses())(recorded("cos_created"), CONTEXT)

    assert [line["outcome"] for line in printed() if line["kind"] == "record"] == ["done"]


def test_folder_marker_is_passed_over_when_it_comes():
    uses = Uses()

    result = cos_handler(uses)(recorded("cos_folder_marker"), CONTEXT)

    assert (uses.keys, result) == ([], {"records": 0})


@pytest.mark.parametrize("event", [{}, {"Records": []}, None, recorded("timer")])
def test_foreign_event_is_dropped_and_logged_when_it_reaches_a_bucket_function(event, printed):
    result = cos_handler(Uses())(event, CONTEXT)

    assert result == {"dropped": 1}
    assert (printed()[-1]["outcome"], printed()) == ("dropped", [])


def test_counts_are_returned_and_logged_when_a_timer_fired(printed):
    seen = []

    def use(event: Any, app: Any) -> dict[str, int]:
        seen.append((event.trigger_name, event.message))
        return {"asked": 2, "granted": 1}

    result = timer_handler(use)(recorded("timer"), CONTEXT)

    line = printed()[-1]
    assert (seen, result) == ([("reconcile", "only v3")], {"asked": 2, "granted": 1})
    assert (line["trigger"], line["asked"], line["granted"]) == ("timer", 2, 1)


@pytest.mark.parametrize(
    ("error", "outcome"), [(VendorUnavailable(), "repeat"), (RuntimeError(), "repeat"), (InvalidField(), "dropped")]
)
def test_timer_error_is_repeated_only_when_it_may_pass(printed, error, outcome):
    def use(event: Any, app: Any) -> dict[str, int]:
        raise error

    handler = timer_handler(use)

    if outcome == "repeat":
        with pytest.raises(InternalError):
            handler(recorded("timer"), CONTEXT)
    else:
        assert handler(recorded("timer"), CONTEXT) == {"dropped": 1}

    assert printed()[-1]["outcome"] == outcome


def test_operator_can_invoke_a_function_when_it_takes_objects():
    handler = invoke_handler(lambda event, app: {"asked": len(event)})

    assert handler(recorded("invoke"), CONTEXT) == {"asked": 2}
    assert handler([], CONTEXT) == {"dropped": 1}


def test_event_is_kept_by_the_platform_when_the_settings_are_wrong(monkeypatch):
    monkeypatch.setenv("APP_ENV", "production")
    uses = Uses()

    with pytest.raises(InternalError):
        cos_handler(uses)(recorded("cos_created"), CONTEXT)

    assert uses.keys == []


@pytest.fixture
def either() -> Any:
    http = http_handler(lambda request, app: Response.ok({"path": request.path}))
    timer = timer_handler(lambda event, app: {"stuck": 3})
    return either_handler(http, timer)


def test_timer_is_told_from_a_request_when_a_function_has_both(either):
    assert either(recorded("timer"), CONTEXT) == {"stuck": 3}
    assert either(recorded("function_url_documented"), CONTEXT)["statusCode"] == 200


def test_anything_else_is_a_request_when_a_function_has_both(either):
    assert either(None, CONTEXT)["statusCode"] == 400


def test_keys_are_read_anew_when_the_platform_changed_them(monkeypatch):
    """An App is built for every invocation, because its temporary keys end."""
    apps = []
    handler = timer_handler(lambda event, app: apps.append(app) or {})

    handler(recorded("timer"), CONTEXT)
    handler(recorded("timer"), CONTEXT)

    assert apps[0] is not apps[1]


def test_origin_is_on_each_line_when_an_event_has_records_of_several_requests(printed):
    event = recorded("cos_several_records")
    for number, record in enumerate(event["Records"]):
        record["cos"]["cosObject"]["meta"]["x-cos-meta-request-id"] = f"req-{number}"

    cos_handler(Uses())(event, CONTEXT)

    lines = printed()
    assert [line["origin"] for line in lines if line["kind"] == "record"] == ["req-0", "req-1", "req-2"]
    assert "origin" not in lines[-1]


def test_origin_is_followed_when_another_function_invokes_with_it(printed):
    handler = invoke_handler(lambda _event, app: app.note("told", {"count": 1}) or {"told": 1})

    handler({"origin": "req-of-the-phone"}, CONTEXT)
    handler({"origin": {"not": "an id"}}, CONTEXT)

    lines = printed()
    assert [line.get("origin") for line in lines] == ["req-of-the-phone", "req-of-the-phone", None, None]
    assert lines[0]["request_id"] == CONTEXT["request_id"]
