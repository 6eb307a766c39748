"""What kinds of need a person's file stands under: several, one of them the first."""

from django.db import models
from django.db.models import Q

from policies.models import Category


class PersonCategory(models.Model):
    person = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="categories")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_primary", "category__position"]
        constraints = [
            models.UniqueConstraint(fields=["person", "category"], name="category_once_per_person"),
            models.UniqueConstraint(fields=["person"], condition=Q(is_primary=True), name="one_primary_category"),
        ]

    class Privacy:
        personal = ()
        sensitive = ("person", "category", "is_primary")
        neither = ("id",)

    def __str__(self):
        return str(self.category)
