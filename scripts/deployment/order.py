"""The whole plan, part by part. The order is the point of this file.

Roles, logs and layers come before the functions that name them; the schema grows before the code that needs it; every version is
published before any alias moves; triggers come after the alias they go through; the domain after the addresses it leads to.
"""

from __future__ import annotations

from scripts.deployment.errors import DeployError
from scripts.deployment.options import Options
from scripts.deployment.parts.alarms import plan_alarms
from scripts.deployment.parts.database import Migrations, plan_database
from scripts.deployment.parts.domains import plan_domain
from scripts.deployment.parts.functions import plan_functions
from scripts.deployment.parts.layers import plan_layers
from scripts.deployment.parts.leftovers import plan_leftovers
from scripts.deployment.parts.logs import plan_logs
from scripts.deployment.parts.old import plan_old
from scripts.deployment.parts.reserved import plan_reserved
from scripts.deployment.parts.retries import plan_retries
from scripts.deployment.parts.roles import RightsOf, plan_roles
from scripts.deployment.parts.storage import plan_bucket
from scripts.deployment.parts.triggers import plan_triggers
from scripts.deployment.parts.versions import plan_versions
from scripts.deployment.session import Session
from scripts.deployment.wanted import WantedFunction


def make_plan(session: Session, options: Options, rights_of: RightsOf, migrations: Migrations | None) -> None:
    """Reads the cloud and fills `session.plan`. With functions named, only they, their roles, layers and triggers count."""
    functions = chosen(session, options.functions)
    everything = not options.functions
    plan_roles(session, functions, rights_of)
    has_topic = plan_logs(session)
    if everything:
        plan_bucket(session)
    layers = list({layer.name: layer for function in functions for layer in function.layers}.values())
    plan_layers(session, layers)
    if migrations:
        plan_database(session, migrations, session.settings.values.get("DATABASE_URL", ""))
    plan_functions(session, functions)
    plan_versions(session, functions)
    plan_retries(session, functions)
    plan_reserved(session, functions)
    remove_urls = plan_triggers(session, functions)
    if everything:
        plan_domain(session)
    remove_urls()
    if everything:
        if has_topic:
            plan_alarms(session)
        plan_leftovers(session, prune=options.prune)
    plan_old(session, functions, layers)


def chosen(session: Session, keys: tuple[str, ...]) -> tuple[WantedFunction, ...]:
    """Raises DeployError for a name that serverless.yml does not have."""
    known = {function.key: function for function in session.wanted.functions}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise DeployError(f"no such function: {', '.join(unknown)}. There are: {', '.join(sorted(known))}")
    return tuple(known[key] for key in keys) if keys else session.wanted.functions
