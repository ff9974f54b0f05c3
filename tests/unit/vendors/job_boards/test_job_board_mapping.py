"""Mapping files: ours are right, a wrong one is named with its field, a third board needs no Python."""

import hmac
import json

import pytest

from common.domain.jobs import JobQuery
from common.errors import SettingsInvalid
from common.settings import read_group
from common.vendors.job_boards.client import JobBoard
from common.vendors.job_boards.mapping import BOARDS, load_mappings
from common.vendors.job_boards.paths import value_at, values_at
from common.vendors.job_boards.settings import BoardSettings
from common.vendors.job_boards.signature import canonical_query, signature
from scripts.local_cloud.fakes.boss import BossFake
from scripts.local_cloud.fakes.boss.signature import signed_text


def changed(folder, path, value):
    """A copy of Zhaopin's file with one value changed; None takes it out."""
    document = json.loads((BOARDS / "zhaopin.json").read_text("utf-8"))
    *way, last = path.split(".")
    place = document
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    (folder / "zhaopin.json").write_text(json.dumps(document), "utf-8")


def test_our_files_are_right():
    mappings = load_mappings()

    assert [mapping.name for mapping in mappings] == ["boss", "zhaopin"]
    assert {mapping.auth.kind for mapping in mappings} == {"api_key_hmac", "oauth2_client_credentials"}


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("fields.title", None, "fields.title"),
        ("fields.title", "a..b", "fields.title"),
        ("fields.title", "$.name", "fields.title"),
        ("fields.recruiter", "staffCard.staffName", "fields.recruiter"),
        ("fields.skills", "tags[x].name", "fields.skills"),
        ("auth.kind", "basic", "auth"),
        ("auth.token_path", "oauth2/token", "auth.oauth2_client_credentials.token_path"),
        ("search.path", "https://elsewhere.example.com/", "search.path"),
        ("search.method", "DELETE", "search.method"),
        ("search.size", 5000, "search.size"),
        ("search.params", {"colour": "c"}, "search.params.colour"),
        ("search.items", None, "search.items"),
        ("detail.path", "/v1/positions", "detail.path"),
        ("success.values", [], "success.values"),
        ("errors", {"1": "sad"}, "errors.1"),
        ("codes", {"city": {"上海": [1]}}, "codes.city"),
        ("link_hosts", [], "link_hosts"),
        ("name", "other", "name"),
        ("surprise", 1, "surprise"),
    ],
)
def test_wrong_mapping_is_refused_with_file_and_field(tmp_path, path, value, problem):
    changed(tmp_path, path, value)

    with pytest.raises(SettingsInvalid) as refused:
        load_mappings(tmp_path)

    assert any(told.startswith(f"boards/zhaopin.json: {problem}") for told in refused.value.facts["problems"])


def test_a_page_that_never_says_its_end_is_refused(tmp_path):
    document = json.loads((BOARDS / "zhaopin.json").read_text("utf-8"))
    del document["search"]["is_end"], document["search"]["total"]
    (tmp_path / "zhaopin.json").write_text(json.dumps(document), "utf-8")

    with pytest.raises(SettingsInvalid) as refused:
        load_mappings(tmp_path)

    assert "boards/zhaopin.json: search: " in refused.value.facts["problems"][0]


def test_file_that_is_no_json_is_refused_by_name(tmp_path):
    (tmp_path / "liepin.json").write_text("{", "utf-8")

    with pytest.raises(SettingsInvalid) as refused:
        load_mappings(tmp_path)

    assert refused.value.facts["problems"][0].startswith("boards/liepin.json: ")


def test_a_third_board_is_a_file_and_settings(tmp_path, served, http, now):
    running = served(BossFake())
    document = json.loads((BOARDS / "boss.json").read_text("utf-8"))
    (tmp_path / "liepin.json").write_text(json.dumps({**document, "name": "liepin", "title": "猎聘"}), "utf-8")
    env = {key.replace("BOSS_", "LIEPIN_"): value for key, value in running.fake.environment(running.url).items()}

    (mapping,) = load_mappings(tmp_path)
    board = JobBoard(mapping, read_group(BoardSettings, mapping.prefix, env), http, {})

    assert {job.source for job in board.search(JobQuery(), now=now).jobs} == {"liepin"}


@pytest.mark.parametrize("missing", ["BASE_URL", "KEY_ID", "SECRET"])
def test_half_a_key_is_refused(missing):
    env = {"BOSS_BASE_URL": "https://board.example.com", "BOSS_KEY_ID": "k", "BOSS_SECRET": "s"}
    del env[f"BOSS_{missing}"]

    with pytest.raises(SettingsInvalid):
        read_group(BoardSettings, "BOSS_", env)


def test_without_a_key_a_board_is_closed():
    assert not read_group(BoardSettings, "BOSS_", {}).is_set
    assert not read_group(BoardSettings, "BOSS_", {"BOSS_BASE_URL": "https://board.example.com"}).is_set


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", [1]),
        ("list[*].name", ["x", "y"]),
        ("list[1].name", ["y"]),
        ("list[9].name", []),
        ("empty|a.b", [1]),
        ("nothing|no.thing", []),
        ("a.b.c", []),
        ("list.name", []),
        ("zero", [0]),
    ],
)
def test_path_leads_to_what_is_there(path, found):
    document = {"a": {"b": 1}, "list": [{"name": "x"}, {"name": "y"}, {"name": None}], "empty": "", "zero": 0}

    assert values_at(document, path) == found
    assert value_at(document, path) == (found[0] if found else None)


def test_signature_is_the_one_of_the_documents():
    """common/vendors/job_boards/README.md: made with openssl."""
    body = '{"query":"会计","page":1}'.encode()
    query = canonical_query([("b", "2"), ("b", "1"), ("a", "/")])
    wanted = "b29456e55609b514f49a02429f66f6463217fb8b103d0cad138f05d8bf2e005c"

    made = signature(
        b"boss-vector-secret",
        method="POST",
        path="/openapi/v1/job/search",
        query=query,
        timestamp="1795334400",
        nonce="0123456789abcdef",
        body=body,
    )

    assert query == "a=%2F&b=1&b=2"
    assert made == wanted


def test_fake_signs_as_the_documents_say():
    text = signed_text(
        "POST",
        "/openapi/v1/job/search",
        "b=2&a=%2F&b=1",
        "1795334400",
        "0123456789abcdef",
        '{"query":"会计","page":1}'.encode(),
    )

    made = hmac.new(b"boss-vector-secret", text.encode(), "sha256").hexdigest()
    assert made == "b29456e55609b514f49a02429f66f6463217fb8b103d0cad138f05d8bf2e005c"
