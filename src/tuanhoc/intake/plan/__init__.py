"""Provincial plans read: what the paper says, each value beside the sentence it came from."""

from .answers import as_json
from .reader import read_plan
from .values import Direction, Duty, Found, LegalBasis, PlanReading

__all__ = ["Direction", "Duty", "Found", "LegalBasis", "PlanReading", "as_json", "read_plan"]
