"""Which modules of common, and which packages of others, a function can get to: read from the sources, nothing is imported.

An over-estimate, on purpose. A module counts with every import in it, those inside functions too; wiring alone counts with
the members that the function uses (docs_reach). A file or folder beside a module, named by a text in it, belongs to it.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from scripts.docs_reach import FUNCTIONS, reach_of

COMMON = Path("common")
WIRING = "common.wiring"

#: For readers of the repository.
NEVER_SHIPPED = ("README.md",)


@dataclass(frozen=True)
class Reach:
    """Dotted names of modules of ours; top-level names of packages of others."""

    modules: frozenset[str]
    foreign: frozenset[str]


@cache
def reach_of_function(function: str) -> Reach:
    """Everything that importing and running `functions/<function>/index.py` can import."""
    tree = ast.parse((FUNCTIONS / function / "index.py").read_text("utf-8"))
    waiting = [*_imports(tree), *reach_of(function).modules]
    seen, foreign = set[str](), set[str]()
    while waiting:
        name = waiting.pop()
        first = name.partition(".")[0]
        if name not in seen:
            seen.add(name)
            if first == COMMON.name:
                waiting += _behind(name)
            elif first not in sys.stdlib_module_names:
                foreign.add(first)
    return Reach(frozenset(seen & set(module_files())), frozenset(foreign))


def files_of_function(function: str) -> list[Path]:
    """The files of common that the function's package holds: its modules, and what lies beside them and is no module."""
    modules = reach_of_function(function).modules
    named = {folder for name in modules for folder in _named_folders(name)}
    sources = {module_files()[name] for name in modules}
    beside = {
        path
        for path in _other_files()
        if _owner(path) in modules and (path.suffix != ".py" or named & set(path.parents))
    }
    return sorted(sources | beside)


@cache
def module_files() -> dict[str, Path]:
    """Dotted name → file, for every module that can be imported: all folders on the way are packages."""
    found: dict[str, Path] = {}
    for path in sorted(COMMON.rglob("*.py")):
        if all((folder / "__init__.py").is_file() for folder in path.parents if folder != Path()):
            found[".".join(path.with_suffix("").parts).removesuffix(".__init__")] = path
    return found


@cache
def _other_files() -> frozenset[Path]:
    modules = set(module_files().values())
    return frozenset(
        path
        for path in COMMON.rglob("*")
        if path.is_file() and path not in modules and "__pycache__" not in path.parts and path.name not in NEVER_SHIPPED
    )


@cache
def _owner(path: Path) -> str:
    """The nearest package above a file."""
    folder = next(folder for folder in path.parents if (folder / "__init__.py").is_file())
    return ".".join(folder.parts)


@cache
def _behind(name: str) -> tuple[str, ...]:
    """What importing a module of ours brings in: its packages, what it imports, and what it starts by its file name."""
    brought = [parent] if (parent := name.rpartition(".")[0]) else []
    if name in module_files():
        in_wiring = f"{name}.".startswith(f"{WIRING}.")
        brought += _top_level(_tree(name)) if in_wiring else _imports(_tree(name))
        brought += _named_modules(name)
    return tuple(brought)


def _named_modules(name: str) -> Iterator[str]:
    """`Path(__file__).with_name("child.py")` starts the module child beside this one."""
    package = ".".join(module_files()[name].parent.parts)
    for text in _texts(name):
        if text.endswith(".py") and f"{package}.{text[:-3]}" in module_files():
            yield f"{package}.{text[:-3]}"


def _named_folders(name: str) -> Iterator[Path]:
    """`Path(__file__).parent / "migrations"` reads a folder of scripts beside this module, which is no package."""
    folder = module_files()[name].parent
    known = {parent for path in _other_files() for parent in path.parents}
    yield from (folder / text for text in _texts(name) if PurePosixPath(text).name == text and folder / text in known)


@cache
def _texts(name: str) -> frozenset[str]:
    return frozenset(
        node.value
        for node in ast.walk(_tree(name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    )


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(module_files()[name].read_text("utf-8"))


def _top_level(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _named(node)


def _imports(tree: ast.AST) -> Iterator[str]:
    """All of them, those inside functions too, but not what only type checkers see."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _named(node)
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from _imports(node)


def _named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif node.module and not node.level:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
