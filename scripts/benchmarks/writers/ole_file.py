"""Write an OLE2 container (MS-CFB): a handful of streams in one storage, as old Word files are made of."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALLEST = 4096  # shorter streams would need the mini stream; Word pads its own in the same way
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_MOST_FAT_SECTORS = 109  # those that the header itself lists


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A container with these streams in its root, padded with zeros to 4096 bytes. Raises ValueError beyond 7 MB."""
    padded = {name: _padded(content) for name, content in streams.items()}
    sectors = [len(content) // _SECTOR for content in padded.values()]
    directory_sectors = -(-(1 + len(padded)) // 4)
    fat_sectors = 1
    while fat_sectors * (_SECTOR // 4) < fat_sectors + directory_sectors + sum(sectors):
        fat_sectors += 1
    if fat_sectors > _MOST_FAT_SECTORS:
        raise ValueError("more than 7 MB")
    starts: list[int] = []
    fat = [_FAT] * fat_sectors + _chain(fat_sectors, directory_sectors)
    for count in sectors:
        starts.append(len(fat))
        fat += _chain(len(fat), count)
    fat += [_FREE] * (-len(fat) % (_SECTOR // 4))
    header = _header(fat_sectors, directory_start=fat_sectors)
    return b"".join((header, struct.pack(f"<{len(fat)}I", *fat), _directory(padded, starts), *padded.values()))


def _padded(content: bytes) -> bytes:
    content = content.ljust(_SMALLEST, b"\0")
    return content + bytes(-len(content) % _SECTOR)


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _header(fat_sectors: int, directory_start: int) -> bytes:
    listed = [*range(fat_sectors), *[_FREE] * (_MOST_FAT_SECTORS - fat_sectors)]
    return (
        _MAGIC
        + bytes(16)
        + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<9I", 0, fat_sectors, directory_start, 0, _SMALLEST, _END, 0, _END, 0)
        + struct.pack(f"<{_MOST_FAT_SECTORS}I", *listed)
    )


def _directory(streams: Mapping[str, bytes], starts: list[int]) -> bytes:
    """The root's children as a search tree ordered by length, then name: the middle one on top, halves on its sides."""
    order = sorted(range(len(streams)), key=lambda n: (len(list(streams)[n]), list(streams)[n].upper()))
    sides: dict[int, tuple[int, int]] = {}

    def top(first: int, behind: int) -> int:
        if first >= behind:
            return _NONE
        middle = (first + behind) // 2
        sides[order[middle]] = (top(first, middle), top(middle + 1, behind))
        return order[middle] + 1

    root = _entry("Root Entry", 5, (_NONE, _NONE), top(0, len(order)), _END, 0)
    entries = [
        _entry(name, 2, sides[n], _NONE, starts[n], len(content)) for n, (name, content) in enumerate(streams.items())
    ]
    content = b"".join((root, *entries))
    empty = _entry("", 0, (_NONE, _NONE), _NONE, 0, 0)
    return content + empty * (-(len(content) // 128) % 4)


def _entry(name: str, kind: int, sides: tuple[int, int], child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return (
        struct.pack("<64sHBB3I", encoded, length, kind, 1, *sides, child) + bytes(36) + struct.pack("<IQ", start, size)
    )
