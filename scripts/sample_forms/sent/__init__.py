"""What the units sent, by kind of unit."""

from scripts.sample_forms.form import Form
from scripts.sample_forms.sent import (
    associations,
    centres,
    communes_north,
    communes_south,
    culture,
    departments,
    districts_coast,
    districts_south,
    districts_west,
    education_offices,
    schools_upper,
    schools_young,
)

FORMS: tuple[Form, ...] = (
    *associations.FORMS,
    *centres.FORMS,
    *communes_north.FORMS,
    *communes_south.FORMS,
    *culture.FORMS,
    *departments.FORMS,
    *districts_coast.FORMS,
    *districts_south.FORMS,
    *districts_west.FORMS,
    *education_offices.FORMS,
    *schools_upper.FORMS,
    *schools_young.FORMS,
)
