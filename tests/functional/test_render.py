"""functions/render: COS created optimised/."""

import json
from typing import Any

import pypdfium2
import pytest

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone


def _optimised(cloud: Cloud, phone: Phone, **options: Any) -> tuple[str, str]:
    """A resume that is ready to be typeset, and the key that starts it."""
    resume_id = phone.upload(files.docx(), **options)
    cloud.follow(lose="render")
    (key,) = [key for key in cloud.keys if key.startswith("optimised/")]
    return resume_id, key


def _rendered(cloud: Cloud) -> list[str]:
    return [key.rpartition("/")[2] for key in cloud.keys if key.startswith("rendered/")]


def _download(cloud: Cloud, phone: Phone, resume_id: str, extension: str) -> bytes:
    link = phone.call("GET", f"/resume/download/{resume_id}.{extension}").headers["location"]
    return cloud.fetch(link).content


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_render_makes_pdf_word_and_preview_and_spends_the_credits_when_optimised(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _optimised(cloud, alice)

    result = cloud.deliver("render", key)

    text = _text(_download(cloud, alice, resume_id, "pdf"))
    assert result == {"records": 1}
    assert all(fact in text for fact in (files.NAME, files.EMPLOYER, files.SCHOOL, files.PHONE, files.EMAIL))
    assert _download(cloud, alice, resume_id, "docx").startswith(b"PK\x03\x04")
    assert _download(cloud, alice, resume_id, "png").startswith(b"\x89PNG")
    assert alice.outcome(resume_id) == ("ready", None)
    assert alice.credits == (0, 0)


def test_render_charges_once_and_writes_once_when_the_event_comes_three_times_at_once(
    cloud: Cloud, alice: Phone
) -> None:
    alice.pay(alice.open_order())
    resume_id, key = _optimised(cloud, alice)
    cloud.fault("cos", "GetObject", kind="slow", seconds=0.4)

    results = cloud.at_once(lambda: cloud.deliver("render", key), times=3)
    cloud.deliver("render", key)

    assert sum(isinstance(result, InternalError) for result in results) == 2
    assert _rendered(cloud) == ["r1.docx", "r1.html", "r1.json", "r1.pdf", "r1.png"]
    assert alice.outcome(resume_id) == ("ready", None)
    assert alice.credits == (10, 0)


def test_render_finishes_when_it_is_repeated_after_the_bucket_refused_the_pdf(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _optimised(cloud, alice)
    cloud.fault("cos", "PutObject", kind="status", status=503, skip=4, times=3)

    with pytest.raises(InternalError) as raised:
        cloud.deliver("render", key)
    written_first, credits_then = _rendered(cloud), alice.credits
    cloud.deliver("render", key)

    assert raised.value.facts == {"code_seen": "vendor_busy"}
    assert (written_first, credits_then) == (["r1.docx", "r1.html", "r1.json", "r1.png"], (0, 5))
    assert _rendered(cloud) == ["r1.docx", "r1.html", "r1.json", "r1.pdf", "r1.png"]
    assert alice.outcome(resume_id) == ("ready", None)
    assert alice.credits == (0, 0)


def test_render_only_records_the_end_when_an_earlier_worker_died_after_the_pdf(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _optimised(cloud, alice)
    cloud.put(key.replace("optimised/", "rendered/").replace(".json", ".pdf"), b"%PDF of the first worker")

    cloud.deliver("render", key)

    assert _download(cloud, alice, resume_id, "pdf") == b"%PDF of the first worker"
    assert alice.outcome(resume_id) == ("ready", None)
    assert alice.credits == (0, 0)


def test_render_spends_nothing_when_the_version_is_a_basic_one(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("deepseek", "chat", kind="status", status=402, times=99)
    resume_id, key = _optimised(cloud, alice)

    cloud.deliver("render", key)

    assert alice.outcome(resume_id) == ("ready", None)
    assert alice.credits == (5, 0)


def test_render_leaves_nothing_behind_when_the_resume_was_deleted(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _optimised(cloud, alice)
    event = cloud.event("render", [key])
    alice.call("DELETE", f"/resume/{resume_id}")

    cloud.platform.invoke("render", event)

    assert cloud.keys == []
    assert alice.credits == (0, 0), "the model had done its work, and the user had read it"


@pytest.mark.parametrize("key", ["optimised/简历.json", "optimised/u_bob/s_unknown/r1.json"])
def test_render_ignores_an_object_when_it_belongs_to_no_resume(cloud: Cloud, key: str) -> None:
    cloud.put(key, b"{}")

    cloud.deliver("render", key)

    assert cloud.keys == [key]


def test_render_writes_the_resume_as_json_resume_when_it_is_done(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _optimised(cloud, alice)

    cloud.deliver("render", key)

    content = json.loads(_download(cloud, alice, resume_id, "json"))
    assert content["basics"]["name"] == files.NAME
    assert "changes" not in content
