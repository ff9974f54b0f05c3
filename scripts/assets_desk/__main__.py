"""./scripts/assets: publish resume templates and their pictures, check what is published, make a key to sign with.

Exit code 0: done. 1: refused by the vendor, another publisher was faster, or the check found something. 2: a wrong call, a
template that must not be published, or a setting that is missing.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from common import clock
from common.errors import MojianError, SettingsInvalid
from common.security.signed_documents import public_key_of
from common.settings import read_group
from common.vendors.oss.publisher import AssetPublisher
from common.vendors.oss.settings import OssSettings
from scripts.assets_desk.checking import problems_of
from scripts.assets_desk.publishing import PublishedMeanwhile, publish
from scripts.assets_desk.shelf_files import BUNDLED, TemplateUnfit, read_folders
from scripts.local_cloud.control_file import CONTROL_FILE
from scripts.local_cloud.fakes.oss import OssFake
from scripts.local_cloud.fakes.oss.account import LOCAL_SIGNING_KEY
from scripts.local_cloud.stack.settings import read_env_file

SIGNING_KEY = "OSS_SIGNING_KEY"


def main(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    options = _options(arguments)
    try:
        lines, code = options.run(options, _local(options, env) if getattr(options, "local", False) else env)
    except (SettingsInvalid, TemplateUnfit) as error:
        print(f"assets: {error.facts['problems'] if isinstance(error, SettingsInvalid) else error}", file=sys.stderr)
        return 2
    except PublishedMeanwhile:
        print("assets: somebody else published meanwhile; look at it, then publish again", file=sys.stderr)
        return 1
    except MojianError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines))
    return int(code)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./scripts/assets", description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(required=True, metavar="publish | check | key")
    publishing = verbs.add_parser("publish", help="upload what is new, then the manifest")
    publishing.add_argument("--plan", action="store_true", help="say what would be uploaded")
    publishing.add_argument("--from", dest="root", type=Path, default=BUNDLED, help="a folder of template folders")
    publishing.set_defaults(run=_publish)
    checking = verbs.add_parser("check", help="the bucket is private, and everything is what its name says")
    checking.set_defaults(run=_check)
    for verb in (publishing, checking):
        verb.add_argument("--local", action="store_true", help="in the local cloud that ./scripts/local up runs")
        verb.add_argument("--state", type=Path, default=Path(".local"), help="its state folder")
    verbs.add_parser("key", help="a new key to sign with").set_defaults(run=_key)
    return parser.parse_args(arguments)


def _publish(options: argparse.Namespace, env: Mapping[str, str]) -> tuple[list[str], int]:
    settings = _settings(env)
    signing_key = env.get(SIGNING_KEY, "").strip()
    if not signing_key or public_key_of(signing_key) != settings.public_key:
        raise SettingsInvalid(problems=[f"{SIGNING_KEY}: has to be the key that OSS_PUBLIC_KEY belongs to"])
    templates = read_folders(options.root)
    lines = publish(templates, AssetPublisher(settings), signing_key=signing_key, now=clock.now(), plan=options.plan)
    return [f"(plan) {line}" for line in lines] if options.plan else lines, 0


def _check(_options: argparse.Namespace, env: Mapping[str, str]) -> tuple[list[str], int]:
    settings = _settings(env)
    problems = problems_of(settings, AssetPublisher(settings))
    return problems or ["private, signed, and every file is what its name says"], int(bool(problems))


def _key(_options: argparse.Namespace, _env: Mapping[str, str]) -> tuple[list[str], int]:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return [f"{SIGNING_KEY}={key}", f"OSS_PUBLIC_KEY={public_key_of(key)}"], 0


def _settings(env: Mapping[str, str]) -> OssSettings:
    settings = read_group(OssSettings, "OSS_", env)
    if not settings.is_set:
        raise SettingsInvalid(problems=["OSS_BUCKET: missing"])
    return settings


def _local(options: argparse.Namespace, env: Mapping[str, str]) -> Mapping[str, str]:
    """Raises SettingsInvalid when no local cloud runs."""
    file = options.state / CONTROL_FILE
    if not file.is_file():
        raise SettingsInvalid(problems=["no local cloud is running: start it with ./scripts/local up"])
    url = json.loads(file.read_text(encoding="utf-8"))["urls"]["oss"]
    return {**env, **OssFake().environment(url), SIGNING_KEY: LOCAL_SIGNING_KEY}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], {**read_env_file(Path(".env")), **os.environ}))
