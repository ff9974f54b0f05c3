"""The Tencent Cloud fake: every service answers POST / and is told apart by the signature's scope and X-TC-Action."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any, ClassVar

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import (
    CONTROL_PREFIX,
    ControlError,
    Fake,
    Fault,
    Match,
    Route,
    json_response,
    planned_fault,
    read_control,
)
from scripts.local_cloud.fakes.tencent_cloud.cam import CamService
from scripts.local_cloud.fakes.tencent_cloud.cls import ClsService
from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError, envelope, refusal
from scripts.local_cloud.fakes.tencent_cloud.keyring import KeyPair, KeyRing
from scripts.local_cloud.fakes.tencent_cloud.ocr import OcrService
from scripts.local_cloud.fakes.tencent_cloud.scf import ScfService
from scripts.local_cloud.fakes.tencent_cloud.scf.world import World, ZipOf
from scripts.local_cloud.fakes.tencent_cloud.services import Service
from scripts.local_cloud.fakes.tencent_cloud.sms import SmsService
from scripts.local_cloud.fakes.tencent_cloud.sms_account import (
    ALERT_TEMPLATE,
    APP_ID,
    CODE_TEMPLATE,
    READY_TEMPLATE,
    REFUNDED_TEMPLATE,
    SIGN,
)
from scripts.local_cloud.fakes.tencent_cloud.ssm import SsmService
from scripts.local_cloud.fakes.tencent_cloud.sts import StsService
from scripts.local_cloud.fakes.tencent_cloud.verify import verified_service

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class TencentCloudFake(Fake):
    """Operations are named as the actions are. `services` by name; each keeps its own memory.

    `stored_zip` finds code that was uploaded to the bucket; without it there is none.
    """

    name = "tencent_cloud"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"code"})

    def __init__(self, stored_zip: ZipOf | None = None) -> None:
        super().__init__()
        self._keys = KeyRing()
        self.ocr, self.sms, self.cam = OcrService(), SmsService(self.clock), CamService()
        self.world = World(
            now=self.clock.now,
            has_role=self.cam.has_role,
            has_topic=lambda logset_id, topic_id: self.cls.has_topic(logset_id, topic_id),
            stored_zip=stored_zip or (lambda _bucket, _key: None),
        )
        self.cls = ClsService(self.world.appid)
        self.scf = ScfService(self.world)
        self.ssm, self.sts = SsmService(self.clock.now), StsService(self.clock.now)
        self.services: dict[str, Service] = {
            service.name: service for service in (self.ocr, self.sms, self.ssm, self.sts, self.scf, self.cam, self.cls)
        }

    def admit_temporary_key(self, secret_id: str, secret_key: str, token: str, expires_at: float) -> None:
        """Accept a key pair until `expires_at` (unix seconds), only together with its token."""
        self._keys.admit(KeyPair(secret_id, secret_key, token, expires_at))

    def environment(self, base_url: str) -> dict[str, str]:
        return {name: value for group in self.environments(base_url).values() for name, value in group.items()}

    def environments(self, base_url: str) -> dict[str, dict[str, str]]:
        """Each service is real or faked by itself: they have keys of their own."""
        pair = self._keys.permanent
        sms = {
            "SMS_BASE_URL": base_url,
            "SMS_SECRET_ID": pair.secret_id,
            "SMS_SECRET_KEY": pair.secret_key,
            "SMS_APP_ID": APP_ID,
            "SMS_SIGN": SIGN,
            "SMS_TEMPLATE_CODE": CODE_TEMPLATE,
            "SMS_TEMPLATE_READY": READY_TEMPLATE,
            "SMS_TEMPLATE_REFUNDED": REFUNDED_TEMPLATE,
            "SMS_TEMPLATE_ALERT": ALERT_TEMPLATE,
        }
        ocr = {"OCR_BASE_URL": base_url, "OCR_SECRET_ID": pair.secret_id, "OCR_SECRET_KEY": pair.secret_key}
        sts = {"STS_BASE_URL": base_url, "STS_SECRET_ID": pair.secret_id, "STS_SECRET_KEY": pair.secret_key}
        return {
            self.name: ocr,
            "tencent_sms": sms,
            "tencent_sts": sts,
            "tencent_ssm": {"SECRETS_BASE_URL": base_url},
        }

    def deployer_environment(self, base_url: str) -> dict[str, str]:
        """What ./scripts/deploy needs to deploy here instead of into the cloud."""
        pair = self._keys.permanent
        return {
            "TENCENT_API_ENDPOINT": base_url,
            "TENCENT_SECRET_ID": pair.secret_id,
            "TENCENT_SECRET_KEY": pair.secret_key,
        }

    def state(self) -> dict[str, Any]:
        with self.lock:
            return {name: service.state() for name, service in self.services.items()}

    def forget(self) -> None:
        with self.lock:
            for service in self.services.values():
                service.forget()

    def routes(self) -> list[Route]:
        return [Route("POST", f"{CONTROL_PREFIX}limits/<service>", "control", self._limits)]

    def unrouted(self, request: Request, refusal: HTTPException) -> Match:
        """The path is always "/"; the operation is the action's name, so faults can be planned by it."""
        if request.path != "/":
            return super().unrouted(request, refusal)
        action = request.headers.get("X-TC-Action") or "unknown"
        return Match(Route(request.method, request.path, action, self._serve), {})

    def fault_response(self, fault: Fault) -> Response:
        """Whatever is not 200 comes from a gateway in front of the service."""
        return Response(fault.body or BAD_GATEWAY, status=fault.status, content_type="text/html")

    def _serve(self, request: Request) -> Response:
        fault = planned_fault(request)
        wanted = TencentCloudError(str(fault.options.get("code", "InternalError"))) if fault else None
        try:
            if wanted and fault and fault.when == "before":
                raise wanted
            payload = envelope(self._result(request))
            if wanted:
                raise wanted
        except TencentCloudError as error:
            payload = refusal(error)
        body = json.dumps(payload, ensure_ascii=False).encode()
        response = Response(body, content_type="application/json")
        response.headers["Content-Type"] = "application/json"  # bare: with a charset the SDK overlooks errors
        return response

    def _result(self, request: Request) -> dict[str, Any]:
        service = self.services.get(verified_service(request, self._keys, self.clock.now()))
        action = service.actions.get(request.headers.get("X-TC-Action", "")) if service else None
        if service is None or action is None:
            raise TencentCloudError("InvalidAction")
        if (request.content_length or 0) > service.most_body_bytes:
            raise TencentCloudError("RequestSizeLimitExceeded")
        if service.permanent_keys_only and request.headers.get("X-TC-Token"):
            raise TencentCloudError("UnauthorizedOperation", "Temporary keys may not ask for others.")
        if request.headers.get("X-TC-Version") != service.version:
            raise TencentCloudError("NoSuchVersion")
        if not request.headers.get("X-TC-Region"):
            raise TencentCloudError("UnsupportedRegion")
        with nullcontext() if service.is_slow else self.lock:
            return action(_fields(request))

    def _limits(self, request: Request, service: str) -> Response:
        """POST limits/ocr {"calls_left": 0} -> the service's state."""
        with self.lock:
            if service not in self.services:
                raise ControlError(f"unknown service; known: {', '.join(self.services)}")
            try:
                self.services[service].change(read_control(request))
            except (TypeError, ValueError) as error:
                raise ControlError(str(error)) from error
            return json_response(self.services[service].state())


def _fields(request: Request) -> Mapping[str, Any]:
    try:
        fields = json.loads(request.get_data())
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise TencentCloudError("InvalidParameter")
    return fields
