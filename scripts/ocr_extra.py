"""The optional OCR engine that plays WeChat's OCR on this machine: installed the first time a file needs it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from common.documents.isolation.reader import IsolatedReader
from common.errors import MojianError
from common.settings import environment

REQUIREMENTS = Path("requirements-ocr.txt")


def ensure_ocr_for(file: Path) -> None:
    """Install the engine when `file` has pages that only OCR can read and the engine is missing; about 400 MB, once."""
    if importlib.util.find_spec("rapidocr") is None and needs_ocr(file):
        print("  · 首次识别图片：正在安装本地文字识别引擎（约 400 MB，仅一次）…", flush=True)
        install_ocr()


def install_ocr() -> None:
    """Raises CalledProcessError; what pip said is printed then, and only then."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        str(REQUIREMENTS),
    ]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode:
        print(ended.stderr, file=sys.stderr)
    ended.check_returncode()
    importlib.invalidate_caches()


def needs_ocr(file: Path) -> bool:
    """False for a file that will be refused: the API says why, in its own words."""
    try:
        return bool(IsolatedReader(environment()).read(file.read_bytes(), filename=file.name).unread)
    except MojianError:
        return False
