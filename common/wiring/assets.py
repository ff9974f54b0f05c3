"""The shelf of published templates: the asset store behind a cache in this process and in the temporary folder."""

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from common import clock
from common.documents.published_shelf import PICTURE_LIFETIME_S, PublishedShelf
from common.documents.template_shelf import bundled_files
from common.domain.rendering.manifest import TemplateFiles
from common.errors import MojianError
from common.http import HttpClient
from common.persistence.file_cache import FileCache
from common.security.signed_documents import open_signed
from common.services.published_templates import read_templates
from common.vendors.oss.client import Oss
from common.vendors.oss.settings import OssSettings

FOLDER = "mojian-assets"


def published_shelf(
    settings: OssSettings, http: HttpClient, report: Callable[[str, MojianError], None]
) -> PublishedShelf:
    """What is published and bundled alike is never fetched: the cache knows the bundled files from the start."""
    store = Oss(settings, http, clock.now)
    cache = FileCache(Path(tempfile.gettempdir()) / FOLDER, known=bundled_files())

    def open_ours(content: bytes) -> str:
        return open_signed(content, public_key=settings.public_key)

    def load() -> Mapping[str, TemplateFiles]:
        return read_templates(store, cache, open_ours, report)

    def url(key: str) -> str:
        return store.url(key, lifetime_s=PICTURE_LIFETIME_S)

    return PublishedShelf(load, url=url, clock_s=time.monotonic, report=report)
