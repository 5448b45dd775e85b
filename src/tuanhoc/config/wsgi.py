"""The WSGI application: Django behind the cache of anonymous pages."""

import os

from django.core.wsgi import get_wsgi_application

from tuanhoc.web.pagecache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.base")

application = PageCache(get_wsgi_application())
