"""Zip parts into a file that has the same bytes on every run."""

import io
import zipfile
from collections.abc import Mapping

#: what every form bears where officers do not look: its document properties
SAMPLE_MARK = "Dữ liệu mẫu, không có thật"


def pack(parts: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2022, 9, 28, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"), compresslevel=9)
    return held.getvalue()
