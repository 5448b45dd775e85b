"""The merged schedule and its numbered, frozen releases. Floor 7."""
