"""The office's desk: it reads, and changes nothing yet."""

from django.urls import path

from . import people, views

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
]
