"""The logs of everything a user can do here: one request can be followed through them, and nobody is in them."""

import io
import json

import pytest
from PIL import Image

from scripts.local_cloud.mini_program import Refused
from tests.e2e.conftest import SAMPLE, Journey
from tests.e2e.log_scan import PATTERNS, Found, lines_of, scan, texts_of

NAME, PHONE, NICKNAME = "林晓舟", "13912345678", "爱吃苹果的小林"
QUESTION = "我想从会计转行做数据分析，该怎么开始？"
JD = "岗位职责：负责示例集团华东区的仓储数字化建设。"


def _introduce(journey: Journey) -> dict[str, str]:
    """Logged in, with a nickname, a picture, a number, a code by SMS that was typed wrong, and credits."""
    phone, token = journey.phone, str(journey.phone.log_in()["token"])
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "navy").save(picture, "PNG")
    phone.set_nickname(NICKNAME)
    phone.set_avatar(picture.getvalue())
    journey.control("wechat", "phone", {"user": phone.user, "phone": PHONE})
    phone.bind_phone()
    phone.call("POST", "/sms/code", {"phone": PHONE, "scene": "sms_notify"})
    code = str(journey.stack.fakes.tencent_cloud.state()["sms"]["messages"][-1]["parameters"][0])
    with pytest.raises(Refused):
        phone.call("POST", "/sms/verify", {"phone": PHONE, "code": "000000", "scene": "sms_notify"})
    phone.pay(phone.open_order("credits_10"))
    journey.stack.wait_idle(30)
    about = {"phone number": PHONE, "nickname": NICKNAME, "name": NAME, "SMS code": f'"{code}"'}
    return {"session token": token, **about}


def _work(journey: Journey) -> dict[str, str]:
    """A resume for an advertisement, in two layouts, shared, talked about, and beside jobs."""
    phone = journey.phone
    resume_id = journey.finish(phone.upload(SAMPLE, jd=JD))["resume_id"]
    phone.call("POST", f"/resume/{resume_id}/render", {"template": "modern"})
    journey.finish(resume_id)
    shared = str(phone.share(resume_id)["token"])
    phone.open_share(shared)
    with phone.events("POST", "/chat", {"message": QUESTION, "resume_id": resume_id}) as events:
        said = "".join(event.content["text"] for event in events if event.name == "text")
    phone.search_jobs(keyword="会计")
    phone.analyse_job(jd=JD, resume_id=resume_id)
    for path in ("/templates", "/pay/orders", "/notify/messages", "/health"):
        phone.call("GET", path)
    return {"question": QUESTION[:12], "answer": said[:20], "advertisement": JD[5:], "share token": shared}


def _everything(journey: Journey) -> dict[str, str]:
    """A whole life with the product; what is known of this user, by name."""
    known = {**_introduce(journey), **_work(journey)}
    journey.phone.export()
    for timer in ("reconcile", "sweep", "monitor", "token_refresh"):
        journey.stack.tick(timer)
    journey.phone.erase()
    journey.stack.wait_idle(30)
    return known


def test_nothing_secret_or_personal_is_logged_when_a_user_does_everything(journey: Journey) -> None:
    known = _everything(journey)

    count, found = scan(journey.stack, known)

    functions = {function for function, _ in lines_of(journey.stack)}
    assert count >= 200
    assert len(functions) >= 18
    assert found == set()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (lambda stack: stack.environment["DEEPSEEK_API_KEY"], "setting DEEPSEEK_API_KEY"),
        (lambda stack: stack.environment["SESSION_KEYS"], "setting SESSION_KEYS"),
        (lambda stack: f"call {PHONE} back", "a phone number"),
        (lambda stack: "https://x?a=b&sign=0123456789", "a signature"),
        (lambda stack: f"for {texts_of(SAMPLE)[0]} and", None),
        (lambda stack: "eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "a session token"),
        (lambda stack: "lin@example.com", "an e-mail address"),
    ],
)
def test_a_planted_secret_is_found_when_a_function_prints_it(journey: Journey, text, what: str | None) -> None:
    before = scan(journey.stack)[1]
    log = journey.stack.emulator.logs.path("parse")
    kept = log.read_bytes() if log.exists() else b""
    log.write_bytes(
        kept + json.dumps({"kind": "call", "code": text(journey.stack)}, ensure_ascii=False).encode() + b"\n"
    )

    found = scan(journey.stack)[1] - before

    log.write_bytes(kept)
    assert {entry.function for entry in found} == {"parse"}
    assert any(entry.what == what or (what is None and entry.what.startswith("text of")) for entry in found)


def test_an_answer_of_an_http_function_is_the_one_exception(journey: Journey) -> None:
    journey.phone.log_in()

    written = [line for line in journey.stack.logs("login") if "RetMsg" in line]

    assert any(PATTERNS["a session token"].search(line) for line in written)
    assert not any(function == "login" and "RetMsg" in line for function, line in lines_of(journey.stack))
    assert Found("login", "a session token") not in scan(journey.stack)[1]


def test_one_request_is_followed_to_its_end_when_a_file_was_uploaded(journey: Journey) -> None:
    before = {line for _, line in lines_of(journey.stack)}
    journey.finish(journey.phone.upload(SAMPLE))

    documents = [json.loads(line) for _, line in lines_of(journey.stack) if line.startswith("{") and line not in before]
    asked = next(entry for entry in documents if entry.get("path") == "/resume/upload-url")
    woken = {
        entry["function"].split("-")[1]
        for entry in documents
        if entry.get("origin") == asked["request_id"] and "function" in entry
    }
    assert woken == {"parse", "optimise", "render", "notify"}
