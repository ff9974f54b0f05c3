"""A small project, its packages, and the fake cloud it is deployed to; time passes only when the deployer waits.

The fakes are asked in this process, below the SDKs' HTTP library: signatures and bodies are the real ones. `opened_world` with
`over_http` puts them on ports instead.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import requests
from werkzeug.test import Client

from scripts.deployment.__main__ import Deployer
from scripts.deployment.options import parse_options
from scripts.deployment.rights import Right
from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.kit import Fake, serve
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

APPID = "1250000000"
READING = ("Get", "List", "Describe", "Head")

MANIFEST = """component: multi-scf
app: sample
stage: ${env:STAGE}
name: api
inputs:
  region: ${env:COS_REGION}
  namespace: default
  type: event
  runtime: Python3.10
  handler: index.main_handler
  memorySize: 128
  timeout: 10
  initTimeout: 30
  src: ./functions
  cls: { logsetId: "${env:CLS_LOGSET_ID}", topicId: "${env:CLS_TOPIC_ID}" }
  environments:
    - { key: SECRET, value: "${env:SECRET}" }
    - { key: EMPTY, value: "${env:EMPTY}" }
  layers:
    - { name: "${output:${stage}:${app}:layer-base.name}", version: "${output:${stage}:${app}:layer-base.version}" }
  functions:
    hello: { name: "sample-hello-${stage}", role: "sample-hello-${stage}", src: hello, type: web }
    store: { name: "sample-store-${stage}", role: "sample-store-${stage}", src: store, timeout: 60 }
    tick: { name: "sample-tick-${stage}", role: "sample-tick-${stage}", src: tick, retryNum: 0, msgTTL: 60 }
  triggers:
    - type: http
      function: hello
      parameters: { qualifier: $DEFAULT, authType: NONE, netConfig: { enableExtranet: true, enableIntranet: false } }
    - type: cos
      function: store
      parameters:
        bucket: ${env:COS_BUCKET}.cos.${env:COS_REGION}.myqcloud.com
        events: cos:ObjectCreated:*
        filter: { prefix: uploads/, suffix: .pdf }
        enable: true
    - type: timer
      function: tick
      parameters: { name: every-minute, cronExpression: "0 * * * * * *", enable: true }
  customDomain:
    domain: ${env:APP_DOMAIN}
    protocol: HTTPS
    certConfig: { certificateId: "${env:APP_CERTIFICATE_ID}" }
    endpointsConfig:
      - { functionName: hello, qualifier: $DEFAULT, pathMatch: /hello }
"""

LAYER = """component: layer
app: sample
stage: ${env:STAGE}
name: layer-base
inputs: { name: "sample-base-${stage}", region: "${env:COS_REGION}", src: ./x, runtimes: [Python3.10] }
"""

ENVIRONMENT = {
    "STAGE": "dev",
    "COS_BUCKET": f"mojian-{APPID}",
    "COS_REGION": "ap-guangzhou",
    "SECRET": "hush-hush-value",
    "APP_DOMAIN": "api.example.com",
    "APP_CERTIFICATE_ID": "cert1",
    "CLS_LOGSET_ID": f"sample-dev-{APPID}",
    "CLS_TOPIC_ID": f"sample-dev-log-{APPID}",
    "ALARM_WEBHOOK_URL": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-key",
    "DATABASE_URL": "sqlite:///nowhere.db",
}

RIGHTS = {"store": [Right("read", "uploads/*"), Right("create", "parsed/*")]}


@dataclass
class Schema:
    """A database that lacks something, or does not. `calls_before` is what had reached the cloud when it was changed."""

    calls: Callable[[], list[str]]
    lacking: list[str] = field(default_factory=lambda: ["table users"])
    calls_before: list[str] | None = None

    def pending(self, _url: str) -> list[str]:
        return list(self.lacking)

    def apply(self, _url: str) -> None:
        self.lacking.clear()
        self.calls_before = self.calls()


class World:
    """`tencent` and `cos` are served over HTTP; `said` is what the deployer printed."""

    def __init__(self, project: Path, tencent: TencentCloudFake, cos: CosFake, urls: Mapping[str, str]) -> None:
        self.project, self.tencent, self.cos = project, tencent, cos
        self.environment = {**ENVIRONMENT, **tencent.deployer_environment(urls["tencent"]), "COS_ENDPOINT": urls["cos"]}
        pair = cos.permanent_key
        keys = (self.environment["TENCENT_SECRET_ID"], self.environment["TENCENT_SECRET_KEY"])
        if keys != (pair.secret_id, pair.secret_key):
            cos.admit_temporary_key(*keys, "", float("inf"))
        self.schema = Schema(self.calls)
        self.said: list[str] = []
        self.lines: dict[str, str] = {}
        self.moment = datetime(2026, 11, 25, 12, 0, tzinfo=timezone.utc)

    def deploy(self, *arguments: str, yes: bool = True, **environment: str) -> int:
        """The exit code. Every run is a minute after the one before; without `yes` somebody is asked, and says no."""
        self.said.clear()
        self.moment += timedelta(minutes=1)
        options = parse_options([*arguments, "--yes"] if yes else arguments)
        deployer = Deployer(
            self.project,
            {**self.environment, **environment},
            say=self.said.append,
            ask=lambda _question: False,
            pause=self.pass_time,
            now=lambda: self.moment,
            rights=lambda key, _environment: RIGHTS.get(key, []),
            migrations=self.schema,
            check=lambda _wanted: None,
        )
        return deployer.run(options)

    def pass_time(self, seconds: float) -> None:
        """The platform's own clock; signatures keep theirs."""
        self.now_s += seconds

    now_s = 0.0

    def calls(self, *, writing: bool = False) -> list[str]:
        """What reached the cloud, in order within each of the two services."""
        logged = [*self.tencent.log.as_json(), *self.cos.log.as_json()]
        names = [str(entry["operation"]) for entry in logged]
        return [name for name in names if not name.startswith(READING)] if writing else names

    def forget_calls(self) -> None:
        self.tencent.log.clear()
        self.cos.log.clear()

    def state(self) -> dict[str, Any]:
        """Everything that deploying can cause, comparable between two worlds."""
        settled = self.tencent.state()
        return {
            **json.loads(json.dumps(settled)),
            "bucket": self.cos.state()["rules"],
            "schema": list(self.schema.lacking),
        }

    def functions(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.tencent.state()["scf"]["functions"]
        return {name.removeprefix("default/sample-").removesuffix("-dev"): shown for name, shown in found.items()}

    def change_code(self, name: str, line: str = "changed = 1") -> None:
        """Of a function or a layer; earlier changes stay."""
        self.lines[name] = line
        write_packages(self.project, self.lines)

    def rewrite(self, before: str, after: str) -> None:
        path = self.project / "serverless.yml"
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")


@contextmanager
def opened_world(folder: Path, *, over_http: bool = False) -> Iterator[World]:
    """A project that was never deployed, and an empty cloud."""
    make_project(folder / "project")
    cos = CosFake(folder / "cloud", lambda _event: None)
    tencent = TencentCloudFake(cos.stored)
    with reachable(tencent, cos, over_http=over_http) as urls:
        world = World(folder / "project", tencent, cos, urls)
        tencent.world.now = lambda: world.now_s
        tencent.world.busy_s = 0.4
        yield world


@contextmanager
def reachable(tencent: Fake, cos: Fake, *, over_http: bool) -> Iterator[dict[str, str]]:
    if over_http:
        with serve(tencent) as api, serve(cos) as bucket:
            yield {"tencent": api.url, "cos": bucket.url}
        return
    adapters = {"tencent.test": InProcess(tencent), "127.0.0.1": InProcess(cos)}
    with (
        patch.object(requests.Session, "get_adapter", lambda _self, url: adapters[urlsplit(url).hostname]),
        patch("requests.sessions.get_environ_proxies", lambda *_arguments, **_options: {}),
    ):
        yield {"tencent": "http://tencent.test", "cos": "http://127.0.0.1:1"}


class InProcess(requests.adapters.BaseAdapter):
    """Hands a request to a fake and its answer back; a fake that hangs up is a lost connection here too."""

    def __init__(self, fake: Fake) -> None:
        super().__init__()
        self._client = Client(fake)

    def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:
        headers = {name: _text(value) for name, value in request.headers.items()}
        try:
            answer = self._client.open(
                path=request.path_url,
                method=request.method,
                headers=headers,
                data=request.body,
                base_url=_base(headers, request),
            )
            content = answer.get_data()
        except ConnectionError as error:
            raise requests.exceptions.ConnectionError(str(error)) from error
        response = requests.Response()
        response.status_code, response.url, response.request = answer.status_code, str(request.url), request
        response.headers.update(dict(answer.headers.items()))
        response._content = content
        return response

    def close(self) -> None:
        """Nothing is open."""


def _base(headers: Mapping[str, str], request: requests.PreparedRequest) -> str:
    return f"http://{headers.get('Host') or urlsplit(str(request.url)).netloc}/"


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def make_project(project: Path) -> None:
    for name in ("hello", "store", "tick"):
        (project / "functions" / name).mkdir(parents=True)
        (project / "functions" / name / "index.py").write_text("def main_handler(event, context): ...\n", "utf-8")
    bootstrap = project / "functions" / "hello" / "scf_bootstrap"
    bootstrap.write_text("#!/bin/bash\nexec python index.py\n", "utf-8")
    bootstrap.chmod(0o755)
    (project / "layers" / "base").mkdir(parents=True)
    (project / "serverless.yml").write_text(MANIFEST, "utf-8")
    (project / "layers" / "base" / "serverless.yml").write_text(LAYER, "utf-8")
    write_packages(project, {})


def write_packages(project: Path, lines: Mapping[str, str]) -> None:
    """build/packages as ./scripts/build leaves it; `lines` adds one to the code of a function or layer."""
    folder = project / "build" / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    layers = [packed(folder, "base", {"base.py": lines.get("base", "")}, "layers")]
    functions = []
    for name in ("hello", "store", "tick"):
        files = {path.name: path.read_text("utf-8") for path in sorted((project / "functions" / name).iterdir())}
        files["index.py"] += lines.get(name, "")
        functions.append({**packed(folder, name, files), "layers": ["base"]})
    listed = {"runtime": "Python3.10", "layers": layers, "functions": functions}
    (folder / "manifest.json").write_text(json.dumps(listed), "utf-8")


def packed(folder: Path, name: str, files: Mapping[str, str], kind: str = "functions") -> dict[str, Any]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for file, text in files.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = (0o755 if file == "scf_bootstrap" else 0o644) << 16
            package.writestr(entry, text)
    content = packed.getvalue()
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / f"{name}.zip").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return {"name": name, "path": f"build/packages/{kind}/{name}.zip", "sha256": sha256, "size_bytes": len(content)}
