"""A difference as one self-contained page, with figures side by side."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from bukti.diff.outline import Item, Outline, Part, Run

Pictures = Mapping[str, Sequence[tuple[str, bytes | None, bytes | None]]]
_TAGS = {"old": "del", "new": "ins", "was": "del", "now": "ins", "code": "code", "quiet": "small"}
_STYLE = """
:root { color-scheme: light; --quiet: #595959; --rule: #d0d0d0; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem;
  color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2.25rem;
  border-bottom: 1px solid var(--rule); padding-bottom: .25rem; }
ul { padding-left: 1.1rem; } li { margin: .35rem 0; }
small { color: var(--quiet); font-size: .9em; } code { font-size: .92em; }
del { background: #fbe3e1; color: #7a1710; } ins { background: #dff2e1; color: #14491b;
  text-decoration: none; font-weight: 600; }
.remark { border-left: 3px solid #8a5a00; padding: .1rem .75rem; background: #fff7e6; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: 1rem; margin: .75rem 0; }
figure { margin: 0; } figure img { width: 100%; border: 1px solid var(--rule); background: #fff; }
figcaption { color: var(--quiet); font-size: .9rem; }
@media print { body { max-width: none; padding: 0; } li, figure { break-inside: avoid; } }
"""


def to_page(
    outline: Outline, language: str, pictures: Pictures, before: str, after: str, absent: str
) -> str:
    """The outline as HTML; `pictures` are those of exhibits: the language, the old, the new one.

    `before`, `after` and `absent` are the words below the pictures. All text is escaped, pictures
    stand as images, which run nothing, and nothing is loaded from elsewhere.
    """
    body = [f"<h1>{escape(outline.title)}</h1>", f"<p>{escape(outline.summary)}</p>"]
    body += [f'<p class="remark">{escape(remark)}</p>' for remark in outline.remarks]
    words = (before, after, absent)
    for part in outline.parts:
        body += _part(part, pictures, words)
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(outline.title)}</title><style>{_STYLE}</style></head>",
            "<body><main>",
            *body,
            "</main></body></html>",
            "",
        ]
    )


def _part(part: Part, pictures: Pictures, words: tuple[str, str, str]) -> Iterator[str]:
    yield f"<h2>{escape(part.heading)} ({len(part.items)})</h2>"
    yield "<ul>"
    for item in part.items:
        yield from _item(item, pictures.get(item.exhibit, ()), words)
    yield "</ul>"


def _item(
    item: Item,
    pictures: Sequence[tuple[str, bytes | None, bytes | None]],
    words: tuple[str, str, str],
) -> Iterator[str]:
    yield f"<li>{_line(item.line)}"
    yield from (f"<br>{_line(detail)}" for detail in item.details)
    for language, old, new in pictures:
        yield f'<div class="pair">{_picture(old, words[0], item.exhibit, language, words[2])}'
        yield f"{_picture(new, words[1], item.exhibit, language, words[2])}</div>"
    yield "</li>"


def _picture(data: bytes | None, word: str, name: str, language: str, absent: str) -> str:
    caption = f"<figcaption>{escape(word)} ({escape(language)})</figcaption>"
    if data is None:
        return f"<figure><p>{escape(absent)}</p>{caption}</figure>"
    address = f"data:image/svg+xml;base64,{b64encode(data).decode()}"
    return f'<figure><img src="{address}" alt="{escape(f"{name}, {word}")}">{caption}</figure>'


def _line(runs: Sequence[Run]) -> str:
    return "".join(_run(style, text) for style, text in runs)


def _run(style: str, text: str) -> str:
    tag = _TAGS.get(style)
    return f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)
