"""A resume as one HTML page for a browser: the page the PDF is made from, framed as a sheet of A4, with its fonts inside."""

from html import escape

from common.documents.template_shelf import Look, theme
from common.documents.typesetting import photo
from common.documents.typesetting.length import refuse_a_book
from common.documents.typesetting.web_fonts import font_faces
from common.documents.write_pdf import page_html, write_pdf
from common.domain.rendering.arrange import arrange, in_columns
from common.domain.rendering.fit import PageFit, tightened
from common.domain.rendering.options import RenderOptions, styled
from common.domain.rendering.present import present
from common.domain.rendering.theme import A4_MM, Theme
from common.domain.resume.model import Resume

#: No script, no frame, no form and no address of any kind: fonts and the photo are inside the page.
_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
_HEAD = (
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="referrer" content="no-referrer">'
    '<meta name="viewport" content="width=820">'
)
#: The engine's mark for the next frame; a browser takes it for an element around all that follows.
_STORY = r"pdf\:nextframe"
#: What the engine does by itself and a browser only when it is told to.
_AS_ON_PAPER = "body { line-break: strict; overflow-wrap: anywhere; } p, li { text-align: left; }"


def write_html(
    resume: Resume,
    *,
    template: str,
    options: RenderOptions | None = None,
    fit: PageFit | None = None,
    look: Look | None = None,
) -> str:
    """The lines end where those of the PDF end (at least 85 % of them, `./scripts/bench render --only agreement`).

    `fit`: what came of it in the PDF of the same resume and options; found out again when it is not given.
    `look`: as write_pdf takes it. The page is whole (no file, no address), so it may be kept and opened anywhere; a policy allows
    it no script and no connection.

    Raises InvalidField(field="template"), FileHasTooManyPages.
    """
    chosen = look or Look(theme(template))
    style = styled(chosen.theme, options or RenderOptions())
    if style.fit == "one_page":
        fit = fit or write_pdf(resume, template=template, options=options, look=look).fit
        style = tightened(style, fit.step) if fit else style
    view = in_columns(arrange(present(resume, language=style.language), style), style)
    refuse_a_book(view)
    page = page_html(view, template, style, photo.prepare(view.photo), chosen.layout)
    faces = font_faces(page, serif=style.typeface == "serif")
    title = f"<title>{escape(view.document_title)}</title>"
    styles = "\n".join([*faces, _AS_ON_PAPER, *(_narrow_column(style) if style.aside else []), _sheet(style)])
    return page.replace("</head>", f"{_HEAD}{title}<style>{styles}</style></head>", 1)


def _sheet(look: Theme) -> str:
    return (
        f"@media screen {{ html {{ background: #eceff1; }} body {{ box-sizing: border-box; position: relative; width: 210mm; "
        f"min-height: 297mm; margin: 8mm auto; background: white; padding: {look.margin_top_mm}mm {look.margin_side_mm}mm; }} }}"
    )


def _narrow_column(look: Theme) -> list[str]:
    """The engine's frames, which no browser knows, as boxes of the first page.

    A float as high as that page keeps the story at its side and lets it take the whole width afterwards. A table of full
    width would drop below a float; a block of its own formatting context narrows itself beside one.
    """
    inset = (look.aside_width_mm - look.aside_mm) / 2
    beside = look.text_left_mm - look.margin_side_mm
    return [
        f"@page {{ size: A4; margin: {look.margin_top_mm}mm 0; }}",
        "@page :first { margin: 0; }",
        f"@media print {{ body {{ position: relative; padding: {look.margin_top_mm}mm {look.margin_side_mm}mm 0; }} }}",
        f'body::before {{ content: ""; float: left; width: {beside}mm; height: {A4_MM[1] - look.margin_top_mm}mm; }}',
        f"{_STORY} {{ display: block; }} {_STORY} > * {{ display: flow-root; }}",
        f"{_STORY} > table {{ width: auto; }} {_STORY} > table > tbody {{ display: block; }}",
        f"{_STORY} > table > tbody > tr {{ display: flex; }} {_STORY} > table td {{ flex: 1 1 auto; min-width: 0; }}",
        f"#ground {{ position: absolute; left: 0; top: 0; width: {look.aside_width_mm}mm; height: 296.9mm; overflow: hidden; }}",
        f".aside {{ position: absolute; left: {inset}mm; top: {look.margin_top_mm}mm; width: {look.aside_mm}mm; }}",
    ]
