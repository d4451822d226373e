"""Addresses of organisations: the team, invitations, and for whom one acts."""

from django.urls import path

from . import team, views

urlpatterns = [
    path("organisation/", team.organisation, name="organisation"),
    path("organisation/invitations/", team.invitations, name="organisation_invitations"),
    path(
        "organisation/invitations/<int:membership_id>/withdrawal/",
        team.withdrawal,
        name="invitation_withdrawal",
    ),
    path("organisation/members/<int:membership_id>/removal/", team.removal, name="member_removal"),
    path("organisation/stand-in/", team.stand_in, name="stand_in"),
    path("invitations/<int:membership_id>/", views.invitation, name="invitation"),
    path(
        "invitations/<int:membership_id>/acceptance/",
        views.acceptance,
        name="invitation_acceptance",
    ),
    path("invitations/<int:membership_id>/refusal/", views.refusal, name="invitation_refusal"),
    path("memberships/<int:membership_id>/end/", views.end, name="membership_end"),
    path("acting/", views.acting, name="acting"),
]
