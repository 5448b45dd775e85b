"""The settings: secrets, addresses, the proxy, names nobody reads."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .finding import Finding, bad, good, note


def secrets() -> Iterator[Finding]:
    """The secret key is long and is no example; so is the token of the figures."""
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 15 or key.startswith("django-insecure-"):
        yield bad(_("Khóa bí mật"), _("quá ngắn hoặc dễ đoán: liên kết riêng có thể bị giả"),
                  "openssl rand -base64 60 > secret-key; TUANHOC_SECRET_KEY_FILE")  # fmt: skip
    else:
        yield good(_("Khóa bí mật"), _("đủ dài"))
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < 20:
        yield bad("TUANHOC_METRICS_TOKEN", _("quá ngắn"), _("Dùng 20 ký tự ngẫu nhiên trở lên."))


def addresses() -> Iterator[Finding]:
    """The site's address, the hosts that are answered, https and the proxy fit together."""
    site = urlsplit(settings.SITE_URL)
    subject = "TUANHOC_SITE_URL"
    is_here = site.hostname in {"localhost", "127.0.0.1", "::1"}
    if site.scheme not in {"http", "https"} or not site.hostname or site.path:
        yield bad(subject, _("“%(url)s” không phải địa chỉ gốc của trang") % {"url": settings.SITE_URL},
                  "https://tuanhoc.example.vn")  # fmt: skip
    elif is_here:
        yield note(subject, _("%(url)s: liên kết trong thư chỉ mở được trên máy này") % {"url": settings.SITE_URL},
                   _("Đặt địa chỉ mà các đơn vị sẽ dùng."))  # fmt: skip
    elif site.scheme == "http":
        yield bad(subject, _("%(url)s: không mã hóa đường truyền") % {"url": settings.SITE_URL},
                  _("Đặt https và proxy như docs/operate/nginx.conf."))  # fmt: skip
    else:
        yield good(subject, settings.SITE_URL)
    if site.hostname and not _is_answered(site.hostname):
        yield bad("TUANHOC_HOSTS", _("không có %(host)s: mọi trang trả lời 400") % {"host": site.hostname},
                  _("Thêm tên đó, hoặc bỏ TUANHOC_HOSTS."))  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        yield bad("TUANHOC_HOSTS", _("nhận mọi tên máy"), _("Ghi rõ từng tên."))
    if site.scheme == "https" and settings.SECURE_PROXY_SSL_HEADER is None:
        yield bad("TUANHOC_BEHIND_PROXY", _("chưa bật dù trang dùng https: đăng nhập và gửi biểu mẫu sẽ bị từ chối"),
                  "TUANHOC_BEHIND_PROXY=1")  # fmt: skip


def _is_answered(host: str) -> bool:
    return any(
        allowed in {"*", host} or (allowed.startswith(".") and (host.endswith(allowed) or host == allowed[1:]))
        for allowed in settings.ALLOWED_HOSTS
    )


def names() -> Iterator[Finding]:
    """Names that nothing reads; networks that are none; the sample beside real data."""
    for name in settings.UNKNOWN_SETTINGS:
        yield note(name, _("không có cài đặt nào tên này: có lẽ gõ nhầm"), "docs/operate/README.md")
    for network in settings.PROBES_FROM:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            yield bad(
                "TUANHOC_PROBES_FROM", _("“%(network)s” không phải một mạng") % {"network": network}, "10.0.0.0/8"
            )
    if settings.DEBUG:
        yield bad(
            "DEBUG",
            _("đang bật: lộ mã nguồn và cấu hình khi có lỗi"),
            "DJANGO_SETTINGS_MODULE=tuanhoc.config.settings.base",
        )
    if settings.SAMPLE:
        yield note("TUANHOC_SAMPLE", _("đang bật: ai cũng vào được với mọi vai"), _("Tắt trước khi dùng thật."))
