"""What the platform refuses (its quotas page, and the API's own texts), and what of a build is over it."""

from collections.abc import Iterator
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
MOST_ZIP_BYTES = 50 * MEGABYTE
MOST_UNPACKED_BYTES = 500 * MEGABYTE
MOST_ENVIRONMENT_BYTES = 4 * 1024
MOST_LAYERS = 5


@dataclass(frozen=True)
class Built:
    """One zip of a build. A function's `layers` are names; `environment_bytes` is 0 for a layer."""

    name: str
    path: str
    sha256: str
    size_bytes: int
    unpacked_bytes: int
    layers: tuple[str, ...] = ()
    environment_bytes: int = 0


def unpacked_with_layers(function: Built, layers: list[Built]) -> int:
    """What counts against the limit of one version: its code and all layers it binds."""
    return function.unpacked_bytes + sum(layer.unpacked_bytes for layer in layers if layer.name in function.layers)


def violations(layers: list[Built], functions: list[Built]) -> Iterator[str]:
    """One line for everything that the platform would refuse."""
    for built in (*layers, *functions):
        if built.size_bytes > MOST_ZIP_BYTES:
            yield f"{built.name}: a zip of {built.size_bytes:,} bytes, at most {MOST_ZIP_BYTES:,} can be sent"
    for function in functions:
        if len(function.layers) > MOST_LAYERS:
            yield f"{function.name}: {len(function.layers)} layers, at most {MOST_LAYERS} can be bound"
        if (whole := unpacked_with_layers(function, layers)) > MOST_UNPACKED_BYTES:
            yield f"{function.name}: {whole:,} bytes unpacked with its layers, at most {MOST_UNPACKED_BYTES:,}"
        if function.environment_bytes > MOST_ENVIRONMENT_BYTES:
            yield f"{function.name}: {function.environment_bytes:,} bytes of variables, at most {MOST_ENVIRONMENT_BYTES:,}"
