"""A project for the emulator in which each function has its package's part of common: what production has, without the zips."""

import re
import shutil
from pathlib import Path

from scripts.function_reach import files_of_function
from scripts.packages.project import functions

ROOT = Path(__file__).parents[2]

#: The emulator finds these in the project; `common` is only migrated from here, no function sees it.
_AS_THEY_ARE = ("layers", "common", ".env.example")
_SOURCE = re.compile(r"^(      src: )(\w+)$", re.MULTILINE)


def packaged_project(folder: Path) -> Path:
    """Fill `folder`: functions/<name>/code holds index.py, functions/<name>/common what include.txt beside it adds."""
    for name in _AS_THEY_ARE:
        (folder / name).symlink_to(ROOT / name)
    manifest, moved = _SOURCE.subn(r"\1\2/code", (ROOT / "serverless.yml").read_text("utf-8"))
    (folder / "serverless.yml").write_text(manifest, "utf-8")
    plans = functions()
    assert moved == len(plans) >= 15
    for plan in plans:
        own = folder / plan.folder
        shutil.copytree(ROOT / plan.folder, own / "code", ignore=shutil.ignore_patterns("__pycache__"))
        for file in files_of_function(plan.key):
            target = own / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, target)
        (own / "include.txt").write_text(f"{plan.key}/common\n", "utf-8")
    return folder
