"""A document as one page that opens offline, with everything in it escaped."""

from markupsafe import Markup, escape

from vendor_eval.award.document import Block, Document, Grid, Heading
from vendor_eval.outputs.documents.markdown_text import DRAFT

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """\
body{font:1rem/1.45 system-ui,Arial,sans-serif;color:#16202c;background:#fff;max-width:60rem;
margin:1.5rem auto;padding:0 1rem;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin-top:1.6rem}h3{font-size:1rem}
.muted,caption{color:#5b6775;font-size:.88rem}.missing,.draft{color:#a31515;font-weight:600}
.scroll{overflow-x:auto;margin:.6rem 0 1rem}table{border-collapse:collapse;width:100%}
caption{text-align:left;padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #d9dfe6;
min-width:4.5rem;font-weight:400;font-size:.9rem}thead th{color:#5b6775}
th:first-child{min-width:9rem}
@media print{body{margin:0;max-width:none;font-size:9.5pt}tr{break-inside:avoid}
h2,h3,caption{break-after:avoid}.scroll{overflow:visible}}
"""
PAGE = Markup("""\
<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title><style>{style}</style></head>
<body><main>
{draft}<h1>{title}</h1>
{body}
</main></body></html>
""")


def page(document: Document) -> str:
    """The document as HTML: no script, no link, nothing loaded."""
    draft = Markup('<p class="draft">{}</p>\n').format(DRAFT) if document.draft else ""
    body = Markup("\n").join(_block(block) for block in document.blocks)
    style = Markup(STYLE)  # noqa: S704  # our own, of which nothing is typed
    return str(
        PAGE.format(policy=POLICY, title=document.title, style=style, draft=draft, body=body)
    )


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h{0}>{1}</h{0}>").format(block.level + 1, block.text)
    if isinstance(block, Grid):
        return _table(block)
    return Markup('<p class="{}">{}</p>').format(block.manner, block.text)


def _table(grid: Grid) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in grid.head)
    rows = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first, Markup("").join(Markup("<td>{}</td>").format(cell) for cell in others)
        )
        for first, *others in grid.rows
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{0}"><table><caption>{0}'
        "</caption><thead><tr>{1}</tr></thead><tbody>\n{2}\n</tbody></table></div>"
    ).format(escape(grid.caption), head, rows)
