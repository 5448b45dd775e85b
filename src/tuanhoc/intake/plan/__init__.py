"""Provincial plans read: what the paper says, each value beside the sentence it came from."""

from .answers import as_json, with_sources
from .reader import read_plan
from .values import Direction, Duty, Found, LegalBasis, PlanReading

__all__ = ["Direction", "Duty", "Found", "LegalBasis", "PlanReading", "as_json", "read_plan", "with_sources"]
