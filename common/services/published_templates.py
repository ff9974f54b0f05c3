"""The templates in the asset store, read whole or not at all, and never believed before they are checked."""

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from common.domain.rendering.manifest import (
    MOST_LAYOUT,
    MOST_MANIFEST,
    MOST_THEME,
    POINTER,
    AssetFile,
    Manifest,
    TemplateFiles,
)
from common.errors import MojianError, VendorReplyInvalid
from common.services.ports import AssetCache, AssetStore

#: Opens a signed document. Raises SignatureInvalid.
OpenSigned = Callable[[bytes], str]


def read_templates(
    store: AssetStore, cache: AssetCache, open_signed: OpenSigned, report: Callable[[str, MojianError], None]
) -> Mapping[str, TemplateFiles]:
    """Every template of the manifest whose files are what their names say; others are reported and left out.

    Raises what reading the manifest raises: SignatureInvalid, VendorReplyInvalid, VendorError.
    """
    manifest = read_manifest(store, open_signed)
    found = {}
    for name, template in manifest.templates.items():
        try:
            theme = _read(store, cache, template.theme, MOST_THEME)
            layout = _read(store, cache, template.layout, MOST_LAYOUT)
        except MojianError as error:
            report(name, error)
            continue
        found[name] = TemplateFiles(theme=theme, layout=layout, preview_key=template.preview.key)
    return found


def read_manifest(store: AssetStore, open_signed: OpenSigned) -> Manifest:
    text = open_signed(store.read(POINTER, max_bytes=MOST_MANIFEST))
    try:
        return Manifest.model_validate_json(text)
    except ValidationError:
        raise VendorReplyInvalid(vendor="oss", reason="not a manifest of ours") from None


def _read(store: AssetStore, cache: AssetCache, file: AssetFile, max_bytes: int) -> bytes:
    kept = cache.get(file.sha256)
    if kept is not None:
        return kept
    content = store.read(file.key, max_bytes=max_bytes)
    if not file.is_made_of(content):
        raise VendorReplyInvalid(vendor="oss", reason="content does not fit its name")
    cache.put(file.sha256, content)
    return content
