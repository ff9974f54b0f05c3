"""Floating text boxes as Word writes them: a DrawingML choice and a VML fallback that hold the same paragraphs."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

_EMU_PER_CM = 360000
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RUN = """<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/><wp:docPr id="{number}" name="Text Box {number}"/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="position:absolute;margin-left:{left_pt}pt;width:{width_pt}pt;height:700pt">
<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def text_box(paragraphs: Sequence[Any], *, left_cm: float, width_cm: float) -> Any:
    """A run that holds the box; `left_cm` from the margin."""
    from docx.oxml import parse_xml

    run = parse_xml(
        _RUN.format(
            namespaces=_NAMESPACES,
            left=int(left_cm * _EMU_PER_CM),
            width=int(width_cm * _EMU_PER_CM),
            height=26 * _EMU_PER_CM,
            left_pt=round(left_cm * 28.35),
            width_pt=round(width_cm * 28.35),
            number=int(left_cm) + 1,
        )
    )
    for content in run.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"):
        content.extend(copy.deepcopy(one) for one in paragraphs)
    return run
