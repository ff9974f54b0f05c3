"""What became of resumes, asked of every store that knows: rows, ledger, bucket, and the phones that WeChat reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from common.errors import all_errors
from common.persistence.database import Database
from common.persistence.tables.credits import credit_holds, credit_ledger
from common.persistence.tables.messages import outbox
from common.persistence.tables.pipeline import resume_stages, resumes
from scripts.local_cloud.fakes import Fakes

#: What nobody can do anything about is no reason.
NO_REASON = "internal"
KNOWN_CODES = frozenset(kind.code for kind in all_errors())


@dataclass(frozen=True)
class Ending:
    """One resume in its first revision. `charges` and `pdfs` are counted, `told` are messages that arrived.

    `state` is ready, failed or what it waits for; `held` says that credits are still set aside for it, `noted` that the
    outbox has the message, whatever became of it.
    """

    resume_id: str
    state: str
    code: str | None = None
    title: str | None = None
    pdfs: int = 0
    told: int = 0
    charges: int = 0
    held: bool = False
    noted: bool = False


def lost(one: Ending) -> str | None:
    """Why it counts as lost; None when the user got a result, or a named reason and the credits back."""
    if one.state == "ready":
        return None if one.pdfs else "ready without a PDF"
    if one.state != "failed":
        return f"still {one.state}"
    if one.code is None or one.code == NO_REASON or one.code not in KNOWN_CODES:
        return f"failed without a reason ({one.code})"
    return "failed and charged or held" if one.charges or one.held else None


def doubled(one: Ending) -> str | None:
    """What there is more than once."""
    counts = {"PDF": one.pdfs, "message": one.told, "charge": one.charges}
    twice = [f"{count} of {name}" for name, count in counts.items() if count > 1]
    return ", ".join(twice) or None


def one_of_everything(one: Ending) -> bool:
    """Exactly one PDF, one message, one charge, and nothing held."""
    return (one.state, one.pdfs, one.told, one.charges, one.held) == ("ready", 1, 1, 1, False)


def endings(database: Database, fakes: Fakes, wanted: Iterable[str]) -> list[Ending]:
    """Of the given resumes, in that order; a resume without a row has the state "unknown"."""
    pdfs = Counter(_resume_of(key) for key in _keys(fakes) if key.endswith(".pdf"))
    told = Counter(str(message["page"]).rpartition("=")[2] for message in fakes.wechat.state()["messages"])
    with database.transaction(write=False) as connection:
        rows = _Rows(connection)
    return [rows.ending(resume_id, pdfs, told) for resume_id in wanted]


class _Rows:
    """All rows at once: a thousand resumes are four queries."""

    def __init__(self, connection: Connection) -> None:
        stages, holds, entries = resume_stages.c, credit_holds.c, credit_ledger.c
        self.titles = {row.id: row.title for row in connection.execute(select(resumes.c.id, resumes.c.title))}
        self.stages = {
            (row.resume_id, row.stage): (row.state, row.error_code)
            for row in connection.execute(select(stages.resume_id, stages.stage, stages.state, stages.error_code))
        }
        self.held = set(connection.scalars(select(holds.key).where(holds.state == "held")))
        captured = select(entries.entry_key).where(entries.reason == "capture")
        self.charges = Counter(key.removeprefix("hold/").partition("/")[0] for key in connection.scalars(captured))
        self.noted = set(connection.scalars(select(outbox.c.resume_id)))

    def ending(self, resume_id: str, pdfs: Mapping[str, int], told: Mapping[str, int]) -> Ending:
        state, code = self._state(resume_id)
        return Ending(
            resume_id,
            state,
            code,
            self.titles.get(resume_id),
            pdfs.get(resume_id, 0),
            told.get(resume_id, 0),
            self.charges.get(resume_id, 0),
            f"{resume_id}/r1" in self.held,
            resume_id in self.noted,
        )

    def _state(self, resume_id: str) -> tuple[str, str | None]:
        if resume_id not in self.titles:
            return "unknown", None
        found = {stage: self.stages.get((resume_id, stage)) for stage in ("parse", "optimise", "render")}
        failed = next((state for state in found.values() if state and state[0] == "failed"), None)
        if failed:
            return "failed", failed[1]
        waiting = next((stage for stage, state in found.items() if state is None or state[0] != "done"), None)
        return (f"waiting for {waiting}", None) if waiting else ("ready", None)


def _keys(fakes: Fakes) -> Iterator[str]:
    return (found["key"] for found in fakes.cos.state()["objects"] if found["key"].startswith("rendered/"))


def _resume_of(key: str) -> str:
    """rendered/<user>/<resume>/<revision>.<ext>."""
    return key.split("/")[2]
