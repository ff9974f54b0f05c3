"""What exactly the model is asked, byte for byte: a change of a prompt, of the form or of the masking shows as a diff.

After a wanted change: UPDATE_GOLDEN=1 ./scripts/test tests/unit/domain/optimising/test_golden_requests.py
"""

import json
import os
from pathlib import Path

import pytest

from common.domain import optimising
from common.domain.extracting import parts_of
from common.domain.optimising.batches import parts_of as batches_of
from common.domain.optimising.changes import ordered_lists, prose_items
from common.domain.optimising.masking import Mask
from common.domain.optimising.messages import Prompts, optimise_messages, repair_messages, structure_messages
from common.domain.parsing.structure import structure
from tests.builders import lines

GOLDEN = Path(__file__).parents[3] / "golden" / "prompts"
PRINTED = (
    "韩梅梅",
    "电话：138 0013 8000    邮箱：han@example.com    身份证：110101199003077758",
    "住址：示例省示例市示例区示例路 12 号",
    "教育经历",
    "示例大学    软件工程    本科    2016.09-2020.06",
    "工作经历",
    "示例科技有限公司    后端工程师    2020.07-至今",
    "• 负责订单系统的开发，日均处理 10w 请求",
    "• 用 mysql 和 redis 优化查询，咨询 138 0013 8000",
)
JD = "招后端工程师，熟悉 MySQL、Kafka，联系 13900139000"


def _prompts() -> Prompts:
    folder = Path(str(optimising.__file__)).parent / "prompts"
    return Prompts(**{name: (folder / f"{name}.md").read_text("utf-8") for name in ("structure", "optimise")})


def _structure(section: str) -> object:
    document = lines(*PRINTED)
    part = next(part for part in parts_of(document, structure(document)) if part.name == section)
    return structure_messages(_prompts(), part, Mask())


def _optimise(jd: str | None) -> object:
    resume = structure(lines(*PRINTED))
    (part,) = batches_of(prose_items(resume), ordered_lists(resume))
    mask = Mask()
    return optimise_messages(_prompts(), mask.hide_in(part.items), mask.hide_in(jd), mask.hide_in(part.lists))


REQUESTS = {
    "structure-head": lambda: _structure("head"),
    "structure-education": lambda: _structure("education"),
    "structure-work": lambda: _structure("work"),
    "optimise": lambda: _optimise(None),
    "optimise-for-a-job": lambda: _optimise(JD),
    "repair": lambda: repair_messages('{"changes": 1}', "changes: Input should be a valid list"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_request_is_the_golden_one(name):
    file = GOLDEN / f"{name}.json"

    asked = json.dumps(REQUESTS[name](), ensure_ascii=False, indent=1) + "\n"

    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(asked, "utf-8")
    assert asked.encode() == file.read_bytes()


@pytest.mark.parametrize("name", REQUESTS)
def test_golden_request_holds_no_identifier(name):
    text = (GOLDEN / f"{name}.json").read_text("utf-8")

    assert not [secret for secret in ("0013", "han@example.com", "199003077758", "示例路") if secret in text]


def test_stable_text_comes_first_so_that_the_vendor_can_cache_it():
    first = [json.loads((GOLDEN / f"structure-{part}.json").read_text("utf-8"))[0] for part in ("head", "work")]

    assert first[0] == first[1]
    assert "json" in first[0]["content"]
