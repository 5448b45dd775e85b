"""Settings: ``base`` is production and safe; ``dev`` and ``test`` say only what differs."""
