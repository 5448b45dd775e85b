"""A backup file opened: what it says it holds, held against what it holds. Whoever sent it is not trusted."""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tuanhoc.lib.refusal import N_, Refusal

FORMAT = "tuanhoc-backup"
FORMAT_VERSION = 1
MANIFEST, FILES = "manifest.json", "files.jsonl"
#: Bytes of the longest row, of the manifest, and at a time.
LONGEST_ROW = 64 * 1024 * 1024
LARGEST_MANIFEST = 4 * 1024 * 1024
CHUNK = 1024 * 1024
#: Rows shrink to a twentieth; what shrinks far more was made to fill a disk.
MOST_SHRUNK = 200
_ROWS = re.compile(r"rows/([a-z0-9_]{1,63})\.jsonl")
_FILE = re.compile(r"files/([0-9a-f]{2}/[0-9a-f]{64})")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, KeyError, OverflowError)

Say = Callable[[str], None]


class NotABackup(Refusal):
    message = N_("“%(name)s” không phải bản sao lưu của Tuần Học, hoặc đã bị cắt cụt. Không có gì thay đổi.")


class Altered(Refusal):
    message = N_("Bản sao lưu bị hỏng hoặc đã bị sửa: %(what)s. Không có gì thay đổi.")


class NewerFormat(Refusal):
    message = N_("Bản sao lưu do phiên bản mới hơn tạo ra (%(version)s). Nâng cấp chương trình rồi làm lại.")


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest says of one table, or of all files."""

    count: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    made_at: str
    vendor: str
    migrations: frozenset[tuple[str, str]]
    tables: dict[str, Part]
    columns: dict[str, list[str]]
    next_numbers: dict[str, int]
    files: Part
    #: bytes of all stored files together
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One stored file in the backup; ``size`` None: it was gone from the folder already."""

    path: str
    size: int | None
    sha256: str


class Archive:
    """A backup open for reading."""

    def __init__(self, path: Path, zipped: zipfile.ZipFile) -> None:
        self.path = path
        self._zip = zipped
        self._members = {info.filename: info for info in zipped.infolist()}
        if len(self._members) != len(zipped.infolist()):
            raise Altered(what=N_("một tên có hai nội dung"))
        self.manifest = self._read_manifest()
        self._look_at_names()

    def check(self) -> None:
        """Read everything and compare it with the manifest. :raises Altered: where they differ."""
        for table in self.manifest.tables:
            for _ in self.rows(table):
                pass
        for kept in self.files():
            for _ in self.content(kept):
                pass

    def rows(self, table: str) -> Iterator[list[Any]]:
        """Give the rows of one table; the digest is compared at its end."""
        wide = len(self.manifest.columns[table])
        for line in self._lines(f"rows/{table}.jsonl", self.manifest.tables[table]):
            row = _parsed(line)
            if not isinstance(row, list) or len(row) != wide:
                raise Altered(what=table)
            yield row

    def files(self) -> Iterator[Kept]:
        """Give what is said of each stored file."""
        for line in self._lines(FILES, self.manifest.files):
            kept = _parsed(line)
            if not isinstance(kept, dict) or not _FILE.fullmatch(f"files/{kept.get('path')}"):
                raise Altered(what=FILES)
            yield Kept(str(kept["path"]), kept.get("size"), str(kept.get("sha256")))

    def content(self, kept: Kept) -> Iterator[bytes]:
        """Give one file's content; its digest is compared at the end. Nothing for one that was gone."""
        if kept.size is None:
            return
        name = f"files/{kept.path}"
        info = self._members.get(name)
        if info is None or info.compress_type != zipfile.ZIP_STORED or info.file_size != kept.size:
            raise Altered(what=name)
        digest = hashlib.sha256()
        with self._opened(name) as member:
            while piece := member.read(CHUNK):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != kept.sha256:
            raise Altered(what=name)

    def _lines(self, name: str, part: Part) -> Iterator[bytes]:
        info = self._members.get(name)
        if info is None or info.file_size != part.size or part.size > MOST_SHRUNK * info.compress_size + CHUNK:
            raise Altered(what=name)
        digest, count = hashlib.sha256(), 0
        with self._opened(name) as member:
            while line := member.readline(LONGEST_ROW):
                if not line.endswith(b"\n"):
                    raise Altered(what=name)
                digest.update(line)
                count += 1
                yield line
        if (count, digest.hexdigest()) != (part.count, part.sha256):
            raise Altered(what=name)

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as member:
                yield member
        except _BROKEN as error:
            raise Altered(what=name) from error

    def _read_manifest(self) -> Manifest:
        info = self._members.get(MANIFEST)
        if info is None or info.file_size > LARGEST_MANIFEST:
            raise NotABackup(name=self.path.name)
        with self._opened(MANIFEST) as member:
            said = _parsed(member.read(LARGEST_MANIFEST))
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise NotABackup(name=self.path.name)
        if said.get("format_version") != FORMAT_VERSION:
            raise NewerFormat(version=str(said.get("version"))[:40])
        try:
            return _manifest(said)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise Altered(what=MANIFEST) from error

    def _look_at_names(self) -> None:
        """Refuse whatever is no part of a backup: paths that climb, tables nobody told of."""
        for name in self._members:
            rows = _ROWS.fullmatch(name)
            known = name in {MANIFEST, FILES} or _FILE.fullmatch(name) or (rows and rows[1] in self.manifest.tables)
            if not known:
                raise Altered(what=ascii(name[:80]))


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup. :raises NotABackup: it is none. :raises Refusal: it does not hold what it says."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as zipped:
            yield Archive(path, zipped)
    except zipfile.BadZipFile as error:
        raise NotABackup(name=path.name) from error


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Altered(what=N_("nội dung không đọc được")) from error


def _part(said: dict[str, Any]) -> Part:
    part = Part(int(said["count"]), int(said["bytes"]), str(said["sha256"]))
    if part.count < 0 or part.size < 0:
        raise ValueError("less than nothing")
    return part


def _manifest(said: dict[str, Any]) -> Manifest:
    return Manifest(
        version=str(said["version"])[:40],
        made_at=str(said["made_at"])[:40],
        vendor=str(said["vendor"])[:40],
        migrations=frozenset((str(app), str(name)) for app, name in said["migrations"]),
        tables={str(name): _part(part) for name, part in said["tables"].items()},
        columns={str(name): [str(one) for one in part["columns"]] for name, part in said["tables"].items()},
        next_numbers={
            str(name): int(part["next"]) for name, part in said["tables"].items() if part.get("next") is not None
        },
        files=_part(said["files"]),
        file_bytes=int(said["file_bytes"]),
    )
