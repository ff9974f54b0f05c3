"""What of a wheel is deployed."""

from pathlib import Path

import pytest

from scripts.packages.contents import requirements_of, wheel_files
from scripts.packages.errors import BuildFailed
from tests.unit.scripts.packages.made_up import wheel

CODE = {
    "tool/__init__.py": "",
    "tool/__init__.pyi": "",
    "tool/py.typed": "",
    "tool/fast.so": b"\x7fELF",
    "tool/fast.pyx": "",
    "tool/words.json": "{}",
    "tool/tests/test_tool.py": "",
    "tool/LICENSE.h": "",
    "tool-1.0.data/purelib/tool/more.py": "",
    "tool-1.0.data/scripts/tool": "",
    "tool-1.0.dist-info/licenses/LICENSE": "MIT",
    "tool-1.0.dist-info/entry_points.txt": "",
}


def test_wheel_lands_at_the_root_without_what_only_developers_read(tmp_path: Path) -> None:
    files = wheel_files(wheel(tmp_path, "tool", CODE))

    assert sorted(files) == [
        "tool-1.0.dist-info/METADATA",
        "tool-1.0.dist-info/licenses/LICENSE",
        "tool/LICENSE.h",
        "tool/__init__.py",
        "tool/fast.so",
        "tool/more.py",
        "tool/words.json",
    ]


def test_extensions_are_left_out_when_they_were_compiled_here(tmp_path: Path) -> None:
    files = wheel_files(wheel(tmp_path, "tool", CODE), with_extensions=False)

    assert "tool/fast.so" not in files
    assert "tool/__init__.py" in files


def test_a_module_named_like_a_test_stays_when_it_is_the_package_itself(tmp_path: Path) -> None:
    files = wheel_files(wheel(tmp_path, "testing", {"testing/__init__.py": ""}))

    assert "testing/__init__.py" in files


def test_wheel_is_refused_when_nothing_of_it_would_be_deployed(tmp_path: Path) -> None:
    empty = wheel(tmp_path, "tool", {"tool/__init__.pyi": ""})
    stripped = empty.rename(tmp_path / "other.whl")

    assert requirements_of(stripped) == ()
    with pytest.raises(BuildFailed):
        wheel_files(_only_stubs(tmp_path))


def _only_stubs(folder: Path) -> Path:
    import zipfile

    path = folder / "stubs.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tool/__init__.pyi", "")
    return path
