"""The public pages. Nobody signs in here, nothing sets a cookie."""
