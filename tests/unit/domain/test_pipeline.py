"""Stages, progress and object keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.pipeline import (
    READS,
    STAGES,
    WRITES,
    ObjectKey,
    ResumeId,
    Revision,
    next_revision,
    progress_percent,
    state_of,
)
from common.domain.users import UserId
from common.errors import InvalidField
from tests.builders import a_row, a_stage

IDS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=2, max_size=26)


@pytest.mark.parametrize(
    ("stages", "uploaded", "state"),
    [
        ([], False, "waiting_for_upload"),
        ([], True, "uploaded"),
        ([a_stage("parse", "running")], True, "parsing"),
        ([a_stage("parse")], True, "parsed"),
        ([a_stage("parse"), a_stage("optimise", "running")], True, "optimising"),
        ([a_stage("optimise"), a_stage("parse")], True, "optimised"),
        ([a_stage("parse"), a_stage("optimise"), a_stage("render", "running")], True, "rendering"),
        ([a_stage("render"), a_stage("parse"), a_stage("optimise")], True, "ready"),
        ([a_stage("parse", "failed")], True, "failed"),
        ([a_stage("parse"), a_stage("optimise", "failed")], True, "failed"),
        ([a_stage("render")], True, "ready"),
    ],
)
def test_state_follows_the_furthest_stage(stages, uploaded, state):
    assert state_of(stages, uploaded=uploaded) == state


def test_later_revision_is_parsed_when_nothing_of_it_has_begun():
    assert state_of([], uploaded=True, revised=True) == "parsed"


def test_progress_grows_when_the_journey_goes_on():
    journey = ["waiting_for_upload", "uploaded", "parsing", "parsed", "optimising", "optimised", "rendering", "ready"]

    progress = [progress_percent(state) for state in journey]

    assert progress == sorted(set(progress))
    assert (progress[0], progress[-1]) == (0, 100)


def test_progress_is_over_when_the_journey_failed():
    assert progress_percent("failed") == 100


def test_no_stage_writes_where_any_stage_reads_from_itself():
    assert all(READS[stage] != WRITES[stage] for stage in STAGES)
    assert [WRITES[stage] for stage in STAGES[:-1]] == [READS[stage] for stage in STAGES[1:]]


@given(
    prefix=st.sampled_from(["parsed", "optimised", "rendered"]),
    user=IDS,
    resume=IDS,
    revision=st.integers(1, 999_999),
    extension=st.sampled_from(["json", "pdf", "png"]),
)
def test_key_survives_being_written_and_read(prefix, user, resume, revision, extension):
    key = ObjectKey(prefix, UserId(f"u_{user}"), ResumeId(f"s_{resume}"), Revision(f"r{revision}"), extension)

    assert ObjectKey.parse(str(key)) == key


def test_page_after_the_first_is_part_of_the_key():
    key = ObjectKey.parse("rendered/u_han/s_01/r3-12.png")

    assert (key.page, str(key), str(key.at("rendered", "png"))) == (
        12,
        "rendered/u_han/s_01/r3-12.png",
        "rendered/u_han/s_01/r3.png",
    )


def test_upload_belongs_to_the_first_revision_when_read():
    key = ObjectKey.parse("uploads/u_han/s_01/source.pdf")

    assert (key.revision, str(key)) == ("r1", "uploads/u_han/s_01/source.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rendered/u_han/s_01/r1-1.png",
        "rendered/u_han/s_01/r1-2.pdf",
        "parsed/u_han/s_01/r1-2.png",
        "uploads/u_han/s_01/source-2.png",
        "uploads/u_han/s_01/r1.pdf",
        "parsed/u_han/s_01/source.json",
        "parsed/u_han/s_01/r.json",
        "parsed/u_han/s_01/r1",
        "parsed/u_han/s_01/r1.json/x",
        "parsed/u_han/../s_01/r1.json",
        "/parsed/u_han/s_01/r1.json",
        "parsed/u_HAN/s_01/r1.json",
        "parsed/han/s_01/r1.json",
        "exports/u_han/s_01/r1.json",
        "parsed/u_han/s_01/r1.json\n",
        "parsed/u_韩梅梅/s_01/r1.json",
    ],
)
def test_key_is_refused_when_we_did_not_write_it(text):
    with pytest.raises(InvalidField):
        ObjectKey.parse(text)


def test_key_of_another_stage_keeps_everything_else():
    key = ObjectKey.parse("parsed/u_han/s_01/r3.json")

    assert str(key.at("rendered", "pdf")) == "rendered/u_han/s_01/r3.pdf"


@pytest.mark.parametrize(("revision", "following"), [("r1", "r2"), ("r9", "r10"), ("r99", "r100")])
def test_revisions_count_up(revision, following):
    assert next_revision(Revision(revision)) == following


def test_everything_of_a_resume_lies_under_its_prefixes():
    row = a_row()
    keys = [row.upload_key, *(row.key(WRITES[stage], "json") for stage in STAGES)]

    assert all(any(str(key).startswith(prefix) for prefix in row.upload_key.prefixes) for key in keys)
    assert not any(prefix.startswith("uploads/u_han/s_01x") for prefix in row.upload_key.prefixes)
    assert all(prefix.endswith("/s_01/") for prefix in row.upload_key.prefixes)


def test_each_revision_is_paid_for_by_a_hold_of_its_own():
    assert a_row().charge_key() == "s_01/r1"
    assert a_row(revision=Revision("r2")).charge_key() == "s_01/r2"


@pytest.mark.parametrize(
    ("optimise", "revision", "wants"), [(True, "r1", True), (False, "r1", False), (False, "r2", True)]
)
def test_model_is_wanted_when_asked_for_at_the_upload_or_later(optimise, revision, wants):
    assert a_row(optimise=optimise, revision=Revision(revision)).wants_model is wants
