"""The rules of the house as functions from sources to violations, so that a test can plant a violation and see it found."""

import re
import statistics
from collections.abc import Iterable

from tests.contract.source_tree import Source

MOST_FILE_LINES = 400
MEDIAN_FILE_LINES = 90
MOST_FUNCTION_LINES = 50
MEDIAN_FUNCTION_LINES = 8
MOST_HANDLER_LINES = 40

#: Zone → what of `common` it may import, besides itself. The first zone that fits a file is its zone.
ALLOWED: dict[str, tuple[str, ...]] = {
    "functions": ("common.platform", "common.services", "common.domain", "common.errors"),
    "common/services": ("common.domain", "common.errors", "common.clock"),
    "common/domain": ("common.errors",),
    "common/vendors": ("common.http", "common.domain", "common.errors", "common.clock"),
    "common/persistence": ("common.domain", "common.errors", "common.clock"),
    "common/documents": ("common.domain", "common.errors", "common.clock"),
    "common/security": ("common.domain", "common.errors", "common.clock"),
    "common/http": ("common.errors", "common.clock"),
    "common/platform": ("common.wiring", "common.security", "common.logs", "common.errors"),
    "common/settings": ("common.errors",),
    "common/wiring": ("common",),
    "common/errors": (),
    "common/clock.py": (),
    "common/logs.py": (),
    "scripts/local_cloud": (),
}

#: The base of every pydantic model.
EVERYBODYS = "common.lazy_model"

#: A value that would change under the feet of a pure function.
IMPURE = re.compile(
    r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time|random\.\w+|secrets\.\w+|os\.environ|open|read_text|read_bytes|write_text|glob)\b\(?"
)

BANNED_NAMES = re.compile(
    r"^(utils?|helpers?|manager|data|info|misc|stuff)$|^(process|handle)_(?!bind_param$|result_value$|starttag$|endtag$|data$|decl$)"
)  # SQLAlchemy's own, and html.parser's


def zone_of(name: str) -> str | None:
    return next((zone for zone in ALLOWED if name == zone or name.startswith(zone + "/")), None)


def forbidden_imports(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.name}:{line}: {module}"
        for file in files
        for module, line in file.imports()
        if (zone := zone_of(file.name)) and _is_forbidden(file.name, zone, module)
    ]


def _is_forbidden(name: str, zone: str, module: str) -> bool:
    first = module.split(".")[0]
    if zone == "scripts/local_cloud":
        return first in ("common", "functions")
    if first == "functions":
        return True
    if first != "common" or module == "common":
        return first == "scripts"
    return not any(_within(module, place) for place in (*ALLOWED[zone], _home(name, zone), EVERYBODYS))


def _home(name: str, zone: str) -> str:
    """A file may import its own zone; a vendor only its own folder, a function nothing."""
    if zone == "common/vendors":
        return ".".join(name.split("/")[:3])
    return zone.removesuffix(".py").replace("/", ".") if zone != "functions" else "functions.none"


def _within(module: str, place: str) -> bool:
    return module == place or module.startswith(place + ".")


def impure_domain(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.name}:{number}: {found[0]}"
        for file in files
        if file.name.startswith("common/domain/")
        for number, line in enumerate(file.text.splitlines(), 1)
        if ((found := IMPURE.search(line.split("#")[0])) and found[0].endswith("(")) or "os.environ" in line
    ]


def environment_readers(files: Iterable[Source]) -> list[str]:
    """Only settings read the environment; the migration command and local tools stand outside an invocation."""
    outside = ("common/settings/", "scripts/", "tests/", "common/persistence/migrate.py")
    return [
        file.name
        for file in files
        if re.search(r"os\.(environ|getenv)", file.text) and not file.name.startswith(outside)
    ]


def too_long(files: Iterable[Source]) -> list[str]:
    files = list(files)
    long_files = [f"{file.name}: {file.lines} lines" for file in files if file.lines > MOST_FILE_LINES]
    handlers = [
        f"{file.name}: {file.lines} lines"
        for file in files
        if _is_handler(file.name) and file.lines > MOST_HANDLER_LINES
    ]
    functions = [
        f"{file.name}:{line}: {name} has {length} lines"
        for file in files
        for name, line, length in file.functions()
        if length > MOST_FUNCTION_LINES
    ]
    return long_files + handlers + functions


def _is_handler(name: str) -> bool:
    return name.startswith("functions/")


def medians(files: Iterable[Source]) -> tuple[float, float]:
    """Lines of a file, lines of a function; empty package files do not count."""
    files = [file for file in files if file.lines > 1]
    functions = [length for file in files for _, _, length in file.functions()]
    return statistics.median(file.lines for file in files), statistics.median(functions)


def banned_names(files: Iterable[Source]) -> list[str]:
    modules = [file.name for file in files if BANNED_NAMES.search(file.name.rsplit("/", 1)[-1].removesuffix(".py"))]
    functions = [
        f"{file.name}:{line}: {name}"
        for file in files
        for name, line, _ in file.functions()
        if BANNED_NAMES.search(name)
    ]
    return modules + functions


def without_purpose(files: Iterable[Source]) -> list[str]:
    """Files with code and no docstring on top."""
    return [file.name for file in files if file.tree.body and not _docstring(file)]


def _docstring(file: Source) -> bool:
    import ast

    return ast.get_docstring(file.tree) is not None


def unfinished(files: Iterable[Source]) -> list[str]:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\bfor now\b")
    return [
        f"{file.name}:{number}"
        for file in files
        for number, line in enumerate(file.text.splitlines(), 1)
        if marks.search(line)
    ]
