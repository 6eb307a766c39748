from requests import case_urls
from requests.appeal import urls as appeal
from requests.clarification import urls as clarification
from requests.decision.letter import urls as letter
from requests.declaration import urls as declaration
from requests.delivery import urls as delivery
from requests.intake import urls as intake
from requests.outreach import urls as outreach
from requests.people import urls as people
from requests.people.duplicates import urls as duplicates
from requests.people.exchange import urls as exchange
from requests.permits import urls as permits
from requests.public import urls as public
from requests.study import urls as study
from requests.verification import urls as verification
from requests.visits import urls as visits

app_name = "requests"
urlpatterns = [
    *intake.urlpatterns,
    *people.urlpatterns,
    *outreach.urlpatterns,
    *duplicates.urlpatterns,
    *exchange.urlpatterns,
    *case_urls.urlpatterns,
    *appeal.urlpatterns,
    *clarification.urlpatterns,
    *verification.urlpatterns,
    *declaration.urlpatterns,
    *letter.urlpatterns,
    *study.urlpatterns,
    *visits.urlpatterns,
    *delivery.urlpatterns,
    *permits.urlpatterns,
    *public.urlpatterns,
]
