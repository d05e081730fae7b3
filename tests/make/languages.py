"""Languages that channels need and that a response offers, and what is measured of them."""

from typing import Any

from make import buyers
from make.builders import rules as any_rules
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.measures.measure import Measured
from vendor_eval.rules.rules import Rules

VOICE = {"id": "voice", "languages": {"de": "C1", "en": "B2"}, "hours": "08:00-20:00"}
CHAT = {"id": "chat", "label": "Web chat", "languages": {"en": "B2"}, "hours": "00:00-24:00"}


def rules(*channels: dict[str, Any]) -> Rules:
    """Rules of a buyer with these channels, else with voice and chat."""
    service = {"country": "DE", "channels": channels or (VOICE, CHAT)}
    return any_rules({"cost": 1}, service=service)


def offering(*rows: tuple[str, str, Any] | dict[str, Any]) -> Response:
    """A response that offers these: (language, level, agents), or a row with more than these."""
    names = ("language", "level", "agents")
    typed = [r if isinstance(r, dict) else dict(zip(names, r, strict=True)) for r in rows]
    return response(tables={"languages": typed})


def row(language: str, level: str, agents: Any, **more: Any) -> dict[str, Any]:
    return {"language": language, "level": level, "agents": agents} | more


def taken(name: str, offered: Response, typed: Rules | None = None, **parameters: Any) -> Measured:
    """What a measure with these parameters finds."""
    return buyers.taken(name, offered, typed or rules(), **parameters)
