"""Addresses of applications."""

from django.urls import path

from . import acts, applicants, applying, comparison, views

urlpatterns = [
    path("jobs/<int:job_id>/proposals/", applicants.job_proposals, name="job_proposals"),
    path("jobs/<int:job_id>/comparison/", comparison.job_comparison, name="job_comparison"),
    path("jobs/<int:job_id>/proposals/new/", applying.proposal_new, name="proposal_new"),
    path("proposals/<int:proposal_id>/", views.proposal, name="proposal"),
    path("proposals/<int:proposal_id>/shortlist/", acts.shortlist, name="proposal_shortlist"),
    path("proposals/<int:proposal_id>/unlisting/", acts.unlisting, name="proposal_unlisting"),
    path("proposals/<int:proposal_id>/note/", acts.note, name="proposal_note"),
    path("proposals/<int:proposal_id>/decline/", applicants.decline, name="proposal_decline"),
    path("proposals/<int:proposal_id>/withdrawal/", acts.withdrawal, name="proposal_withdrawal"),
    path("proposals/<int:proposal_id>/hold/", acts.hold, name="proposal_hold"),
    path("proposals/<int:proposal_id>/address/", acts.address, name="proposal_address"),
    path("my/proposals/", views.my_proposals, name="my_proposals"),
]
