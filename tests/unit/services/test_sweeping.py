"""What the minute timer picks up: dead workers, lost events, waiting messages, forgotten holds."""

from itertools import count
from typing import Any

import pytest

from common.domain.pipeline import Revision
from common.errors import SettingsInvalid, StoreUnavailable, VendorRejected, VendorUnavailable
from common.services.sharing_again import ShareBroom
from common.services.sweeping import Broom, input_key, sweep
from tests.builders import a_message, a_row


def nobody_is_checked(user_id: Any, subject: str) -> Any:
    raise AssertionError((user_id, subject))


@pytest.fixture
def tidy(
    resumes: Any,
    objects: Any,
    credits: Any,
    answers: Any,
    message_desk: Any,
    shares: Any,
    picture_desk: Any,
    news: Any,
    leaving: Any,
    clock: Any,
    reports: Any,
) -> Any:
    numbers = count(1)

    def call() -> dict[str, int]:
        share_broom = ShareBroom(shares, objects, nobody_is_checked, reports, clock())
        broom = Broom(
            resumes,
            objects,
            credits,
            answers,
            message_desk,
            share_broom,
            picture_desk,
            news,
            lambda: f"m_9{next(numbers)}",
            leaving,
            reports,
            reports,
            reports,
            clock(),
            grace_s=180,
        )
        return sweep(broom)

    return call


@pytest.fixture
def dead_worker(keep: Any, resumes: Any, objects: Any, clock: Any) -> Any:
    """A resume whose parser died; its lease has run out."""

    def make(**changes: Any) -> Any:
        row = keep(**changes)
        objects.kept[str(row.upload_key)] = b"%PDF-"
        resumes.mark_uploaded(row.id, now=clock())
        resumes.claim_stage(row.id, row.revision, "parse", now=clock(), lease_s=150)
        return row

    return make


def test_upload_is_announced_again_when_its_worker_died(dead_worker, objects, tidy, clock):
    row = dead_worker()
    clock.pass_(seconds=150)

    counts = tidy()

    assert {name: count for name, count in counts.items() if count} == {"redelivered": 1}
    assert objects.redelivered == [str(row.upload_key)]


def test_worker_is_left_alone_when_its_lease_still_runs(dead_worker, objects, tidy, clock):
    dead_worker()
    clock.pass_(seconds=149)

    tidy()

    assert objects.redelivered == []


def test_other_uploads_are_announced_when_one_cannot_be(dead_worker, objects, tidy, clock, reports):
    dead_worker(id="s_01")
    second = dead_worker(id="s_02")
    clock.pass_(seconds=150)
    objects.fail["redeliver"] = [VendorUnavailable()]

    counts = tidy()

    assert counts["redelivered"] == 1
    assert objects.redelivered == [str(second.upload_key)]
    assert reports.codes == [("s_01", "vendor_unavailable")]


def test_stage_fails_and_the_credits_return_when_its_input_is_gone(
    dead_worker, objects, tidy, clock, resumes, credits, reports
):
    row = dead_worker()
    objects.kept.clear()
    clock.pass_(seconds=150)

    tidy()

    assert resumes.stages(row.id)[0].error_code == "upload_missing"
    assert credits.balance(row.user_id).held == 0
    assert reports.codes == [("s_01", "vendor_object_missing")]
    assert tidy()["redelivered"] == 0


@pytest.mark.parametrize(
    ("stage", "key"),
    [
        ("parse", "uploads/u_han/s_01/source.pdf"),
        ("optimise", "parsed/u_han/s_01/r3.json"),
        ("render", "optimised/u_han/s_01/r3.json"),
    ],
)
def test_stage_starts_from_the_object_before_it_when_announced(stage, key):
    assert str(input_key(a_row(revision=Revision("r3")), stage)) == key


def test_waiting_message_goes_out_when_swept(han, keep, outbox, tidy, messenger):
    keep()
    outbox.put(a_message(han.id))

    counts = tidy()

    assert counts["delivered"] == 1
    assert messenger.delivered == [("oHan", "韩梅梅的简历")]


def test_hold_is_given_back_when_nobody_ended_it_in_time(keep, credits, tidy, clock, han):
    keep()
    clock.pass_(days=700)

    counts = tidy()

    assert counts["released"] == 1
    assert credits.balance(han.id).held == 0


def test_upload_is_announced_when_its_event_never_came(keep, objects, tidy, clock):
    row = keep()
    objects.kept[str(row.upload_key)] = b"%PDF-"
    clock.pass_(seconds=181)

    counts = tidy()

    assert counts["redelivered"] == 1
    assert objects.redelivered == [str(row.upload_key)]


def test_nothing_is_announced_when_nothing_was_uploaded(keep, objects, tidy, clock, reports):
    keep()
    clock.pass_(seconds=181)

    counts = tidy()

    assert (counts["redelivered"], objects.redelivered, reports.codes) == (0, [], [])


def test_upload_is_left_to_its_event_when_it_is_fresh(keep, objects, tidy):
    objects.kept[str(keep().upload_key)] = b"%PDF-"

    tidy()

    assert objects.redelivered == []


@pytest.mark.parametrize("prefix", ["parsed", "optimised"])
def test_later_revision_is_announced_when_its_event_never_came(keep, resumes, objects, tidy, clock, prefix):
    row = keep()
    revision = resumes.begin_revision(row.id, after=row.revision, now=clock())
    key = f"{prefix}/{row.user_id}/{row.id}/{revision}.json"
    objects.kept[key] = b"{}"
    clock.pass_(hours=2)

    tidy()

    assert objects.redelivered == [key]


def test_pdf_is_announced_when_nobody_was_told_of_it(keep, resumes, objects, tidy, clock):
    row = keep()
    resumes.mark_uploaded(row.id, now=clock())
    resumes.claim_stage(row.id, row.revision, "render", now=clock(), lease_s=150)
    resumes.finish_stage(row.id, row.revision, "render", now=clock())
    objects.kept[str(row.key("rendered", "pdf"))] = b"pdf"
    clock.pass_(seconds=181)

    tidy()

    assert objects.redelivered == [str(row.key("rendered", "pdf"))]


def test_the_rest_is_swept_when_the_bucket_cannot_be_asked(keep, objects, tidy, clock, reports, han, outbox):
    keep()
    outbox.put(a_message(han.id))
    objects.fail["exists"] = [VendorUnavailable()]
    clock.pass_(seconds=181)

    counts = tidy()

    assert reports.codes == [("s_01", "vendor_unavailable")]
    assert counts["delivered"] == 1


def test_later_steps_are_done_when_an_earlier_one_fails(keep, objects, tidy, clock, reports, monkeypatch):
    row = keep()
    objects.kept[str(row.upload_key)] = b"pdf"
    clock.pass_(seconds=181)

    def fail(*_given, **_named):
        raise VendorRejected(status=403)

    monkeypatch.setattr("common.services.sweeping.clear_ended", fail)

    counts = tidy()

    assert reports.codes == [("purged", "vendor_rejected")]
    assert counts["redelivered"] == 1


@pytest.mark.parametrize("error", [StoreUnavailable(store="sql"), SettingsInvalid(problems=["tables are old"])])
def test_nothing_is_hidden_when_there_are_no_rows_to_sweep(tidy, monkeypatch, error):
    def fail(*_given, **_named):
        raise error

    monkeypatch.setattr("common.services.sweeping.clear_ended", fail)

    with pytest.raises(type(error)):
        tidy()
