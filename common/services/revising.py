"""New revisions of a resume: the user decides about changes, edits, asks for another layout or for another job.

A revision is never changed; a new one starts at the stage it needs, once the one before has come to its end: what that one
costs is settled by then. Its row is written before its object, so the event finds it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from common.domain.jobs import JobRef
from common.domain.matching import match
from common.domain.optimising.applying import apply_changes
from common.domain.optimising.changes import OptimisedResume
from common.domain.optimising.judging import decide
from common.domain.pipeline import ResumeRow, Revision
from common.domain.rendering.options import RenderOptions
from common.domain.resume import Resume
from common.domain.scoring import quality
from common.errors import InvalidField, MojianError, NotFound, ResumeNotReady
from common.lazy_model import LazyModel
from common.services.library import Shelf
from common.services.publishing import JSON, MAX_JSON_BYTES, publish


@dataclass(frozen=True)
class Revised:
    """The revision that is now on its way."""

    revision: Revision


class ChangeDecisions(LazyModel):
    """POST /resume/{id}/changes."""

    accept: list[str] = []
    reject: list[str] = []


class OptimiseAgain(LazyModel):
    """POST /resume/{id}/optimise: for a text, for a job of a board by its `ref`, or for no job in particular."""

    jd: str | None = Field(default=None, max_length=8000)
    job_id: str | None = Field(default=None, max_length=140)
    source: str | None = Field(default=None, max_length=32)


class RenderAgain(LazyModel):
    """POST /resume/{id}/render: stays chosen for all later revisions. Options that are absent are the template's own."""

    template: str = Field(min_length=1, max_length=40)
    options: RenderOptions = RenderOptions()


class RestoreRevision(LazyModel):
    """POST /resume/{id}/restore: what an earlier revision said, in the layout it had."""

    revision: str = Field(pattern="^r[1-9][0-9]{0,5}$")


def decide_changes(shelf: Shelf, resume_id: str, command: ChangeDecisions) -> Revised:
    """With the user's decisions, typeset again; free. Raises ResumeNotReady."""
    row = _finished(shelf, resume_id)
    current = _optimised(shelf, row)
    changes = decide(current.changes, accept=command.accept, reject=command.reject)
    resume = apply_changes(Resume.model_validate(current.source), changes)
    fit = match(row.jd, resume, today=f"{shelf.now:%Y-%m}") if row.jd else None
    decided = {"changes": changes, "resume": resume.as_json_resume(), "score": quality(resume), "match": fit}
    return _publish(shelf, row, current.model_copy(update=decided))


def replace_resume(shelf: Shelf, resume_id: str, content: dict[str, Any]) -> Revised:
    """With the user's own edits, typeset again; free. Raises InvalidField, ResumeNotReady."""
    row = _finished(shelf, resume_id)
    current = _optimised(shelf, row)
    try:
        resume = Resume.model_validate(content)
    except ValidationError as error:
        raise InvalidField(field=".".join(str(part) for part in error.errors()[0]["loc"])) from None
    edited = {"changes": [], "resume": resume.as_json_resume(), "source": resume.as_json_resume()}
    return _publish(shelf, row, current.model_copy(update={**edited, "score": quality(resume)}))


def render_again(shelf: Shelf, resume_id: str, command: RenderAgain) -> Revised:
    """The same content in another layout. Raises InvalidField, ResumeNotReady."""
    if command.template not in shelf.rules.templates:
        raise InvalidField(field="template")
    row = _finished(shelf, resume_id)
    chosen = {"template": command.template, "options": command.options}
    return _publish(shelf, row, _optimised(shelf, row).model_copy(update=chosen))


def restore_revision(shelf: Shelf, resume_id: str, command: RestoreRevision) -> Revised:
    """An earlier revision again, as a new one, so that nothing is lost by it either; free. Raises NotFound, ResumeNotReady."""
    row = _finished(shelf, resume_id)
    _newest(shelf, row, "optimised")
    earlier = shelf.content(replace(row, revision=Revision(command.revision)).key("optimised", "json"))
    if earlier is None:
        raise NotFound(what="revision")
    return _publish(shelf, row, OptimisedResume.model_validate(earlier))


def _finished(shelf: Shelf, resume_id: str) -> ResumeRow:
    """My resume, while nobody works on it. A revision that never started is no hindrance. Raises NotFound, ResumeNotReady."""
    row = shelf.own(resume_id)
    stages = shelf.resumes.stages(row.id, row.revision)
    if stages and shelf.state(row, stages) not in ("ready", "failed"):
        raise ResumeNotReady
    return row


def _optimised(shelf: Shelf, row: ResumeRow) -> OptimisedResume:
    return OptimisedResume.model_validate(_newest(shelf, row, "optimised"))


def _publish(shelf: Shelf, row: ResumeRow, optimised: OptimisedResume) -> Revised:
    content = optimised.model_dump_json(by_alias=True).encode()
    if len(content) > MAX_JSON_BYTES:
        raise InvalidField(field="resume", max_bytes=MAX_JSON_BYTES)
    revision = shelf.resumes.begin_revision(
        row.id, after=row.revision, now=shelf.now, template=optimised.template, options=optimised.options
    )
    key = replace(row, revision=revision).key("optimised", "json")
    publish(shelf.objects, str(key), content, media_type=JSON)
    return Revised(revision)


def optimise_again(shelf: Shelf, resume_id: str, command: OptimiseAgain) -> Revised:
    """From what was read, for another job; costs credits. A board's job stays with the revision as its text is now.

    Raises InvalidField, NotFound, JobSourceClosed, VendorError, CreditsExhausted, ResumeNotReady.
    """
    row = _finished(shelf, resume_id)
    parsed = _newest(shelf, row, "parsed")
    revision = shelf.resumes.begin_revision(row.id, after=row.revision, now=shelf.now, jd=_jd_of(shelf, command))
    begun = replace(row, revision=revision)
    try:
        _hold(shelf, begun.charge_key())
    except MojianError:
        shelf.resumes.undo_revision(row.id, revision, back_to=row.revision, jd=row.jd)
        raise
    try:
        content = json.dumps(parsed, ensure_ascii=False).encode()
        publish(shelf.objects, str(begun.key("parsed", "json")), content, media_type=JSON)
    except MojianError:
        shelf.credits.release_hold(begun.charge_key(), now=shelf.now)
        raise
    return Revised(revision)


def _jd_of(shelf: Shelf, command: OptimiseAgain) -> str | None:
    if not command.job_id:
        return command.jd
    if command.jd:
        raise InvalidField(field="job_id", reason="jd or job_id, one of them")
    return shelf.job_text(JobRef.of(command.job_id, command.source))


def _hold(shelf: Shelf, charge_key: str) -> None:
    if shelf.rules.cost:
        expires_at = shelf.now + shelf.rules.hold_for
        shelf.credits.place_hold(shelf.user_id, charge_key, shelf.rules.cost, now=shelf.now, expires_at=expires_at)


def _newest(shelf: Shelf, row: ResumeRow, prefix: str) -> dict[str, Any]:
    """Raises ResumeNotReady when there is none yet."""
    content = shelf.newest(row, prefix)
    if content is None:
        raise ResumeNotReady
    return content


#: POST /resume/{id}/<name> → what it reads, what it does.
ACTIONS: dict[str, tuple[type[BaseModel], Callable[[Shelf, str, Any], Revised]]] = {
    "changes": (ChangeDecisions, decide_changes),
    "render": (RenderAgain, render_again),
    "restore": (RestoreRevision, restore_revision),
    "optimise": (OptimiseAgain, optimise_again),
}


def action(name: str) -> tuple[type[BaseModel], Callable[[Shelf, str, Any], Revised]]:
    """What POST /resume/{id}/<name> reads and does. Raises NotFound."""
    if name not in ACTIONS:
        raise NotFound(what="path")
    return ACTIONS[name]
