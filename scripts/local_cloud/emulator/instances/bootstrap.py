"""The program of an event function's instance: loads the handler, then runs one event after another.

Started as `python -I -S bootstrap.py <socket descriptor> <var_user> <opt> <handler>`, outside the package: it loads its
two neighbours by path. Sends {"stage": "runtime"}, then {"stage": "ready", "error"?}, then one answer per event.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from decimal import Decimal
from types import ModuleType
from typing import Any

HANDLER_NOT_FOUND, USER_CODE_ERROR, USER_EXCEPTION = 437, 443, 430
END_OF_OUTPUT = b"\0end\n"

Handler = Callable[[Any, Any], Any]


def main() -> None:
    descriptor, var_user, opt, handler_name = sys.argv[1:]
    code, frames = _neighbour("child"), _neighbour("frames")
    os.set_inheritable(int(descriptor), False)
    channel = frames.Frames(socket.socket(fileno=int(descriptor)))
    code.settle(var_user, opt)
    sys.argv[:] = [os.path.join(var_user, handler_name.partition(".")[0] + ".py")]  # noqa: PTH118
    channel.send({"stage": "runtime"})
    try:
        handler: Handler | None = code.load_handler(var_user, handler_name)
        error = None
    except code.HandlerNotFound as missing:
        handler, error = None, {"status": HANDLER_NOT_FOUND, "message": str(missing), "trace": ""}
    except Exception as broken:
        handler, error = None, _described(broken, USER_CODE_ERROR, var_user)
    _end_output()
    channel.send({"stage": "ready", "error": error})
    if handler:
        with contextlib.suppress(frames.Closed):
            _serve(channel, handler, code.apply_environ, var_user)


def _serve(channel: Any, handler: Handler, apply_environ: Callable[[str], None], var_user: str) -> None:
    while True:
        request = channel.receive()
        apply_environ(request["context"]["environ"])
        answer = _answer(handler, request, var_user)
        _end_output()
        channel.send(answer)


def _answer(handler: Handler, request: dict[str, Any], var_user: str) -> dict[str, Any]:
    """SystemExit is let through: on the platform, too, it ends the process (439)."""
    try:
        value = handler(json.loads(request["event"]), request["context"])
        if isinstance(value, Decimal):
            value = str(value)
        return {"text": json.dumps(value, ensure_ascii=False, allow_nan=False)}
    except Exception as error:
        return {"error": _described(error, USER_EXCEPTION, var_user)}


def _described(error: Exception, status: int, var_user: str) -> dict[str, Any]:
    """The error as text. The trace starts at the user's first line, for the frames above are ours, and names files as
    the platform would: the instance's folder is gone by the time somebody reads it."""
    trace = error.__traceback__
    while trace and not trace.tb_frame.f_code.co_filename.startswith(var_user):
        trace = trace.tb_next
    message = "".join(traceback.format_exception_only(type(error), error)).strip()
    lines = traceback.format_exception(type(error), error, trace or error.__traceback__)
    return {"status": status, "message": message, "trace": "".join(lines).replace(var_user, "/var/user")}


def _end_output() -> None:
    """Mark on stdout that what was printed for this request is all there."""
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    with contextlib.suppress(OSError):
        os.write(1, END_OF_OUTPUT)


def _neighbour(name: str) -> ModuleType:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".py")  # noqa: PTH100, PTH118, PTH120
    spec = importlib.util.spec_from_file_location(f"_scf_{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
