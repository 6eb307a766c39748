from django.urls import path

from requests.delivery import letters, listing, planned, proofs, views

PAGE = "requests/<slug:reference>/delivery/"
urlpatterns = [
    path("deliveries/", listing.deliveries, name="deliveries"),
    path(PAGE, views.delivery, name="delivery"),
    path(f"{PAGE}code/", views.send_code, name="delivery_code"),
    path(f"{PAGE}finish/", views.finished, name="delivery_finish"),
    path(f"{PAGE}details/", planned.details, name="delivery_details"),
    path(f"{PAGE}plan/", planned.schedule, name="delivery_plan"),
    path(f"{PAGE}receiving/", planned.received_how, name="delivery_receiving"),
    path(f"{PAGE}iban/", planned.iban_seen, name="delivery_iban"),
    path(f"{PAGE}cancel/", planned.cancelled, name="delivery_cancel"),
    path(f"{PAGE}call/", proofs.called, name="delivery_called"),
    path(f"{PAGE}photographs/", proofs.photographs, name="delivery_photographs"),
    path(f"{PAGE}photographs/<int:pk>/remove/", proofs.photograph_removed, name="delivery_photograph_remove"),
    path(f"{PAGE}letter/", letters.letter, name="delivery_letter"),
    path(f"{PAGE}letter/<int:pk>/", letters.letter_paper, name="delivery_letter_paper"),
    path(f"{PAGE}<int:instalment>/slip/", views.slip, name="delivery_slip"),
]
