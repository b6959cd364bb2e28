"""The door for programs, as every room's `api.py` uses it: a token with a scope, few words when something is wrong.

router = Router(tags=["meetings"], auth=Bearer("meetings:read", person_of_token), throttle=[Pace()])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

WITHOUT_A_KEY = (
    "Send a token in the header `Authorization: Bearer <token>`. It must not have expired or been revoked, and must "
    "have the scope that this address asks for. You make tokens on your settings page."
)
NOT_THERE = "There is nothing here for you: it does not exist, or it is not yours."
TOO_FAST = "Too many requests: wait a minute and go on more slowly."


class Fault(Schema):
    """What is wrong, in a sentence. fields: for wrong input, where and why."""

    detail: str
    fields: dict[str, str] | None = None


class Bearer(HttpBearer):
    """Whom a token with this scope acts for becomes `request.auth`."""

    def __init__(self, scope: str, find: Callable[[str, str], Any]) -> None:
        super().__init__()
        self.scope = scope
        self.find = find

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return self.find(token, self.scope)


class Pace(AuthRateThrottle):
    """So many requests a person and minute, over all tokens of theirs."""

    def __init__(self) -> None:
        super().__init__("120/m")

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"api:{request.auth.pk}"  # type: ignore[attr-defined]  # ninja sets it


def open_api(title: str, version: str) -> NinjaAPI:
    """An API without the pages of documentation that ninja brings, since those load scripts from elsewhere."""
    api = NinjaAPI(title=title, version=version, docs_url=None, urls_namespace="api")
    _say(api, AuthenticationError, 401, WITHOUT_A_KEY)
    _say(api, Http404, 404, NOT_THERE)
    _say(api, Throttled, 429, TOO_FAST)

    @api.exception_handler(ValidationError)
    def wrong_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = {".".join(str(part) for part in each["loc"]): str(each["msg"]) for each in error.errors}
        detail = "Something that you sent cannot be used; nothing was done."
        return api.create_response(request, {"detail": detail, "fields": fields}, status=422)

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return api.create_response(request, {"detail": str(error)}, status=error.status_code)

    return api


def _say(api: NinjaAPI, kind: type[Exception], status: int, sentence: str) -> None:
    @api.exception_handler(kind)
    def answer(request: HttpRequest, _error: Exception) -> HttpResponse:
        return api.create_response(request, {"detail": sentence}, status=status)
