"""Write a bundle's zip file in its one form: nothing packed, fixed dates and flags, in the order of the names. Pure.

The form leaves no byte of the archive open, so that the verifier can hold all of them against the content.
"""

import io
import zipfile
from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)
UNIX, MODE = 3, 0o100600 << 16


def write(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files):
            place = zipfile.ZipInfo(name, DATE)
            place.create_system, place.external_attr = UNIX, MODE
            archive.writestr(place, files[name])
    return out.getvalue()
