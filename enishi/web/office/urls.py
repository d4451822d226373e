"""The office's desk."""

from django.urls import path

from . import acts, batches, chargebacks, differences, findings, holders, people, views

urlpatterns = [
    path("office/", views.desk, name="office"),
    path("office/people/", views.people, name="office_people"),
    path("office/people/<int:account_id>/", people.person, name="office_person"),
    path("office/people/<int:account_id>/suspension/", people.suspension, name="office_suspension"),
    path(
        "office/people/<int:account_id>/restoration/",
        people.restoration,
        name="office_restoration",
    ),
    path("office/deals/", views.deals, name="office_deals"),
    path("office/deals/<int:contract_id>/", views.deal, name="office_deal"),
    path("office/clocks/", views.clocks, name="office_clocks"),
    path("office/mail/", views.mail, name="office_mail"),
    path("office/money/", views.money, name="office_money"),
    path("office/batches/", batches.batches, name="office_batches"),
    path("office/batches/new/", batches.make, name="office_batch_new"),
    path("office/batches/<int:batch_id>/", batches.batch, name="office_batch"),
    path("office/batches/<int:batch_id>/file/", batches.file, name="office_batch_file"),
    path("office/batches/<int:batch_id>/answer/", batches.answer, name="office_batch_answer"),
    path("office/holders/<int:check_id>/", holders.holder, name="office_holder"),
    path(
        "office/holders/<int:check_id>/confirmation/",
        holders.confirmation,
        name="office_holder_confirmation",
    ),
    path("office/holders/<int:check_id>/refusal/", holders.refusal, name="office_holder_refusal"),
    path("office/differences/", differences.differences, name="office_differences"),
    path("office/differences/run/", differences.reconcile, name="office_reconcile"),
    path(
        "office/differences/<int:difference_id>/",
        differences.difference,
        name="office_difference",
    ),
    path("office/findings/", findings.findings, name="office_findings"),
    path("office/findings/<int:finding_id>/", findings.finding, name="office_finding"),
    path(
        "office/findings/<int:finding_id>/confirmation/",
        findings.confirmation,
        name="office_finding_confirmation",
    ),
    path(
        "office/findings/<int:finding_id>/dismissal/",
        findings.dismissal,
        name="office_finding_dismissal",
    ),
    path(
        "office/findings/<int:finding_id>/lifting/", findings.lifting, name="office_finding_lifting"
    ),
    path("office/acts/", views.acts, name="office_acts"),
    path("office/acts/<int:act_id>/", acts.act, name="office_act"),
    path("office/acts/<int:act_id>/approval/", acts.approval, name="office_act_approval"),
    path("office/acts/<int:act_id>/refusal/", acts.refusal, name="office_act_refusal"),
    path("office/acts/<int:act_id>/withdrawal/", acts.withdrawal, name="office_act_withdrawal"),
    path("office/acts/new/<str:kind>/<int:subject_id>/", acts.propose, name="office_act_new"),
    path(
        "office/chargebacks/<int:chargeback_id>/",
        chargebacks.chargeback,
        name="office_chargeback",
    ),
]
