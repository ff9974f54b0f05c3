"""A small, acceptable project whose serverless.yml tests then spoil in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scripts.local_cloud.emulator import manifest

ENV = {"BUCKET": "sample-1250000001", "TOKEN": "not-a-secret"}

SERVERLESS = """\
component: multi-scf
app: sample
stage: test
name: api

inputs:
  region: ap-guangzhou
  runtime: Python3.10
  memorySize: 256
  timeout: 30
  src: ./functions
  environments:
    - { key: SHARED, value: yes }
    - { key: BUCKET, value: "${env:BUCKET}" }
  layers:
    - name: ${output:${stage}:${app}:layer-tools.name}
      version: ${output:${stage}:${app}:layer-tools.version}
  functions:
    hello:
      name: sample-hello
      handler: index.main_handler
      src: hello
    ingest:
      handler: index.main_handler
      src: { src: ingest, exclude: ["notes/**"] }
      role: sample-ingest
      timeout: 300
      initTimeout: 20
      environments:
        - key: TOKEN
          value: ${env:TOKEN}
    live:
      type: web
      src: live
      instanceConcurrencyConfig: { maxConcurrency: 4 }
  triggers:
    - type: http
      function: hello
      parameters:
        qualifier: $DEFAULT
        authType: NONE
        netConfig: { enableExtranet: true }
        corsConfig: { enable: true, origins: ["https://example.com"], methods: [get], maxAge: 600 }
    - type: cos
      function: ingest
      parameters:
        bucket: ${env:BUCKET}.cos.ap-guangzhou.myqcloud.com
        events: cos:ObjectCreated:*
        filter: { prefix: uploads/, suffix: .pdf }
        enable: true
    - type: timer
      function: hello
      parameters:
        name: nightly
        cronExpression: "0 0 3 * * * *"
        argument: sweep
        enable: true
  customDomain:
    endpointsConfig:
      - { functionName: hello, pathMatch: /hello }
"""

LAYER = """\
component: layer
app: sample
stage: test
name: layer-tools
inputs:
  name: tools-${stage}
  region: ap-guangzhou
  src: ./build
  runtimes: [Python3.10]
"""


@dataclass(frozen=True)
class Project:
    """A project folder; `text` is its serverless.yml as last written."""

    root: Path
    text: str

    @property
    def path(self) -> Path:
        return self.root / "serverless.yml"

    def spoiled(self, old: str, new: str) -> Project:
        """The same project with one passage of serverless.yml replaced."""
        assert self.text.count(old) == 1, f"{old!r} must occur exactly once"
        changed = Project(self.root, self.text.replace(old, new))
        changed.path.write_text(changed.text, encoding="utf-8")
        return changed

    def line_of(self, passage: str) -> int:
        assert self.text.count(passage) == 1, f"{passage!r} must occur exactly once"
        return self.text[: self.text.index(passage)].count("\n") + 1

    def refusals(self, env: dict[str, str] | None = ENV) -> list[str]:
        return [str(problem) for problem in manifest.check(self.path, env)]

    def load(self) -> manifest.Manifest:
        return manifest.load(self.path, ENV)

    def warnings(self) -> list[str]:
        return [str(warning) for warning in self.load().warnings]


def make_project(root: Path) -> Project:
    for key in ("hello", "ingest"):
        folder = root / "functions" / key
        folder.mkdir(parents=True)
        (folder / "index.py").write_text("def main_handler(event, context):\n    return event\n")
    live = root / "functions" / "live"
    live.mkdir()
    (live / "scf_bootstrap").write_text("#!/bin/bash\nexec true\n")
    (live / "scf_bootstrap").chmod(0o755)
    (root / "layers" / "tools").mkdir(parents=True)
    (root / "layers" / "tools" / "serverless.yml").write_text(LAYER)
    (root / "serverless.yml").write_text(SERVERLESS)
    return Project(root, SERVERLESS)
