"""The administration of accounts: who exists and may sign in, nothing of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from throughline.accounts.models import Person

if TYPE_CHECKING:
    _PersonAdmin = admin.ModelAdmin[Person]
else:
    _PersonAdmin = admin.ModelAdmin


@admin.register(Person)
class PersonAdmin(_PersonAdmin):
    list_display = ("email", "name", "joined_at", "last_login", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "joined_at", "last_login", "is_active", "is_staff", "is_superuser")
    readonly_fields = ("email", "name", "joined_at", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves: an address that nobody confirmed is no account."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Others' relationships hang on a person; switching off is what an administrator may do."""
        return False
