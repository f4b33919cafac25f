"""What a manner of speaking is: its own sentences for everything that a resident can be asked to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """Templates, as `sentences.Template` reads them. No two manners share one, so that it is heard who speaks."""

    # Under somebody's picture
    notice: tuple[str, ...]
    """What is in it. Every one has something of the picture in it."""
    know: tuple[str, ...]
    """Of who is into just that."""
    mine: tuple[str, ...]
    """What it has to do with themselves."""
    tail: tuple[str, ...]
    """A few words more, where that is all they say beside."""
    ask: tuple[str, ...]
    recall: tuple[str, ...]
    opine: tuple[str, ...]
    friend: tuple[str, ...]
    new: tuple[str, ...]
    # Under their own
    caption: tuple[str, ...]
    making: tuple[str, ...]
    series: tuple[str, ...]
    # Answers to comments
    thanked: tuple[str, ...]
    asked_how: tuple[str, ...]
    asked: tuple[str, ...]
    doubted: tuple[str, ...]
    told: tuple[str, ...]
    # Interviews
    who: tuple[str, ...]
    paints: tuple[str, ...]
    why: tuple[str, ...]
    likes: tuple[str, ...]
    unsure: tuple[str, ...]
    friends: tuple[str, ...]
    alone: tuple[str, ...]
    today: tuple[str, ...]
    idle: tuple[str, ...]
    good: tuple[str, ...]
    machine: tuple[str, ...]
    lives: tuple[str, ...]
    hello: tuple[str, ...]
    bye: tuple[str, ...]
    deflect: tuple[str, ...]
