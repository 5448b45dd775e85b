"""Settings, root addresses, the WSGI application and the command line. Floor 14."""
