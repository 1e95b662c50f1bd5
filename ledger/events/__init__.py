"""Business events: what happened, told by its few facts, becomes the whole entry that the regulation asks for."""

from ledger.events.catalogue import all_events, describe, event_of, events_for, search
from ledger.events.compose import compose
from ledger.events.loading import EventsError, common_fields, group_titles
from ledger.events.model import (
    Choice,
    Composition,
    Event,
    EventContext,
    EventPage,
    EventProblem,
    Field,
    Kind,
    Level,
    Words,
)
from ledger.events.subaccounts import account_choices

__all__ = [
    "Choice",
    "Composition",
    "Event",
    "EventContext",
    "EventPage",
    "EventProblem",
    "EventsError",
    "Field",
    "Kind",
    "Level",
    "Words",
    "account_choices",
    "all_events",
    "common_fields",
    "compose",
    "describe",
    "event_of",
    "events_for",
    "group_titles",
    "search",
]
