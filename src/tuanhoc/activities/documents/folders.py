"""Where papers of units lie in an archive: folders as people know them, names any system can write."""

import re
import unicodedata
from collections import Counter

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.units.models import Unit

#: What no folder or file of Windows may be called.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
#: whoever stands under no territory's committee: agencies of the province, with or without units of their own
TOP = "Cấp tỉnh"
_TERRITORIES = (Unit.Kind.DISTRICT_COMMITTEE, Unit.Kind.COMMUNE_COMMITTEE)


class Folders:
    """Where each unit's paper lies in the zip: a folder for each topmost territory, one for the province's agencies.

    A committee that no other unit of the roster stands under needs no folder.
    """

    def __init__(self, campaign_id: int) -> None:
        listed = RosterUnit.objects.filter(campaign_id=campaign_id).values_list("path", "name", "kind")
        self.names = {path: name for path, name, kind in listed if kind in _TERRITORIES}
        self.above = Counter(path[: path.rstrip("/").rfind("/") + 1] for path, _name, _kind in listed)
        self.taken: Counter[str] = Counter()

    def path(self, host: RosterUnit, *, ending: str = "docx", name: str = "") -> str:
        """Return the path of a unit's paper, called ``name`` or else as the unit; two of one name get numbers."""
        wanted = f"{self._folder(host.path)}/{file_name(name or host.name)}"
        whole = f"{wanted}.{ending}".lower()
        self.taken[whole] += 1
        again = self.taken[whole]
        return f"{wanted} ({again}).{ending}" if again > 1 else f"{wanted}.{ending}"

    def _folder(self, path: str) -> str:
        steps = path.strip("/").split("/")
        for end in range(1, len(steps) + 1):
            above = f"/{'/'.join(steps[:end])}/"
            if above in self.names and (above != path or self.above[path]):
                return file_name(self.names[above])
        return TOP


def file_name(text: str) -> str:
    """Return a name any system can write: NFC, at most 120 characters, nothing Windows forbids.

    >>> file_name('Trường "A/B": cơ sở 2. ')
    'Trường A B cơ sở 2'
    """
    bare = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(bare.split())[:120].strip(" .") or "don-vi"
