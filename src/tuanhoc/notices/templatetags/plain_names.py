"""Names of files others chose, for mail."""

from django import template

from tuanhoc.notices.rules import plain_name

register = template.Library()
register.filter("plain_name", plain_name)
