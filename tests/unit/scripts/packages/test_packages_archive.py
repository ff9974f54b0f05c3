"""Zips without a trace of when and where."""

import io
import zipfile

from scripts.packages.archive import MOMENT, pack

FILES = {"index.py": b"x = 1\n", "common/a.py": b"", "scf_bootstrap": b"#!/bin/bash\n"}


def test_archive_is_the_same_when_files_come_in_another_order() -> None:
    one, other = pack(FILES), pack(dict(reversed(FILES.items())))

    assert one.content == other.content
    assert one.sha256 == other.sha256
    assert one.unpacked_bytes == sum(map(len, FILES.values()))


def test_archive_says_nothing_of_the_moment_and_only_the_bootstrap_is_executable() -> None:
    entries = zipfile.ZipFile(io.BytesIO(pack(FILES).content)).infolist()

    assert [entry.filename for entry in entries] == sorted(FILES)
    assert {entry.date_time for entry in entries} == {MOMENT}
    assert {entry.filename: entry.external_attr >> 16 & 0o777 for entry in entries} == {
        "common/a.py": 0o644,
        "index.py": 0o644,
        "scf_bootstrap": 0o755,
    }


def test_archive_differs_when_one_byte_does() -> None:
    assert pack(FILES).sha256 != pack({**FILES, "index.py": b"x = 2\n"}).sha256
