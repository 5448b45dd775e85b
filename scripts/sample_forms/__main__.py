"""Write every form and ``truth.json``. Run from the root: ``python -m scripts.sample_forms``."""

import json
import sys
from pathlib import Path

from scripts.sample_forms import excel, truth, word
from scripts.sample_forms.sent import FORMS

DATA = Path(__file__).resolve().parents[2] / "src" / "tuanhoc" / "sample" / "data"
FOLDER = DATA / "forms"


def main() -> None:
    truth.check(FORMS, DATA / "units.csv")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for form in FORMS:
        write = excel.write if form.file.endswith(".xlsx") else word.write
        (FOLDER / form.file).write_bytes(write(form))
    told = {form.file: truth.truth_of(form) for form in sorted(FORMS, key=lambda form: form.file)}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (FOLDER / "truth.json").write_text(text + "\n", encoding="utf-8")
    count = sum(len(truth.rows_of(form)) for form in FORMS)
    sys.stdout.write(f"{len(FORMS)} forms, {count} rows\n")


main()
