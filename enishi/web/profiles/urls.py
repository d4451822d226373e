"""Addresses of profiles."""

from django.urls import path

from . import background, card, invoicing, packages, parts, portfolio, views, working

others = [
    path("people/<int:account_id>/", views.person, name="person"),
    path("people/<int:account_id>/card.png", card.person_card, name="person_card"),
    path("people/<int:account_id>/image/<uuid:image_id>/", views.image, name="person_image"),
    path("people/<int:account_id>/portfolio/<int:piece_id>/", portfolio.piece, name="piece"),
    path("people/<int:account_id>/packages/<int:package_id>/", packages.package, name="package"),
]

of_portfolio = [
    path("profile/images/<uuid:image_id>/", portfolio.kept_image, name="kept_image"),
    path("profile/portfolio/new/", portfolio.piece_new, name="piece_new"),
    path("profile/portfolio/<int:piece_id>/", portfolio.piece_edit, name="piece_edit"),
    path(
        "profile/portfolio/<int:piece_id>/removal/", portfolio.piece_removal, name="piece_removal"
    ),
    path("profile/portfolio/<int:piece_id>/place/", portfolio.piece_place, name="piece_place"),
]

of_packages = [
    path("profile/packages/new/", packages.package_new, name="package_new"),
    path("profile/packages/<int:package_id>/", packages.package_edit, name="package_edit"),
    path(
        "profile/packages/<int:package_id>/closure/",
        packages.package_closure,
        name="package_closure",
    ),
    path(
        "profile/packages/<int:package_id>/reopening/",
        packages.package_reopening,
        name="package_reopening",
    ),
    path(
        "profile/packages/<int:package_id>/removal/",
        packages.package_removal,
        name="package_removal",
    ),
]

of_background = [
    path("profile/experience/new/", background.experience_new, name="experience_new"),
    path(
        "profile/experience/<int:experience_id>/",
        background.experience_edit,
        name="experience_edit",
    ),
    path(
        "profile/experience/<int:experience_id>/removal/",
        background.experience_removal,
        name="experience_removal",
    ),
    path("profile/qualifications/new/", background.qualification_new, name="qualification_new"),
    path(
        "profile/qualifications/<int:qualification_id>/",
        background.qualification_edit,
        name="qualification_edit",
    ),
    path(
        "profile/qualifications/<int:qualification_id>/removal/",
        background.qualification_removal,
        name="qualification_removal",
    ),
]

urlpatterns = [
    *others,
    path("settings/invoices/", invoicing.invoice_registration, name="invoice_registration"),
    path("profile/", views.profile, name="profile"),
    path("profile/parts/", parts.profile_parts, name="profile_parts"),
    path("profile/languages/", working.languages, name="languages"),
    path("profile/weeks/", working.weeks, name="weeks"),
    path("profile/rates/", working.rates, name="rates"),
    *of_portfolio,
    *of_packages,
    *of_background,
]
