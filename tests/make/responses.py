"""Vendors' responses for tests of measures, without a workbook."""

from collections.abc import Mapping, Sequence
from typing import Any

from vendor_eval.bids.response import Answer, Cell, Response


def response(
    vendor: str = "Alder",
    *,
    forms: Mapping[str, Mapping[str, Any]] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Response:
    """A response that holds these values, each in a cell of its own; None is blank."""
    source = f"{vendor}.xlsx"
    return Response(
        vendor,
        source,
        forms={
            form: {name: Answer(_cell(source, form, name, v)) for name, v in asked.items()}
            for form, asked in (forms or {}).items()
        },
        tables={
            table: tuple(
                {n: c for n, v in row.items() if (c := _cell(source, table, f"{n}{at}", v))}
                for at, row in enumerate(rows, start=1)
            )
            for table, rows in (tables or {}).items()
        },
    )


def _cell(source: str, part: str, name: str, value: Any) -> Cell | None:
    if value is None:
        return None
    read = float(value) if isinstance(value, int) else value
    return Cell(read, f"{source}!{part}!{name}", str(value))
