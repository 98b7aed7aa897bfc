"""The variables that a confined program gets: none of the user's, and the same on every machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def clean_environment(home: Path) -> dict[str, str]:
    """A fresh environment whose every folder lies in `home`; it makes these folders."""
    folders = {
        "HOME": home,
        "TMPDIR": home / "tmp",
        "MPLCONFIGDIR": home / "matplotlib",
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "jupyter",
        "JUPYTER_DATA_DIR": home / "jupyter",
        "JUPYTER_RUNTIME_DIR": home / "jupyter",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_RUNTIME_DIR": home / "tmp",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fonts = home / "fonts.conf"
    fonts.write_text("<fontconfig/>\n")
    one = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON")
    kept = ("OPENBLAS_CORETYPE", "LD_LIBRARY_PATH")
    return {
        **{name: str(folder) for name, folder in folders.items()},
        **{f"{name}_NUM_THREADS": "1" for name in one},
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), *os.defpath.split(":")]),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "USER": "bukti",
        "LOGNAME": "bukti",
        "FONTCONFIG_FILE": str(fonts),
        "MPLBACKEND": "agg",
        "POLARS_MAX_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
    }
