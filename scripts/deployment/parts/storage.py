"""Lifecycle and CORS of the bucket, from bucket.yml, and whether it is private. Rules of others are kept as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scripts.deployment.session import Session
from scripts.deployment.written import read_own

OURS = "mojian-"

Rule = dict[str, Any]


def plan_bucket(session: Session) -> None:
    written = read_own("bucket")
    lifecycle = [_lifecycle(rule) for rule in written["lifecycle"]]
    cors = [_cors(rule, session.settings.values) for rule in written["cors"]] if session.wanted.domain else []
    if not session.bucket.is_private():
        session.plan.note(
            f"bucket {session.settings.bucket} is open to everybody, and resumes of people are in it: "
            "make its ACL private in the console"
        )
    _plan(session, "lifecycle", session.bucket.lifecycle(), lifecycle, session.bucket.put_lifecycle)
    _plan(session, "CORS", session.bucket.cors(), cors, session.bucket.put_cors)


def _plan(
    session: Session, kind: str, found: list[Rule], wanted: list[Rule], put: Callable[[list[Rule]], None]
) -> None:
    """All rules of a kind are written at once."""
    theirs = [rule for rule in found if not str(rule.get("ID", "")).startswith(OURS)]
    ours = [plain(rule) for rule in found if rule not in theirs]
    if sorted(ours, key=_id) == sorted((plain(rule) for rule in wanted), key=_id):
        return
    names = ", ".join(sorted(rule["ID"] for rule in wanted))
    kept = (f"{len(theirs)} rules of others stay",) if theirs else ()
    session.plan.add("~", f"bucket {kind}", lambda: put([*theirs, *wanted]), f"rules {names}", *kept)


def plain(value: Any) -> Any:
    """As XML gives it back: every value is text, a list of one is no list, what is empty is absent."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in sorted(value.items()) if one not in (None, "", {}, [])}
    if isinstance(value, list):
        return [plain(one) for one in value] if len(value) > 1 else plain(value[0])
    return "" if value is None else str(value)


def _id(rule: Mapping[str, Any]) -> str:
    return str(rule["ID"])


def _lifecycle(written: Mapping[str, Any]) -> Rule:
    rule: Rule = {"ID": written["id"], "Filter": {"Prefix": written["prefix"]}, "Status": "Enabled"}
    if "expire_days" in written:
        rule["Expiration"] = {"Days": written["expire_days"]}
    if "abort_upload_days" in written:
        rule["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": written["abort_upload_days"]}
    return rule


def _cors(written: Mapping[str, Any], values: Mapping[str, str]) -> Rule:
    origins = [origin.replace("${env:APP_DOMAIN}", values["APP_DOMAIN"]) for origin in written["origins"]]
    return {
        "ID": written["id"],
        "AllowedOrigin": origins,
        "AllowedMethod": written["methods"],
        "AllowedHeader": written["headers"],
        "ExposeHeader": written["expose"],
        "MaxAgeSeconds": written["max_age_s"],
    }
