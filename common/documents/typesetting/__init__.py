"""From a resume's view to PDF bytes: HTML through jinja2, pages through xhtml2pdf. Heavy imports happen on first use."""
