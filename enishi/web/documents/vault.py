"""The vault: everyone's own papers, found by day, amount, name and kind, and taken along."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enishi.documents import queries
from enishi.kit.days import day_of
from enishi.web.access import signed_in
from enishi.web.jinja import language

from . import archive, finding


@signed_in
@require_safe
def vault(request: HttpRequest) -> HttpResponse:
    """Anyone's own papers, the newest first."""
    page = finding.page(request, size=settings.RULES.page_size)
    context = {"page": page, "archive_most": archive.MOST}
    return render(request, "documents/vault.html", context, status=422 if page.form.errors else 200)


@signed_in
@require_safe
def vault_archive(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What the search found as one ZIP. A search that is not understood is shown instead."""
    form = finding.SearchForm(request.GET)
    if not form.is_valid():
        return redirect(f"{request.path.rsplit('/', 1)[0]}/?{form.kept}")
    parts = archive.zipped(
        queries.each(queries.found(request.user.pk, form.wanted()), most=archive.MOST),
        reader_id=request.user.pk,
        language=language(),
        at=request.now,
    )
    response = StreamingHttpResponse(parts, content_type="application/zip")
    name = f"papers-{day_of(request.now):%Y%m%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
