"""What COS refuses, by code: one table of statuses and texts, and the XML form of an error."""

from __future__ import annotations

from xml.sax.saxutils import escape

REFUSALS: dict[str, tuple[int, str]] = {
    "BadDigest": (400, "The Content-MD5 you specified did not match what we received."),
    "EntityTooLarge": (400, "Your proposed upload exceeds the maximum allowed object size."),
    "EntityTooSmall": (400, "Your proposed upload is smaller than the minimum allowed object size."),
    "InvalidArgument": (400, "Invalid Argument."),
    "InvalidDigest": (400, "The Content-MD5 you specified was invalid."),
    "InvalidRequest": (400, "Invalid Request."),
    "KeyTooLong": (400, "The specified key is too long."),
    "MalformedPOSTRequest": (400, "The body of your POST request is not well-formed multipart/form-data."),
    "AccessDenied": (403, "Access Denied."),
    "InvalidAccessKeyId": (403, "The Access Key Id you provided does not exist in our records"),
    "SignatureDoesNotMatch": (403, "The Signature you specified is invalid."),
    "MalformedXML": (400, "The XML you provided was not well-formed or did not validate against our published schema."),
    "NoSuchBucket": (404, "The specified bucket does not exist."),
    "NoSuchCORSConfiguration": (404, "The CORS configuration does not exist."),
    "NoSuchLifecycleConfiguration": (404, "The lifecycle configuration does not exist."),
    "NoSuchKey": (404, "The specified key does not exist."),
    "MethodNotAllowed": (405, "The specified method is not allowed against this resource."),
    "FileAlreadyExists": (409, "The object you specified already exists and can not be overwritten."),
    "MissingContentLength": (411, "You must provide the Content-Length HTTP header."),
    "PreconditionFailed": (412, "At least one of the preconditions you specified did not hold."),
    "InvalidRange": (416, "The requested range cannot be satisfied."),
    "InternalError": (500, "We encountered an internal error. Please try again."),
    "NotImplemented": (501, "A header or parameter you provided implies functionality that is not implemented."),
    "SlowDown": (503, "Reduce your request rate."),
}


class CosError(Exception):
    """A refusal with one of COS's own codes; unknown codes are a bug of the fake and raise KeyError."""

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.status, default_message = REFUSALS[code]
        self.message = message or default_message
        super().__init__(f"{code}: {self.message}")


def error_xml(error: CosError, resource: str, request_id: str, trace_id: str) -> bytes:
    """Return the error body; clients need Code, Message, Resource and RequestId to recognise it."""
    return (
        "<?xml version='1.0' encoding='utf-8' ?>\n"
        "<Error>\n"
        f"\t<Code>{error.code}</Code>\n"
        f"\t<Message>{escape(error.message)}</Message>\n"
        f"\t<Resource>{escape(resource)}</Resource>\n"
        f"\t<RequestId>{request_id}</RequestId>\n"
        f"\t<TraceId>{trace_id}</TraceId>\n"
        "</Error>\n"
    ).encode()
