"""What qualitative researchers report of a coded corpus, from its tables of documents, codes and
segments. Pure functions: frames in, a frame out.

Segments are counted once, however many of the codes in question they are under. Whether the codes
below a code are included is said with `children`, which has no default, and stands in the result.
"""

from bukti.analyse.coding.agreement import agreement, stability
from bukti.analyse.coding.cooccurrence import cooccurrence
from bukti.analyse.coding.frequencies import frequencies, matrix
from bukti.analyse.coding.saturation import saturation
from bukti.analyse.coding.selection import segments_of

__all__ = [
    "agreement",
    "cooccurrence",
    "frequencies",
    "matrix",
    "saturation",
    "segments_of",
    "stability",
]
