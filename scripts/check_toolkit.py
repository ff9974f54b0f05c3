"""./scripts/check toolkit: does the official CLI's engine make of serverless.yml what ./scripts/deploy makes of it?

The engine's public code (npm tencent-component-toolkit) deploys the project's files to the fake of Tencent Cloud, over HTTP. What
stands there afterwards is compared with what the deployer wants, function by function. Needs node and npm; installs into build/.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.deployment.packages import Package, Packages
from scripts.deployment.settings import OWN_NAMES, Settings, named_in
from scripts.deployment.wanted import WantedCloud, WantedFunction, WantedTrigger, read_wanted
from scripts.local_cloud.emulator.manifest.document import read_document
from scripts.local_cloud.emulator.manifest.environment import declared_environment
from scripts.local_cloud.emulator.manifest.forms import FunctionNode, TriggerNode, function_nodes, trigger_nodes
from scripts.local_cloud.emulator.manifest.layers import outputs_of, read_layers
from scripts.local_cloud.emulator.manifest.report import Report
from scripts.local_cloud.emulator.manifest.yaml_lines import Node
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

ENGINE = "tencent-component-toolkit@2.27.6"
FOLDER = Path("build/toolkit")
DRIVER = Path("scripts/toolkit/deploy.js")
BUCKET, APPID, REGION = "mojian-1250000000", "1250000000", "ap-guangzhou"
LONGEST_S = 300

#: What both write. Descriptions, retries, versions and aliases are the deployer's alone.
COMPARED = (
    "MemorySize",
    "Timeout",
    "InitTimeout",
    "Environment",
    "Role",
    "Layers",
    "VpcConfig",
    "ClsLogsetId",
    "ClsTopicId",
    "DeadLetterConfig",
)


def is_installed(project: Path) -> bool:
    return (project / FOLDER / "node_modules" / ENGINE.partition("@")[0]).is_dir()


def install(project: Path) -> None:
    """Raises CalledProcessError."""
    folder = project / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--prefix", str(folder)]
    subprocess.run(["npm", "install", *options, ENGINE], check=True, timeout=LONGEST_S)


def differences(project: Path) -> list[str]:
    """What the engine made otherwise than wanted; empty when both agree. Raises RuntimeError when it made nothing."""
    settings = _settings(project)
    with tempfile.TemporaryDirectory(prefix="mojian-toolkit-") as folder:
        packages = _packages(project, Path(folder))
        wanted = read_wanted(project, settings, packages)
        fake = TencentCloudFake(lambda _bucket, key: packages_by_key(packages).get(key))
        fake.scf.change({"busy_s": 0})
        _prepare(fake, wanted)
        with serve(fake) as served:
            _run_engine(project, served.url, fake, _document(project, settings))
        return [*_compared(wanted, fake)]


def _run_engine(project: Path, url: str, fake: TencentCloudFake, document: dict[str, Any]) -> None:
    keys = fake.deployer_environment(url)
    credentials = {"SecretId": keys["TENCENT_SECRET_ID"], "SecretKey": keys["TENCENT_SECRET_KEY"]}
    done = subprocess.run(
        ["node", str(project / DRIVER), str((project / FOLDER).absolute())],
        input=json.dumps({**document, "credentials": credentials, "region": REGION}),
        env={**os.environ, "FAKE_HOST": url.removeprefix("http://")},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the engine stopped: {done.stderr.strip()}")


def _settings(project: Path) -> Settings:
    """A value for every name, as an engine without defaults needs it."""
    values = {name: f"{name.lower()}-value" for name in named_in(project) | OWN_NAMES}
    known = {"STAGE": "dev", "COS_BUCKET": BUCKET, "COS_REGION": REGION, "DEAD_LETTER_TYPE": "CMQ-QUEUE"}
    ids = {"CLS_LOGSET_ID": f"set-{APPID}", "CLS_TOPIC_ID": f"topic-{APPID}", "APP_DOMAIN": "api.example.com"}
    return Settings("dev", {**values, **known, **ids}, "", "", "", REGION, BUCKET, APPID)


def _packages(project: Path, folder: Path) -> Packages:
    """In `folder`: packages that hold what a function starts with, and a layer something."""
    functions = {
        path.name: _packed(folder, f"f-{path.name}", path)
        for path in sorted((project / "functions").iterdir())
        if path.is_dir()
    }
    layers = {
        path.parent.name: _packed(folder, f"l-{path.parent.name}", None)
        for path in sorted((project / "layers").glob("*/serverless.yml"))
    }
    return Packages("Python3.10", layers, {name: one for name, one in functions.items() if one})


def _packed(folder: Path, name: str, source: Path | None) -> Package:
    files = {path.name: path for path in sorted(source.iterdir()) if path.is_file()} if source else {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("name.txt", name)
        for file, path in files.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = (path.stat().st_mode & 0o777) << 16
            package.writestr(entry, path.read_bytes())
    content = packed.getvalue()
    (folder / f"{name}.zip").write_bytes(content)
    return Package(folder / f"{name}.zip", hashlib.sha256(content).hexdigest(), len(content))


def packages_by_key(packages: Packages) -> dict[str, bytes]:
    """Where the CLI would have put them in the bucket."""
    return {one.path.name: one.path.read_bytes() for one in (*packages.layers.values(), *packages.functions.values())}


def _prepare(fake: TencentCloudFake, wanted: WantedCloud) -> None:
    """What the engine expects to exist: roles and the log topic."""
    trust = {
        "version": "2.0",
        "statement": [
            {"action": "name/sts:AssumeRole", "effect": "allow", "principal": {"service": ["scf.qcloud.com"]}}
        ],
    }
    for role in sorted({function.role for function in wanted.functions}):
        fake.cam.actions["CreateRole"]({"RoleName": role, "PolicyDocument": json.dumps(trust)})
    fake.cls.actions["CreateLogset"]({"LogsetId": wanted.log_set_id, "LogsetName": "set"})
    fake.cls.actions["CreateTopic"](
        {"LogsetId": wanted.log_set_id, "TopicId": wanted.log_topic_id, "TopicName": "topic"}
    )


def _document(project: Path, settings: Settings) -> dict[str, Any]:
    """What the components hand to the engine: one set of inputs for every layer and every function."""
    report = Report()
    local = read_layers(project, settings.values, report)
    document = read_document(project / "serverless.yml", ("multi-scf",), settings.values, outputs_of(local), report)
    if document is None or report.problems:
        raise RuntimeError("\n".join(map(str, report.problems)))
    nodes = function_nodes(document, report)
    triggers = trigger_nodes(document, nodes, report)
    layers = [
        {
            "name": layer.name,
            "bucket": "mojian",
            "object": f"/l-{layer.folder.name}.zip",
            "runtimes": list(layer.runtimes),
        }
        for layer in local
    ]
    return {"layers": layers, "functions": [_inputs(node, triggers, report) for node in nodes]}


def _inputs(node: FunctionNode, triggers: list[TriggerNode], report: Report) -> dict[str, Any]:
    """`environments` becomes variables, `triggers` become events, src becomes an object of the bucket."""
    shared = {key: plain(value) for key, value in node.settings.mapping.items() if key not in ("environments", "src")}
    events = [{one.kind: {"parameters": plain(one.parameters)}} for one in triggers if one.function == node.key]
    code = {"bucket": "mojian", "object": f"/f-{node.key}.zip"}
    return {
        **shared,
        "code": code,
        "environment": {"variables": declared_environment(node.settings, report)},
        "events": events,
    }


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(entry) for entry in node.value] if isinstance(node.value, list) else node.value


def _compared(wanted: WantedCloud, fake: TencentCloudFake) -> Iterator[str]:
    made = fake.state()["scf"]["functions"]
    if missing := sorted({function.name for function in wanted.functions} - {name.partition("/")[2] for name in made}):
        yield f"not made: {', '.join(missing)}"
    for function in wanted.functions:
        found = made.get(f"{function.namespace}/{function.name}")
        if found:
            yield from (f"{function.name}: {one}" for one in _function_differences(function, found))


def _function_differences(wanted: WantedFunction, found: dict[str, Any]) -> Iterator[str]:
    fixed = {
        "type": wanted.type,
        "runtime": wanted.runtime,
        "handler": wanted.handler,
        "code_sha256": wanted.package.sha256,
    }
    yield from (f"{name} is {found[name]}, wanted {value}" for name, value in fixed.items() if found[name] != value)
    configuration = dict(wanted.configuration) | {
        "Layers": [{"LayerName": layer.name, "LayerVersion": 1} for layer in wanted.layers]
    }
    for name in COMPARED:
        there, here = _comparable(found["configuration"].get(name)), _comparable(configuration.get(name))
        if there != here:
            yield f"{name} is {there}, wanted {here}"
    triggers = sorted(_trigger_key(one) for one in found["triggers"])
    if triggers != sorted(map(_wanted_key, wanted.triggers)):
        yield f"triggers are {triggers}, wanted {sorted(map(_wanted_key, wanted.triggers))}"


def _comparable(value: Any) -> Any:
    """Variables in any order; absent and empty are the same."""
    if isinstance(value, dict) and "Variables" in value:
        return {entry["Key"]: entry["Value"] for entry in value["Variables"]}
    return {key: one for key, one in value.items() if one} if isinstance(value, dict) else value


def _wanted_key(wanted: WantedTrigger) -> tuple[str, ...]:
    return (wanted.kind, wanted.name, wanted.qualifier, str(int(wanted.enabled)), _asked(wanted.description))


def _trigger_key(found: dict[str, Any]) -> tuple[str, ...]:
    return (found["Type"], found["TriggerName"], found["Qualifier"], str(found["Enable"]), _asked(found["TriggerDesc"]))


def _asked(description: str) -> str:
    """What was asked for, without the addresses that an answer adds."""
    if not description.startswith("{"):
        return json.dumps({"cron": description})
    asked = json.loads(description)
    net = asked.get("NetConfig")
    if net:
        asked["NetConfig"] = {name: net[name] for name in ("EnableIntranet", "EnableExtranet")}
    return json.dumps(asked, sort_keys=True)


def main() -> int:
    project = Path.cwd()
    if not is_installed(project):
        print(f"installing {ENGINE} into {FOLDER}", file=sys.stderr)
        install(project)
    found = differences(project)
    print("\n".join(found) or "the official CLI's engine makes of serverless.yml what ./scripts/deploy does")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
