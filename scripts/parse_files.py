"""./scripts/parse FILE…: each file's resume as one JSON line, in order, or {"file", "error": {"code", "message"}}.

Rules alone, on this machine: images and scanned pages are read by the optional local OCR.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from common.documents.isolation.reader import IsolatedReader
from common.documents.local_ocr import LocalOcr
from common.domain.parsing.structure import structure
from common.errors import InternalError, MojianError
from common.services.parsing import read_lines
from common.services.ports import DocumentReader, Ocr
from common.settings import environment


def parse(path: Path, *, reader: DocumentReader, ocr: Ocr) -> dict[str, Any]:
    """The resume of one file in its outer shape. Raises FileRefused, VendorError."""
    document = reader.read(path.read_bytes(), filename=path.name)
    resume = structure(read_lines(document, ocr))
    resume.meta.x_cn.warnings[:0] = document.warnings
    return resume.as_json_resume()


def parse_or_explain(path: Path, *, reader: DocumentReader, ocr: Ocr) -> dict[str, Any]:
    """Never raises: what stopped it is the answer."""
    try:
        return parse(path, reader=reader, ocr=ocr)
    except MojianError as error:
        return _refusal(path, error)
    except OSError:
        return {"file": str(path), "error": {"code": "file_not_readable", "message": "无法读取这个文件，请检查路径"}}
    except Exception:  # one bad file must not cost the answers for the others
        return _refusal(path, InternalError())


def _refusal(path: Path, error: MojianError) -> dict[str, Any]:
    return {"file": str(path), "error": {"code": error.code, "message": error.message}}


def main() -> int:
    arguments = argparse.ArgumentParser(prog="./scripts/parse", description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reader, ocr = IsolatedReader(environment()), LocalOcr()
    for path in arguments.parse_args().files:
        print(json.dumps(parse_or_explain(path, reader=reader, ocr=ocr), ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
