"""Which language a text is in: the door to py3langid (M. Lui and T. Baldwin, "langid.py", 2012)."""

from __future__ import annotations

from functools import cache
from typing import Any


def likeliest_language(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest of some languages, and its probability among those that the model knows.

    Where the model does not know the first of them, or no other one, the first is the answer.
    """
    model, every = _model()
    codes = {language.split("-")[0]: language for language in reversed(languages)}
    known = sorted(code for code in codes if code in every)
    if len(known) < 2 or languages[0].split("-")[0] not in known:
        return languages[0], 1.0
    model.set_languages(known)
    code, probability = model.classify(text)
    return codes[str(code)], float(probability)


@cache
def _model() -> tuple[Any, frozenset[str]]:
    from py3langid import langid

    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    return model, frozenset(str(code) for code in model.nb_classes)
