"""Bodies, their dated names, successions and reporting edges; areas and their dated official codes."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """A territory: province, district or commune. Our id is the key: official codes are reused after reforms."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("tỉnh")
        DISTRICT = "district", _("huyện")
        COMMUNE = "commune", _("xã")

    level = models.CharField(max_length=10, choices=Level.choices)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day it existed")

    def __str__(self) -> str:
        return self.name


class AreaCode(models.Model):
    """An official code an area bore for a time (code 22741 was Phước Mỹ until 30/6/2025, then Bảo An)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=10)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day in force")
    successor_codes = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["code"], name="units_area_code")]
        constraints = [
            models.CheckConstraint(
                name="area_code_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.code


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing_on(self, day: dt.date) -> Self:
        """Units that existed on ``day``, each body once: other spellings of a unit are not among them."""
        return self.filter(
            Q(same_as=None), Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Unit(models.Model):
    """A body that registers or reports: department, committee, school, centre, library, company."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Bộ")
        PROVINCE_COMMITTEE = "province_committee", _("UBND tỉnh")
        DEPARTMENT = "department", _("Sở, ban, ngành")
        DISTRICT_COMMITTEE = "district_committee", _("UBND huyện, thành phố")
        COMMUNE_COMMITTEE = "commune_committee", _("UBND xã, phường, thị trấn")
        DISTRICT_OFFICE = "district_office", _("Phòng Giáo dục và Đào tạo")
        ASSOCIATION = "association", _("Hội Khuyến học")
        UNION = "union", _("Tổ chức chính trị - xã hội")
        MEDIA = "media", _("Cơ quan báo chí")
        LIBRARY = "library", _("Thư viện")
        MUSEUM = "museum", _("Bảo tàng")
        CULTURE_CENTRE = "culture_centre", _("Trung tâm văn hóa, thể thao")
        CONTINUING_CENTRE = "continuing_centre", _("Trung tâm GDNN-GDTX")
        COMMUNITY_CENTRE = "community_centre", _("Trung tâm học tập cộng đồng")
        SCHOOL_PRE = "school_pre", _("Trường mầm non")
        SCHOOL_PRIMARY = "school_primary", _("Trường tiểu học")
        SCHOOL_LOWER = "school_lower", _("Trường THCS")
        SCHOOL_UPPER = "school_upper", _("Trường THPT")
        UNIVERSITY = "university", _("Trường đại học, cao đẳng, trung cấp")
        COMPANY = "company", _("Doanh nghiệp")
        OTHER = "other", _("Đơn vị khác")

    #: stable short name of the units file, e.g. ``ubnd-585``
    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day it existed")
    is_fictional = models.BooleanField(default=False)
    #: this is only another spelling of that unit, found to be the same body; the two were made one
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="spellings")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="no_unit_is_a_spelling_of_itself", condition=~Q(same_as=F("pk")))]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name a unit bore for a time. A unit that never changed its name has no row; ``Unit.name`` is today's."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day in force")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_name", fields=["unit"], condition=Q(valid_to=None)),
            models.CheckConstraint(
                name="name_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reform(models.Model):
    """One change of units with its day and basis, by hand or a whole file; what it wrote, so that it can be undone."""

    title = models.CharField(max_length=300)
    #: first day of the new order; may lie in the past or ahead
    on = models.DateField()
    basis = models.CharField(max_length=300, blank=True)
    #: how many units each kind of step was done to: ``{"merge": 65}``
    counts = models.JSONField(default=dict)
    #: what was done, in words: ``[{"what": "merge", "unit": 17, "before": "UBND xã A", "after": "UBND xã B"}]``
    told = models.JSONField(default=list)
    #: every row written, before and after, in order
    steps = models.JSONField(default=list)
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title


class Succession(models.Model):
    """From ``on`` a unit stands in for another: many to many. Figures go whole to the main successor."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inherited")
    on = models.DateField(help_text="first day")
    is_main = models.BooleanField(default=True)
    #: only a part went over; the predecessor itself goes on
    is_part = models.BooleanField(default=False)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_unit_succeeds_itself", condition=~Q(predecessor=F("successor"))),
            models.UniqueConstraint(name="one_succession_per_pair_and_day", fields=["predecessor", "successor", "on"]),
            models.UniqueConstraint(
                name="one_main_successor", fields=["predecessor"], condition=Q(is_main=True, is_part=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class KnownApart(models.Model):
    """Two units that look alike and are not the same body: somebody said so, and they are not flagged again."""

    first = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    second = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_pair_is_told_apart_once", fields=["first", "second"]),
            models.CheckConstraint(name="pairs_are_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} != {self.second_id}"


class ReportingEdge(models.Model):
    """To whom a unit reports, for a time, in one tree (the administrative one, or the Association's).

    Of one unit and tree at most one edge holds on any day: the database refuses a second (``no_two_edges`` in the
    migrations: an exclusion constraint on PostgreSQL, triggers on SQLite, which a remake of the table drops).
    """

    class Tree(models.TextChoices):
        ADMINISTRATIVE = "administrative", _("Hành chính")
        ASSOCIATION = "association", _("Hội Khuyến học")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="edges")
    reports_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    tree = models.CharField(max_length=20, choices=Tree.choices, default=Tree.ADMINISTRATIVE)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="last day in force")

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_unit_reports_to_itself", condition=~Q(unit=F("reports_to"))),
            models.UniqueConstraint(name="one_open_edge_per_tree", fields=["unit", "tree"], condition=Q(valid_to=None)),
            models.CheckConstraint(
                name="edge_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} -> {self.reports_to_id}"


class Contact(models.Model):
    """A person to reach at a unit. Never public; only what reaching them takes is kept."""

    class Way(models.TextChoices):
        PHONE = "phone", _("Gọi điện thoại")
        EMAIL = "email", _("Thư điện tử")
        ZALO = "zalo", _("Zalo")

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    zalo = models.CharField(max_length=60, blank=True)
    preferred = models.CharField(max_length=5, choices=Way.choices, blank=True)
    #: phụ trách Tuần lễ: whom to phone first
    is_in_charge = models.BooleanField(default=False)
    #: thủ trưởng: who confirms what the unit hands in, where that is asked
    is_head = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    #: the day somebody last made sure that all this is still so
    checked_on = models.DateField(null=True, blank=True)
    #: of the letters written to this person
    language = models.CharField(max_length=5, default="vi")

    def __str__(self) -> str:
        return self.name
