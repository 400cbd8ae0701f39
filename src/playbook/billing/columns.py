"""The columns of FOCUS 1.0 to 1.3: how each is typed, and what the specification asks of it.

Source: FinOps Open Cost and Usage Specification, tags v1.0, v1.1 and v1.2, `specification/columns/`,
tables "Content constraints" and "Introduced (version)"; 1.3, "Cost and Usage".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds, whatever the provider wrote it as."""

    NUMBER = "Decimal"
    TEXT = "String"
    TIME = "Date/Time"
    PAIRS = "JSON"


class Level(StrEnum):
    """What the specification asks: always there, there where it applies, or better there."""

    MANDATORY = "Mandatory"
    CONDITIONAL = "Conditional"
    RECOMMENDED = "Recommended"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the specification; `since` is the first of the versions 1.0 to 1.3 that has it."""

    name: str
    kind: Kind
    level: Level
    nullable: bool
    since: str


# A letter for the level (M, C, R), one for the kind (D, S, T, J), and "?" where null is allowed.
_LEVELS = {"M": Level.MANDATORY, "C": Level.CONDITIONAL, "R": Level.RECOMMENDED}
_KINDS = {"D": Kind.NUMBER, "S": Kind.TEXT, "T": Kind.TIME, "J": Kind.PAIRS}
_VERSIONS = {
    "1.0": """
        AvailabilityZone RS? BilledCost MD BillingAccountId MS BillingAccountName MS? BillingCurrency MS
        BillingPeriodEnd MT BillingPeriodStart MT ChargeCategory MS ChargeClass MS? ChargeDescription MS?
        ChargeFrequency RS ChargePeriodEnd MT ChargePeriodStart MT CommitmentDiscountCategory CS?
        CommitmentDiscountId CS? CommitmentDiscountName CS? CommitmentDiscountStatus CS?
        CommitmentDiscountType CS? ConsumedQuantity CD? ConsumedUnit CS? ContractedCost MD
        ContractedUnitPrice CD? EffectiveCost MD InvoiceIssuerName MS ListCost MD ListUnitPrice CD?
        PricingCategory CS? PricingQuantity MD? PricingUnit MS? ProviderName MS PublisherName MS
        RegionId CS? RegionName CS? ResourceId CS? ResourceName CS? ResourceType CS? ServiceCategory MS
        ServiceName MS SkuId CS? SkuPriceId CS? SubAccountId CS? SubAccountName CS? Tags CJ?
        """,
    "1.1": """
        CapacityReservationId CS? CapacityReservationStatus CS? CommitmentDiscountQuantity CD?
        CommitmentDiscountUnit CS? ServiceSubcategory RS SkuMeter CS? SkuPriceDetails CJ?
        """,
    "1.2": """
        BillingAccountType CS InvoiceId RS? PricingCurrency CS? PricingCurrencyContractedUnitPrice CD?
        PricingCurrencyEffectiveCost CD? PricingCurrencyListUnitPrice CD? SubAccountType CS?
        """,
    "1.3": """
        AllocatedMethodDetails RJ? AllocatedMethodId CS? AllocatedResourceId CS? AllocatedResourceName CS?
        AllocatedTags CJ? ContractApplied CJ? HostProviderName MS ServiceProviderName MS
        """,
}


def _columns() -> Iterator[Column]:
    for since, text in _VERSIONS.items():
        words = text.split()
        for name, code in zip(words[::2], words[1::2], strict=True):
            yield Column(name, _KINDS[code[1]], _LEVELS[code[0]], code.endswith("?"), since)


COLUMNS: Mapping[str, Column] = {column.name: column for column in sorted(_columns(), key=lambda c: c.name)}

# Without these no sum is right: an export that lacks one is refused, whatever else it holds.
NEEDED = (
    "BilledCost",
    "BillingCurrency",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "EffectiveCost",
    "ServiceName",
)


def known_names(found: Iterable[str]) -> dict[str, str]:
    """The specification's name of each found column that it knows, by the name found.

    Case, underscores and surrounding space do not count: query engines write `billedcost` and
    `billed_cost`. Raises ValueError where two columns are one by this rule.
    """
    by_key = {name.lower(): name for name in COLUMNS}
    names: dict[str, str] = {}
    seen: dict[str, str] = {}
    for name in found:
        known = by_key.get(name.strip().replace("_", "").lower())
        key = known or name.strip().lower()
        if key in seen:
            raise ValueError(
                f"columns {seen[key]!r} and {name!r} are one and the same here: drop or rename one"
            )
        seen[key] = name
        if known:
            names[name] = known
    return names


def needed_by(query: str, found: Iterable[str], *names: str) -> None:
    """Raise ValueError, naming query and columns, where `found` lacks one of `names`."""
    missing = sorted(set(names) - set(found))
    if missing:
        since = ", ".join(f"{name} (FOCUS {COLUMNS[name].since})" for name in missing)
        raise ValueError(
            f"{query} needs {since}, which this export lacks: "
            "have the provider export it, or leave this query out"
        )
