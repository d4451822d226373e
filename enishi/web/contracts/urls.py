"""Addresses of offers, contracts and milestones."""

from django.urls import path

from . import changes, money, offers, views, work

urlpatterns = [
    path("proposals/<int:proposal_id>/offer/", offers.offer_new, name="offer_new"),
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/<int:contract_id>/", views.contract, name="contract"),
    path("contracts/<int:contract_id>/agreement/", views.agreement, name="agreement"),
    path("contracts/<int:contract_id>/refusal/", views.refusal, name="contract_refusal"),
    path("contracts/<int:contract_id>/withdrawal/", views.withdrawal, name="contract_withdrawal"),
    path("milestones/<int:milestone_id>/funding/", money.funding, name="funding"),
    path("milestones/<int:milestone_id>/refund/", money.refund, name="milestone_refund"),
    path("milestones/<int:milestone_id>/delivery/", work.delivery, name="delivery"),
    path("milestones/<int:milestone_id>/revision/", work.revision, name="revision"),
    path("milestones/<int:milestone_id>/acceptance/", work.acceptance, name="acceptance"),
    path("deliveries/<int:delivery_id>/files/<uuid:file_id>/", work.file, name="delivery_file"),
    path("milestones/<int:milestone_id>/change/", changes.change_new, name="change_new"),
    path("changes/<int:change_id>/acceptance/", changes.acceptance, name="change_acceptance"),
    path("changes/<int:change_id>/refusal/", changes.refusal, name="change_refusal"),
    path("changes/<int:change_id>/withdrawal/", changes.withdrawal, name="change_withdrawal"),
]
