"""What the portal can carry out for a clause: the steps, channels and tools it knows, with their usual words."""

from django.utils.translation import gettext_lazy as _

STEPS = {
    "receive": _("Receiving the person"),
    "verify_data": _("Checking data and papers"),
    "clarify_via_social_research": _("Referral to the social researcher for clarification"),
    "attest_and_sign": _("Declaration and signature"),
    "inform_committee_and_period": _("Telling of the committee and the waiting period"),
    "complete_registration": _("Completing the registration"),
    "deliver_service": _("Delivering the service"),
    "volunteer_programme_proposal_permits": _("Programmes of volunteers and their permits"),
    "answer_inquiries_without_delay": _("Answering inquiries without delay"),
    "complaints_and_remarks": _("Complaints and remarks"),
    "official_permit_requests_via_tayseer": _("Requests for official permits"),
}
CHANNELS = {
    "interview": _("Walk-in interview"),
    "phone": _("Telephone"),
    "social_media": _("Social media"),
    "letters": _("Letters"),
    "help_request_service": _("Help-request service"),
    "volunteering_service": _("Volunteering service"),
    "website": _("Website"),
    "branch_delegates": _("Delegates of the branches"),
}
TOOLS = {
    "basic_bylaw": _("Basic bylaw of the association"),
    "social_research_guide": _("Guide to social research"),
    "support_policy_guide": _("Guide to the support policy"),
    "support_request_form": _("Support request form"),
    "relations_policy_guide": _("Guide to the relations policy"),
    "service_provision": _("Providing the service"),
    "volunteers_bylaw": _("Volunteers' bylaw"),
    "electronic_surveys": _("Electronic surveys"),
}
CLAUSE_OF = {code: f"CH-{place}" for place, code in enumerate(CHANNELS, 1)} | {
    code: f"TL-{place}" for place, code in enumerate(TOOLS, 1)
}
PERSON_FORMS = {
    "masc_indef": _("a man, indefinite"),
    "masc_def": _("a man, definite"),
    "masc_acc": _("a man, indefinite accusative"),
    "masc_li": _("a man, after «for»"),
    "fem_indef": _("a woman, indefinite"),
    "fem_def": _("a woman, definite"),
    "fem_acc": _("a woman, indefinite accusative"),
    "fem_li": _("a woman, after «for»"),
    "dual_nom": _("two, nominative"),
    "dual_obl": _("two, oblique"),
    "pl_nom_indef": _("many, nominative indefinite"),
    "pl_nom_def": _("many, nominative definite"),
    "pl_obl_indef": _("many, oblique indefinite"),
    "pl_obl_def": _("many, oblique definite"),
    "pl_li": _("many, after «for»"),
}
OFFICER_FORMS = {"masc": _("the officer's title, a man"), "fem": _("the officer's title, a woman")}
EXAMPLES = {
    "masc_indef": "مستفيد",
    "masc_def": "المستفيد",
    "masc_acc": "مستفيدًا",
    "masc_li": "للمستفيد",
    "fem_indef": "مستفيدة",
    "fem_def": "المستفيدة",
    "fem_acc": "مستفيدةً",
    "fem_li": "للمستفيدة",
    "dual_nom": "مستفيدان",
    "dual_obl": "مستفيدَين",
    "pl_nom_indef": "مستفيدون",
    "pl_nom_def": "المستفيدون",
    "pl_obl_indef": "مستفيدين",
    "pl_obl_def": "المستفيدين",
    "pl_li": "للمستفيدين",
}
