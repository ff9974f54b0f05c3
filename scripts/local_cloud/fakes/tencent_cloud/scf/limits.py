"""What the platform refuses about a function's settings, each with its code (errorcodes of the API, limits of its quota page)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError

RUNTIMES = {f"Python{version}" for version in ("2.7", "3.6", "3.7", "3.9", "3.10", "3.11", "3.12", "3.13")}
MEMORY_MB = {64, *range(128, 3073, 128)}
MOST_LAYERS = 5
MOST_ENVIRONMENT_BYTES = 4096

_NAME = re.compile(r"[A-Za-z]([A-Za-z0-9_-]{0,58}[A-Za-z0-9])")
_PART = r"[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z]"
_HANDLER = re.compile(rf"{_PART}\.{_PART}")
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = ("SCF_", "QCLOUD_", "TENCENTCLOUD_")
_DESCRIPTION = re.compile(r"[\w ,.，。\n一-鿿]{0,1000}", re.ASCII)


def refuse(code: str, detail: str) -> None:
    raise TencentCloudError(code, detail)


def check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        refuse("InvalidParameterValue.FunctionName", f"{name!r} is no function name.")


def check_handler(handler: str) -> None:
    if not _HANDLER.fullmatch(handler):
        refuse("InvalidParameterValue.Handler", f"{handler!r} is not of the form file.function.")


def check_runtime(runtime: str) -> None:
    if runtime not in RUNTIMES:
        refuse("InvalidParameterValue.Runtime", f"{runtime!r} is no runtime.")


def check_configuration(fields: Mapping[str, Any]) -> None:
    """Every field that is there, by itself."""
    for name, check in _CHECKS.items():
        if fields.get(name) is not None:
            check(fields[name])


def _memory(value: Any) -> None:
    if value not in MEMORY_MB:
        refuse("InvalidParameterValue.MemorySize", f"{value} MB is not offered.")


def _timeout(value: Any) -> None:
    if not isinstance(value, int) or not 1 <= value <= 900:
        refuse("LimitExceeded.Timeout", f"{value} s is not within 1 to 900.")


def _init_timeout(value: Any) -> None:
    if not isinstance(value, int) or not 3 <= value <= 300:
        refuse("LimitExceeded.InitTimeout", f"{value} s is not within 3 to 300.")


def _description(value: Any) -> None:
    if not _DESCRIPTION.fullmatch(value):
        refuse("InvalidParameterValue.Description", "Letters, digits, spaces, commas and full stops, up to 1000.")


def _environment(value: Any) -> None:
    variables = value.get("Variables") or []
    if variables == [{"Key": "", "Value": ""}]:  # how the CLI's engine says: none
        return
    for variable in variables:
        key = variable.get("Key") or ""
        if not _VARIABLE.fullmatch(key) or not variable.get("Value"):
            refuse("InvalidParameterValue.Environment", f"The variable {key!r} has a bad name or no value.")
        if key.startswith(_RESERVED):
            refuse("InvalidParameterValue.EnvironmentSystemProtect", f"{key} belongs to the platform.")
    names = [variable["Key"] for variable in variables]
    if len(set(names)) < len(names):
        refuse("InvalidParameterValue.Environment", "A variable is given twice.")
    size_bytes = sum(len(f"{variable['Key']}{variable['Value']}".encode()) for variable in variables)
    if size_bytes > MOST_ENVIRONMENT_BYTES:
        refuse(
            "InvalidParameterValue.EnvironmentExceededLimit",
            f"{size_bytes} bytes, {MOST_ENVIRONMENT_BYTES} are allowed.",
        )


def _layers(value: Any) -> None:
    if len(value) > MOST_LAYERS:
        refuse("LimitExceeded.Layers", f"{len(value)} layers, {MOST_LAYERS} are allowed.")
    names = [layer.get("LayerName") for layer in value]
    if len(set(names)) < len(names):
        refuse("InvalidParameterValue.Layers", "A layer is bound twice.")


def _dead_letters(value: Any) -> None:
    if value.get("Type") not in ("", None, "CMQ-QUEUE", "CMQ-TOPIC"):
        refuse("InvalidParameterValue.DeadLetterConfig", f"{value.get('Type')} is no kind of dead letter queue.")


_CHECKS: dict[str, Callable[[Any], None]] = {
    "MemorySize": _memory,
    "Timeout": _timeout,
    "InitTimeout": _init_timeout,
    "Description": _description,
    "Environment": _environment,
    "Layers": _layers,
    "DeadLetterConfig": _dead_letters,
}
