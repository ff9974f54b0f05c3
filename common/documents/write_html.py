"""A resume as one HTML page for a browser: the page the PDF is made from, with its fonts linked, framed as a sheet of A4."""

from urllib.parse import quote

from common.documents.template_shelf import theme
from common.documents.typesetting.fonts import available_faces
from common.documents.write_pdf import page_html, write_pdf
from common.domain.rendering.arrange import arrange, in_columns
from common.domain.rendering.fit import tightened
from common.domain.rendering.options import RenderOptions, styled
from common.domain.rendering.present import present
from common.domain.rendering.theme import Theme
from common.domain.resume.model import Resume

#: What the engine does by itself and a browser only when it is told to.
_AS_ON_PAPER = "body { line-break: strict; overflow-wrap: anywhere; } p, li { text-align: left; }"
_WEIGHTS = ("normal", "bold")


def write_html(resume: Resume, *, template: str, fonts_url: str, options: RenderOptions | None = None) -> str:
    """The lines end where those of the PDF end (at least 85 % of them, `./scripts/bench render --only agreement`).

    `fonts_url`: where a browser finds the files of mojian_fonts, without a slash at the end. The page may load fonts from
    there and nothing else: no script, no other address. Raises InvalidField(field="template"), FileHasTooManyPages.
    """
    style = styled(theme(template), options or RenderOptions())
    if style.fit == "one_page":
        fit = write_pdf(resume, template=template, options=options).fit
        style = tightened(style, fit.step) if fit else style
    view = in_columns(arrange(present(resume, language=style.language), style), style)
    page = page_html(view, template, style)
    return page.replace("</head>", f"{_policy(fonts_url)}<style>{_styles(style, fonts_url)}</style></head>", 1)


def _policy(fonts_url: str) -> str:
    scheme, _, rest = fonts_url.partition("://")
    source = f"{scheme}:" if scheme == "file" else f"{scheme}://{rest.partition('/')[0]}"
    rules = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src {source}"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _styles(look: Theme, fonts_url: str) -> str:
    sheet = (
        f"@media screen {{ html {{ background: #eceff1; }} body {{ box-sizing: border-box; position: relative; width: 210mm; "
        f"min-height: 297mm; margin: 8mm auto; background: white; padding: {look.margin_top_mm}mm {look.margin_side_mm}mm "
        f"{look.margin_top_mm}mm {look.text_left_mm}mm; }} }}"
    )
    return "\n".join(
        [*_font_faces(look, fonts_url), _AS_ON_PAPER, *(_narrow_column(look) if look.aside else []), sheet]
    )


def _narrow_column(look: Theme) -> list[str]:
    """The engine's frames, which no browser knows, as boxes of the first page."""
    inset = (look.aside_width_mm - look.aside_mm) / 2
    return [
        f"@page {{ size: A4; margin: {look.margin_top_mm}mm 0; }}",
        "@page :first { margin: 0; }",
        f"@media print {{ body {{ position: relative; padding: {look.margin_top_mm}mm {look.margin_side_mm}mm 0 "
        f"{look.text_left_mm}mm; }} }}",
        f"#ground {{ position: absolute; left: 0; top: 0; width: {look.aside_width_mm}mm; height: 296.9mm; overflow: hidden; }}",
        f".aside {{ position: absolute; left: {inset}mm; top: {look.margin_top_mm}mm; width: {look.aside_mm}mm; }}",
    ]


def _font_faces(look: Theme, fonts_url: str) -> list[str]:
    return [
        f"@font-face {{ font-family: {family}; font-weight: {weight}; src: url({fonts_url}/{quote(file)}); }}"
        for family, files in available_faces(serif=look.typeface == "serif").items()
        for weight, file in zip(_WEIGHTS, files, strict=True)
    ]
