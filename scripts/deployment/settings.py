"""Values for serverless.yml and keys for Tencent Cloud: .env, .env.<stage> and the shell, as the official CLI reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.deployment.errors import DeployError
from scripts.local_cloud.stack.settings import read_env_file

DEFAULT_STAGE = "dev"

#: What the deployer itself reads beside keys and endpoints.
OWN_NAMES = frozenset({"STAGE", "APP_DOMAIN", "DATABASE_URL", "ALARM_WEBHOOK_URL"})

_REFERENCE = re.compile(r"\$\{env:(\w+)\}")
_BUCKET = re.compile(r"([a-z0-9][a-z0-9-]*)-(\d+)")


@dataclass(frozen=True)
class Settings:
    """`values` is what ${env:NAME} may use: every name of serverless.yml and OWN_NAMES, empty when nobody has set it.

    `api_endpoint` and `cos_endpoint` lead to a fake; empty means the cloud.
    """

    stage: str
    values: Mapping[str, str]
    secret_id: str
    secret_key: str
    token: str
    region: str
    bucket: str
    appid: str
    api_endpoint: str = ""
    cos_endpoint: str = ""

    @property
    def bucket_name(self) -> str:
        """Without the appid, as SCF wants it."""
        return self.bucket.rpartition("-")[0]


def read_settings(project: Path, stage: str | None, environ: Mapping[str, str]) -> Settings:
    """Raises DeployError naming everything that is missing."""
    from_file = read_env_file(project / ".env")
    stage = stage or environ.get("STAGE") or from_file.get("STAGE") or DEFAULT_STAGE
    given = {**from_file, **read_env_file(project / f".env.{stage}"), **environ, "STAGE": stage}
    values = {name: given.get(name, "") for name in sorted(named_in(project) | OWN_NAMES)}
    wanted = ("TENCENT_SECRET_ID", "TENCENT_SECRET_KEY", "COS_BUCKET", "COS_REGION")
    missing = [name for name in wanted if not given.get(name)]
    if missing:
        raise DeployError(
            f"not set: {', '.join(missing)}. Put them into .env or .env.{stage} (see docs/how-to/deploy.md)"
        )
    bucket = _BUCKET.fullmatch(given["COS_BUCKET"])
    if bucket is None:
        raise DeployError("COS_BUCKET must be <name>-<appid>, such as mojian-1250000000")
    return Settings(
        stage=stage,
        values=values,
        secret_id=given["TENCENT_SECRET_ID"],
        secret_key=given["TENCENT_SECRET_KEY"],
        token=given.get("TENCENT_TOKEN", ""),
        region=given["COS_REGION"],
        bucket=given["COS_BUCKET"],
        appid=bucket[2],
        api_endpoint=given.get("TENCENT_API_ENDPOINT", ""),
        cos_endpoint=given.get("COS_ENDPOINT", ""),
    )


def named_in(project: Path) -> set[str]:
    """Every NAME of ${env:NAME} in the project's manifests and in the deployer's own files."""
    files = [project / "serverless.yml", *project.glob("layers/*/serverless.yml"), *Path(__file__).parent.glob("*.yml")]
    return {name for file in files if file.exists() for name in _REFERENCE.findall(file.read_text("utf-8"))}
