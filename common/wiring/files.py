"""Reading and typesetting documents, and the prompts."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from common.wiring.vendors import Vendors

if TYPE_CHECKING:
    from common.documents.template_shelf import BundledShelf
    from common.domain.chat.messages import ChatPrompts
    from common.domain.optimising.messages import Prompts
    from common.domain.pipeline import ResumeRow
    from common.domain.rendering.document import TypesetPdf
    from common.services import ports


class Files(Vendors):
    """Reading and typesetting documents, and the prompts."""

    @cached_property
    def reader(self) -> ports.DocumentReader:
        from common.documents.isolation.reader import IsolatedReader

        return IsolatedReader(self._shared.env)

    @cached_property
    def pictures(self) -> ports.Pictures:
        from common.documents.avatar import AvatarShop

        return AvatarShop()

    @cached_property
    def typesetter(self) -> ports.Typesetter:
        from common.documents.typesetter import XhtmlTypesetter

        return XhtmlTypesetter(self.template_shelf, self._shared.report_template)

    @property
    def template_shelf(self) -> BundledShelf:
        return self._shared.template_shelf

    @cached_property
    def share_card(self) -> bytes:
        """The picture of a shared card: the same for everybody, so that nothing of anybody is in it."""
        from common.domain import sharing

        return (Path(str(sharing.__file__)).parent / "card.png").read_bytes()

    @cached_property
    def prompts(self) -> Prompts:
        from common.domain import optimising
        from common.domain.optimising.messages import Prompts

        folder = Path(str(optimising.__file__)).parent / "prompts"
        return Prompts(**{name: (folder / f"{name}.md").read_text("utf-8") for name in ("structure", "optimise")})

    @cached_property
    def chat_prompts(self) -> ChatPrompts:
        from common.domain import chat
        from common.domain.chat.messages import ChatPrompts

        folder = Path(str(chat.__file__)).parent / "prompts"
        return ChatPrompts(**{name: (folder / f"{name}.md").read_text("utf-8") for name in ("advise", "summarise")})

    def report_typeset(self, row: ResumeRow, pdf: TypesetPdf) -> None:
        fields = {"resume_id": row.id, "pages": pdf.pages, "missing_characters": len(pdf.missing_characters)}
        self.note("typeset", fields)
