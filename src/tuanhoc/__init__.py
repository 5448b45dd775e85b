"""Tuần Học: a province runs its Lifelong Learning Week on it, from the plan to the report."""
