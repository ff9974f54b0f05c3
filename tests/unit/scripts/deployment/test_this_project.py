"""The project itself, as it would be deployed: every function, layer, trigger and route, with stand-ins for packages."""

from __future__ import annotations

import ast
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.domain.leaving import PERSONAL_PREFIXES
from scripts.deployment.__main__ import Deployer, rehearse
from scripts.deployment.needs import check_needs
from scripts.deployment.options import parse_options
from scripts.deployment.rights import Right, bucket_prefixes, rights_of
from scripts.deployment.role_rights import role_rights
from scripts.deployment.settings import OWN_NAMES, named_in
from scripts.docs_reach import functions
from scripts.docs_settings import manifest
from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
from tests.contract.source_tree import ROOT, sources
from tests.unit.scripts.deployment.deployed_world import ENVIRONMENT, World, packed, reachable

INPUTS = manifest()["inputs"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """serverless.yml, the layers' and the functions' own files; packages hold just enough to be accepted."""
    shutil.copy(ROOT / "serverless.yml", tmp_path)
    for path in sorted((ROOT / "layers").glob("*/serverless.yml")):
        (tmp_path / "layers" / path.parent.name).mkdir(parents=True)
        shutil.copy(path, tmp_path / "layers" / path.parent.name)
    for name in functions():
        shutil.copytree(
            ROOT / "functions" / name, tmp_path / "functions" / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    folder = tmp_path / "build" / "packages"
    folder.mkdir(parents=True)
    layers = [
        packed(folder, path.name, {"x.py": path.name}, "layers") for path in sorted((tmp_path / "layers").iterdir())
    ]
    made = [
        packed(
            folder,
            name,
            {path.name: path.read_text("utf-8") for path in sorted((tmp_path / "functions" / name).iterdir())},
        )
        for name in functions()
    ]
    listed = {"runtime": INPUTS["runtime"], "layers": layers, "functions": made}
    (folder / "manifest.json").write_text(json.dumps(listed), "utf-8")
    return tmp_path


@pytest.fixture
def world(project: Path, tmp_path: Path) -> Iterator[World]:
    cos = CosFake(tmp_path / "cloud", lambda _event: None)
    tencent = TencentCloudFake(cos.stored)
    with reachable(tencent, cos, over_http=False) as urls:
        world = World(project, tencent, cos, urls)
        tencent.world.now = lambda: world.now_s
        names = named_in(project) | OWN_NAMES
        world.environment = {
            **{name: f"{name.lower()} value" for name in names},
            **world.environment,
            "DEAD_LETTER_TYPE": "CMQ-QUEUE",
        }
        yield world


def deploy(world: World) -> int:
    world.said.clear()
    deployer = Deployer(
        world.project,
        world.environment,
        say=world.said.append,
        ask=lambda _question: False,
        pause=world.pass_time,
        rights=role_rights,
        migrations=world.schema,
        check=check_needs,
    )
    return deployer.run(parse_options(["--yes"]))


def test_whole_project_is_deployed_and_then_left_alone(world: World) -> None:
    first = deploy(world)
    assert first == 0, world.said[-1]
    world.forget_calls()
    second = deploy(world)

    state = world.tencent.state()
    deployed = state["scf"]["functions"]
    domain = state["scf"]["domains"][ENVIRONMENT["APP_DOMAIN"]]
    assert (second, world.calls(writing=True)) == (0, [])
    assert len(deployed) == len(functions()) >= 19
    assert sum(len(one["triggers"]) for one in deployed.values()) == len(INPUTS["triggers"])
    assert len(domain["EndpointsConfig"]) == len(INPUTS["customDomain"]["endpointsConfig"])
    assert {one["configuration"]["ClsTopicId"] for one in deployed.values()} == {ENVIRONMENT["CLS_TOPIC_ID"]}
    assert all(one["configuration"]["VpcConfig"]["VpcId"] for one in deployed.values())
    assert {one["configuration"]["PublicNetConfig"]["EipConfig"]["EipStatus"] for one in deployed.values()} == {
        "ENABLE"
    }
    assert all(one["configuration"]["Role"] in state["cam"]["roles"] for one in deployed.values())


def test_with_everything_on_every_role_gets_its_rights_within_the_length_of_a_policy(world: World) -> None:
    on = {
        "SECRETS_PROVIDER": "ssm",
        "SECRETS_PREFIX": "mojian",
        "SECRETS_REGION": "ap-beijing",
        "OCR_PROVIDER": "tencent",
    }
    emptied(world, "SMS_SECRET", "OCR_SECRET", **on)

    first = deploy(world)
    world.forget_calls()
    second = deploy(world)

    policies = world.tencent.state()["cam"]["policies"]
    text = json.dumps(policies)
    assert (first, second, world.calls(writing=True)) == (0, 0, []), world.said[-1]
    assert len(policies) == len(functions())
    assert text.count("name/ssm:GetSecretValue") == len(functions())
    assert text.count("name/ocr:GeneralAccurateOCR") == 1
    assert text.count("name/sms:SendSms") >= 3
    assert "qcs::ssm:ap-beijing::secret/creatorUin/*/mojian-stores" in text


def test_missing_secret_is_told_before_anything_is_done(world: World) -> None:
    world.environment |= {"WECHAT_SECRET": "", "SESSION_KEYS": ""}

    code = deploy(world)

    assert code == 1
    assert world.calls() == []
    assert "WECHAT_SECRET is not set: " in world.said[-1]
    assert "login" in world.said[-1]


def emptied(world: World, *prefixes: str, **values: str) -> None:
    for name in world.environment:
        if name.startswith(prefixes):
            world.environment[name] = ""
    world.environment |= values


def test_providers_that_are_not_used_need_nothing(world: World) -> None:
    emptied(world, "WECHAT_PAY_V2_", "XPAY_", "DEEPSEEK_", PAY_PROVIDER="v3", APP_OFFLINE="true")

    assert deploy(world) == 0, world.said[-1]


def test_provider_that_is_used_needs_its_keys_and_so_does_one_that_is_half_filled_in(world: World) -> None:
    emptied(world, "WECHAT_PAY_V2_", "XPAY_", PAY_PROVIDER="xpay", WECHAT_PAY_V2_MCHID="1900000109")

    code = deploy(world)

    told = {line.partition(" is not set")[0].removeprefix("deploy: ") for line in world.said[-1].splitlines()[:-1]}
    assert (code, told) == (1, {"WECHAT_PAY_V2_API_KEY", "XPAY_OFFER_ID"})


def test_secret_may_be_missing_when_it_can_stand_in_ssm(world: World) -> None:
    world.environment |= {"SECRETS_PROVIDER": "ssm", "WECHAT_SECRET": "", "SESSION_KEYS": "", "COS_BUCKET": ""}

    code = deploy(world)

    assert code == 1
    assert "COS_BUCKET" in world.said[-1]
    assert "WECHAT_SECRET" not in world.said[-1]
    assert "SESSION_KEYS" not in world.said[-1]


def test_prefixes_of_the_bucket_are_those_that_an_erasure_empties() -> None:
    prefixes = set(bucket_prefixes())

    assert prefixes == set(PERSONAL_PREFIXES)


def test_functions_without_the_bucket_have_no_rights_at_all() -> None:
    bucketless = [name for name in functions() if "COS_BUCKET" not in _variables(name)]

    assert len(bucketless) >= 8
    assert [name for name in bucketless if rights_of(name)] == []


def test_functions_that_are_given_the_bucket_may_do_something_with_it() -> None:
    with_bucket = [name for name in functions() if "COS_BUCKET" in _variables(name)]

    assert len(with_bucket) >= 6
    assert [name for name in with_bucket if not rights_of(name)] == []


def _variables(name: str) -> set[str]:
    return {entry["key"] for entry in INPUTS["functions"][name]["environments"]}


@pytest.mark.parametrize(("stage", "output"), [("parse", "parsed"), ("optimise", "optimised"), ("render", "rendered")])
def test_stage_creates_only_its_own_output(stage: str, output: str) -> None:
    rights = rights_of(stage)

    assert {right.where for right in rights if right.operation == "create"} == {f"{output}/*"}
    assert "upload_form" not in {right.operation for right in rights}


def test_avatars_are_all_that_the_function_for_them_reaches() -> None:
    assert {right.where for right in rights_of("avatar")} == {"avatars/*"}


def test_push_may_delete_a_picture_that_was_taken_back_and_sign_no_link() -> None:
    """WeChat's verdict on a picture is written down; who asks again, with a new link, is sweep."""
    rights = rights_of("push")

    assert Right("delete", "avatars/*") in rights
    assert {right.operation for right in rights} == {"delete"}
    assert Right("download_url", "shared/*") in rights_of("sweep")


def test_login_may_sign_links_to_avatars_and_nothing_else() -> None:
    assert [str(right.operation) + " " + right.where for right in rights_of("login")] == ["download_url avatars/*"]


def test_every_prefix_that_the_domain_writes_is_listed() -> None:
    """A key is made as f"{PREFIX}/…"; ObjectKey's prefixes are the pipeline's."""
    made = set()
    for file in sources("common/domain"):
        constants = {target.id: node.value.value for node in file.tree.body for target in _assigned(node)}
        for node in ast.walk(file.tree):
            if (
                isinstance(node, ast.JoinedStr)
                and len(node.values) > 2
                and isinstance(node.values[0], ast.FormattedValue)
            ):
                name, slash = node.values[0].value, node.values[1]
                if isinstance(name, ast.Name) and isinstance(slash, ast.Constant) and str(slash.value).startswith("/"):
                    made |= {constants[name.id]} if name.id in constants else set()

    assert "avatars" in made
    assert made <= set(bucket_prefixes())


def _assigned(node: ast.stmt) -> list[ast.Name]:
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return [target for target in node.targets if isinstance(target, ast.Name)]
    return []


def test_advisor_may_read_resumes_and_nothing_else() -> None:
    assert {right.operation for right in rights_of("chat")} == {"keys_under", "read"}


def test_upload_form_is_signed_for_uploads_only() -> None:
    rights = rights_of("upload_url")

    assert [right.where for right in rights if right.operation == "upload_form"] == ["uploads/*"]


def test_every_prefix_that_starts_a_function_is_one_of_the_bucket() -> None:
    prefixes = [entry["parameters"]["filter"]["prefix"] for entry in INPUTS["triggers"] if entry["type"] == "cos"]

    assert len(prefixes) >= 4
    assert {prefix.partition("/")[0] for prefix in prefixes} <= set(bucket_prefixes())


def test_rehearsal_deploys_to_fakes_over_http_and_then_finds_nothing_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in list(os.environ):
        if name.startswith(("TENCENT_", "COS_", "APP_")):
            monkeypatch.delenv(name)

    code = rehearse(project, parse_options(["--rehearse"]))

    said = capsys.readouterr().out.splitlines()
    assert (code, said[-1]) == (0, "Nothing to change.")
    assert sum(1 for line in said if line.startswith("  + function mojian-")) == len(functions())


def test_script_runs_from_the_shell_and_explains_what_is_missing() -> None:
    import subprocess
    import sys

    clean = {"PATH": os.environ["PATH"], "STAGE": "nowhere"}
    run = subprocess.run(
        [sys.executable, "-m", "scripts.deployment", "--plan"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.startswith("deploy: not set: TENCENT_SECRET_ID")
