"""An executed notebook as one page that needs nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 56rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
pre { font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  margin: 0; }
.jp-InputPrompt, .jp-OutputPrompt, .prompt, .jp-Collapser, .anchor-link { display: none; }
.jp-InputArea, .input_area { background: #f5f5f3; border-left: 3px solid #0072b2;
  padding: .6rem .8rem; margin: 1rem 0 .4rem; overflow-x: auto; }
.jp-OutputArea-output, .output_subarea { padding: .3rem .8rem; overflow-x: auto; }
img { max-width: 100%; height: auto; }
table { border: 0; border-collapse: collapse; font-size: 14px; }
table td, table th { border: 0; border-bottom: 1px solid #ddd; }
.bukti-card table td { border: 0; }
td, th { padding: .2rem .6rem; text-align: left; }
.k, .kn, .ow { color: #9a3b00; } .s, .s1, .s2 { color: #00624a; } .c1 { color: #666; }
.n { color: inherit; } .mi, .mf { color: #00527f; }
"""


# No script runs and nothing is loaded, whatever an output holds.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def page(notebook: Any, title: str, language: str) -> str:
    """The notebook with its code and outputs as HTML, without scripts or addresses."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic")
    exporter.exclude_input_prompt = True
    exporter.exclude_output_prompt = True
    body, _ = exporter.from_notebook_node(notebook)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
