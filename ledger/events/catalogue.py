"""Finds events: by level, by key, and by the words a cashier would say."""

from __future__ import annotations

from ledger.events.loading import all_events, group_titles
from ledger.events.model import Event, EventPage, Level

__all__ = ["all_events", "describe", "event_of", "events_for", "search"]


def events_for(level: Level | str) -> tuple[Event, ...]:
    """Return the events of a level; city, province and national unions keep books as county ones do."""
    wanted = Level.of(level)
    return tuple(event for event in all_events() if event.level in (wanted, Level.BOTH))


def event_of(key: str) -> Event:
    """Return the event of that key; raise KeyError, with the key, when there is none."""
    for event in all_events():
        if event.key == key:
            return event
    raise KeyError(key)


def describe(event: Event) -> EventPage:
    """Return an event as a page shows it."""
    return EventPage(event.key, event.title, group_titles()[event.group], event.help, event.sources, event.fields)


def search(words: str, level: Level | str) -> tuple[Event, ...]:
    """Return a level's events in which every word of a query occurs (title, aliases, help), best first.

    A word in the title counts more than one among the aliases, and that more than one in the help.
    """
    wanted = words.casefold().split()
    found = [(_rank(event, wanted), event) for event in events_for(level)]
    return tuple(event for rank, event in sorted(found, key=lambda pair: -pair[0]) if rank)


def _rank(event: Event, wanted: list[str]) -> int:
    places = (
        (9, " ".join(event.title).casefold()),
        (3, " ".join(event.aliases).casefold()),
        (1, " ".join((*event.help, *event.sources)).casefold()),
    )
    ranks = [max((weight for weight, text in places if word in text), default=0) for word in wanted]
    return sum(ranks) if ranks and all(ranks) else 0
