"""The same members give the same archive: Office files are ZIPs, and ZIPs remember when they were written."""

import io
import zipfile

#: The earliest time the format can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(archive: bytes) -> bytes:
    """The archive with every member in its order, compressed afresh, dated EPOCH."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.infolist():
            fixed = zipfile.ZipInfo(member.filename, EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 0
            copy.writestr(fixed, source.read(member))
    return buffer.getvalue()
