"""The WSGI application: Django behind the cache of anonymous pages, each request written down."""

import os

from django.core.wsgi import get_wsgi_application

from tuanhoc.web.pagecache import PageCache
from tuanhoc.web.watching import Watched

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.base")

application = Watched(PageCache(get_wsgi_application()))
