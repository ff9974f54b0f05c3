"""Which glibc a shared object needs: read from its dynamic section, as the loader does (ELF specification, gABI chapter 5)."""

import struct
from dataclasses import dataclass
from functools import cached_property

MAGIC = b"\x7fELF"

_LITTLE_64 = b"\x02\x01"
_X86_64 = 62
_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_STRTAB, _DT_VERNEED, _DT_VERNEEDNUM = 5, 0x6FFFFFFE, 0x6FFFFFFF
_GLIBC = "GLIBC_"

Version = tuple[int, ...]


class NotForTarget(ValueError):
    """A shared object of another machine, or one that cannot be read."""


def needed_glibc(content: bytes) -> Version:
    """The newest GLIBC_x.y whose symbols the object asks for; () for none. Raises NotForTarget."""
    try:
        names = _Elf(content).needed_versions()
    except (struct.error, IndexError, ValueError) as error:
        raise NotForTarget(str(error)) from None
    versions = [_version(name) for name in names if name.startswith(_GLIBC) and name != f"{_GLIBC}PRIVATE"]
    return max(versions, default=())


def _version(name: str) -> Version:
    return tuple(int(part) for part in name.removeprefix(_GLIBC).split("."))


@dataclass(frozen=True)
class _Elf:
    content: bytes

    def __post_init__(self) -> None:
        if self.content[:4] != MAGIC or self.content[4:6] != _LITTLE_64:
            raise ValueError("not a 64-bit little-endian ELF file")
        if self._unpack("<H", 18)[0] != _X86_64:
            raise ValueError("not for x86-64")

    def needed_versions(self) -> list[str]:
        """The names in the version needs of every library the object wants."""
        dynamic = dict(self._dynamic())
        if _DT_VERNEED not in dynamic:
            return []
        texts, names = self._offset(dynamic[_DT_STRTAB]), []
        need = self._offset(dynamic[_DT_VERNEED])
        for _ in range(dynamic[_DT_VERNEEDNUM]):
            _, count, _, first, following = self._unpack("<HHIII", need)
            entry = need + first
            for _ in range(count):
                _, _, _, name, to_next = self._unpack("<IHHII", entry)
                names.append(self._text(texts + name))
                entry += to_next
            need += following
        return names

    @cached_property
    def _segments(self) -> list[tuple[int, int, int, int]]:
        """(type, offset in the file, address in memory, size in the file)."""
        start, size, count = self._unpack("<Q", 32)[0], *self._unpack("<HH", 54)
        rows = [self._unpack("<IIQQQQ", start + number * size) for number in range(count)]
        return [(kind, offset, address, length) for kind, _, offset, address, _, length in rows]

    def _dynamic(self) -> list[tuple[int, int]]:
        found = [(offset, length) for kind, offset, _, length in self._segments if kind == _PT_DYNAMIC]
        rows = [self._unpack("<QQ", at) for offset, length in found for at in range(offset, offset + length, 16)]
        return [(tag, value) for tag, value in rows]

    def _offset(self, address: int) -> int:
        for kind, offset, start, length in self._segments:
            if kind == _PT_LOAD and start <= address < start + length:
                return offset + address - start
        raise ValueError("an address outside every segment")

    def _text(self, at: int) -> str:
        return self.content[at : self.content.index(b"\0", at)].decode("ascii")

    def _unpack(self, layout: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(layout, self.content, at)
