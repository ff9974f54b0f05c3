"""`./scripts/build fonts`: make the font subsets of layers/render/mojian_fonts from pinned npm packages, byte for byte the same.

sources.json names the inputs (npm package, exact version, integrity) and, by profile, the SHA-256 of every output. A run
whose inputs or outputs differ fails; `--pin` records new output hashes after an intended change. Nothing here runs in
production: the profile `full` is committed. Others are built to build/fonts/<profile>/mojian_fonts, a whole package to put
into the layer instead: `small` for functions of 128 MB, `serif` with a second pair for templates that want it.
"""

import argparse
import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "layers" / "render" / "mojian_fonts"
PINS = FONTS / "sources.json"
BUILT = Path("build/fonts")
COMMITTED = "full"

UNIFIED_HAN = range(0x4E00, 0xA000)
EXTENSION_A = range(0x3400, 0x4DC0)
SUPPLEMENTARY_HAN = range(0x20000, 0x32000)
#: A font that also maps these makes extractors read ⽂ for 文; text that uses them is folded to Han before typesetting.
RADICALS = range(0x2E80, 0x2FE0)
GETA_MARK = 0x3013
SYMBOLS = (
    range(0x20, 0x7F),
    range(0xA0, 0x250),
    range(0x370, 0x460),
    range(0x2000, 0x2070),
    range(0x2070, 0x20C0),
    range(0x2100, 0x2700),
    range(0x3000, 0x3130),
    range(0x3200, 0x3400),
    range(0xFE10, 0xFE70),
    range(0xFF00, 0xFFF0),
)
#: Common in given names and surnames of today, and not in GB 2312.
NAME_CHARACTERS = (
    "喆堃珺玥昇暐曈炘焜燚犇瑄瑀瑢璟璠禛禔祎翀赟镕韡頔骉骎骕旸旻昉昳玙玚玭珅珣琎琤琲瑆瑨璘俍倓偲傒凃叚吔喦嫄嫕婳媖孖屾峣嵒廼弢彧怹惇愔憘"
    "抃晅晢暕杋栐梽棪楙沄沇洺浡浛淏湉湜溍澔濛濬烜燊爔牁玹琇璆皞瞾祾禤秾竑粦絪翯茀萩虓衎訚谞赑迺釨釮鈊锜锳镠阇雱颋颙飏飖骃骙鱻鸮鹓鹔龑龢"
)
#: The emoji space is as wide as an emoji; the engine stays in the fallback face for a following space.
EMOJI_SPACE_UNITS = 450
#: Only what ReportLab reads; layout tables, vertical metrics and hinting are dead weight in a PDF of horizontal text.
UNUSED_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx"]


class BuildFailed(Exception):
    """An input or an output is not what sources.json pins."""


def main() -> int:
    arguments = argparse.ArgumentParser(prog="./scripts/build fonts", description=__doc__)
    arguments.add_argument("--pin", action="store_true", help="record the hashes of what was built")
    pins = json.loads(PINS.read_text("utf-8"))
    arguments.add_argument("--profile", choices=list(pins["profiles"]), default=COMMITTED)
    arguments.add_argument("--out", type=Path, help="folder to write to")
    chosen = arguments.parse_args()
    home = FONTS if chosen.profile == COMMITTED else BUILT / chosen.profile / FONTS.name
    try:
        build(pins, chosen.profile, out=chosen.out or home, pin=chosen.pin)
    except (BuildFailed, subprocess.CalledProcessError) as problem:
        print(f"build fonts: {problem}", file=sys.stderr)
        return 1
    return 0


def build(pins: dict[str, Any], profile: str, *, out: Path, pin: bool) -> None:
    """Write every font and licence to `out`. Raises BuildFailed when a hash differs and `pin` is off."""
    pinned = pins["profiles"][profile]
    built = _licences_and_fonts(pins["packages"], pinned["fonts"])
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(built.items())}
    if pin:
        pinned["sha256"] = hashes
        PINS.write_text(json.dumps(pins, ensure_ascii=False, indent=2) + "\n", "utf-8")
    elif hashes != pinned["sha256"]:
        different = sorted(name for name in hashes if hashes[name] != pinned["sha256"].get(name))
        raise BuildFailed(
            f"built files differ from sources.json: {', '.join(different) or 'a pinned file is not built'}"
        )
    out.mkdir(parents=True, exist_ok=True)
    built["__init__.py"] = (FONTS / "__init__.py").read_bytes()
    for name, content in built.items():
        (out / name).write_bytes(content)
        print(f"{name:34} {len(content) / 1e6:6.2f} MB  {hashes.get(name, '')[:16]}")


def _licences_and_fonts(sources: list[dict[str, str]], fonts: list[dict[str, str]]) -> dict[str, bytes]:
    used = {font["package"] for font in fonts}
    named = {package["name"].rpartition("/")[2]: package for package in sources}
    packages = {name: (package, fetch_package(package)) for name, package in named.items() if name in used}
    built = {package["licence"]: tarball_member(tarball, "LICENSE_FONT") for package, tarball in packages.values()}
    drawn_by_main_font: set[int] = set()
    for font in fonts:
        source = TTFont(io.BytesIO(tarball_member(packages[font["package"]][1], font["member"])), recalcTimestamp=False)
        kept = choose_characters(font["characters"], set(source.getBestCmap()), drawn_by_main_font)
        if font["characters"].startswith("chinese"):
            # The rare Han are the same in every profile: what even the full main font lacks.
            drawn_by_main_font |= choose_characters("chinese", set(source.getBestCmap()), set())
        built[font["output"]] = make_subset(source, kept, narrow_space=font["characters"] == "emoji")
    return built


def fetch_package(package: dict[str, str]) -> bytes:
    """The package's tarball through the ordinary npm client, checked against its pinned integrity."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package['name']}@{package['version']}"
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, wanted]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        (tarball,) = Path(folder).glob("*.tgz")
        content = tarball.read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != package["integrity"]:
        raise BuildFailed(f"{wanted} has integrity {found}, pinned is {package['integrity']}")
    return content


def tarball_member(tarball: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        member = archive.extractfile(f"package/{name}")
        if member is None:
            raise BuildFailed(f"{name} is not a file in the package")
        return member.read()


def choose_characters(kind: str, available: set[int], drawn_by_main_font: set[int]) -> set[int]:
    """The code points a subset of this kind keeps out of the `available` ones."""
    if kind == "emoji":
        return available
    han = {point for span in (UNIFIED_HAN, EXTENSION_A, SUPPLEMENTARY_HAN) for point in span}
    if kind == "rare_han":
        # 〓 is drawn for characters that no font has, from the smallest font that can carry it.
        return (available & han) - drawn_by_main_font | {0x20, GETA_MARK}
    symbols = {point for span in SYMBOLS for point in span}
    if kind == "chinese_small":
        return available & (gb2312_characters() | set(map(ord, NAME_CHARACTERS)) | symbols) - set(RADICALS)
    return available & (han | symbols | gbk_characters()) - set(RADICALS)


def gbk_characters() -> set[int]:
    return _characters_of("gbk")


def gb2312_characters() -> set[int]:
    return _characters_of("gb2312")


def _characters_of(codec: str) -> set[int]:
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return {ord(text) for text in (pair.decode(codec, "ignore") for pair in pairs) if len(text) == 1}


def make_subset(source: TTFont, characters: set[int], *, narrow_space: bool) -> bytes:
    options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True, recalc_timestamp=False)
    options.layout_features = []
    options.drop_tables += UNUSED_TABLES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(source)
    if narrow_space:
        glyph = source.getBestCmap()[0x20]
        source["hmtx"][glyph] = (EMOJI_SPACE_UNITS, source["hmtx"][glyph][1])
    buffer = io.BytesIO()
    source.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
