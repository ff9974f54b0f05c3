"""What a cold start finds: the fakes, Redis and a database in which somebody has just opened an order."""

import json
import sqlite3
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.domain.orders import Order, OrderNumber
from scripts.benchmarks.money import scene
from scripts.local_cloud.emulator import manifest
from scripts.local_cloud.emulator.code.interpreter import instance_environment
from scripts.local_cloud.emulator.code.store import CodeFolders
from scripts.local_cloud.emulator.context import EVENT_RUNTIME_PORT, TemporaryKeys, build_context
from scripts.local_cloud.emulator.manifest import FunctionSpec
from scripts.local_cloud.emulator.switches import Account
from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack
from scripts.packages.unpacking import Unpacked

ADDRESS = "203.0.113.7"


@contextmanager
def world(folder: Path) -> Iterator["World"]:
    """Everything up inside the block. Somebody is logged in and has an order that is not paid yet."""
    with Stack(folder / "state", timers=False) as stack:
        phone = MiniProgram(stack.url, stack.urls)
        try:
            token = phone.log_in()["token"]
            product = phone.call("GET", "/pay/products")["products"][0]["id"]
            number = phone.open_order(product)["order_id"]
            with scene.open_app(stack.environment) as app:
                order = app.orders.find(OrderNumber(number))
            if order is None:
                raise LookupError(number)
            specification = manifest.load(Path("serverless.yml"), stack.environment)
            yield World(stack, phone, token, order, specification.functions, Path(app_database(stack)))
        finally:
            phone.close()


def app_database(stack: Stack) -> str:
    return stack.environment["DATABASE_URL"].removeprefix("sqlite:///")


@dataclass
class World:
    """`database` is the file that every cold start finds as it was at first."""

    stack: Stack
    phone: MiniProgram
    token: str
    order: Order
    functions: Mapping[str, FunctionSpec]
    database: Path

    def __post_init__(self) -> None:
        self.stack.emulator.recycle()
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._kept = self.database.read_bytes()

    def fresh(self) -> None:
        """The database as it was after the order was opened, whatever a cold start did to it."""
        for suffix in ("-wal", "-shm"):
            self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
        self.database.write_bytes(self._kept)

    def environment(self, function: str, package: Unpacked, tmp: Path) -> dict[str, str]:
        """The function's variables and the platform's, with keys of its role; Redis too, which the peers always want."""
        spec = self.functions[function]
        keys = TemporaryKeys(self.stack.fakes.admit_temporary_key).mint(spec)
        folders = CodeFolders(package.var_user, package.opt)
        platform = {**instance_environment(spec, folders, tmp), **keys, "_SCF_SERVER_PORT": EVENT_RUNTIME_PORT}
        return {"REDIS_URL": self.stack.environment["REDIS_URL"], **platform}

    def context(self, function: str) -> dict[str, Any]:
        return build_context(self.functions[function], Account(), "ap-guangzhou", str(uuid.uuid4()), {})

    def login_request(self) -> dict[str, Any]:
        return self.request("POST", "/auth/login", {"code": self.phone.login_code()})

    def notification(self) -> dict[str, Any]:
        """What WeChat Pay sends when the open order is paid, signed now."""
        account, at = self.stack.fakes.wechat_pay.account, time.time()
        told = scene.notification(account, scene.transaction(account, self.order, at), at)
        event = self.request("POST", told.path)
        return {**event, "headers": {**event["headers"], **dict(told.headers)}, "body": told.body.decode()}

    def request(self, method: str, path: str, content: object = None) -> dict[str, Any]:
        """A request of somebody who is logged in: a function URL's event, with what Mangum needs to know an API gateway's by."""
        headers = {"authorization": f"Bearer {self.token}", "x-scf-remote-addr": ADDRESS, "host": "api.example.com"}
        own = {} if content is None else {"content-type": "application/json"}
        event = {"httpMethod": method, "path": path, "headers": {**headers, **own}, "queryString": {}}
        event["body"] = "" if content is None else json.dumps(content)
        return {**event, "resource": path, "requestContext": {"identity": {"sourceIp": ADDRESS}, "sourceIp": ADDRESS}}
