"""Code packages: taken from the request or from the bucket, opened, and refused when the platform could not start them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.world import World

MOST_ZIP_BYTES = 50 * 1024 * 1024
MOST_UNPACKED_BYTES = 500 * 1024 * 1024


def read_code(code: Mapping[str, Any] | None, world: World, *, most_inline_bytes: int = MOST_ZIP_BYTES) -> bytes:
    """The zip file behind a `Code` or `Content`. Raises MissingParameter, InvalidParameterValue.…, ResourceNotFound.CosObject."""
    code = code or {}
    inline, object_name = code.get("ZipFile"), code.get("CosObjectName")
    if bool(inline) == bool(object_name):
        raise TencentCloudError(
            "InvalidParameterValue.CodeSource", "Exactly one of ZipFile and CosObjectName is needed."
        )
    content = _decoded(str(inline), most_inline_bytes) if inline else _stored(code, world)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise TencentCloudError("InvalidParameterValue.ZipFile", "The code is not a zip file.")
    return content


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check_entry(content: bytes, kind: str, handler: str) -> None:
    """An event function needs its handler's file at the root, a web function an executable scf_bootstrap."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = {entry.filename: entry for entry in package.infolist()}
    wanted = "scf_bootstrap" if kind == "HTTP" else f"{handler.partition('.')[0]}.py"
    if wanted not in entries:
        raise TencentCloudError("InvalidParameterValue.Code", f"{wanted} is not at the root of the zip file.")
    if kind == "HTTP" and not (entries[wanted].external_attr >> 16) & 0o111:
        raise TencentCloudError("InvalidParameterValue.Code", "scf_bootstrap is not executable.")


def unpacked_bytes(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return sum(entry.file_size for entry in package.infolist())


def _decoded(text: str, most_bytes: int) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise TencentCloudError("InvalidParameterValue.ZipFileBase64BinasciiError") from error
    if len(content) > most_bytes:
        raise TencentCloudError("InvalidParameterValue.InlineZipFile", "The zip file is too large to be sent inline.")
    return content


def _stored(code: Mapping[str, Any], world: World) -> bytes:
    bucket, name = str(code.get("CosBucketName") or ""), str(code["CosObjectName"])
    if not bucket or bucket.endswith(f"-{world.appid}"):
        raise TencentCloudError("InvalidParameterValue.CosBucketName", "The bucket goes without its -appid.")
    if not name.startswith("/"):
        raise TencentCloudError("InvalidParameterValue.CosObjectName", "The object's path begins with a slash.")
    content = world.stored_zip(bucket, name[1:])
    if content is None:
        raise TencentCloudError("ResourceNotFound.CosObject", f"There is no object {name} in {bucket}.")
    return content
