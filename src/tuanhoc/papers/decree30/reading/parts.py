"""The parts of a .docx that say how it prints, opened within the limits of every file read."""

import zipfile

from lxml import etree

from tuanhoc.papers.reading.limits import UnknownKind, member, parse

from .xml import R, W

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OURS = b"http://schemas.openxmlformats.org/"
#: the names ISO/IEC 29500 Strict gives the same things
_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + theirs, _OURS + ours)
    for theirs, ours in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
        (b"drawingml/main", b"drawingml/2006/main"),
    )
)


class Parts:
    """One opened file: its main part, and those the main part is related to.

    :raises UnknownKind: it is no Word file.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        main = self._main()
        self._folder, _, base = main.rpartition("/")
        self._relations = self._read_relations(f"{self._folder}/_rels/{base}.rels")
        self.document = self._parse(main)
        body = self.document.find(f"{W}body")
        if body is None:
            raise UnknownKind
        self.body = body
        self.styles = self.of_kind("styles")
        self.numbering = self.of_kind("numbering")
        self.settings = self.of_kind("settings")
        self.theme = self.of_kind("theme")

    def of_kind(self, kind: str) -> etree._Element | None:
        """Return the one part of a kind."""
        target = next((t for k, t in self._relations.values() if k == kind), None)
        return self._optional(target) if target else None

    def related(self, element: etree._Element) -> etree._Element | None:
        """Return the part an element refers to by its ``r:id``."""
        found = self._relations.get(element.get(f"{R}id", ""))
        return self._optional(found[1]) if found else None

    @property
    def pages(self) -> int | None:
        """How many pages its program counted when it was saved."""
        root = self._optional("docProps/app.xml")
        said = root.findtext("{*}Pages") if root is not None else None
        return int(said) if said and said.isdecimal() else None

    def _main(self) -> str:
        names = set(self._archive.namelist())
        if "_rels/.rels" in names:
            for relation in self._parse("_rels/.rels").iter(_RELATION):
                if relation.get("Type", "").endswith("/officeDocument"):
                    target = relation.get("Target", "").lstrip("/")
                    if target in names:
                        return target
        if "word/document.xml" not in names:
            raise UnknownKind
        return "word/document.xml"

    def _read_relations(self, name: str) -> dict[str, tuple[str, str]]:
        root = self._optional(name)
        found = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}".lstrip("/")
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
        return found

    def _optional(self, name: str) -> etree._Element | None:
        return self._parse(name) if name in self._archive.namelist() else None

    def _parse(self, name: str) -> etree._Element:
        data = member(self._archive, name)
        for theirs, ours in _STRICT:
            data = data.replace(theirs, ours)
        return parse(data)
