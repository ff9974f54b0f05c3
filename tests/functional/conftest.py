"""The `cloud` fixture: servers live as long as the session, everything they remember as long as one test."""

import logging
import secrets
import shutil
import ssl
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import httpx
import pytest

from common import logs
from common.persistence.migrate import upgrade
from common.vendors.wechat_pay.keys import read_private_key
from scripts.local_cloud.emulator import manifest
from scripts.local_cloud.emulator.switches import Account
from scripts.local_cloud.fakes.cos.events import ObjectEvent
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.stack.served_fakes import ServedFakes
from scripts.local_cloud.stack.settings import compose, key_rings, project_defaults
from scripts.local_cloud.stack.stores import EmbeddedRedis
from tests.functional import files
from tests.functional.cloud import Cloud, Time, Vendors
from tests.functional.phone import Phone
from tests.functional.scf import ROOT, Door, Platform

A_DAY_S = 86_400

#: What takes longest in a cold start, done once: certificates of the machine that nobody needs here, and the same RSA key.
known_certificates = lru_cache(ssl.create_default_context)
known_private_key = lru_cache(read_private_key)


@pytest.fixture(scope="session")
def vendors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vendors]:
    changes: list[ObjectEvent] = []
    served = ServedFakes(tmp_path_factory.mktemp("vendors"), changes.append)
    with httpx.Client(trust_env=False, timeout=20) as phone_side:
        yield Vendors(served, phone_side, changes)
    served.close()


@pytest.fixture(scope="session")
def role_keys(vendors: Vendors) -> dict[str, str]:
    """The temporary keys of a run role, admitted to the bucket."""
    secret_id, secret_key, token = "AKID" + secrets.token_hex(16), secrets.token_hex(16), secrets.token_urlsafe(48)
    vendors.served.fakes.admit_temporary_key(secret_id, secret_key, token, time.time() + A_DAY_S)
    return {
        "TENCENTCLOUD_SECRETID": secret_id,
        "TENCENTCLOUD_SECRETKEY": secret_key,
        "TENCENTCLOUD_SESSIONTOKEN": token,
    }


@pytest.fixture(scope="session")
def redis_server() -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis()
    yield server
    server.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the current schema, to copy."""
    file = tmp_path_factory.mktemp("schema") / "empty.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def door() -> Door:
    """Where WeChat Pay's notifications arrive."""
    return Door()


@pytest.fixture(scope="session")
def settings(
    vendors: Vendors, door: Door, redis_server: EmbeddedRedis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Every setting but the database, as ./scripts/local gives them to the functions."""
    rings = key_rings(tmp_path_factory.mktemp("keys") / "keys.json")
    with serve(door) as public:
        vendors.served.fakes.push_to(f"{public.url}/wechat/push")
        own = compose({}, vendors.served.environments(), public.url)
        yield {**project_defaults(ROOT), **rings, **own, "REDIS_URL": redis_server.url}


@pytest.fixture(scope="session")
def deployed(settings: dict[str, str]) -> manifest.Manifest:
    return manifest.load(ROOT / "serverless.yml", {**settings, "DATABASE_URL": "sqlite://"})


@pytest.fixture
def log_levels() -> Iterator[None]:
    """Handlers quieten loggers of the whole process; the other tests get them back as they were."""
    loggers = [logging.getLogger(name) for name in (None, *logs._NOISY)]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def cloud(
    log_levels: None,
    vendors: Vendors,
    redis_server: EmbeddedRedis,
    migrated: Path,
    door: Door,
    settings: dict[str, str],
    deployed: manifest.Manifest,
    role_keys: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Cloud]:
    """Empty vendors, an empty database, functions that have not started yet. Settings can be changed by monkeypatch."""
    vendors.reset()
    redis_server.clear()
    database_file = Path(shutil.copy(migrated, tmp_path / "test.db"))
    for name, value in {**settings, **role_keys, "DATABASE_URL": f"sqlite:///{database_file}"}.items():
        monkeypatch.setenv(name, value)
    account = Account(appid=vendors.served.fakes.cos.bucket.appid)
    platform, clock = Platform(deployed, account, role_keys), Time()
    monkeypatch.setattr("common.platform.handlers.Shared", platform.open_shared)
    monkeypatch.setattr(ssl, "create_default_context", known_certificates)
    monkeypatch.setattr("common.vendors.wechat_pay.client.read_private_key", known_private_key)
    monkeypatch.setattr("common.clock.now", clock.now)
    monkeypatch.setattr("common.clock.sleep", clock.sleep)
    with door.leads_to(platform):
        yield Cloud(platform, vendors, clock, settings, database_file)
    platform.close()


@pytest.fixture
def alice(cloud: Cloud) -> Phone:
    """Somebody who is logged in and has never bought anything: five credits, the price of one resume."""
    return cloud.member("alice")


@pytest.fixture
def ready(cloud: Cloud, alice: Phone) -> str:
    """A finished resume of Alice, who has ten credits left; the resume's id.

    Its files are put there instead of typeset: a worker that finds them records the end and nothing else.
    """
    alice.pay(alice.open_order())
    resume_id = alice.upload(files.docx())
    cloud.follow(lose="render")
    (key,) = [key for key in cloud.keys if key.startswith("optimised/")]
    for extension in ("docx", "png", "json", "pdf"):
        rendered = key.replace("optimised/", "rendered/").replace(".json", f".{extension}")
        cloud.put(rendered, f"a {extension}".encode())
    cloud.deliver("render", key)
    cloud.follow()
    return resume_id


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Puts "redis" or "database" out of reach of every function that has not started yet."""
    nowhere = {
        "redis": ("REDIS_URL", "redis://127.0.0.1:1/0"),
        "database": ("DATABASE_URL", f"sqlite:///{tmp_path / 'gone' / 'test.db'}"),
    }
    return lambda store: monkeypatch.setenv(*nowhere[store])
