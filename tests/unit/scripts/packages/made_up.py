"""Made-up wheels and shared objects, as small as they can be."""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from scripts.packages.runtimes import Runtime

RUNTIME = Runtime("3.10")


def wheel(folder: Path, name: str, files: Mapping[str, str | bytes], requires: tuple[str, ...] = ()) -> Path:
    """`<name>-1.0-py3-none-any.whl` with `files` and the records every wheel has."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    needs = "".join(f"Requires-Dist: {line}\n" for line in requires)
    with zipfile.ZipFile(path, "w") as archive:
        for target, content in files.items():
            archive.writestr(target, content)
        archive.writestr(
            f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
        )
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "")
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n")
    return path


def shared_object(*versions: str, machine: int = 62) -> bytes:
    """An ELF file of x86-64 that asks libc for `versions`; two segments, a dynamic section, and nothing to run."""
    base, dynamic_at, texts_at = 0x1000, 0x200, 0x300
    names = [b"", b"libc.so.6", *(version.encode() for version in versions)]
    offsets, texts = [], b""
    for name in names:
        offsets.append(len(texts))
        texts += name + b"\0"
    needs_at = texts_at + len(texts) + 8
    needs = struct.pack("<HHIII", 1, len(versions), offsets[1], 16, 0)
    for number, offset in enumerate(offsets[2:], start=1):
        needs += struct.pack("<IHHII", 0, 0, number, offset, 16 if number < len(versions) else 0)
    entries = [(5, base + texts_at), (0x6FFFFFFE, base + needs_at), (0x6FFFFFFF, 1)] if versions else []
    dynamic = b"".join(struct.pack("<QQ", *entry) for entry in [*entries, (0, 0)])
    size = needs_at + len(needs)
    load = struct.pack("<IIQQQQQQ", 1, 5, 0, base, base, size, size, 0x1000)
    dynamic_segment = struct.pack("<IIQQQQQQ", 2, 6, dynamic_at, base + dynamic_at, 0, len(dynamic), len(dynamic), 8)
    head = (
        b"\x7fELF\x02\x01\x01"
        + bytes(9)
        + struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    )
    whole = bytearray(size)
    for at, part in ((0, head + load + dynamic_segment), (dynamic_at, dynamic), (texts_at, texts), (needs_at, needs)):
        whole[at : at + len(part)] = part
    return bytes(whole)
