"""The peers, packed by the product's own build: wheels of the same lock, compiled by the same interpreter."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.packages.bytecode import compiled
from scripts.packages.closure import needed
from scripts.packages.contents import folder_files, wheel_files
from scripts.packages.locked import read_locked
from scripts.packages.runtimes import Runtime
from scripts.packages.unpacking import Unpacked
from scripts.packages.wheels import FROM_SOURCE, fetch

LOCK = Path("requirements-bench.txt")
FOLDER = Path(__file__).with_name("peer")
FASTAPI = ("fastapi", "mangum", "sqlalchemy", "redis", "httpx", "pyjwt", "cryptography")


def install(requirements: tuple[str, ...], runtime: Runtime, interpreter: Path, opt: Path) -> None:
    """Fill `opt` with what `requirements` need, as a layer would be."""
    wheels = fetch(read_locked(LOCK, runtime).values(), runtime, Path("build/wheels"))
    files: dict[str, bytes] = {}
    for name in sorted(needed(requirements, wheels, runtime, asked_by=LOCK.name)):
        files |= wheel_files(wheels[name], with_extensions=name not in FROM_SOURCE)
    _place(files | compiled(files, interpreter, runtime, root="/opt"), opt)


@contextmanager
def peer_packages(runtime: Runtime, interpreter: Path, folder: Path) -> Iterator[dict[str, Unpacked]]:
    """Function → the peer that does the same, unpacked under `folder`."""
    opt = folder / "opt-peer"
    install(FASTAPI, runtime, interpreter, opt)
    packages = {}
    for source in sorted(path.parent for path in FOLDER.glob("*/index.py")):
        var_user = folder / f"peer-{source.name}"
        files = {"index.py": (source / "index.py").read_bytes(), **dict(folder_files(FOLDER / "peer"))}
        _place(files | compiled(files, interpreter, runtime, root="/var/user"), var_user)
        packages[source.name] = Unpacked(var_user, opt)
    yield packages


def _place(files: dict[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
