"""Pages of a demo market only."""

from django.urls import path

from . import mail, views

urlpatterns = [
    path("demo/components/", views.components, name="components"),
    path("demo/mail/", mail.mails, name="demo_mails"),
    path("demo/mail/<int:mail_id>/", mail.mail, name="demo_mail"),
    path("demo/mail/<int:mail_id>/html/", mail.html, name="demo_mail_html"),
]
