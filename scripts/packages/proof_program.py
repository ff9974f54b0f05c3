"""The program of a clean interpreter: imports a function's handler and every module of its package, and says what that loaded.

Started as `python -I -S -B proof_program.py VAR_USER OPT [OTHERS…]`: nothing but the package, its layers and the standard library
is there. OTHERS are packages that are imported only when they are needed. Standard library only.
Prints JSON: {"modules": …, "uncompiled": […], "failed": {module: error}}.
"""

import importlib
import importlib.util
import json
import os
import sys


def main() -> None:
    var_user, opt, *others = sys.argv[1:]
    os.chdir(var_user)
    sys.path[:0] = [var_user, opt]
    failed = {}
    for name in ("index", *modules_in(var_user), *others):
        try:
            importlib.import_module(name)
        except BaseException as error:
            failed[name] = f"{type(error).__name__}: {error}"
    ours = [module for module in list(sys.modules.values()) if is_from(module, (var_user, opt))]
    uncompiled = sorted(module.__name__ for module in ours if not os.path.exists(module.__cached__ or ""))  # noqa: PTH110
    print(json.dumps({"modules": len(ours), "uncompiled": uncompiled, "failed": failed}))


def modules_in(var_user: str) -> list[str]:
    """Dotted names of the package's modules, apart from scripts in folders that are no packages."""
    found = []
    for folder, folders, files in os.walk(os.path.join(var_user, "common")):  # noqa: PTH118 - starts faster than pathlib
        if "__init__.py" not in files:
            folders.clear()
            continue
        package = os.path.relpath(folder, var_user).replace(os.sep, ".")
        found += [f"{package}.{name[:-3]}" for name in files if name.endswith(".py")]
    return sorted(name.removesuffix(".__init__") for name in found)


def is_from(module: object, folders: tuple[str, ...]) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and file.startswith(folders) and file.endswith(".py")


if __name__ == "__main__":
    main()
