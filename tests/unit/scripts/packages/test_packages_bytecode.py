"""Compiling for the target."""

import marshal
import sys
from pathlib import Path

from scripts.packages.bytecode import bytecode_path, compiled
from scripts.packages.runtimes import Runtime

HERE = Runtime(f"{sys.version_info[0]}.{sys.version_info[1]}")
PYTHON = Path(sys.executable)
SOURCE = b"def greet(name):\n    assert name\n    return {'hello', 'world', name}\n"


def test_bytecode_stands_where_an_import_looks_and_is_never_checked() -> None:
    made = compiled({"shop/till.py": SOURCE, "shop/words.json": b"{}"}, PYTHON, HERE, root="/opt")

    assert list(made) == [f"shop/__pycache__/till.{HERE.cache_tag}.pyc"] == [bytecode_path("shop/till.py", HERE)]
    head = next(iter(made.values()))[:16]
    assert int.from_bytes(head[4:8], "little") == 0b01  # by hash, unchecked: PEP 552


def test_traces_name_the_platform_s_path() -> None:
    content = compiled({"shop/till.py": SOURCE}, PYTHON, HERE, root="/var/user")[bytecode_path("shop/till.py", HERE)]

    assert marshal.loads(content[16:]).co_filename == "/var/user/shop/till.py"  # noqa: S302 - made by the test itself


def test_bytes_are_the_same_whatever_else_is_compiled() -> None:
    others = {f"a{number}.py": f"hello = world = greet = {number}\n".encode() for number in range(20)}

    alone = compiled({"b.py": SOURCE}, PYTHON, HERE, root="/opt")
    among = compiled({**others, "b.py": SOURCE}, PYTHON, HERE, root="/opt")

    assert among[bytecode_path("b.py", HERE)] == alone[bytecode_path("b.py", HERE)]
    assert len(among) == 21


def test_file_is_left_as_it_is_when_it_is_no_python() -> None:
    assert compiled({"template.py": b"def {{ name }}:\n"}, PYTHON, HERE, root="/opt") == {}
