"""Every address of the site. Each area brings its own paths, written in full."""

from django.urls import include, path

AREAS = (
    "home",
    "accounts",
    "organisations",
    "profiles",
    "jobs",
    "proposals",
    "contracts",
    "desk",
    "payments",
    "reviews",
    "ranks",
    "trust",
    "workers",
    "verification",
    "safety",
    "documents",
    "statements",
    "messages",
    "drafts",
    "notices",
    "office",
    "legal",
    "demo",
    "health",
    "violations",
)

urlpatterns = [path("", include(f"enishi.web.{area}.urls")) for area in AREAS]

handler400 = "enishi.web.errors.bad_request"
handler403 = "enishi.web.errors.forbidden"
handler404 = "enishi.web.errors.not_found"
handler429 = "enishi.web.errors.too_many"
handler500 = "enishi.web.errors.server_error"
