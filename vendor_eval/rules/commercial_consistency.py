"""What contradicts itself in commercial terms whose every part is well formed."""

from collections.abc import Iterator

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.commercial import Commercial, Forecast

Location = tuple[str | int, ...]
"""Where in the rules: the keys and positions that lead to a place."""


def commercial_faults(commercial: Commercial, currency: str) -> Iterator[tuple[Location, str]]:
    """Where within the block, and what is wrong there; `currency` is the rules' own."""
    for name, forecast in commercial.volumes.items():
        yield from _length_faults(forecast, ("volumes", name), commercial.months)
    yield from _forecast_faults(commercial)
    yield from _money_faults(commercial, currency)
    yield from _staffing_faults(commercial)
    for name, cost in commercial.own_costs.items():
        last = max(cost.first_month, cost.last_month or 0)
        if last > commercial.months:
            yield (
                ("own_costs", name),
                f"found month {last}; allowed: up to {commercial.months}, the end of the term",
            )
    baseline = commercial.baseline
    if baseline and baseline.a_transaction and not commercial.volumes:
        yield ("baseline", "a_transaction"), "needs 'volumes', which the rules do not give"
    if commercial.double_running and baseline is None:
        yield ("double_running",), "needs 'baseline', which the rules do not give"


def _length_faults(forecast: Forecast, at: Location, months: int) -> Iterator[tuple[Location, str]]:
    wanted = {"by_year": -(-months // 12), "by_month": months}
    for form, length in wanted.items():
        typed = getattr(forecast, form)
        if typed is not None and len(typed) != length:
            message = f"found {len(typed)} volumes; allowed: {length} for a term of {months} months"
            yield (*at, form), message


def _forecast_faults(commercial: Commercial) -> Iterator[tuple[Location, str]]:
    chosen, known = commercial.forecast, commercial.volumes
    if chosen is None and known:
        yield ("forecast",), f"is missing; allowed: one of the 'volumes', {quoted(known)}"
    elif chosen is not None and chosen not in known:
        yield (
            ("forecast",),
            f"unknown forecast {chosen!r}{nearest(chosen, known)}; allowed: {quoted(known)}",
        )


def _money_faults(commercial: Commercial, currency: str) -> Iterator[tuple[Location, str]]:
    if currency in commercial.exchange:
        message = f"is the rules' own currency; allowed: what one unit of another is in {currency}"
        yield ("exchange", currency), message
    inflated = currency in commercial.inflation
    if commercial.money == "real" and not inflated:
        yield ("money",), f"'real' needs the 'inflation' of {currency}"
    if commercial.money == "present_value" and commercial.discount is None:
        yield ("money",), "'present_value' needs a 'discount' rate"
    if commercial.discount and commercial.discount.money == "real" and not inflated:
        yield ("discount",), f"a rate for real money needs the 'inflation' of {currency}"
    if (commercial.discount or commercial.inflation) and commercial.timing is None:
        yield (
            ("timing",),
            "is missing, and discounting and inflation need it; allowed: 'start', 'mid' or 'end'",
        )


def _staffing_faults(commercial: Commercial) -> Iterator[tuple[Location, str]]:
    workload, hours = commercial.staffing == "workload", commercial.hours_per_transaction
    if workload and hours is None:
        yield ("staffing",), "'workload' needs 'hours_per_transaction'"
    if hours is not None and not workload:
        yield ("hours_per_transaction",), "is read by nothing; allowed: with 'staffing: workload'"
    if commercial.staffing in ("workload", "follows_volume") and not commercial.volumes:
        yield ("staffing",), f"{commercial.staffing!r} needs 'volumes'"
    chosen = commercial.volumes.get(commercial.forecast or "")
    if commercial.staffing == "follows_volume" and chosen and not _first(chosen):
        yield (
            ("staffing",),
            "'follows_volume' needs a 'forecast' with transactions in its first month",
        )


def _first(forecast: Forecast) -> float:
    """Transactions in the first month."""
    series = forecast.by_month or forecast.by_year
    return series[0] if series else forecast.monthly or 0.0
