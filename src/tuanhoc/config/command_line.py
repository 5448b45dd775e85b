"""The command line ``tuanhoc``: Django's commands and ours by their own names."""

import os
import sys


def main() -> None:
    """Run ``tuanhoc NOUN VERB …``; anything else goes to Django's commands. A wrong setting is wrong use: exit 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.dev")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from tuanhoc.config.settings.environment import WrongSetting

    try:
        # Read now, so that what is wrong in them is said in words.
        getattr(settings, "DATA_DIR", None)
    except WrongSetting as wrong:
        sys.exit(said(str(wrong)))
    execute_from_command_line(sys.argv)


def said(words: str) -> int:
    """Say what is wrong; return the status of wrong use."""
    print(words, file=sys.stderr)
    return 2
