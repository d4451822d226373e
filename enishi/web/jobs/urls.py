"""Addresses of posts."""

from django.urls import path

from . import acts, questions, views, writing

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/new/", writing.job_new, name="job_new"),
    path("jobs/<int:job_id>/", views.job, name="job"),
    path("jobs/<int:job_id>/edit/", writing.job_edit, name="job_edit"),
    path("jobs/<int:job_id>/preview/", writing.preview, name="job_preview"),
    path("jobs/<int:job_id>/opening/", acts.opening, name="job_opening"),
    path("jobs/<int:job_id>/closure/", acts.closure, name="job_closure"),
    path("jobs/<int:job_id>/reopening/", acts.reopening, name="job_reopening"),
    path("jobs/<int:job_id>/copies/", acts.copies, name="job_copies"),
    path("jobs/<int:job_id>/resumption/", acts.resumption, name="job_resumption"),
    path("jobs/<int:job_id>/discard/", acts.discard, name="job_discard"),
    path("jobs/<int:job_id>/questions/", questions.ask, name="job_questions"),
    path("jobs/questions/<int:question_id>/answer/", questions.answer, name="question_answer"),
    path("jobs/<int:job_id>/files/<uuid:file_id>/", views.file, name="job_file"),
    path("my/jobs/", views.my_jobs, name="my_jobs"),
]
