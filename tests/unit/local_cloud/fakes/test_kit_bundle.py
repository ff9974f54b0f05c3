"""All fakes together: one instance of each, agreeing on the app, never importing the product."""

from __future__ import annotations

import ast
from pathlib import Path

from scripts.local_cloud import fakes
from scripts.local_cloud.fakes import all_fakes

PACKAGE = Path(fakes.__file__).parent


def test_bundle_holds_every_vendor_with_settings_of_its_own_when_built(pay_state_dir: Path) -> None:
    bundle = all_fakes(pay_state_dir, lambda _event: None)

    settings = [fake.environment("http://127.0.0.1:8100") for fake in bundle]
    names = [name for own in settings for name in own]
    assert [fake.name for fake in bundle] == [
        "wechat",
        "wechat_pay",
        "wechat_pay_v2",
        "xpay",
        "deepseek",
        "cos",
        "oss",
        "tencent_cloud",
        "zhaopin",
        "boss",
        "webhooks",
    ]
    assert len(names) == len(set(names))
    assert all(settings)


def test_bundle_binds_the_merchant_to_the_mini_program_when_built(pay_state_dir: Path) -> None:
    bundle = all_fakes(pay_state_dir, lambda _event: None)

    assert bundle.wechat_pay.appid == bundle.wechat.appid


def test_fakes_share_no_code_with_the_product_when_their_imports_are_read() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]

    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert "scripts.local_cloud.fakes.kit" in imported
    assert [name for name in imported if name and name.split(".")[0] in {"common", "functions"}] == []
