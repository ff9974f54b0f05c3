"""docs/limits.md: every use of Redis has a decision for when it is down, and a test that exists."""

import re

from tests.contract.documents import document
from tests.contract.source_tree import ROOT, sources

PAGE = document("docs/limits.md")


def test_every_use_of_redis_is_decided() -> None:
    uses = {
        file.name.rsplit("/", 1)[-1].removesuffix(".py")
        for file in sources("common/persistence")
        if any(
            module.endswith("redis_connection.RedisConnection") or module.endswith("redis_connection")
            for module, _ in file.imports()
        )
    }

    decided = set(re.findall(r"`(\w+)`", " ".join(row[0] for row in PAGE.table("Use"))))

    assert len(uses) >= 4
    assert uses <= decided


def test_every_decision_has_a_test_that_exists() -> None:
    tests = [row[2].strip("`") for row in PAGE.table("Use")]

    assert len(tests) >= 5
    assert [name for name in tests if not (ROOT / name).is_file()] == []
