"""Repairs to xhtml2pdf and ReportLab, one file each, written so that each could be offered upstream.

They replace functions of the exact versions they were read against; another version is refused, because a silently skipped
repair prints wrong line breaks or loses rare characters. Golden tests hold what each one promises.
"""

from importlib import import_module

from common.errors import SettingsInvalid

REPAIRED_VERSIONS = {"xhtml2pdf": "0.2.28", "reportlab": "5.1.0"}


def install(face: str) -> None:
    """Apply every repair; `face` is the text's own. Safe to repeat.

    Raises SettingsInvalid when another version of an engine is installed.
    """
    for package, repaired in REPAIRED_VERSIONS.items():
        installed = import_module(package).__version__
        if installed != repaired:
            raise SettingsInvalid(package=package, installed=installed, repaired=repaired)
    from common.documents.typesetting.patches import (
        default_styles,
        embedded_faces,
        font_tables,
        justification,
        line_breaking,
        long_entries,
        table_widths,
        to_unicode,
        widows,
    )

    for repair in (
        line_breaking,
        justification,
        to_unicode,
        font_tables,
        default_styles,
        table_widths,
        widows,
        long_entries,
    ):
        repair.install()
    embedded_faces.install(face)
