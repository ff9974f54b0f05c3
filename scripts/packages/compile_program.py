"""The program of the target's interpreter: compiles the files named on stdin. Standard library only, Python 3.10 and newer.

stdin is JSON, [[source, target, name shown in traces], …]. Every file is compiled in a fork of this process as it stands before
the first one: marshal writes how often an object is referred to, so what was compiled before would show in the bytes.
"""

import json
import os
import py_compile
import sys


def main() -> None:
    for source, target, shown in json.load(sys.stdin):
        child = os.fork()
        if child == 0:
            os._exit(compile_one(source, target, shown))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            sys.exit(f"{shown}: the compiler ended with {status}")


def compile_one(source: str, target: str, shown: str) -> int:
    """Unchecked: nobody writes into the package, so no cold start needs to look at the source."""
    try:
        unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(source, cfile=target, dfile=shown, doraise=True, invalidation_mode=unchecked)
    except (py_compile.PyCompileError, ValueError):
        return 0  # no Python of this version: a cold start would not get further with it either
    except BaseException:
        return 1
    return 0


if __name__ == "__main__":
    main()
