"""Which glibc a shared object needs."""

import pytest

from scripts.packages.elf import NotForTarget, needed_glibc
from tests.unit.scripts.packages.made_up import shared_object


@pytest.mark.parametrize(
    ("versions", "newest"),
    [
        ((), ()),
        (("GLIBC_2.2.5",), (2, 2, 5)),
        (("GLIBC_2.9", "GLIBC_2.28", "GLIBC_2.4"), (2, 28)),
        (("GLIBC_2.35", "GLIBC_PRIVATE"), (2, 35)),
        (("GCC_3.0", "OPENSSL_3.0.0"), ()),
    ],
)
def test_need_is_the_newest_glibc_that_is_asked_for(versions: tuple[str, ...], newest: tuple[int, ...]) -> None:
    content = shared_object(*versions)

    assert needed_glibc(content) == newest


@pytest.mark.parametrize(
    "content",
    [b"", b"\x7fELF", b"MZ" + bytes(100), shared_object(machine=183), shared_object("GLIBC_2.17")[:0x310]],
    ids=["empty", "only a name", "Windows", "another machine", "cut short"],
)
def test_object_is_refused_when_it_is_not_for_the_platform(content: bytes) -> None:
    with pytest.raises(NotForTarget):
        needed_glibc(content)
