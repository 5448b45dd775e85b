"""The merged schedule, its numbered, frozen releases, and what comes back of it from Word. Floor 7."""
