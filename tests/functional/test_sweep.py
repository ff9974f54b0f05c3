"""functions/sweep: timer, every minute."""

import pytest

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.scf import WorkerKilled

NOTHING = {
    "redelivered": 0,
    "delivered": 0,
    "announced": 0,
    "released": 0,
    "purged": 0,
    "checked": 0,
    "erased": 0,
    "exports_purged": 0,
}


def _key(cloud: Cloud, prefix: str) -> str:
    (key,) = [key for key in cloud.keys if key.startswith(prefix)]
    return key


def _kill(cloud: Cloud, function: str, key: str) -> None:
    """The worker dies while it waits for the model."""
    cloud.fault("deepseek", "chat", kind="status", status=503)
    cloud.clock.kill_worker_at_next_pause()
    with pytest.raises(WorkerKilled):
        cloud.deliver(function, key)


def test_sweep_does_nothing_when_all_is_well(cloud: Cloud, alice: Phone) -> None:
    alice.upload(files.docx())
    cloud.follow(lose="optimise")

    result = cloud.tick("sweep")

    assert result == NOTHING


@pytest.mark.parametrize(
    ("stage", "prefix", "state"), [("parse", "uploads/", "parsed"), ("optimise", "parsed/", "optimised")]
)
def test_sweep_announces_a_stage_again_when_its_worker_died(
    cloud: Cloud, alice: Phone, stage: str, prefix: str, state: str
) -> None:
    resume_id = alice.upload(files.docx())
    cloud.follow(lose=stage)
    _kill(cloud, stage, _key(cloud, prefix))

    too_early = cloud.tick("sweep")
    cloud.pass_time(minutes=4)
    swept = cloud.tick("sweep")

    (ran,) = cloud.follow(lose="optimise" if stage == "parse" else "render")
    detail = alice.resume(resume_id)
    assert (too_early["redelivered"], swept["redelivered"]) == (0, 1)
    assert (ran, detail["state"]) == (stage, state)
    assert detail["stages"][-1]["attempts"] == 2
    assert alice.credits == (0, 5)


@pytest.mark.parametrize(
    ("lost", "state", "next_one"),
    [("parse", "waiting_for_upload", "optimise"), ("optimise", "parsed", "render"), ("render", "optimised", "notify")],
)
def test_sweep_announces_an_object_again_when_its_event_got_lost(
    cloud: Cloud, alice: Phone, lost: str, state: str, next_one: str
) -> None:
    resume_id = alice.upload(files.docx())
    cloud.follow(lose=lost)
    cloud.pass_time(minutes=4)

    swept = cloud.tick("sweep")

    assert alice.outcome(resume_id) == (state, None)
    assert swept["redelivered"] == 1
    assert cloud.follow(lose=next_one) == [lost]


def test_sweep_waits_patiently_when_the_promised_file_has_not_come(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.ask_for_upload("a.pdf", 9).json["resume_id"]
    cloud.pass_time(minutes=4)

    result = cloud.tick("sweep")

    assert result == NOTHING
    assert alice.outcome(resume_id) == ("waiting_for_upload", None)


def test_sweep_has_the_user_told_when_the_event_of_the_pdf_got_lost(cloud: Cloud, alice: Phone, ready: str) -> None:
    edited = {"basics": {"name": files.NAME}}
    alice.accept_message()
    alice.call("PUT", f"/resume/{ready}", edited)
    cloud.follow(lose="notify")
    cloud.pass_time(minutes=4)

    swept = cloud.tick("sweep")

    assert swept["redelivered"] == 1
    assert cloud.follow() == ["notify"]
    assert len(cloud.messages) == 1


def test_sweep_fails_a_stage_and_returns_the_credits_when_its_input_is_gone(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    key = _key(cloud, "uploads/")
    _kill(cloud, "parse", key)
    cloud.control("cos", "reset", {})
    cloud.pass_time(minutes=4)

    result = cloud.tick("sweep")

    assert result == NOTHING
    assert alice.outcome(resume_id) == ("failed", "upload_missing")
    assert alice.credits == (5, 0)


def test_sweep_delivers_a_message_when_its_sender_died(cloud: Cloud, alice: Phone) -> None:
    alice.accept_message()
    alice.upload(files.docx())
    cloud.follow(lose="optimise")
    pdf = _key(cloud, "parsed/").replace("parsed/", "rendered/").replace(".json", ".pdf")
    cloud.put(pdf, b"%PDF")
    cloud.fault("wechat", "stable_token", kind="status", status=500)
    cloud.clock.kill_worker_at_next_pause()
    with pytest.raises(WorkerKilled):
        cloud.deliver("notify", pdf)

    too_early = cloud.tick("sweep")
    cloud.pass_time(seconds=61)
    swept = cloud.tick("sweep")

    assert (too_early["delivered"], swept["delivered"]) == (0, 1)
    assert len(cloud.messages) == 1
    assert cloud.tick("sweep")["delivered"] == 0


def test_sweep_gives_credits_back_when_the_promised_file_never_came(cloud: Cloud, alice: Phone) -> None:
    alice.ask_for_upload("a.pdf", 9)
    cloud.pass_time(hours=23)
    kept = cloud.tick("sweep")["released"], alice.credits
    cloud.pass_time(hours=2)

    result = cloud.tick("sweep")

    assert kept == (0, (0, 5))
    assert result == {**NOTHING, "released": 1}
    assert alice.credits == (5, 0)


def test_sweep_does_the_rest_when_the_bucket_is_down(cloud: Cloud, alice: Phone) -> None:
    bob = cloud.member("bob")
    bob.ask_for_upload("a.pdf", 9)
    alice.upload(files.docx())
    cloud.follow(lose="optimise")
    cloud.pass_time(hours=25)
    cloud.fault("cos", "*", kind="status", status=503, times=3)

    result = cloud.tick("sweep")

    assert result == {**NOTHING, "released": 2}
    assert bob.credits == alice.credits == (5, 0)
    assert cloud.tick("sweep")["redelivered"] == 1
