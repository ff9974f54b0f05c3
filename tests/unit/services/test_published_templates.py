"""Reading what is published: the manifest before anything else, every file by its hash, and one bad file spoils one template."""

import json
from datetime import datetime, timezone

import pytest

from common.domain.rendering.manifest import POINTER, AssetFile, Manifest, PublishedTemplate, key_of
from common.errors import FileTooLarge, SignatureInvalid, VendorObjectMissing, VendorReplyInvalid, VendorUnavailable
from common.services.published_templates import read_templates

NOW = datetime(2026, 3, 1, tzinfo=timezone.utc)


class Store:
    def __init__(self):
        self.objects, self.read_keys, self.errors = {}, [], {}

    def add(self, content, ending):
        key = key_of(content, ending)
        self.objects[key] = content
        return AssetFile(key=key, size_bytes=len(content))

    def read(self, key, *, max_bytes):
        self.read_keys.append(key)
        if key in self.errors:
            raise self.errors[key]
        if key not in self.objects:
            raise VendorObjectMissing
        if len(self.objects[key]) > max_bytes:
            raise FileTooLarge(max_bytes=max_bytes)
        return self.objects[key]


class Cache(dict):
    def put(self, sha256, content):
        self[sha256] = content


@pytest.fixture
def store():
    store = Store()
    templates = {
        name: PublishedTemplate(
            layout=store.add(f"layout {name}".encode(), "j2"),
            theme=store.add(f"theme {name}".encode(), "json"),
            preview=store.add(f"picture {name}".encode(), "png"),
        )
        for name in ("one", "two")
    }
    store.manifest = Manifest(made_at=NOW, templates=templates)
    store.objects[POINTER] = store.manifest.model_dump_json().encode()
    return store


@pytest.fixture
def read(store):
    reported, cache = [], Cache()

    def read(open_signed=bytes.decode):
        found = read_templates(store, cache, open_signed, lambda name, error: reported.append((name, error.code)))
        return found, reported

    read.cache = cache
    return read


def test_every_template_is_read_without_its_picture(read, store):
    found, reported = read()

    assert found["one"].layout == b"layout one"
    assert found["two"].preview_key == store.manifest.templates["two"].preview.key
    assert [key for key in store.read_keys if key.endswith(".png")] == []
    assert reported == []


def test_nothing_is_fetched_twice(read, store):
    read()
    before = len(store.read_keys)

    read()

    assert store.read_keys[before:] == [POINTER]


def test_nothing_is_read_when_the_signature_is_wrong(read, store):
    def refuse(_content):
        raise SignatureInvalid

    with pytest.raises(SignatureInvalid):
        read(refuse)

    assert store.read_keys == [POINTER]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "made_at": "2026-03-01T00:00:00Z", "templates": {}}',
        '{"made_at": "2026-03-01T00:00:00Z", "templates": {"../x": {}}}',
        '{"made_at": "2026-03-01T00:00:00Z", "templates": {}, "more": 1}',
    ],
)
def test_manifest_is_refused_when_it_is_none_of_ours(read, store, text):
    store.objects[POINTER] = text.encode()

    with pytest.raises(VendorReplyInvalid):
        read()


@pytest.mark.parametrize("key", ["assets/../secret.json", "uploads/u/r.pdf", "assets/abc.j2", "templates.json"])
def test_manifest_cannot_point_to_anything_but_assets(read, store, key):
    manifest = json.loads(store.objects[POINTER])
    manifest["templates"]["one"]["layout"]["key"] = key
    store.objects[POINTER] = json.dumps(manifest).encode()

    with pytest.raises(VendorReplyInvalid):
        read()


@pytest.mark.parametrize("failure", ["forged", "missing", "large", "down"])
def test_template_is_left_out_alone_when_one_of_its_files_fails(read, store, failure):
    key = store.manifest.templates["one"].theme.key
    if failure == "forged":
        store.objects[key] = b"theme ONE"
    elif failure == "missing":
        del store.objects[key]
    elif failure == "large":
        store.objects[key] = b"x" * 100_000
    else:
        store.errors[key] = VendorUnavailable()

    found, reported = read()

    assert list(found) == ["two"]
    assert [name for name, _ in reported] == ["one"]
    assert store.manifest.templates["one"].theme.sha256 not in read.cache
