"""Over a whole journey, with everything that can go wrong, nothing private reaches what the platform collects: our output."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

JOB = "招聘资深后端工程师，薪资面议，联系人王经理"
FILENAME = "林晓雯的秘密简历.docx"

JOURNEY = (
    *("login", "profile", "prepay", "pay_notify", "orders", "upload_url", "resume"),
    *("parse", "optimise", "render", "notify", "share"),
)

#: Shorter ones are found in any log by accident, unless they are Chinese: our logs never are.
SHORTEST_SECRET = 6


@pytest.fixture
def root_at_debug() -> Iterator[None]:
    """How the platform starts a Python process: libraries that talk at debug level are heard."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    yield
    root.setLevel(level)


@pytest.mark.usefixtures("root_at_debug")
def test_output_holds_nothing_private_when_a_resume_goes_all_the_way(
    cloud: Cloud, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    phone = cloud.phone()
    code = phone.login_code()

    _journey(cloud, phone, code)
    _accidents(cloud, phone)

    written = capfd.readouterr()
    secrets = [*_of_the_person(cloud, phone, code), *_of_the_deployment(cloud)]
    assert _functions(written.out) >= {cloud.platform.manifest.functions[name].name for name in JOURNEY}
    assert len(secrets) >= 30
    assert _found(secrets, written.out + written.err + caplog.text) == []


def _journey(cloud: Cloud, phone: Phone, code: str) -> None:
    phone.token = cloud.call("login", "POST", "/auth/login", {"code": code}).json["token"]
    phone.accept_message()
    order = phone.open_order()
    phone.pay(order, notify=2)
    phone.order_state(order)
    resume_id = phone.finish(files.docx(), FILENAME, jd=JOB)
    assert phone.outcome(resume_id) == ("ready", None)
    assert len(cloud.messages) == 1
    phone.call("GET", f"/resume/download/{resume_id}.pdf")
    token = phone.call("POST", "/share", {"resume_id": resume_id, "name": "full"}).json["token"]
    for visited in (f"/share/{token}", f"/share/{token}/code", f"/share/{token}x"):
        phone.call("GET", visited)
    phone.call("PUT", f"/resume/{resume_id}", {"basics": {"name": files.NAME, "phone": files.PHONE}})


def _accidents(cloud: Cloud, phone: Phone) -> None:
    """Errors talk most: refusals of every vendor, bodies that are wrong, files that cannot be read, and bugs."""
    cloud.fault("wechat", "jscode2session", kind="malformed", body=f'{{"session_key": "{files.PHONE}"}}')
    cloud.call("login", "POST", "/auth/login", {"code": phone.login_code()})
    cloud.call("login", "POST", "/auth/login", {"code": [files.PHONE, files.EMAIL]})
    cloud.call("profile", "GET", "/user/me", token=f"{phone.token}x")
    cloud.call("pay_notify", "POST", "/pay/notify/v3", body=files.EMAIL.encode())
    cloud.fault("wechat_pay", "jsapi", kind="error", status=403)
    phone.call("POST", "/pay/prepay", {"product_id": files.PHONE})
    phone.open_order()
    for vendor, operation in (("wechat", "subscribe_send"), ("deepseek", "chat"), ("cos", "PutObject")):
        cloud.fault(vendor, operation, kind="status", status=500, times=2)
    phone.finish(files.docx(), FILENAME, jd=JOB)
    phone.ask_for_upload(FILENAME, -1, jd=JOB)
    phone.call("GET", f"/resume/{files.EMAIL}")
    phone.call("PUT", "/resume/s_unknown", {"basics": {"email": files.EMAIL}})
    _bug(cloud, phone)


def _bug(cloud: Cloud, phone: Phone) -> None:
    """A stage that meets what nobody thought of: the text of such an error quotes the resume."""
    phone.pay(phone.open_order())
    resume_id = phone.upload(files.docx())
    cloud.follow(lose="optimise")
    key = next(key for key in cloud.keys if resume_id in key and key.startswith("parsed/"))
    cloud.put(key, json.dumps({"basics": {"name": {"first": files.NAME}, "phone": [files.PHONE]}}).encode())
    with pytest.raises(InternalError) as raised:
        cloud.deliver("optimise", key)
    assert raised.value.facts == {"code_seen": "bug"}


def _of_the_person(cloud: Cloud, phone: Phone, code: str) -> list[str]:
    (user,) = cloud.control("wechat", "state")["users"]
    (share,) = phone.call("GET", "/share").json["shares"]
    words = [word for line in (*files.LINES, JOB) for word in line.replace(",", " ").split()]
    return [str(phone.token), share["token"], code, user["openid"], files.EMAIL, files.PHONE, FILENAME, *words]


def _of_the_deployment(cloud: Cloud) -> list[str]:
    """Secrets in settings, temporary keys and tokens of vendors."""
    endings = ("_SECRET", "_KEY", "_KEYS")
    settings = [value for name, value in cloud.settings.items() if name.endswith(endings)]
    with closing(sqlite3.connect(cloud.database_file)) as database:
        tokens = [value for (value,) in database.execute("SELECT value FROM access_tokens")]
    assert len(settings) >= 7
    assert tokens
    return [*settings, *tokens, *cloud.platform.keys.values()]


def _functions(written: str) -> set[str]:
    lines: list[dict[str, Any]] = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    return {str(line.get("function")) for line in lines}


def _found(secrets: list[str], written: str) -> list[str]:
    telling = [secret for secret in secrets if len(secret) >= SHORTEST_SECRET or not secret.isascii()]
    return [secret for secret in telling if secret in written]
