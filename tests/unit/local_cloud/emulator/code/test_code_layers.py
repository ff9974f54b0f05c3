"""Which files a layer puts into /opt."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.local_cloud.emulator.code.layers import LayerIncomplete, distribution_closure, layer_files


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    folder = tmp_path / "layers" / "tools"
    folder.mkdir(parents=True)
    return folder


def test_closure_has_what_packages_need_when_they_name_it(layer: Path):
    (layer / "requirements.txt").write_text("# web\nhttpx\n\nPyJWT  # tokens\n")

    closure = distribution_closure(layer)

    assert {"httpx", "httpcore", "anyio", "h11", "certifi", "idna", "pyjwt"} <= closure
    assert "pytest" not in closure


def test_closure_leaves_extras_out_when_they_are_not_asked_for(layer: Path):
    (layer / "requirements.txt").write_text("pyjwt\n")
    plain = distribution_closure(layer)

    (layer / "requirements.txt").write_text("pyjwt[crypto]\n")
    with_extra = distribution_closure(layer)

    assert "cryptography" not in plain
    assert {"cryptography", "cffi"} <= with_extra


def test_layer_is_incomplete_naming_the_line_when_a_package_is_not_installed(layer: Path):
    (layer / "requirements.txt").write_text("jinja2\nmojian-does-not-exist\n")

    with pytest.raises(
        LayerIncomplete, match=r"layers/tools/requirements\.txt:2: mojian-does-not-exist is not installed"
    ):
        layer_files(layer)


def test_layer_is_incomplete_naming_the_line_when_an_included_folder_is_missing(layer: Path):
    (layer / "include.txt").write_text("\nnowhere\n")

    with pytest.raises(LayerIncomplete, match=r"layers/tools/include\.txt:2: there is no folder nowhere"):
        layer_files(layer)


def test_commands_and_foreign_bytecode_are_left_out_when_a_package_installs_them(layer: Path):
    (layer / "requirements.txt").write_text("httpx\n")

    files = layer_files(layer)

    assert "httpx/_client.py" in files
    assert not [name for name in files if name.startswith("..") or "/bin/" in name]


def test_included_folder_lands_under_its_last_name_when_it_lies_deep(layer: Path):
    fonts = layer / "fonts_here"
    fonts.mkdir()
    (fonts / "a.ttf").write_bytes(b"font")
    (fonts / "__pycache__").mkdir()
    (fonts / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    (layer / "include.txt").write_text("layers/tools/fonts_here\n")

    files = layer_files(layer)

    assert list(files) == ["fonts_here/a.ttf"]


def test_layer_is_empty_when_it_lists_nothing(layer: Path):
    assert layer_files(layer) == {}
