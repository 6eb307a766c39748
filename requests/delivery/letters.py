"""The letter that commends somebody to another body: issued with a number of its year, then printed as it stands."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import Role
from beneficiaries.choices import Sex
from core import audit, clock, hijri, numbers, printing
from core.errors import Refused, refuse
from policies.printing.letterhead import letterhead
from requests.delivery import rules
from requests.delivery.actions import held
from requests.delivery.forms import LetterForm
from requests.delivery.kinds import asks_of
from requests.delivery.planned import award_page
from requests.delivery.views import load_award
from requests.models import Award, ReferralLetter, SupportRequest

USUAL: dict[str, Promise] = {
    Sex.MALE: gettext_lazy(
        "Peace be upon you, and the mercy of God and His blessings.\n"
        "We commend to you our brother %(name)s, who is served by our association, and hope that you look into the "
        "following: %(what)s\n"
        "We thank you for working with us."
    ),
    Sex.FEMALE: gettext_lazy(
        "Peace be upon you, and the mercy of God and His blessings.\n"
        "We commend to you our sister %(name)s, who is served by our association, and hope that you look into the "
        "following: %(what)s\n"
        "We thank you for working with us."
    ),
}
"""What a letter usually says; whoever issues it changes what they wish."""


@transaction.atomic
def issue_letter(
    case: SupportRequest, *, by: User, addressee: str, body: str, signatory: str, signatory_title: str
) -> ReferralLetter:
    """Keep the letter under the next number of this Hijri year. A second letter stands beside the first, which stays.

    Raises Refused where the support is no referral letter.
    """
    award = held(case)
    refuse(rules.not_now(award.case, by))
    if not asks_of(award.kind).letter:
        raise Refused(_("A letter is issued only where the support is a referral letter."))
    today = clock.today()
    year = hijri.to_hijri(today)[0]
    letter = ReferralLetter.objects.create(
        award=award,
        year=year,
        serial=numbers.take(f"referral letters {year}"),
        dated_on=today,
        addressee=addressee,
        body=body,
        signatory=signatory,
        signatory_title=signatory_title,
        by=by,
    )
    audit.record("issued_letter", award.case, by=by, changes={"letter": letter.number})
    return letter


@staff(Role.SERVICE_OFFICER)
@require_http_methods(["GET", "POST"])
def letter(request: StaffRequest, reference: str) -> HttpResponse:
    """Write the letter and issue it."""
    award = load_award(request, reference)
    if not asks_of(award.kind).letter:
        raise Http404
    form = LetterForm(request.POST or None, initial=begun(award))
    if request.method == "POST" and form.is_valid():
        try:
            issue_letter(award.case, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The letter is issued. Print it, and record its receipt."))
            return redirect("requests:delivery", reference)
    issued = list(award.letters.select_related("by"))
    return award_page(request, "letter", award, form=form, title=_("The referral letter"), issued=issued)


def begun(award: Award) -> dict[str, str]:
    """The words to begin with: the last letter's, or the usual ones, with the name and what was approved."""
    last = award.letters.first()
    if last:
        names = ("addressee", "body", "signatory", "signatory_title")
        return {name: getattr(last, name) for name in names}
    person = award.case.person.current
    body = USUAL[person.sex] % {"name": person.full_name, "what": award.what}
    return {"addressee": award.payee, "body": body}


@staff(Role.SERVICE_OFFICER)
@require_GET
def letter_paper(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    award = load_award(request, reference)
    found = award.letters.filter(pk=pk).first()
    if found is None:
        raise Http404
    audit.looked_at(award.case, by=request.user, what="delivery")
    return printing.answer(letter_pdf(found), name=f"letter-{found.year}-{found.serial}")


@printing.in_arabic
def letter_pdf(letter: ReferralLetter) -> bytes:
    """The letter as it was issued: the name inside it, and no identifier."""
    head = letterhead()
    return printing.pdf("referral", head | letter_data(letter))


def letter_data(letter: ReferralLetter) -> dict:
    return {
        "letter": {
            "title": _("Referral letter"),
            "number_label": _("Letter number"),
            "number": letter.number,
            "date_label": _("Date"),
            "date": letter.dated_on,
            "to": letter.addressee,
            "lines": [line for line in letter.body.splitlines() if line.strip()],
            "signatory": letter.signatory,
            "signatory_title": letter.signatory_title,
            "signature_label": _("Signature"),
            "stamp_label": _("Stamp"),
        }
    }
