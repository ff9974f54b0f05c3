"""The public host: its certificate, and which function answers which path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.deployment.session import Session, or_none
from scripts.deployment.wanted import WantedDomain


def plan_domain(session: Session) -> None:
    domain = session.wanted.domain
    if domain is None:
        session.plan.note("no APP_DOMAIN: every function is reached by its own address only")
        return
    found = or_none(lambda: session.cloud.scf("GetCustomDomain", Domain=domain.name))
    if found is None:
        lines = [f"{route.path} → {route.function}" for route in domain.routes]
        session.plan.add("+", f"domain {domain.name}", lambda: _write(session, "CreateCustomDomain", domain), *lines)
        return
    changes = list(_changes(domain, found))
    if changes:
        session.plan.add("~", f"domain {domain.name}", lambda: _write(session, "UpdateCustomDomain", domain), *changes)


def _write(session: Session, action: str, domain: WantedDomain) -> None:
    certificate = {"CertConfig": {"CertificateId": domain.certificate_id}} if domain.certificate_id else {}
    session.cloud.scf(
        action,
        Domain=domain.name,
        Protocol=domain.protocol,
        EndpointsConfig=[route.as_wire() for route in domain.routes],
        **certificate,
    )


def _changes(domain: WantedDomain, found: Mapping[str, Any]) -> Iterator[str]:
    if found.get("Protocol") != domain.protocol:
        yield f"protocol {found.get('Protocol')} → {domain.protocol}"
    if ((found.get("CertConfig") or {}).get("CertificateId") or "") != domain.certificate_id:
        yield "another certificate"
    there = {_said(entry) for entry in found.get("EndpointsConfig") or []}
    wanted = {_said(route.as_wire()) for route in domain.routes}
    yield from (f"- {one}" for one in sorted(there - wanted))
    yield from (f"+ {one}" for one in sorted(wanted - there))


def _said(entry: Mapping[str, Any]) -> str:
    return f"{entry['PathMatch']} → {entry['FunctionName']} ({entry['Qualifier']})"
