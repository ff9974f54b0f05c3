"""The main job on this machine: one resume from upload to delivery, each stage shown as it happens.

Exit code 0: the PDF is ready. 2: the input was refused, with one line that says why. 1: something of ours failed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from common.errors import FileRefused, all_errors
from scripts import layout_choice
from scripts.local_cloud.mini_program import TILLS, MiniProgram, Refused
from scripts.local_cloud.stack import Stack
from scripts.ocr_extra import ensure_ocr_for

SAMPLE = Path("scripts/local_cloud/samples/resume_zh.docx")
STAGES = {"parse": "解析", "optimise": "优化", "render": "排版"}

#: What says that the input cannot be used, as HTTP statuses of the API and as codes of a failed stage.
INPUT_REFUSED = (402, 413, 415, 422)
UNUSABLE_FILE = {kind.code for kind in all_errors() if issubclass(kind, FileRefused)}
PIPELINE_TIMEOUT_S = 600
NOTIFY_TIMEOUT_S = 60


class Screen:
    """One line a step: what, how long, what came of it."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def step(self, name: str, seconds: float, outcome: str) -> None:
        print(f"  ✓ {name}{'　' * (4 - len(name))}{seconds:7.2f} s   {outcome}", flush=True)

    def took(self) -> float:
        """Seconds since the last step."""
        now = time.monotonic()
        seconds, self._started = now - self._started, now
        return seconds


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    file: Path = options.file
    for needed in filter(None, (file, options.jd)):
        if not needed.is_file():
            return _refuse(f"没有这个文件：{needed}")
    ensure_ocr_for(file)
    out: Path = options.out
    print(f"墨简  {file.name}（所有外部服务都在本机仿真，设置了密钥的除外）", flush=True)
    with tempfile.TemporaryDirectory(prefix="mojian-") as folder:
        try:
            with Stack(Path(folder), time_scale=20, timers=True, extra_env=_chosen(options)) as stack:
                return _journey(stack, options, out)
        except Refused as refused:
            return _refuse(refused.message, code=2 if refused.status in INPUT_REFUSED else 1)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./scripts/run", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "file", nargs="?", type=Path, default=SAMPLE, help="a resume: PDF, Word or image (a sample otherwise)"
    )
    parser.add_argument("--jd", type=Path, help="a text file with the job to aim at")
    layout_choice.add_arguments(parser)
    parser.add_argument("--out", type=Path, default=Path("out"), help="where the results go (default: out)")
    parser.add_argument(
        "--provider", choices=sorted(TILLS), help="who takes the money for the top-up (default: PAY_PROVIDER)"
    )
    return parser.parse_args(arguments)


def _chosen(options: argparse.Namespace) -> dict[str, str]:
    return {"PAY_PROVIDER": options.provider} if options.provider else {}


def _refuse(message: str, *, code: int = 2) -> int:
    """2: the input was refused; 1: something of ours failed."""
    print(f"  ✗ {message}", file=sys.stderr, flush=True)
    return code


def _journey(stack: Stack, options: argparse.Namespace, out: Path) -> int:
    screen, phone = Screen(), MiniProgram(stack.url, stack.urls)
    session = phone.log_in()
    phone.accept_messages(stack.environment["WECHAT_TEMPLATE_READY"])
    screen.step("登录", screen.took(), f"赠送 {session['user']['credits']} 积分")
    _top_up(phone, screen)
    layout = {"template": options.template, "options": layout_choice.render_options(options)}
    resume_id = phone.upload(options.file, **layout, **_jd(options))
    screen.step("上传", screen.took(), f"{options.file.name}，{options.file.stat().st_size / 1024:.0f} KB")
    detail = _watch(phone, resume_id, screen)
    if detail["state"] == "failed":
        failure = detail["failure"]
        return _refuse(failure["message"], code=2 if failure["code"] in UNUSABLE_FILE else 1)
    if detail["state"] != "ready":
        print(f"  ✗ 超时：停在 {detail['state']}", file=sys.stderr)
        return 1
    _wait_for_message(stack, screen)
    _write(phone, detail, out)
    for warning in detail["warnings"]:
        print(f"  ! {warning}")
    me = phone.me()
    print(f"\n  余额 {me['credits']} 积分。结果在 {out}/：" + " ".join(sorted(path.name for path in out.iterdir())))
    return 0


def _jd(options: argparse.Namespace) -> dict[str, str]:
    return {"jd": options.jd.read_text("utf-8", errors="replace")} if options.jd else {}


def _top_up(phone: MiniProgram, screen: Screen) -> None:
    product = phone.call("GET", "/pay/products")["products"][0]
    order = phone.open_order(product["id"])
    phone.pay(order)
    state = phone.call("GET", f"/pay/orders/{order['order_id']}")["state"]
    if state != "granted":
        raise Refused(402, "not_paid", f"支付未完成：{state}")
    price = product["amount_fen"] / 100
    screen.step(
        "充值",
        screen.took(),
        f"{product['name']} ¥{price:.2f}，余额 {phone.me()['credits']} 积分（{order['provider']}）",
    )


def _watch(phone: MiniProgram, resume_id: str, screen: Screen) -> dict[str, Any]:
    """Prints every stage that is done, once; the resume when nothing more will happen."""
    shown: set[str] = set()
    detail: dict[str, Any] = {"state": "uploaded"}
    for detail in phone.watch(resume_id, timeout_s=PIPELINE_TIMEOUT_S):
        for record in detail["stages"]:
            if record["state"] == "done" and record["stage"] not in shown:
                shown.add(record["stage"])
                screen.step(STAGES[record["stage"]], screen.took(), _told(record["stage"], detail))
    return detail


def _told(stage: str, detail: dict[str, Any]) -> str:
    if stage == "parse" and detail["parsed"]:
        parsed = detail["parsed"]
        counts = [("教育", "education"), ("工作", "work"), ("项目", "projects"), ("技能", "skills")]
        return "，".join(f"{label} {len(parsed.get(section, []))}" for label, section in counts)
    if stage == "optimise" and detail["optimised"]:
        blocked = sum(change["state"] == "blocked" for change in detail["changes"])
        basic = "，基础版（不扣积分）" if detail["basic"] else ""
        return f"改写 {len(detail['changes']) - blocked} 处，拦截 {blocked} 处{basic}"
    return "PDF、Word、预览图"


def _wait_for_message(stack: Stack, screen: Screen) -> None:
    until = time.monotonic() + NOTIFY_TIMEOUT_S
    while time.monotonic() < until:
        messages = httpx.get(f"{stack.urls['wechat']}/__fake__/state", trust_env=False).json()["messages"]
        if messages:
            screen.step("通知", screen.took(), "订阅消息已送达")
            return
        time.sleep(0.1)
    print("  ! 通知：没有送达（结果不受影响）", file=sys.stderr)


def _write(phone: MiniProgram, detail: dict[str, Any], out: Path) -> None:
    if out.exists() and not out.is_dir():
        shutil.move(out, out.with_suffix(".old"))
    out.mkdir(parents=True, exist_ok=True)
    for name in ("parsed", "optimised", "changes"):
        text = json.dumps(detail[name], ensure_ascii=False, indent=2)
        (out / f"{name}.json").write_text(text + "\n", "utf-8")
    names = {f"{detail['resume_id']}.{extension}": f"resume.{extension}" for extension in ("pdf", "docx")}
    names |= {name: f"preview-{page}.png" for page, name in enumerate(detail["previews"], 1)}
    for name, written in names.items():
        (out / written).write_bytes(phone.download(name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
