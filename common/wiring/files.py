"""Reading and typesetting documents, and the prompts."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from common.domain.pipeline import ResumeRow
from common.wiring.vendors import Vendors

if TYPE_CHECKING:
    from common.domain.chat.messages import ChatPrompts
    from common.domain.optimising.messages import Prompts
    from common.domain.rendering.document import TypesetPdf
    from common.services import ports, templates


class Files(Vendors):
    """Reading and typesetting documents, and the prompts."""

    @cached_property
    def reader(self) -> "ports.DocumentReader":
        from common.documents.isolation.reader import IsolatedReader

        return IsolatedReader(self._shared.env)

    @cached_property
    def pictures(self) -> "ports.Pictures":
        from common.documents.avatar import AvatarShop

        return AvatarShop()

    @cached_property
    def typesetter(self) -> "ports.Typesetter":
        from common.documents.typesetter import XhtmlTypesetter

        return XhtmlTypesetter()

    @cached_property
    def template_shelf(self) -> "templates.TemplateShelf":
        from common.documents.template_shelf import TemplateShelf

        return TemplateShelf()

    @cached_property
    def prompts(self) -> "Prompts":
        from common.domain import optimising
        from common.domain.optimising.messages import Prompts

        folder = Path(str(optimising.__file__)).parent / "prompts"
        return Prompts(**{name: (folder / f"{name}.md").read_text("utf-8") for name in ("structure", "optimise")})

    @cached_property
    def chat_prompts(self) -> "ChatPrompts":
        from common.domain import chat
        from common.domain.chat.messages import ChatPrompts

        folder = Path(str(chat.__file__)).parent / "prompts"
        return ChatPrompts(**{name: (folder / f"{name}.md").read_text("utf-8") for name in ("advise", "summarise")})

    def report_typeset(self, row: ResumeRow, pdf: "TypesetPdf") -> None:
        fields = {"resume_id": row.id, "pages": pdf.pages, "missing_characters": len(pdf.missing_characters)}
        self.note("typeset", fields)
