"""The pages of a scanned form, picture by picture."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.files import actions as files
from tuanhoc.intake import access


@known
@require_safe
@cache_control(private=True, max_age=3600)
def page(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Give one page's picture to whoever may see the form."""
    form = access.form_file_for(request.actor, pk)
    stored = get_object_or_404(form.pages.select_related("stored"), number=number).stored
    try:
        picture = files.contents(stored)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = HttpResponse(picture, content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
