"""Every address of the site. Each area brings its own paths, written in full."""

from django.urls import include, path

AREAS = (
    "home",
    "accounts",
    "profiles",
    "jobs",
    "proposals",
    "contracts",
    "desk",
    "payments",
    "reviews",
    "documents",
    "messages",
    "notices",
    "office",
    "legal",
    "demo",
)

urlpatterns = [path("", include(f"enishi.web.{area}.urls")) for area in AREAS]

handler403 = "enishi.web.errors.forbidden"
handler404 = "enishi.web.errors.not_found"
handler500 = "enishi.web.errors.server_error"
