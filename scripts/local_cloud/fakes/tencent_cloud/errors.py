"""Tencent Cloud's refusals: a code, a message, and the envelope both come in. The status is always 200."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

MESSAGES = {
    "AuthFailure.InvalidAuthorization": "The `Authorization` header is invalid.",
    "AuthFailure.SecretIdNotFound": "The SecretId is not found, please ensure that your SecretId is correct.",
    "AuthFailure.SignatureExpire": "The provided timestamp differs from the server's by more than 5 minutes.",
    "AuthFailure.SignatureFailure": "The provided credentials could not be validated. Please check your signature is correct.",
    "AuthFailure.TokenFailure": "The token is missing, wrong or expired.",
    "InvalidAction": "The specified action does not exist.",
    "InvalidParameter": "The body is not a JSON object.",
    "MissingParameter": "A required parameter is missing.",
    "NoSuchVersion": "The specified version does not exist.",
    "UnsupportedRegion": "The region is missing or not supported.",
    "FailedOperation.DownLoadError": "文件下载失败。",
    "FailedOperation.ImageDecodeFailed": "图片解码失败。",
    "FailedOperation.ImageNoText": "图片中未检测到文本。",
    "FailedOperation.UnOpenError": "服务未开通。",
    "LimitExceeded.PhoneNumberCountLimit": "the number of phone numbers in one call exceeds the limit.",
    "MissingParameter.EmptyPhoneNumberSet": "the phone number set is empty.",
    "LimitExceeded.TooLargeFileError": "文件内容太大。",
    "RequestSizeLimitExceeded": "The request is larger than 10 MB.",
    "RequestLimitExceeded": "请求的次数超过了频率限制。",
    "ResourceUnavailable.InArrears": "账号已欠费。",
    "ResourceUnavailable.ResourcePackageRunOut": "账号资源包耗尽。",
}


class TencentCloudError(Exception):
    """`detail` replaces the usual message."""

    def __init__(self, code: str, detail: str | None = None) -> None:
        self.code = code
        self.message = detail or MESSAGES.get(code, "error on request")
        super().__init__(f"{code} {self.message}")


def envelope(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What every answer is wrapped in; the request id is new each time."""
    return {"Response": {**fields, "RequestId": str(uuid.uuid4())}}


def refusal(error: TencentCloudError) -> dict[str, Any]:
    return envelope({"Error": {"Code": error.code, "Message": error.message}})
