"""The lock file for one runtime, and the names of a runtime."""

from pathlib import Path

import pytest

from scripts.packages.errors import BuildFailed
from scripts.packages.locked import read_locked
from scripts.packages.runtimes import Runtime

DIGEST = "sha256:" + "a" * 64
LOCK = f"""\
Web_Tool==2.0 ; python_full_version < '3.11' \\
    --hash={DIGEST}
    # via something
web-tool==3.0 ; python_full_version >= '3.11' \\
    --hash={DIGEST} \\
    --hash={DIGEST}
"""


@pytest.mark.parametrize(("runtime", "version", "hashes"), [("Python3.10", "2.0", 1), ("3.13", "3.0", 2)])
def test_pin_is_the_one_whose_marker_holds(tmp_path: Path, runtime: str, version: str, hashes: int) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(LOCK)

    locked = read_locked(file, Runtime.named(runtime))

    assert list(locked) == ["web-tool"]
    assert (locked["web-tool"].version, len(locked["web-tool"].hashes)) == (version, hashes)


@pytest.mark.parametrize("line", ["tool>=1", "tool", "tool==1.0"])
def test_lock_is_refused_when_a_line_pins_nothing(tmp_path: Path, line: str) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(f"{line}\n")

    with pytest.raises(BuildFailed, match="tool is not pinned"):
        read_locked(file, Runtime("3.10"))


def test_runtime_asks_for_its_own_wheels_up_to_the_platform_s_glibc() -> None:
    options = Runtime("3.10").pip_options()

    assert [options[at + 1] for at, option in enumerate(options) if option == "--abi"] == ["cp310", "abi3", "none"]
    assert "manylinux_2_28_x86_64" in options
    assert "manylinux2014_x86_64" in options
    assert "manylinux_2_29_x86_64" not in options


def test_runtime_is_refused_when_the_platform_has_none_of_that_name() -> None:
    with pytest.raises(BuildFailed, match=r"Python3\.10"):
        Runtime.named("Nodejs18.15")
