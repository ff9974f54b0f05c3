"""The sample project of tests/fixtures/emulator, running: most tests share one emulator, some start their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from scripts.local_cloud.emulator import manifest as manifests
from scripts.local_cloud.emulator.cloud import Emulator, Hooks
from scripts.local_cloud.emulator.manifest import Manifest
from scripts.local_cloud.emulator.switches import Switches
from scripts.local_cloud.fakes.kit import serve

SAMPLE = Path(__file__).parents[3] / "fixtures" / "emulator" / "sample"
SAMPLE_ENVIRONMENT = {
    "STAGE": "test",
    "GREETING": "hello; world",
    "COS_BUCKET": "sample-1250000000",
    "COS_REGION": "ap-guangzhou",
}


Start = Callable[..., Emulator]


@dataclass(frozen=True)
class Running:
    """An emulator with its gateway on a port, and the keys it minted."""

    emulator: Emulator
    url: str
    keys: list[tuple[str, str, str, float]]


@pytest.fixture(scope="session")
def sample_manifest() -> Manifest:
    """The sample, with shorter timeouts than a manifest may ask for: the tests wait for them to pass."""
    manifest = manifests.load(SAMPLE / "serverless.yml", SAMPLE_ENVIRONMENT)
    functions = dict(manifest.functions)
    for key in ("lazy_init", "web_silent"):
        functions[key] = replace(functions[key], init_timeout_s=1)
    functions["web"] = replace(functions["web"], timeout_s=2)
    return replace(manifest, functions=functions)


@pytest.fixture(scope="session")
def code_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("code-cache")


@pytest.fixture(scope="session")
def start(sample_manifest: Manifest, code_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Start an emulator with other switches; use the result in a `with` block."""

    def start_with(switches: Switches | None = None, state_dir: Path | None = None) -> Emulator:
        state_dir = state_dir or tmp_path_factory.mktemp("emulator")
        return Emulator(sample_manifest, state_dir, switches, code_cache=code_cache)

    return start_with


@pytest.fixture(scope="session")
def running(sample_manifest: Manifest, code_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    keys: list[tuple[str, str, str, float]] = []
    hooks = Hooks(admit_key=lambda *key: keys.append(key))
    with (
        Emulator(
            sample_manifest,
            tmp_path_factory.mktemp("shared"),
            Switches(time_scale=600.0),
            hooks=hooks,
            code_cache=code_cache,
        ) as emulator,
        serve(emulator.gateway) as gateway,
    ):
        yield Running(emulator, gateway.url, keys)


@pytest.fixture
def emulator(running: Running) -> Emulator:
    running.emulator.reset()
    return running.emulator
