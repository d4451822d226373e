"""The office's desk."""

from django.urls import path

from . import (
    acts,
    batches,
    chargebacks,
    differences,
    findings,
    holders,
    people,
    reports,
    reviews,
    verifications,
    views,
)

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
    path("office/reports/", reports.reports, name="office_reports"),
    path("office/reports/<int:report_id>/", reports.report, name="office_report"),
    path(
        "office/reports/<int:report_id>/decision/", reports.decision, name="office_report_decision"
    ),
    path("office/reviews/", reviews.notes, name="office_reviews"),
    path("office/reviews/<int:review_id>/", reviews.review, name="office_review"),
    path("office/reviews/<int:review_id>/ruling/", reviews.decision, name="office_ruling"),
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
    path("office/verifications/", verifications.verifications, name="office_verifications"),
    path(
        "office/verifications/<int:verification_id>/",
        verifications.verification,
        name="office_verification",
    ),
    path(
        "office/verifications/<int:verification_id>/approval/",
        verifications.approval,
        name="office_verification_approval",
    ),
    path(
        "office/verifications/<int:verification_id>/rejection/",
        verifications.rejection,
        name="office_verification_rejection",
    ),
    path(
        "office/verifications/<int:verification_id>/withdrawal/",
        verifications.withdrawal,
        name="office_verification_withdrawal",
    ),
    path("office/pictures/<uuid:picture_id>/looks/", verifications.looks, name="office_looks"),
    path("office/looks/<uuid:look_id>/", verifications.look, name="office_look"),
    path(
        "office/looks/<uuid:look_id>/picture/",
        verifications.look_picture,
        name="office_look_picture",
    ),
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
