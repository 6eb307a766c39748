from requests import case_urls
from requests.delivery import urls as delivery
from requests.intake import urls as intake
from requests.people import urls as people
from requests.permits import urls as permits
from requests.public import urls as public
from requests.study import urls as study

app_name = "requests"
urlpatterns = [
    *intake.urlpatterns,
    *people.urlpatterns,
    *case_urls.urlpatterns,
    *study.urlpatterns,
    *delivery.urlpatterns,
    *permits.urlpatterns,
    *public.urlpatterns,
]
