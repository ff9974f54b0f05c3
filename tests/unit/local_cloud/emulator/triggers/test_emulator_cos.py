"""Object changes become trigger events."""

import json

import pytest

from scripts.local_cloud.emulator.switches import Switches
from scripts.local_cloud.emulator.triggers.cos import CosTriggers, build_record
from tests.unit.local_cloud.emulator.triggers.object_changes import Change


@pytest.fixture
def delivered():
    return []


@pytest.fixture
def triggers(sample_manifest, delivered):
    def with_switches(switches: Switches) -> CosTriggers:
        return CosTriggers(sample_manifest, switches, lambda *what: delivered.append(what))

    return with_switches


def test_record_has_the_exact_shape_of_the_platform(sample_manifest):
    record = build_record(Change("uploads/张三 简历.pdf"), sample_manifest.functions["ingest"])

    event_time = record["event"].pop("eventTime")
    assert isinstance(event_time, int)
    assert record == {
        "cos": {
            "cosSchemaVersion": "1.0",
            "cosObject": {
                "url": "http://sample-1250000000.cos.ap-guangzhou.myqcloud.com/uploads/"
                "%E5%BC%A0%E4%B8%89%20%E7%AE%80%E5%8E%86.pdf",
                "meta": {
                    "x-cos-request-id": "NjIx",
                    "Content-Type": "application/pdf",
                    "ETag": '"0f"',
                    "x-cos-meta-owner": "u1",
                },
                "vid": "",
                "key": "/1250000000/sample/uploads/张三 简历.pdf",
                "size": 7,
            },
            "cosBucket": {
                "region": "gz",
                "cosRegion": "ap-guangzhou",
                "s3Region": "ap-guangzhou",
                "name": "sample",
                "appid": "1250000000",
            },
            "cosNotificationId": "unkown",
        },
        "event": {
            "eventName": "cos:ObjectCreated:Put",
            "eventVersion": "1.0",
            "eventSource": "qcs::cos",
            "requestParameters": {
                "requestSourceIP": "127.0.0.1",
                "requestHeaders": {"Authorization": "q-sign-algorithm=sha1"},
            },
            "eventQueue": "qcs:0:scf:ap-guangzhou:appid/1250000000:default.sample-ingest.$DEFAULT",
            "reservedInfo": "",
            "reqid": 0,
        },
    }


def test_record_has_an_encoded_key_when_the_switch_is_on(triggers, delivered):
    triggers(Switches(encoded_keys=True)).on_change(Change("uploads/张 %.pdf"))

    (record,) = json.loads(delivered[0][1])["Records"]
    assert record["cos"]["cosObject"]["key"] == "/1250000000/sample/uploads/%E5%BC%A0%20%25.pdf"


@pytest.mark.parametrize(
    ("change", "functions"),
    [
        (Change("uploads/a.pdf"), ["ingest"]),
        (Change("uploads/a.pdf", "cos:ObjectCreated:CompleteMultipartUpload"), ["ingest"]),
        (Change("uploads/a.pdf", "cos:ObjectRemove:Delete"), []),
        (Change("other/a.pdf"), []),
        (Change("uploads/a.docx"), []),
        (Change("uploads/a.pdf", bucket="another"), []),
    ],
)
def test_change_starts_a_function_only_when_event_prefix_suffix_and_bucket_match(
    triggers, delivered, change, functions
):
    started = triggers(Switches()).on_change(change)

    assert started == functions
    assert [what[0] for what in delivered] == functions


def test_records_are_gathered_into_one_event_when_the_switch_is_on(triggers, delivered):
    gathering = triggers(Switches(records_per_event=3))

    for name in ("a", "b", "c", "d"):
        gathering.on_change(Change(f"uploads/{name}.pdf"))

    assert gathering.wait_idle(3)
    assert [len(json.loads(event)["Records"]) for _, event, _ in delivered] == [3, 1]
