"""The COS fake: Tencent Cloud object storage for one private bucket, over real HTTP and on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.cos.call import Bucket, Call, check_bucket, operation_name, read_call
from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.events import ObjectEvent
from scripts.local_cloud.fakes.cos.form import read_form
from scripts.local_cloud.fakes.cos.keyring import AccessKey, KeyRing
from scripts.local_cloud.fakes.cos.operations import ENCRYPTION, Operations
from scripts.local_cloud.fakes.cos.policy import check_policy
from scripts.local_cloud.fakes.cos.replies import error_response, new_request_id
from scripts.local_cloud.fakes.cos.rights import check_rights
from scripts.local_cloud.fakes.cos.state import ObjectStore
from scripts.local_cloud.fakes.cos.verify import verify_request
from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, Fake, Fault, Match, Route

_CODE_OF_FAULT = {400: "InvalidArgument", 403: "AccessDenied", 404: "NoSuchKey", 503: "SlowDown"}


class CosFake(Fake):
    """One bucket, kept under `state_dir`/cos; `on_object_event` hears of a change before the client is answered."""

    name = "cos"

    def __init__(
        self, state_dir: Path, on_object_event: Callable[[ObjectEvent], None], bucket: Bucket | None = None
    ) -> None:
        super().__init__()
        self.bucket = bucket or Bucket()
        self._store = ObjectStore(state_dir / "cos" / self.bucket.full_name)
        self._keys = KeyRing(state_dir / "cos" / "secret")
        self._operations = Operations(self.bucket, self._store, on_object_event, self.clock.now)

    @property
    def permanent_key(self) -> AccessKey:
        """The deployer's key pair; its secret survives a restart."""
        return self._keys.permanent

    def admit_temporary_key(
        self,
        secret_id: str,
        secret_key: str,
        token: str,
        expires_at: float,
        policy: Mapping[str, Any] | None = None,
    ) -> None:
        """Accept a key pair until `expires_at` (unix seconds), only together with its token, for what `policy` allows."""
        self._keys.admit(AccessKey(secret_id, secret_key, token, expires_at, policy))

    def environment(self, base_url: str) -> dict[str, str]:
        return {"COS_ENDPOINT": base_url, "COS_BUCKET": self.bucket.full_name, "COS_REGION": self.bucket.region}

    def state(self) -> dict[str, Any]:
        objects = [
            {
                "key": stored.key,
                "size_bytes": stored.size_bytes,
                "etag": stored.etag,
                "content_type": stored.description.content_type,
                "meta": dict(stored.description.meta),
                "encryption": stored.description.headers.get(ENCRYPTION, ""),
                "modified_at": stored.modified_at,
            }
            for stored in self._store.after("", "")
        ]
        rules = self._operations.rules.as_json()
        kept = {"bucket": self.bucket.full_name, "region": self.bucket.region, "public": self._operations.public}
        return {**kept, "objects": objects, "rules": rules}

    def open_to_everybody(self) -> None:
        """As somebody may have done in the console; a check has to notice. Nobody reads without a signature all the same."""
        self._operations.public = True

    def stored(self, bucket: str, key: str) -> bytes | None:
        """An object for the platform itself, which needs no signature; `bucket` goes without the appid."""
        found = self._store.after(key[:-1], "")
        if bucket != self.bucket.name or key not in {one.key for one in found}:
            return None
        return self._store.read(key)[1]

    def forget(self) -> None:
        self._operations.public = False
        self._store.clear()
        self._operations.rules.clear()

    def routes(self) -> list[Route]:
        return []

    def unrouted(self, request: Request, refusal: HTTPException) -> Match:
        """Every path is an object key, so nothing but the control routes is routed by path."""
        if request.path.startswith(CONTROL_PREFIX):
            return super().unrouted(request, refusal)
        return Match(Route(request.method, request.path, operation_name(request), self._serve), {})

    def fault_response(self, fault: Fault) -> Response:
        error = CosError(_CODE_OF_FAULT.get(fault.status, "InternalError"))
        error.status = fault.status
        return error_response(error, "/", new_request_id(), with_body=True)

    def _serve(self, request: Request) -> Response:
        request_id = new_request_id()
        try:
            return self._answer_call(request, request_id)
        except CosError as error:
            resource = request.host + request.path
            return error_response(error, resource, request_id, with_body=request.method != "HEAD")

    def _answer_call(self, request: Request, request_id: str) -> Response:
        check_bucket(request.host, self.bucket)
        call = read_call(request, request_id)
        operation = operation_name(request)
        if operation == "PostObject":
            return self._answer_form(call, request.host)
        signer = verify_request(call.signed, self._keys, self.clock.now())
        facts = {"cos:content-length": str(len(call.body)), "cos:content-type": call.headers.get("content-type", "")}
        check_rights(signer, operation, call.key, self.bucket, facts)
        if operation not in self._operations.by_name:
            raise CosError("MethodNotAllowed")
        return self._operations.by_name[operation](call).as_response(request_id)

    def _answer_form(self, call: Call, host: str) -> Response:
        form = read_form(call.headers.get("content-type", ""), call.body)
        signer = check_policy(form, self.bucket.full_name, self._keys, self.clock.now())
        facts = {"cos:content-length": str(len(form.content))}
        check_rights(signer, "PostObject", form.key, self.bucket, facts)
        return self._operations.post(form, call.request_id, host).as_response(call.request_id)
