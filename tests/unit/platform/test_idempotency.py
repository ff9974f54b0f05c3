"""Idempotency-Key: one request, one effect, one answer, each caller for themselves."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from common import clock
from common.errors import IdempotencyKeyReused, InvalidField, RequestInProgress, StoreUnavailable, VendorUnavailable
from common.platform.events.http import LONGEST_KEY, read_http_event
from common.platform.idempotency import answer_once
from common.platform.responses import Response
from tests.doubles import Clock


class Counter:
    """Answers with how often it ran; raises the listed errors first."""

    def __init__(self, *errors: BaseException) -> None:
        self.runs = 0
        self._errors = list(errors)

    def __call__(self) -> Response:
        self.runs += 1
        if self._errors:
            raise self._errors.pop(0)
        return Response.created({"run": self.runs, "token": "secret-token"})


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    passing = Clock()
    monkeypatch.setattr(clock, "now", passing)
    return passing


@pytest.fixture
def post(app: Any, time: Clock, known: Any) -> Any:
    def call(answer: Any, *, key: str | None = "k1", user: str = "u_han", **changes: Any) -> Response:
        known(user or "u_han")
        headers = {"authorization": f"Bearer {app.sessions.issue(user, now=time())[0]}"} if user else {}
        headers |= {"idempotency-key": key} if key is not None else {}
        event = {"httpMethod": "POST", "path": "/pay/prepay", "headers": headers, "body": '{"a": 1}'}
        context = {"requestContext": {"sourceIp": changes.pop("client_ip", "203.0.113.9")}}
        request = read_http_event({**event, **context, **changes}, read_session=app.read_session)
        return answer_once(request, app, answer, lease_s=10)

    return call


def test_first_answer_is_replayed_whole_when_the_request_is_repeated(post):
    work = Counter()
    first = post(work)

    second = post(work)

    assert work.runs == 1
    assert (second.status, second.body) == (201, first.body)
    assert second.headers == {**first.headers, "Idempotency-Replayed": "true"}


def test_bytes_are_replayed_as_bytes_when_the_answer_had_them(post):
    post(lambda: Response(200, b"\x89PNG", {"Content-Type": "image/png"}))

    assert post(Counter()).body == b"\x89PNG"


def test_key_is_refused_when_the_body_is_another(post):
    work = Counter()
    post(work)

    with pytest.raises(IdempotencyKeyReused):
        post(work, body='{"a": 2}')

    assert work.runs == 1


def test_request_is_in_progress_when_the_first_one_still_runs(post):
    def nested() -> Response:
        with pytest.raises(RequestInProgress):
            post(Counter())
        return Response.ok({})

    assert post(nested).status == 200


def test_request_runs_again_when_the_first_one_died_long_ago(post, time):
    with pytest.raises(RecursionError):
        post(Counter(RecursionError()))
    work = Counter()

    time.pass_(seconds=11)

    assert post(work).status == 201


def test_work_is_done_again_when_its_worker_was_killed_and_the_lease_ran_out(post, app, time, monkeypatch):
    monkeypatch.setattr(type(app.idempotency), "abandon", lambda self, key: None)
    with pytest.raises(KeyboardInterrupt):
        post(Counter(KeyboardInterrupt()))
    work = Counter()
    with pytest.raises(RequestInProgress):
        post(work)

    time.pass_(seconds=11)

    assert post(work).status == 201


def test_key_is_free_again_when_the_request_failed(post):
    work = Counter(VendorUnavailable())
    with pytest.raises(VendorUnavailable):
        post(work)

    response = post(work)

    assert (response.status, work.runs) == (201, 2)


@pytest.mark.parametrize(
    "other", [{"user": "u_li"}, {"path": "/pay/other"}, {"key": "k2"}, {"user": "", "client_ip": "198.51.100.1"}]
)
def test_request_is_another_one_when_caller_path_or_key_differ(post, other):
    work = Counter()
    post(work)

    post(work, **other)

    assert work.runs == 2


def test_user_gets_the_kept_answer_when_they_logged_in_again(post, time):
    work = Counter()
    post(work)

    time.pass_(seconds=5)
    post(work)

    assert work.runs == 1


def test_people_without_login_share_nothing_when_their_addresses_differ(post):
    work = Counter()
    post(work, user="", client_ip="198.51.100.1")

    post(work, user="", client_ip="198.51.100.2")

    assert work.runs == 2


def test_kept_answer_is_not_given_to_somebody_when_their_session_has_ended(post, app, time):
    work = Counter()
    ended = app.sessions.issue("u_han", now=time() - timedelta(days=30))[0]
    post(work)

    post(work, headers={"authorization": f"Bearer {ended}", "idempotency-key": "k1"})

    assert work.runs == 2


@pytest.mark.parametrize("changes", [{"key": None}, {"httpMethod": "PUT"}])
def test_request_runs_every_time_when_it_has_no_key_or_is_no_post(post, changes):
    work = Counter()
    post(work, **changes)

    post(work, **changes)

    assert work.runs == 2


@pytest.mark.parametrize("key", ["", "k" * (LONGEST_KEY + 1), "键", "a\nb"])
def test_key_is_refused_by_name_when_it_is_none(post, key):
    work = Counter()

    with pytest.raises(InvalidField) as refused:
        post(work, key=key)

    assert (refused.value.details, work.runs) == ({"field": "Idempotency-Key"}, 0)


def test_kept_answer_is_encrypted_when_it_holds_a_token(post, env):
    post(Counter(), key="chosen-by-the-client")

    rows = sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///")).execute("SELECT * FROM idempotency_keys")
    kept = str(rows.fetchall())
    rows.connection.close()
    assert "d1." in kept
    assert "secret-token" not in kept
    assert "chosen-by-the-client" not in kept


def test_stream_is_not_kept_when_it_is_the_answer(post):
    assert post(lambda: Response.stream(iter([b"data: 1\n\n"]))).is_stream

    work = Counter()
    post(work)

    assert work.runs == 1


def test_answer_is_given_when_it_cannot_be_kept(post, app, monkeypatch, printed):
    def lost(*args: Any, **kwargs: Any) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(type(app.idempotency), "finish", lost)

    response = post(Counter())

    assert response.status == 201
    assert printed()[-1]["code"] == "store_unavailable"


def test_first_error_stays_the_error_when_the_key_cannot_be_freed(post, app, monkeypatch):
    def lost(*args: Any, **kwargs: Any) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(type(app.idempotency), "abandon", lost)

    with pytest.raises(VendorUnavailable):
        post(Counter(VendorUnavailable()))
