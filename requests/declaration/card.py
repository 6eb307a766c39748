"""The declaration on the page of its case: whether it is sound, and the signed paper that is still to be scanned."""

from typing import Any

from accounts.models import User
from beneficiaries.suspension.rules import PROPOSE
from requests.declaration import rules
from requests.declaration.forms import ScanForm
from requests.models import Declaration, SupportRequest

WITH = ("witness", "representative", "signature", "code", "paper__file", "paper__representative")


def declaration_card(case: SupportRequest, user: User) -> dict[str, Any]:
    found = Declaration.objects.filter(case=case).select_related(*WITH)
    declaration = found.first()
    if declaration is None:
        return {"declaration": None}
    case.declaration = declaration
    scanned = rules.why_not_scan(case, user)
    return {
        "declaration": declaration,
        "unsound": rules.unsound(declaration),
        "paper_owed": rules.paper_owed(declaration),
        "scan_form": None if scanned else scan_form(case),
        "may_suspend": user.holds(*PROPOSE),
    }


def scan_form(case: SupportRequest) -> ScanForm:
    return ScanForm(policy=case.policy_version, speakers=rules.speaking_for(case.person.current))
