"""The one list structure of Word files: n+1 rising positions, then n items of a fixed size (MS-DOC 2.2.2)."""

import struct


def read_plc(content: bytes, item_bytes: int) -> tuple[tuple[int, ...], list[bytes]]:
    """(positions, items); both empty where there is no room for one item. Positions are whatever the file says."""
    count = (len(content) - 4) // (4 + item_bytes)
    if count < 1:
        return (), []
    positions = struct.unpack_from(f"<{count + 1}I", content, 0)
    first = 4 * (count + 1)
    return positions, [content[first + item_bytes * n : first + item_bytes * (n + 1)] for n in range(count)]
