"""The bundled shelf with the published templates over it. Whatever happens to the asset store, there is always a template."""

from collections.abc import Callable, Mapping
from threading import Lock

from pydantic import ValidationError

from common.documents.template_shelf import BundledShelf, Look
from common.domain.rendering.manifest import TemplateFiles
from common.domain.rendering.theme import Theme
from common.errors import MojianError, VendorReplyInvalid

#: Seconds until the manifest is looked at again, and until the next try after one that failed.
LIFETIME_S = 300.0
PAUSE_S = 60.0
#: A picture's link outlives every page that shows it; lists are not kept longer by clients.
PICTURE_LIFETIME_S = 24 * 3600
#: For a resume whose template was withdrawn, or cannot be read now.
LAST_RESORT = "classic"


class PublishedShelf(BundledShelf):
    """`load` reads what is published; `url` makes a link to a picture; `clock_s` counts seconds. Safe for threads."""

    def __init__(
        self,
        load: Callable[[], Mapping[str, TemplateFiles]],
        *,
        url: Callable[[str], str],
        clock_s: Callable[[], float],
        report: Callable[[str, MojianError], None],
    ) -> None:
        self._load, self._url, self._clock_s, self._report = load, url, clock_s, report
        self._looks: dict[str, Look] = {}
        self._pictures: dict[str, str] = {}
        self._due_s = float("-inf")
        self._lock = Lock()

    def themes(self) -> dict[str, Theme]:
        published = {name: look.theme for name, look in self._published().items()}
        return dict(sorted({**super().themes(), **published}.items()))

    def look(self, name: str) -> Look:
        """Never fails: names were checked when they were chosen, and a paid resume has to be drawn."""
        if name in (published := self._published()):
            return published[name]
        return super().look(self.stand_in(name))

    def stand_in(self, name: str) -> str:
        return name if super().__contains__(name) else LAST_RESORT

    def picture(self, name: str) -> str | None:
        return self._url(self._pictures[name]) if name in self._published() else None

    def __contains__(self, name: object) -> bool:
        """The store is asked only about names that are not bundled."""
        return super().__contains__(name) or name in self._published()

    def _published(self) -> Mapping[str, Look]:
        with self._lock:
            if self._clock_s() >= self._due_s:
                self._refresh()
            return self._looks

    def _refresh(self) -> None:
        """On any failure what was read before stays."""
        self._due_s = self._clock_s() + PAUSE_S
        try:
            files = self._load()
        except MojianError as error:
            self._report("templates", error)
            return
        self._due_s = self._clock_s() + LIFETIME_S
        self._looks = {name: look for name, one in files.items() if (look := self._look_of(name, one))}
        self._pictures = {name: one.preview_key for name, one in files.items()}

    def _look_of(self, name: str, files: TemplateFiles) -> Look | None:
        try:
            return Look(Theme.model_validate_json(files.theme), files.layout.decode("utf-8"))
        except (ValidationError, ValueError):
            self._report(name, VendorReplyInvalid(vendor="oss", reason="not a theme or a layout"))
            return None
