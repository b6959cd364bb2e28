"""What allauth asks us: where its mails and pages lead, and how its secrets are kept."""

from __future__ import annotations

import base64
import logging
from datetime import datetime
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext

from throughline.foundation.encryption.envelope import open_sealed, seal
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Carries `next` (an invitation, mostly) through the mail and back, on whatever device it is opened."""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _with_next(request, _at_home(super().get_email_confirmation_url(request, emailconfirmation)))

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_home(super().get_reset_password_from_key_url(key))

    def respond_email_verification_sent(self, request: HttpRequest, user: AbstractBaseUser | None) -> HttpResponse:
        return HttpResponseRedirect(_with_next(request, reverse("account_email_verification_sent")))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": gettext("My password"),
            "mfa_reauthenticate": gettext("A code"),
            "mfa_reauthenticate:webauthn": gettext("My passkey"),
        }
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not lose what the person just did, nor tell whether an account exists."""
        when = context.get("timestamp")
        extra = {"site_address": ENV.base_url, "when": _moment(when) if when else ""}
        try:
            super().send_mail(template_prefix, email, {**context, **extra})
        except (OSError, SMTPException) as error:
            logger.error("The mail server took no mail: %s", type(error).__name__)
            sentence = gettext("Our mail could not go out just now. Please try again in a few minutes.")
            messages.warning(allauth_context.request, sentence)


class SecondStepAdapter(DefaultMFAAdapter):
    """Seals what would otherwise let a copy of the database make one-time codes."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(installation_key(), text.encode(), b"second-step")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(installation_key(), base64.b64decode(encrypted_text), b"second-step").decode()

    def get_totp_issuer(self) -> str:
        return "Throughline"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return ngettext("My passkey", "My passkey %(number)d", count + 1) % {"number": count + 1}

    def _get_site_name(self) -> str:
        return "Throughline"


def _at_home(address: str) -> str:
    """What mails say leads to the address people use, whatever a proxy or a browser called this server."""
    return urlsplit(address)._replace(**dict(zip(("scheme", "netloc"), ENV.origin.split("://"), strict=True))).geturl()


def _with_next(request: HttpRequest, address: str) -> str:
    onward = get_next_redirect_url(request)
    return f"{address}?{urlencode({'next': onward})}" if onward else address


def _moment(instant: datetime) -> str:
    local = timezone.localtime(instant)
    return f"{formats.date_format(local, 'D j M Y, H:i')} ({timezone.get_current_timezone_name()})"
