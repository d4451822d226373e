"""The papers of a deal, for its parties only."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from enishi.documents.models import Document
from enishi.documents.render import pdf, verified
from enishi.web import terms
from enishi.web.access import signed_in

from .sheet import readable

LANGUAGES = dict(settings.LANGUAGES)


@signed_in
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What the paper says, and whether its record is still the one that was issued."""
    found = Document.objects.seen_by(request.user).get(pk=document_id)
    context = {
        "document": found,
        "name": terms.PAPERS[found.kind],
        "sheet": readable(found.facts),
        "is_whole": verified(found),
    }
    return render(request, f"documents/{found.kind}.html", context)


@signed_in
@require_safe
def document_pdf(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The paper to read or print, in the reader's language or the one asked for."""
    found = Document.objects.seen_by(request.user).get(pk=document_id)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else (get_language() or "ja")[:2]
    response = HttpResponse(pdf(found, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_safe
def document_record(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The record itself, byte for byte: its SHA-256 is the fingerprint on the paper."""
    found = Document.objects.seen_by(request.user).get(pk=document_id)
    response = HttpResponse(found.body.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
