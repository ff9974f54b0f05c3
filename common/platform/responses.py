"""What a handler returns over HTTP, and how it looks to the platform."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Response:
    """`body` is text, bytes (base64 in an event function's answer) or, for web functions only, an iterator of bytes."""

    status: int = 200
    body: str | bytes | Iterator[bytes] = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def json(content: object, *, status: int = 200) -> "Response":
        """Any model, dataclass or plain value; times as ISO 8601, Chinese as it is."""
        text = json.dumps(to_jsonable_python(content, by_alias=True, exclude_none=False), ensure_ascii=False)
        return Response(status, text, {"Content-Type": JSON})

    @staticmethod
    def ok(content: object) -> "Response":
        return Response.json(content)

    @staticmethod
    def json_file(beside: str, name: str) -> "Response":
        """A JSON document that is packed with the function, in the folder of the file `beside`."""
        return Response(200, Path(beside).with_name(name).read_text("utf-8"), {"Content-Type": JSON})

    def public_for(self, seconds: int) -> "Response":
        """What is the same for everybody may be kept by anybody for so long, and asked about afterwards by its ETag."""
        tag = hashlib.sha256(b"".join(self.chunks())).hexdigest()[:32]
        kept = {"Cache-Control": f"public, max-age={seconds}", "ETag": f'"{tag}"'}
        return replace(self, headers={**self.headers, **kept})

    @staticmethod
    def created(content: object) -> "Response":
        return Response.json(content, status=201)

    @staticmethod
    def accepted(content: object) -> "Response":
        return Response.json(content, status=202)

    @staticmethod
    def no_content() -> "Response":
        return Response(204)

    @staticmethod
    def redirect(url: str) -> "Response":
        """302; as everything else, kept by no cache: the target is signed and short-lived."""
        return Response(302, "", {"Location": url})

    @staticmethod
    def stream(chunks: Iterator[bytes]) -> "Response":
        """Server-Sent Events, each as soon as it is there; proxies on the way are asked not to collect them."""
        headers = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
        return Response(200, chunks, headers)

    @property
    def is_stream(self) -> bool:
        return not isinstance(self.body, (str, bytes))

    def chunks(self) -> Iterable[bytes]:
        """The body as bytes on a wire."""
        if isinstance(self.body, str):
            return [self.body.encode()]
        return [self.body] if isinstance(self.body, bytes) else self.body

    @property
    def outgoing_headers(self) -> dict[str, str]:
        """Nothing is kept on the way unless the answer says so: it may be somebody's resume."""
        return {"Cache-Control": "no-store", **self.headers}

    def for_platform(self, request_id: str) -> dict[str, Any]:
        """The integrated response of function URL and API gateway."""
        binary = not isinstance(self.body, str)
        text = self.body if isinstance(self.body, str) else base64.b64encode(b"".join(self.chunks())).decode()
        headers = {"X-Request-Id": request_id, **self.outgoing_headers}
        return {"isBase64Encoded": binary, "statusCode": self.status, "headers": headers, "body": text}
