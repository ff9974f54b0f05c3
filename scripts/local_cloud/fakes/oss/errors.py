"""What OSS refuses, by code: one table of statuses and texts, and the XML form of an error."""

from __future__ import annotations

import uuid
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

REFUSALS: dict[str, tuple[int, str]] = {
    "InvalidArgument": (400, "Invalid Argument."),
    "InvalidDigest": (400, "The Content-MD5 or payload digest does not match what was received."),
    "InvalidRequest": (400, "aws-chunked encoding is not supported with the specified x-amz-content-sha256 value."),
    "EntityTooLarge": (400, "The object is larger than this stand-in takes."),
    "AccessDenied": (403, "You have no right to access this object because of bucket acl."),
    "InvalidAccessKeyId": (403, "The OSS Access Key Id you provided does not exist in our records."),
    "RequestTimeTooSkewed": (403, "The difference between the request time and the current time is too large."),
    "SecondLevelDomainForbidden": (403, "Please use virtual hosted style to access."),
    "SignatureDoesNotMatch": (403, "The request signature we calculated does not match the signature you provided."),
    "NoSuchBucket": (404, "The specified bucket does not exist."),
    "NoSuchKey": (404, "The specified key does not exist."),
    "MethodNotAllowed": (405, "The specified method is not allowed against this resource."),
    "FileAlreadyExists": (409, "The object you specified already exists and can not be overwritten."),
    "MissingContentLength": (411, "You must provide the Content-Length HTTP header."),
    "PreconditionFailed": (412, "At least one of the pre-conditions you specified did not hold."),
    "InternalError": (500, "We encountered an internal error. Please try again."),
    "NotImplemented": (501, "A header you provided implies functionality that is not implemented."),
    "ServiceUnavailable": (503, "Please reduce your request rate."),
}


class OssError(Exception):
    """A refusal with one of OSS's own codes; unknown codes are a bug of the fake and raise KeyError."""

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.status, default = REFUSALS[code]
        self.message = message or default
        super().__init__(f"{code}: {self.message}")


def new_request_id() -> str:
    """24 characters of hexadecimal, as OSS's are."""
    return uuid.uuid4().hex[:24].upper()


def error_response(error: OssError, host: str, *, status: int | None = None, with_body: bool = True) -> Response:
    """An answer to HEAD has the status and the headers only."""
    request_id = new_request_id()
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n'
        f"  <Code>{error.code}</Code>\n  <Message>{escape(error.message)}</Message>\n"
        f"  <RequestId>{request_id}</RequestId>\n  <HostId>{escape(host)}</HostId>\n  <EC>0000-00000000</EC>\n</Error>\n"
    )
    response = Response(body if with_body else "", status=status or error.status, content_type="application/xml")
    response.headers["x-oss-request-id"] = request_id
    response.headers["Server"] = "AliyunOSS"
    return response
