"""./scripts/assets: what is published appears whole or not at all, and what must not be published is refused before."""

import json
import shutil

import pytest

from common.documents.template_shelf import template_folder
from common.errors import VendorUnavailable
from common.security.signed_documents import sign
from common.vendors.oss.publisher import AssetPublisher
from scripts.assets_desk import __main__ as desk
from scripts.assets_desk import publishing
from scripts.assets_desk.__main__ import main
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.oss import OssFake
from scripts.local_cloud.fakes.oss.account import LOCAL_SIGNING_KEY

POINTER = "templates.json"


@pytest.fixture(scope="module")
def served():
    fake = OssFake()
    with serve(fake) as serving:
        yield fake, serving.url


@pytest.fixture
def fake(served, monkeypatch):
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    served[0].reset()
    return served[0]


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "templates"
    for name in ("classic", "modern"):
        shutil.copytree(template_folder(name), root / name)
    return root


@pytest.fixture
def run(served, fake, folder, capsys):
    env = {**fake.environment(served[1]), "OSS_SIGNING_KEY": LOCAL_SIGNING_KEY}

    def run(*arguments, code=0, **changed):
        more = ("--from", str(folder)) if arguments[0] == "publish" else ()
        assert main([*arguments, *more], {**env, **changed}) == code
        return capsys.readouterr()

    return run


def keys(fake):
    return list(fake.state()["objects"])


def manifest(fake):
    return json.loads(json.loads(fake._objects[POINTER].content)["document"])


def test_everything_is_there_when_it_was_published(run, fake):
    said = run("publish").out

    objects = fake.state()["objects"]
    assert "new: classic" in said
    assert set(manifest(fake)["templates"]) == {"classic", "modern"}
    assert len(objects) == 7
    assert {one["cache-control"] for key, one in objects.items() if key != POINTER} == {
        "public, max-age=31536000, immutable"
    }
    assert objects[POINTER]["cache-control"] == "no-cache"
    assert run("check").out == "private, signed, and every file is what its name says\n"


def test_manifest_is_written_after_all_it_names(run, fake):
    run("publish")

    written = [entry["path"] for entry in fake.log.as_json() if entry["operation"] == "PutObject"]
    assert written[-1] == f"/{POINTER}"
    assert len(written) == 7


def test_nothing_is_written_when_it_is_a_plan(run, fake):
    said = run("publish", "--plan").out

    assert keys(fake) == []
    assert said.count("(plan) assets/") == 6


def test_nothing_is_uploaded_again_when_nothing_has_changed(run, fake):
    run("publish")
    before = len(fake.log.as_json())

    said = run("publish").out

    assert said == "the manifest says so already\n"
    assert "PutObject" not in [entry["operation"] for entry in fake.log.as_json()[before:]]


def test_only_the_change_is_uploaded_and_withdrawn_ones_are_named(run, fake, folder):
    run("publish")
    theme = folder / "classic" / "theme.json"
    theme.write_text(theme.read_text().replace("经典", "经典二"))
    shutil.rmtree(folder / "modern")

    said = run("publish").out

    assert said.count("assets/") == 1
    assert {"changed: classic", "withdrawn: modern"} <= set(said.splitlines())


@pytest.mark.parametrize("after", range(1, 7))
def test_readers_see_what_was_there_before_when_publishing_is_cut_off(run, fake, monkeypatch, after):
    written, whole = [], AssetPublisher._put

    def dies(self, *arguments):
        written.append(1)
        if len(written) > after:
            raise KeyboardInterrupt
        return whole(self, *arguments)

    monkeypatch.setattr(AssetPublisher, "_put", dies)
    with pytest.raises(KeyboardInterrupt):
        run("publish")
    monkeypatch.undo()

    assert POINTER not in keys(fake)
    run("publish")
    assert len(keys(fake)) == 7


def test_publication_of_somebody_else_stands_when_they_were_faster(run, fake, monkeypatch):
    run("publish")
    theirs = sign(json.dumps({"made_at": "2026-03-01T00:00:00Z", "templates": {}}), key=LOCAL_SIGNING_KEY)
    whole = publishing._point

    def meanwhile(publisher, content, seen_etag):
        publisher.replace(POINTER, theirs, media_type="application/json", cache="no-cache", seen_etag=seen_etag)
        whole(publisher, content, seen_etag)

    monkeypatch.setattr(publishing, "_point", meanwhile)
    fake._objects[POINTER] = type(fake._objects[POINTER])(theirs + b" ", '"0"', 0, {})

    assert "somebody else" in run("publish", code=1).err
    assert fake._objects[POINTER].content == theirs


def test_publishing_ends_clearly_when_the_vendor_is_away(run, fake, monkeypatch):
    def away(*_arguments, **_more):
        raise VendorUnavailable(vendor="oss")

    monkeypatch.setattr(AssetPublisher, "put_new", away)

    assert "vendor_unavailable" in run("publish", code=1).err
    assert keys(fake) == []


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("layout.html.j2", b"{% for a in range(9) %}{% endfor %}", "call range"),
        ("layout.html.j2", b"{{ nothing.at_all }}", "cannot be drawn"),
        ("layout.html.j2", b"x" * 70_000, "70000 bytes"),
        ("theme.json", b"{}", "theme.json: title"),
        ("preview.png", b"no picture", "cannot be drawn"),
        ("preview.png", b"", "0 bytes"),
        ("preview.png", None, "preview.png is missing"),
    ],
)
def test_template_is_refused_when_it_must_not_be_published(run, fake, folder, file, content, named):
    path = folder / "classic" / file
    path.unlink() if content is None else path.write_bytes(content)

    said = run("publish", code=2).err

    assert "classic" in said
    assert named in said
    assert keys(fake) == []


def test_key_that_nobody_believes_is_refused_before_anything_is_written(run, fake):
    assert "has to be the key" in run("publish", code=2, OSS_SIGNING_KEY="").err
    assert "has to be the key" in run("publish", code=2, OSS_PUBLIC_KEY="eHh4").err
    assert keys(fake) == []


def test_store_that_is_not_set_is_named(run, fake):
    assert "OSS_BUCKET: missing" in run("check", code=2, OSS_BUCKET="").err


def test_new_key_belongs_together(run, fake, capsys):
    lines = dict(line.split("=", 1) for line in run("key").out.splitlines())

    assert desk.public_key_of(lines["OSS_SIGNING_KEY"]) == lines["OSS_PUBLIC_KEY"]


@pytest.mark.parametrize("fault", ["open", "unsigned", "missing", "changed", "nothing"])
def test_check_names_what_is_wrong(run, fake, fault):
    run("publish")
    file = next(key for key in keys(fake) if key.endswith(".json") and key != POINTER)
    stored = fake._objects[file]
    if fault == "open":
        fake.public = True
    elif fault == "unsigned":
        fake._objects[POINTER] = stored
    elif fault == "missing":
        del fake._objects[file]
    elif fault == "changed":
        fake._objects[file] = type(stored)(b"{}", stored.etag, stored.modified_at, stored.headers)
    else:
        del fake._objects[POINTER]

    said = run("check", code=1).out

    expected = {
        "open": "open to everybody",
        "unsigned": "is not signed",
        "missing": "is missing",
        "changed": "not what its name says",
        "nothing": "nothing is published",
    }
    assert expected[fault] in said


def test_local_cloud_is_asked_for_when_none_runs(run, fake, tmp_path):
    assert "./scripts/local up" in run("check", "--local", "--state", str(tmp_path), code=2).err


def test_local_cloud_is_published_to_when_one_runs(run, served, fake, tmp_path):
    (tmp_path / "control.json").write_text(json.dumps({"urls": {"oss": served[1]}}))

    run("publish", "--local", "--state", str(tmp_path), OSS_BUCKET="", OSS_SIGNING_KEY="")

    assert POINTER in keys(fake)
