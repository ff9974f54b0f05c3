"""The file cache: bounded, believed only when the hash fits, and never a reason to fail."""

import hashlib

import pytest

from common.persistence.file_cache import FileCache


def name_of(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def test_content_is_there_for_the_next_process_too(folder):
    FileCache(folder).put(name_of(b"a"), b"a")

    assert FileCache(folder).get(name_of(b"a")) == b"a"


def test_known_content_needs_no_disk(folder):
    cache = FileCache(folder, known=(b"a",))

    assert cache.get(name_of(b"a")) == b"a"
    assert not folder.exists()


def test_file_is_dropped_when_it_is_not_what_its_name_says(folder):
    FileCache(folder).put(name_of(b"a"), b"a")
    (folder / name_of(b"a")).write_bytes(b"forged")

    assert FileCache(folder).get(name_of(b"a")) is None
    assert list(folder.iterdir()) == []


def test_content_of_another_name_is_not_taken(folder):
    cache = FileCache(folder)

    cache.put(name_of(b"a"), b"b")

    assert cache.get(name_of(b"a")) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x" * 64, "/etc/passwd"])
def test_name_that_is_no_hash_leads_nowhere(folder, name):
    assert FileCache(folder).get(name) is None


def test_disk_and_memory_are_bounded(folder):
    cache = FileCache(folder, max_bytes=1000)

    for number in range(20):
        content = bytes([number]) * 100
        cache.put(name_of(content), content)

    assert sum(path.stat().st_size for path in folder.iterdir()) <= 1000
    assert sum(map(len, cache._here.values())) <= 1000


def test_content_larger_than_the_cache_is_passed_over(folder):
    cache = FileCache(folder, max_bytes=10)

    cache.put(name_of(b"a" * 11), b"a" * 11)

    assert cache.get(name_of(b"a" * 11)) is None


def test_process_goes_on_when_the_disk_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = FileCache(tmp_path / "file" / "cache")

    cache.put(name_of(b"a"), b"a")

    assert cache.get(name_of(b"a")) == b"a"
