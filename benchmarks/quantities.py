"""How long reading the quantities of a text takes, as a multiple of one plain pass for digits.

`python benchmarks/quantities.py` prints the ratio for a long text of each language, once as it is
and once twice as long: what is linear has the same ratio. It never fails by the clock.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "workflow"))

from bukti.base.quantities import parse_quantities

ROUNDS = 7
DIGITS = re.compile(r"\d[\d.,]*")
TEXTS = {
    "id": "Pada 17 Agustus 2020 hampir 1,27 juta anak, yaitu satu dari lima atau antara 5 dan 17 "
    "persen, turun dua kali lipat dari tiga belas ribu menjadi Rp 1,5 miliar lebih. ",
    "en": "On 17 August 2020 nearly 1.27 million children, one in five or between 5 and 17 "
    "percent, fell twofold from thirteen thousand to US$ 1.5 billion and more. ",
}


def seconds(call: Callable[[], object]) -> float:
    """The time that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ratio(text: str, language: str) -> float:
    """The median of reading quantities over finding digits, timed in turn."""
    parse_quantities(text[:200], language)
    pairs = [
        (
            seconds(lambda: parse_quantities(text, language)),
            seconds(lambda: DIGITS.findall(text)),
        )
        for _ in range(ROUNDS)
    ]
    return statistics.median(read / plain for read, plain in pairs)


def main() -> None:
    """Print a line for each language and length."""
    for language, sentence in TEXTS.items():
        for times in (200, 400):
            text = sentence * times
            found = ratio(text, language)
            print(f"{language}, {len(text)} characters: quantities / digits {found:.0f}")


if __name__ == "__main__":
    main()
