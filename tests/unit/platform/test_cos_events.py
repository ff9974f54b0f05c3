"""Bucket events: the bucket's full name, the key without its two leading parts, Chinese as it comes."""

import pytest

from common.errors import BadRequest
from common.platform.events.cos import read_cos_event
from tests.unit.platform.recorded import recorded


def test_record_names_bucket_and_key_when_an_object_was_created():
    record = read_cos_event(recorded("cos_created"))[0]

    assert (record.bucket, record.key) == ("mojian-1250000000", "uploads/u_han/s_01/source.pdf")
    assert (record.event_name, record.size_bytes) == ("cos:ObjectCreated:Post", 1048576)
    assert record.request_id == "NWQ1ZjY4MTBfMjZiMjU4NjRfOWI1N180NDBiYTY="


def test_key_stays_raw_when_its_chinese_is_raw():
    record = read_cos_event(recorded("cos_chinese_raw"))[0]

    assert record.key == "exports/韩梅梅 的简历.pdf"
    assert record.decoded_key == record.key


def test_key_is_kept_and_can_be_decoded_when_its_chinese_is_encoded():
    record = read_cos_event(recorded("cos_chinese_encoded"))[0]

    assert record.key.startswith("exports/%E9%9F%A9")
    assert record.decoded_key == "exports/韩梅梅 的简历.pdf"


def test_every_record_is_read_when_there_are_several():
    records = read_cos_event(recorded("cos_several_records"))

    assert [record.key.rpartition("/")[2] for record in records] == ["source.pdf", "source.docx", "source.png"]


def test_folder_marker_is_known_when_a_key_ends_in_a_slash():
    assert read_cos_event(recorded("cos_folder_marker"))[0].is_folder
    assert not read_cos_event(recorded("cos_created"))[0].is_folder


def test_only_the_first_two_parts_go_when_the_key_repeats_them():
    event = recorded("cos_created")
    event["Records"][0]["cos"]["cosObject"]["key"] = "/1250000000/mojian/1250000000/mojian/a.pdf"

    assert read_cos_event(event)[0].key == "1250000000/mojian/a.pdf"


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"Records": []},
        {"Records": "x"},
        {"Records": [None]},
        {"Records": [{}]},
        {"Records": [{"cos": {}, "event": {}}]},
        {"Records": [{"cos": {"cosBucket": None, "cosObject": None}, "event": None}]},
        {"Type": "Timer"},
    ],
)
def test_event_is_refused_when_it_is_no_bucket_event(event):
    with pytest.raises(BadRequest):
        read_cos_event(event)


@pytest.mark.parametrize(
    ("meta", "origin"),
    [
        ({"x-cos-meta-request-id": "3f2a-01"}, "3f2a-01"),
        ({"x-cos-meta-request-id": ""}, ""),
        ({"x-cos-meta-request-id": 'a"}\n{"kind": "invocation'}, ""),
        ({"x-cos-meta-request-id": "x" * 65}, ""),
        ({"x-cos-meta-request-id": ["3f2a"]}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_origin_is_an_id_or_nothing_when_the_object_says_where_it_comes_from(meta, origin):
    event = recorded("cos_created")
    event["Records"][0]["cos"]["cosObject"]["meta"] = meta

    assert read_cos_event(event)[0].origin == origin
