"""Sites that a vendor's certificates do not cover for certain, as the evaluation reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.clarifications.check import CheckedBid, Seen, seen
from vendor_eval.clarifications.places import site_name
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.security.scopes import Scope
from vendor_eval.questionnaire.security import NO_CERTIFICATE, OTHER_CERTIFICATE
from vendor_eval.rules.plain_text import unaccented
from vendor_eval.wording import listed


@dataclass(frozen=True)
class ScopeQuestion:
    """What to ask about the scope of one certificate, whose rows are taken together."""

    question: str
    cells: tuple[Seen, ...]
    rows: tuple[Row, ...]

    def within(self, cells: Iterable[Seen]) -> bool:
        """Whether some cells hold the certificate, so that what asks about them asks of it."""
        places = {place for place, _ in cells}
        return all(row["certificate"].place in places for row in self.rows)


def held(response: Response) -> list[Row]:
    """The certificates there are: a row may also say that there is none."""
    rows = response.rows("certificates")
    return [row for row in rows if unaccented(row["certificate"].text) != NO_CERTIFICATE]


def report(certificate: Row) -> bool:
    """Whether a row is a SOC report, which speaks of a period that is over."""
    return unaccented(certificate["certificate"].text).startswith("soc")


def scope_questions(bid: CheckedBid) -> list[ScopeQuestion]:
    """Every certificate that does not cover all delivery sites for certain."""
    questions = (_doubt(rows, bid.facts) for rows in _certificates(bid))
    return [question for question in questions if question is not None]


def _certificates(bid: CheckedBid) -> list[tuple[Row, ...]]:
    """The rows of each certificate; those that end before the start stand for themselves."""
    start, alike = bid.rules.start, dict[tuple[str, ...], list[Row]]()
    for row in held(bid.response):
        name, kind = row["certificate"], row["type"].text if "type" in row else ""
        ends = row["valid_to"].day if "valid_to" in row and not report(row) else None
        alone = unaccented(name.text) == OTHER_CERTIFICATE or (start and ends and ends < start)
        alike.setdefault((name.text, kind, name.place if alone else ""), []).append(row)
    return [tuple(rows) for rows in alike.values()]


def _doubt(rows: tuple[Row, ...], facts: Facts) -> ScopeQuestion | None:
    sites, scopes = facts.site_table, [facts.scope(row) for row in rows]
    left = sorted(sites.every.difference(*(scope.covered for scope in scopes)))
    if not left:
        return None
    wordings = [cell for row in rows if (cell := _wording(row))]
    if not wordings:
        names = seen(*(row["certificate"] for row in rows))
        return ScopeQuestion(f"Which sites and services does {_name(rows[0])} cover?", names, rows)
    at = [sites.rows[n] for n in left]
    question = (
        f"{_stated(_name(rows[0]), scopes)} {listed([site_name(site) for site in at])}, from where "
        "you would deliver. Is the work there covered? Please send us the evidence."
    )
    return ScopeQuestion(
        question, seen(*wordings, *(s.get("city", s["country"]) for s in at)), rows
    )


def _stated(name: str, scopes: Sequence[Scope]) -> str:
    if any(scope.why for scope in scopes):
        return f"The scope that you state for {name} leaves open whether it covers"
    return f"The scope of {name} does not name"


def _wording(row: Row) -> Cell | None:
    return row.get("sites") or row.get("scope")


def _name(row: Row) -> str:
    """A certificate as a letter names it; which one another is, stands under its scope."""
    name = row["certificate"].text
    if unaccented(name) != OTHER_CERTIFICATE:
        return f"your {name}"
    return (
        f"your certificate \u201c{row['scope'].text}\u201d"
        if "scope" in row
        else ("your other certificate")
    )
