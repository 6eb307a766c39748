"""The parts of a file that may be edited, each with its form and its verb. One row here is one part of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beneficiaries.actions import amend
from beneficiaries.bank.forms import BankForm
from beneficiaries.categories.actions import categorise
from beneficiaries.categories.forms import CategoriesForm
from beneficiaries.forms import ContactForm, PartForm, WhoForm
from beneficiaries.home.actions import settle_home
from beneficiaries.home.forms import HomeForm
from beneficiaries.household.actions import add_member, amend_member, member_left
from beneficiaries.household.forms import LeftForm, MemberForm
from beneficiaries.means.actions import add_means, amend_means, remove_means
from beneficiaries.means.forms import MeansForm
from beneficiaries.models import HouseholdMember, MeansLine, Party, Person, Representative
from beneficiaries.representatives.actions import amend_representative, end_representation, represent
from beneficiaries.representatives.forms import RepresentativeForm
from policies.models import PolicyVersion


@dataclass(frozen=True)
class Part:
    """One part edited as a whole. `save(person, by=, **form.facts())`."""

    code: str
    title: str | Promise
    key: str  # pressed on the file's page
    form: type[PartForm]
    save: Callable[..., Any]
    of_need: bool = False  # asked only of those whose need is studied


@dataclass(frozen=True)
class Ending:
    """How a row is ended. `save(row, by=, **form.facts())`; `form` is None where nothing is asked."""

    title: str | Promise
    label: str | Promise
    save: Callable[..., Any]
    form: type[Form] | None = None


@dataclass(frozen=True)
class Rows:
    """A part made of rows. `add(person, by=, **facts)`, `amend(row, by=, **facts)`."""

    code: str
    title: str | Promise
    add_title: str | Promise
    key: str
    form: type[PartForm]
    of: Callable[[Person], QuerySet]  # the rows that may still be changed
    add: Callable[..., Any]
    amend: Callable[..., Any]
    ending: Ending
    of_need: bool = False


PARTS = {
    part.code: part
    for part in (
        Part("who", _("Who they are"), "1", WhoForm, amend),
        Part("contact", _("Reaching them"), "2", ContactForm, amend),
        Part("home", _("Home and national address"), "5", HomeForm, settle_home, of_need=True),
        Part("bank", _("Bank account"), "6", BankForm, amend),
        Part("categories", _("Categories"), "7", CategoriesForm, categorise, of_need=True),
    )
}
ROWS = {
    rows.code: rows
    for rows in (
        Rows(
            "household",
            _("A member of the household"),
            _("Add a member of the household"),
            "3",
            MemberForm,
            lambda person: HouseholdMember.objects.present().filter(person__in=person.and_merged),
            add_member,
            amend_member,
            Ending(_("No longer in the household?"), _("They left the household"), member_left, LeftForm),
            of_need=True,
        ),
        Rows(
            "means",
            _("A line of income or obligation"),
            _("Add an income or an obligation"),
            "4",
            MeansForm,
            lambda person: MeansLine.objects.filter(person__in=person.and_merged),
            add_means,
            amend_means,
            Ending(_("Is this line no longer true?"), _("Take the line out"), remove_means),
            of_need=True,
        ),
        Rows(
            "representative",
            _("Guardian or authorised representative"),
            _("Add a guardian or an authorised representative"),
            "8",
            RepresentativeForm,
            lambda person: Representative.objects.filter(person__in=person.and_merged, ended_at=None),
            represent,
            amend_representative,
            Ending(_("Does this one no longer speak for the person?"), _("End the representation"), end_representation),
        ),
    )
}


def need_is_asked(person: Person, policy: PolicyVersion | None) -> bool:
    """Whether household, means, home and categories belong to this file: where the policy asks for them, of people who
    come as beneficiaries (a member, a volunteer or a supporter alone is asked nothing about poverty)."""
    return policy is not None and policy.asks_household and Party.BENEFICIARY in person.parties
