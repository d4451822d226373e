"""Asking about a post, in public or through the relay, and answering."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.jobs import commands
from enishi.jobs.models import Question
from enishi.kit.errors import Refused
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent

from .forms import AnswerForm, QuestionForm
from .views import job_page


@signed_in
@require_POST
def ask(request: HttpRequest, job_id: int) -> HttpResponse:
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            commands.ask(job_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            messages.success(
                request, _("Your question was sent. You are told when it is answered.")
            )
            return redirect(reverse("job", args=[job_id]) + "#questions")
    return job_page(request, job_id, ask=form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    asked = Question.objects.filter(job__client=request.user).select_related("job", "asker")
    question = asked.get(pk=question_id)
    form = AnswerForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer(question_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect(reverse("job", args=[question.job_id]) + "#questions")
    status = 422 if form.is_bound else 200
    context = {"question": question, "form": form}
    return render(request, "jobs/answer.html", context, status=status)
