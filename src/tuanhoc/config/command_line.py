"""The command line ``tuanhoc``: Django's commands and ours by their own names."""

import os
import sys


def main() -> None:
    """Run ``tuanhoc NOUN VERB …``; anything else goes to Django's commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
