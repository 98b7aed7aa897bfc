"""The engine's wheel, written so that a checkout and an installed engine give the same bytes."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from bukti.archive.packing import zipped
from bukti.base.digest import digest_bytes


def written_wheel(contents: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and bytes of the wheel with these files.

    Its list of them, RECORD, is written anew, in the form that the Python packaging user guide
    gives ("Recording installed projects").
    """
    record = next(name for name in contents if name.endswith(".dist-info/RECORD"))
    folder = record.removesuffix("/RECORD")
    files = {name: data for name, data in contents.items() if name != record}
    lines = [f"{name},sha256={_digest(files[name])},{len(files[name])}" for name in sorted(files)]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    name = f"{folder.removesuffix('.dist-info')}-{_tag(files[f'{folder}/WHEEL'])}.whl"
    return name, zipped(files)


def _digest(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()


def _tag(wheel: bytes) -> str:
    lines = wheel.decode().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith("Tag:"))


def wheel_digests(wheel: bytes) -> dict[str, str]:
    """The SHA-256 of every file of a wheel but its own list; zipfile's errors where it is none."""
    with ZipFile(BytesIO(wheel)) as package:
        names = [entry.filename for entry in package.infolist() if not entry.is_dir()]
        return {
            name: digest_bytes(package.read(name))
            for name in names
            if not name.endswith(".dist-info/RECORD")
        }
