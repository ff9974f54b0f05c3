"""Resumes on their way: rows, files, readers and the typesetter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from common.domain.parsing.source import OcrItem, SourceDocument
    from common.domain.pipeline import ObjectKey, ResumeId, ResumeRow, Revision, Stage, StageRecord
    from common.domain.rendering.document import TypesetPdf
    from common.domain.rendering.options import RenderOptions
    from common.domain.resume.model import Resume
    from common.domain.uploads import UploadForm, UploadKeys
    from common.domain.users import UserId


class ResumeStore(Protocol):
    def add(self, row: ResumeRow) -> None: ...

    def find(self, resume_id: ResumeId) -> ResumeRow | None: ...

    def list_of(self, user_id: UserId, *, limit: int) -> list[ResumeRow]: ...

    def stages(self, resume_id: ResumeId, revision: Revision | None = None) -> list[StageRecord]: ...

    def mark_uploaded(self, resume_id: ResumeId, *, now: datetime) -> None: ...

    def set_title(self, resume_id: ResumeId, title: str) -> None: ...

    def begin_revision(
        self,
        resume_id: ResumeId,
        *,
        after: Revision,
        now: datetime,
        jd: str | None = None,
        template: str | None = None,
        options: RenderOptions | None = None,
    ) -> Revision:
        """The next revision becomes current, and credits that `after` still holds go back, in one transaction.

        Raises Conflict when `after` is not current any more.
        """

    def undo_revision(self, resume_id: ResumeId, revision: Revision, *, back_to: Revision, jd: str | None) -> None:
        """A revision that could not be paid for never was."""

    def claim_stage(
        self, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime, lease_s: float
    ) -> Literal["mine", "done", "busy", "failed"]:
        """Take the work of (resume, revision, stage) for `lease_s`; an expired lease is taken over."""

    def finish_stage(
        self, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime, charge_key: str | None = None
    ) -> bool:
        """running → done, once, capturing the hold `charge_key` in the same transaction; False if finished before."""

    def fail_stage(
        self,
        resume_id: ResumeId,
        revision: Revision,
        stage: Stage,
        *,
        error_code: str,
        now: datetime,
        refund_key: str | None = None,
    ) -> bool:
        """running → failed, once, and release the hold `refund_key` in the same transaction."""

    def yield_stage(self, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime) -> None:
        """Give the lease of a running stage back at once, after a failure that may pass."""

    def stuck(self, *, now: datetime, grace_s: float, limit: int) -> list[tuple[ResumeRow, Stage]]:
        """Stages whose lease ran out, or whose input has waited longer than `grace_s` with nobody working on it."""

    def silent(self, *, now: datetime, grace_s: float, limit: int) -> list[tuple[ResumeRow, tuple[ObjectKey, ...]]]:
        """Resumes no stage knows of, each with the objects that, where they exist, should have been announced."""

    def delete(self, resume_id: ResumeId) -> None: ...


class Objects(Protocol):
    """The private bucket. Keys are immutable: `create` refuses to overwrite."""

    def create(self, key: str, content: bytes, *, media_type: str) -> None:
        """Raises ObjectAlreadyExists."""

    def read(self, key: str, *, max_bytes: int) -> bytes:
        """Raises VendorObjectMissing, FileTooLarge."""

    def exists(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Safe to repeat."""

    def keys_under(self, prefix: str) -> Iterator[str]: ...

    def redeliver(self, key: str) -> None:
        """Make the bucket announce the object again, content unchanged."""

    def upload_form(
        self, key: str, *, max_bytes: int, media_type: str | None, now: datetime, lifetime_s: int
    ) -> UploadForm: ...

    def download_url(self, key: str, *, filename: str, now: datetime, lifetime_s: int) -> str: ...


class ClientKeys(Protocol):
    """Temporary keys to the bucket, for clients with an SDK of their own."""

    def for_upload(self, key: str, *, max_bytes: int, now: datetime, lifetime_s: int) -> UploadKeys:
        """Good for writing this one object. Safe to repeat. Raises VendorError."""


class DocumentReader(Protocol):
    def read(self, content: bytes, *, filename: str) -> SourceDocument:
        """Type decided by content, never by name. Raises FileRefused and its children."""


class Ocr(Protocol):
    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        """Safe to repeat, costs quota. Raises VendorError."""


class Typesetter(Protocol):
    def pdf(self, resume: Resume, *, template: str, options: RenderOptions) -> TypesetPdf: ...

    def previews(self, pdf: bytes, *, width_px: int) -> list[bytes]:
        """One PNG a page."""

    def html(self, resume: Resume, *, template: str, options: RenderOptions, pdf: TypesetPdf) -> bytes:
        """The page of `pdf` for a browser: whole, without a script or an address to load."""

    def docx(self, resume: Resume, *, template: str, options: RenderOptions) -> bytes: ...
