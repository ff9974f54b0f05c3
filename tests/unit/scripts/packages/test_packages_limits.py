"""What the platform would refuse is refused here."""

from dataclasses import replace

import pytest

from scripts.packages.environment import environment_bytes, environment_bytes_of_all
from scripts.packages.limits import MOST_ENVIRONMENT_BYTES, MOST_UNPACKED_BYTES, MOST_ZIP_BYTES, Built, violations
from scripts.packages.project import functions

LAYER = Built("base", "base.zip", "", size_bytes=1, unpacked_bytes=MOST_UNPACKED_BYTES - 10)
FUNCTION = Built("login", "login.zip", "", size_bytes=1, unpacked_bytes=10, layers=("base",), environment_bytes=100)


def test_nothing_is_refused_when_every_limit_is_just_kept() -> None:
    assert list(violations([LAYER], [replace(FUNCTION, size_bytes=MOST_ZIP_BYTES)])) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"size_bytes": MOST_ZIP_BYTES + 1}, "a zip of"),
        ({"unpacked_bytes": 11}, "unpacked with its layers"),
        ({"layers": ("a", "b", "c", "d", "e", "f")}, "6 layers"),
        ({"environment_bytes": MOST_ENVIRONMENT_BYTES + 1}, "bytes of variables"),
    ],
)
def test_function_is_refused_when_it_is_over_a_limit(broken: dict[str, object], said: str) -> None:
    found = list(violations([LAYER], [replace(FUNCTION, **broken)]))  # type: ignore[arg-type]

    assert len(found) == 1
    assert found[0].startswith("login: ")
    assert said in found[0]


def test_layer_is_refused_when_it_cannot_be_sent() -> None:
    heavy = replace(LAYER, size_bytes=MOST_ZIP_BYTES + 1)

    assert [line.partition(":")[0] for line in violations([heavy], [])] == ["base"]


def test_variables_of_every_function_fit_with_one_payment_provider() -> None:
    sizes = {plan.key: environment_bytes(plan.variables) for plan in functions()}

    assert len(sizes) >= 15
    assert {name: size for name, size in sizes.items() if size > MOST_ENVIRONMENT_BYTES} == {}


def test_variables_count_with_their_names_and_only_when_they_are_set() -> None:
    names = ["DATABASE_URL", "WECHAT_PAY_PRIVATE_KEY", "WECHAT_PAY_PLATFORM_CERTIFICATES", "XPAY_APP_KEY"]

    assert environment_bytes_of_all(["DATABASE_URL"]) == len("DATABASE_URL") + 140
    assert environment_bytes_of_all(["WECHAT_PAY_PLATFORM_CERTIFICATES"]) == 0
    assert environment_bytes(names) < environment_bytes_of_all(names)
