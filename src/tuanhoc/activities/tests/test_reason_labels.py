"""The names of the reasons the software brings are read in the page's language; what an officer wrote stays."""

from django.utils import translation

from tuanhoc.activities.models import ReasonTemplate
from tuanhoc.activities.queries import label_in_words
from tuanhoc.activities.reasons import DEFAULTS


def test_our_labels_are_english_on_an_english_page_and_an_officers_own_stay():
    code, label, text, _marks = DEFAULTS[0]
    ours, own = ReasonTemplate(code=code, label=label, text=text), ReasonTemplate(code=code, label="Ghi rõ nơi")
    with translation.override("en"):
        assert (label_in_words(ours), label_in_words(own)) == ("No place", "Ghi rõ nơi")
        assert ours.text.startswith("Một số hoạt động")
    with translation.override("vi"):
        assert label_in_words(ours) == "Thiếu địa điểm"
