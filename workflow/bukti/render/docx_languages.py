"""Languages as Word names them: each with its region, on every run that is not in the paper's."""

from __future__ import annotations

from typing import Any

from babel.core import get_global

from bukti.render.docx_xml import child, w

_REGIONS = {"en": "en-GB"}


def word_language(tag: str) -> str:
    """A language with a region, as Word wants it; the likeliest by the Unicode locale data."""
    if "-" in tag or not tag:
        return tag
    if tag in _REGIONS:
        return _REGIONS[tag]
    _, _, region = str(get_global("likely_subtags").get(tag, "")).rpartition("_")
    return f"{tag}-{region}" if region else tag


def name_languages(part: Any) -> None:
    """Give the languages of a part's runs their regions, in place."""
    for language in part.iter(w("lang")):
        for name in ("val", "eastAsia", "bidi"):
            tag = language.get(w(name))
            if tag:
                language.set(w(name), word_language(tag))


def set_language(styles: Any, language: str) -> None:
    """Make a language the default of a reference document's styles, in place."""
    default = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr")
    child(default, "lang", len(default), val=word_language(language))
    for style in styles.iter(w("style")):
        for each in style.findall(f"{w('rPr')}/{w('lang')}"):
            each.getparent().remove(each)  # of the journal's own language
