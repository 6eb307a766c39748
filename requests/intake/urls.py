from django.urls import path

from requests.intake import views

urlpatterns = [
    path("counter/", views.counter, name="counter"),
    path("counter/search/", views.counter_search, name="counter_search"),
    path("counter/new/", views.register_new, name="register_new"),
    path("counter/person/<int:pk>/", views.register_for, name="register_for"),
    path("counter/check/", views.counter_check, name="counter_check"),
    path("counter/draft/", views.draft, name="draft"),
    path("counter/draft/<int:pk>/", views.draft_open, name="draft_open"),
    path("apply/form/", views.paper_form, name="blank"),
    path("apply/form/<slug:code>/", views.paper_form_for, name="blank_for"),
    path("requests/<slug:reference>/receipt/", views.receipt, name="receipt"),
    path("requests/<slug:reference>/receipt/message/", views.receipt_message, name="receipt_message"),
]
