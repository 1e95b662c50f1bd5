"""A token for every form, good for one writing; and what was typed, kept while its faults are shown."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.events import EventProblem

_KEPT = 24  # forms kept while a person works; the oldest goes first
_KEPT_BYTES = 128 * 1024 * 1024


class Tokens:
    """Makes and checks the tokens of forms: bound to the form's action and to this start of the server, spent once."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._spent: set[str] = set()

    def issue(self, action: str) -> str:
        """Return a fresh token for a form that leads to an action."""
        nonce = secrets.token_urlsafe(18)
        return f"{nonce}.{self._sign(action, nonce)}"

    def holds(self, action: str, token: str) -> bool:
        """Say whether a token was issued for an action, spent or not: enough where nothing is written."""
        nonce, _, signature = token.partition(".")
        return hmac.compare_digest(signature.encode(), self._sign(action, nonce).encode())

    def spend(self, action: str, token: str) -> bool:
        """Say whether a token was issued for an action and not yet spent, and spend it."""
        if not self.holds(action, token) or token in self._spent:
            return False
        self._spent.add(token)
        return True

    def restore(self, token: str) -> None:
        """Take back the spending of a token whose form wrote nothing."""
        self._spent.discard(token)

    def _sign(self, action: str, nonce: str) -> str:
        return hmac.new(self._secret, f"{action}\0{nonce}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: its fields, its files, and what is wrong with it."""

    fields: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[EventProblem, ...] = ()


class Kept:
    """The latest forms that came back to be put right, by a key that the address of the page carries."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, Typed] = OrderedDict()

    def keep(self, typed: Typed) -> str:
        """Keep a form and return its key; the oldest ones go when there are too many or they are too large."""
        key = secrets.token_urlsafe(12)
        self._forms[key] = typed
        while len(self._forms) > _KEPT or (len(self._forms) > 1 and self._size() > _KEPT_BYTES):
            self._forms.popitem(last=False)
        return key

    def get(self, key: str) -> Typed | None:
        """Return a form by its key, or None for one that is no longer kept."""
        return self._forms.get(key)

    def drop(self, key: str) -> None:
        """Forget a form that has been dealt with."""
        self._forms.pop(key, None)

    def _size(self) -> int:
        return sum(len(content) for typed in self._forms.values() for content in typed.files.values())
