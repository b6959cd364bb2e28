"""allauth's forms in our words: no placeholder in place of a label, password rules said before they are broken."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as step_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from throughline.accounts.forms.fields import password_rules

WORDS: dict[str, Any] = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "code": _("Code"),
}
RULED = ("password1",)


class InOurWords:
    """Mixin: labels from WORDS, rules as help, the second password field dropped (a person can look at the first)."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = WORDS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name in RULED:
                field.help_text = password_rules()
                field.label = WORDS["password"] if isinstance(self, allauth_forms.SignupForm) else _("New password")
                field.widget.attrs["autocomplete"] = "new-password"
            elif name in ("password", "oldpassword"):
                field.help_text = ""  # the way to a new password stands beside the button


class LoginForm(InOurWords, allauth_forms.LoginForm):
    pass


class SignUpForm(InOurWords, allauth_forms.SignupForm):
    pass


class ResetForm(InOurWords, allauth_forms.ResetPasswordForm):
    pass


class ResetFromKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(InOurWords, allauth_forms.SetPasswordForm):
    pass


class ProveForm(InOurWords, allauth_forms.ReauthenticateForm):
    pass


class AddEmailForm(InOurWords, allauth_forms.AddEmailForm):
    pass


class StepForm(InOurWords, step_forms.AuthenticateForm):
    pass


class ProveStepForm(InOurWords, step_forms.ReauthenticateForm):
    pass


class ActivateCodesForm(InOurWords, ActivateTOTPForm):
    pass


class AddPasskeyForm(InOurWords, AddWebAuthnForm):
    pass
