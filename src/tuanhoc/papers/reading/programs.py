"""What is a program, or no kind of file that is read here, told from its first bytes and from its name."""

import re

from .limits import IsAProgram, UnknownKind

#: First bytes of programs of Windows, Linux, macOS, Java and Android, and of scripts.
_BEGINNINGS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n", b"#!")
#: "MZ" begins every program of Windows; a word or a name that begins so goes on with letters or a space.
_OF_WINDOWS = re.compile(rb"MZ(?![A-Za-z\xc3-\xe1\s])")
_PROGRAMS = frozenset({
    "apk", "app", "bat", "cmd", "com", "cpl", "deb", "dll", "dmg", "elf", "exe", "gadget", "hta", "inf",
    "iso", "jar", "js", "jse", "lnk", "msi", "msix", "msp", "pif", "ps1", "psm1", "py", "reg", "rpm", "scr", "sh",
    "so", "sys", "vb", "vbe", "vbs", "ws", "wsf", "wsh",
})  # fmt: skip
#: Names under which people keep what turns out to be plain text; one without an ending as well.
_TEXTS = frozenset({
    "csv", "doc", "docx", "eml", "htm", "html", "md", "ods", "odt", "pdf", "rtf", "text", "tsv", "txt", "xls",
    "xlsx",
})  # fmt: skip
_ENDING = re.compile(r"\.([a-z][a-z0-9]{0,9})$")
#: What only machines write into a text; a few may have slipped in with a copy.
_MACHINE_MADE = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_FEW, _SHARE = 2, 0.02


def refuse_programs(data: bytes, name: str) -> None:
    """Refuse what a computer would run: no form or plan comes as one. :raises IsAProgram: it is one."""
    if _ending(name) in _PROGRAMS or data.startswith(_BEGINNINGS) or _OF_WINDOWS.match(data):
        raise IsAProgram


def refuse_no_text(text: str, name: str) -> None:
    """Refuse a text under a name no text is kept under, or full of signs of a machine.

    :raises UnknownKind: it is another kind of file.
    """
    ending = _ending(name)
    if (ending and ending not in _TEXTS) or len(_MACHINE_MADE.findall(text)) > _FEW + len(text) * _SHARE:
        raise UnknownKind


def _ending(name: str) -> str:
    """Return a name's ending without the dot: ``""`` for none, and for "Lịch 01.10", where it is a day."""
    found = _ENDING.search(name.lower())
    return found[1] if found else ""
