"""The service that is bought: from where, when, and in which languages it is used."""

from typing import Annotated

from pydantic import Field

from vendor_eval.values import Typed


class Service(Typed):
    """What the buyer needs, whoever delivers it."""

    country: Annotated[str, Field(pattern=r"\A[A-Z]{2}\z")]
    """The buyer's country, ISO 3166-1 alpha-2."""
