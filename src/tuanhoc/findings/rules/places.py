"""Where: places under one name. "NVH xã", "nhà văn hóa xã Lâm Sơn" are one hall; "Sân trường" is its own school's."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import words
from .areas import LEVELS, Areas

#: what a place begins with when it has a name of its own
HEADS = words.bag(
    "ubnd thcs thpt th mn caodang daihoc tthtcd gdnn gdtxhn ttvhtt ttvhnt pgd sgddt sotttt sovhttdl soldtbxh "
    "sotaichinh sotnmt sonv hkh hlhpn hnd hccb ldld tinhdoan huyendoan daiptth daitt nhcsxh htx congty kcn nvh "
    "nvhtn nvhld ntn ntd svd tramyt quangtruong congvien thuvien baotang baibien kp thon so chua duong "
    "cang thap benhvien clb"
)
#: bodies there is one of in a province: nothing after their name tells them apart
_SINGLE = words.bag(
    "gdtxhn ttvhnt sgddt sotttt sovhttdl soldtbxh sotaichinh sotnmt sonv tinhdoan daiptth nvhtn nvhld ntn baotang "
    "nhcsxh"
)
#: bodies a text may name as its host
_BODIES = HEADS - words.bag("nvh cho duong cang thap kp thon so svd ntd chua baibien congvien")
#: what is its own unit's when nothing else is named: rooms, and pages of its own
_OWN_FIRST = words.bag(
    "hoitruong san phong phonghop phongmay vanphong thuvien taphuan sanh tang khuon trangtin truong coquan tai"
)
#: parts of a place
_SPOTS = words.bag(
    "hoitruong san phong phonghop phongmay vanphong thuvien taphuan sanh tang vuon khuon diem xuong bep goc"
)
#: end a name, or say nothing
_FILLERS = words.bag("tai cua o va cac trong tru so dia diem chinh khu vuc truong thuoc")
_EVERY = words.bag("cac moi nhung hethong diaban")
#: what a unit calls itself
_SELF = words.bag("truong hoi so dai bao trung tam don vi co quan trangtin")


@dataclass(frozen=True, slots=True)
class Place:
    """A place read. ``anchors`` name it; ``spot`` is the part of it; ``is_told``: somebody wrote where."""

    anchors: frozenset[str]
    spot: frozenset[str]
    #: its words, whatever they mean
    loose: frozenset[str]
    area_id: int | None
    is_told: bool
    #: folded words
    plain: str = ""
    is_online: bool = False
    #: only a road and a number: may be the address of any hall
    is_address: bool = False
    #: "các trường", "mỗi thôn": as many places as there are units
    is_everywhere: bool = False


Told = tuple[str, ...]


def own_anchor(unit_name: str, area_id: int | None, areas: Areas) -> str:
    """Return the anchor of a unit's own house."""
    told = words.tokens(unit_name.partition("(")[0])
    return next((anchor for anchor, _ in _anchors(told, area_id, areas)), " ".join(told))


def named_in(text: str, area_id: int | None, areas: Areas) -> frozenset[str]:
    """Return the anchors of bodies that a text names in full."""
    return frozenset(
        anchor
        for told in _parts(text)
        if not _BODIES.isdisjoint(told)
        for anchor, is_named in _anchors(told, area_id, areas)
        if is_named and anchor.partition("@")[0].partition(" ")[0] in _BODIES
    )


def read_place(text: str, area_id: int | None, own: str, areas: Areas, *, online: bool = False) -> Place:
    """Read where it is; what names no house ("Sân trường", "Hội trường") is at the unit's own."""
    parts = [areas.spelled(told) for told in _parts(text)]
    everything = {token for told in parts for token in told}
    near = _narrowed(parts, area_id, areas)
    anchors = {anchor for told in parts for anchor, _ in _anchors(told, near, areas, own)}
    is_online = online or "tructuyen" in everything or "dieucau" in everything
    is_everywhere = not _EVERY.isdisjoint(everything) and "dieucau" not in everything
    if not anchors and parts and not is_everywhere and (not is_online or parts[0][0] == "trangtin"):
        anchors |= _unnamed(parts[0], near, own, areas)
    roads = {anchor for anchor in anchors if anchor.startswith("duong ")}
    return Place(
        anchors=frozenset(anchors),
        spot=frozenset(spot for told in parts for spot in _spots(told)),
        loose=frozenset(everything - _FILLERS - _SPOTS - LEVELS.keys()),
        area_id=near,
        is_told=bool(everything),
        plain=words.spaced(text),
        is_online=is_online,
        is_address=bool(roads) and roads == anchors,
        is_everywhere=is_everywhere and not anchors,
    )


def _parts(text: str) -> list[Told]:
    pieces = text.replace("(", ",").replace(";", ",").replace(".", ",").split(",")
    return [told for piece in pieces if (told := words.tokens(piece))]


def _narrowed(parts: list[Told], area_id: int | None, areas: Areas) -> int | None:
    """Return the narrowest area that a place names, by itself or in a school's name; else the unit's own."""
    best, depth = area_id, len(areas.chain(area_id))
    for told in parts:
        for at in range(len(told)):
            name = areas.starts(told, at)
            found = areas.named(name, area_id) if name else None
            if found is not None and len(areas.chain(found)) > depth:
                best, depth = found, len(areas.chain(found))
    return best


def _unnamed(told: Told, area_id: int | None, own: str, areas: Areas) -> set[str]:
    """Return whose "Sân trường", "Hội trường xã" is: the unit's own, or the committee's of the level it says."""
    level = next((token for token in told if token in LEVELS), "")
    if level and "hoitruong" in told and len(told) <= 4:
        found = areas.at_level(area_id, LEVELS[level])
        return {f"ubnd@{found}"} if found is not None else set()
    if level:
        return set()
    if told[0] in _OWN_FIRST or all(token in _SPOTS | _SELF or len(token) == 1 for token in told):
        return {own}
    return {own} if told[0] in _SPOTS and told[-1] == "truong" else set()


def _spots(told: Told) -> Iterator[str]:
    for at, token in enumerate(told):
        if token in _SPOTS:
            yield token
            follows = " ".join(told[at + 1 : at + 3])
            if follows and (token in {"taphuan", "phong", "tang"} or len(follows) == 1):
                yield f"{token} {follows}"


def _anchors(told: Told, area_id: int | None, areas: Areas, own: str = "") -> Iterator[tuple[str, bool]]:
    """Give each anchor of a text with whether it was named in full."""
    at = 0
    while at < len(told):
        head = told[at]
        end = at + 1
        if head in _SINGLE:
            yield head, True
        elif head in HEADS and not (head == "so" and told[end : end + 1] and told[end].isdigit()):
            end = _end_of_name(told, end, areas)
            name, end = told[at + 1 : end], _past_fillers(told, end)
            made = _anchor(head, name, told[end:], area_id, areas)
            if made is None and own.startswith(f"{head} ") and told[end : end + 1] and told[end] in LEVELS:
                made = own, False
            if made is not None:
                yield made
        at = end


def _past_fillers(told: Told, at: int) -> int:
    while at < len(told) and told[at] in {"thuoc", "cua", "o"}:
        at += 1
    return at


def _end_of_name(told: Told, at: int, areas: Areas) -> int:
    """Return where a name that begins at ``at`` ends: an area's with its number, else at most four words."""
    area = len(areas.starts(told, at)) if at < len(told) else 0
    end = at + area
    while end < len(told) and end - at < area + 4 and not _ends_name(told[end]):
        if area and not told[end].isdigit() and len(told[end]) > 1:
            break
        end += 1
    return end


def _ends_name(token: str) -> bool:
    return token in HEADS or token in LEVELS or token in _SPOTS or token in _FILLERS or token in words.USUAL


def _anchor(head: str, name: Told, rest: Told, area_id: int | None, areas: Areas) -> tuple[str, bool] | None:
    if name and name != ("trung", "tam"):
        return _named_anchor(head, name, area_id, areas)
    level = LEVELS.get(rest[0]) if rest else None
    if level is None:
        return None
    if level == "province":
        return f"{head}@tinh", True
    told = areas.starts(rest, 1) if len(rest) > 1 else ()
    found = areas.named(told, area_id) if told else areas.at_level(area_id, level)
    if found is not None:
        return f"{head}@{found}", bool(told)
    # A territory nobody entered: its name as written.
    name = rest[1 : _end_of_name(rest, 1, areas)]
    return (f"{head} {' '.join(name)}", True) if name else None


def _named_anchor(head: str, name: Told, area_id: int | None, areas: Areas) -> tuple[str, bool] | None:
    found = areas.named(name, area_id)
    if found is not None:
        return f"{head}@{found}", True
    if head == "thuvien":
        # "Thư viện xanh" is a corner of a school.
        return None
    within = areas.at_level(area_id, "commune") if head == "kp" else None
    return f"{head} {' '.join(name)}" + (f"@{within}" if within else ""), True
