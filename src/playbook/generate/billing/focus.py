"""Charges in the words of FOCUS 1.2."""

import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from playbook.generate.billing.catalogue import SKUS
from playbook.generate.billing.charges import KEYS, NUMBERS, OUTSIDE
from playbook.model import REGIONS

SOLD_BY_OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "our own warehouse": "Snowflake",
        "our own warehouse, storage": "Snowflake",
        "LLM calls, capped": "Model host",
    }
)
PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "us": (REGIONS["us"], "US East (N. Virginia)"),
        "eu": (REGIONS["eu"], "Europe (Ireland)"),
        "standby": ("eu-central-1", "Europe (Frankfurt)"),
    }
)
ACCOUNTS: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("production", "us"): ("210000000001", "production-us"),
        ("production", "eu"): ("210000000002", "production-eu"),
        ("production", "standby"): ("210000000003", "production-standby"),
        ("other", "us"): ("210000000004", "staging"),
        ("other", "eu"): ("210000000004", "staging"),
    }
)
PAYER, PAYER_NAME = "200000000000", "dataflow"
PLAN = "savings-plan-2026"
# Made by hand while twelve tenants were moved; nobody tagged them until the first bill was asked about.
TAGGED_LATE, TAGGED_FROM = 12, date(2024, 9, 1)
NOT_OF_A_CREDIT = (
    "ListUnitPrice", "ContractedUnitPrice", "PricingQuantity", "PricingUnit", "PricingCategory",
    "SkuId", "SkuMeter", "SkuPriceId",
)  # fmt: skip
ORDER = (
    "ChargePeriodStart", "ServiceName", "SkuId", "SubAccountId", "ResourceId", "ChargeCategory",
    "CommitmentDiscountStatus",
)  # fmt: skip
UNTAGGED_STAGING = ("nodes, general", "volumes", "NAT gateways", "endpoints")


def export(charges: pd.DataFrame, *, grain: str) -> pd.DataFrame:
    """A FOCUS 1.2 export of the charges, one row for each, ordered by period, service and resource.

    ``grain`` is ``daily`` or ``monthly``; monthly adds up what differs in nothing but the day.
    """
    if grain == "monthly":
        charges = _by_month(charges)
    rows = charges[charges["quantity"].ne(0) | charges["billed_usd"].ne(0)].reset_index(drop=True)
    sku = rows["item"].map(SKUS)
    frame = pd.DataFrame(index=rows.index)
    frame["BilledCost"] = rows["billed_usd"]
    frame["BillingAccountId"] = PAYER
    frame["BillingAccountName"] = PAYER_NAME
    frame["BillingAccountType"] = "Organization"
    frame["BillingCurrency"] = "USD"
    begun = instants(rows["start"])
    month = begun.dt.tz_localize(None).dt.to_period("M")
    frame["BillingPeriodStart"] = instants(month.dt.start_time)
    frame["BillingPeriodEnd"] = instants((month + 1).dt.start_time)
    frame["ChargeCategory"] = rows["category"]
    frame["ChargeClass"] = rows["class"].replace("", None)
    frame["ChargeDescription"] = rows["item"]
    frame["ChargeFrequency"] = _frequency(rows)
    frame["ChargePeriodStart"] = begun
    frame["ChargePeriodEnd"] = instants(rows["end"])
    committed = rows["commitment"].ne("") | rows["category"].eq("Purchase")
    frame["CommitmentDiscountCategory"] = committed.map({True: "Spend", False: None})
    frame["CommitmentDiscountId"] = committed.map({True: PLAN, False: None})
    frame["CommitmentDiscountStatus"] = rows["commitment"].replace("", None)
    frame["CommitmentDiscountType"] = committed.map({True: "Compute Savings Plan", False: None})
    frame["ConsumedQuantity"] = rows["quantity"] * sku.map(lambda s: s.counted[1])
    frame["ConsumedUnit"] = sku.map(lambda s: s.counted[0])
    not_used = rows["category"].ne("Usage") | rows["commitment"].eq("Unused")
    frame.loc[not_used, "ConsumedQuantity"] = None
    frame.loc[not_used, "ConsumedUnit"] = None
    frame["ContractedCost"] = rows["list_usd"]
    frame["ContractedUnitPrice"] = rows["usd_per_unit"]
    frame["EffectiveCost"] = rows["effective_usd"]
    seller = rows["item"].map(SOLD_BY_OTHERS).fillna("AWS")
    frame["InvoiceId"] = seller + "-" + month.astype(str)
    frame["InvoiceIssuerName"] = seller
    frame["ListCost"] = rows["list_usd"]
    frame["ListUnitPrice"] = rows["usd_per_unit"]
    frame["PricingCategory"] = rows["commitment"].eq("Used").map({True: "Committed", False: "Standard"})
    frame["PricingQuantity"] = rows["quantity"]
    frame["PricingUnit"] = frame["ConsumedUnit"].where(
        sku.map(lambda s: s.counted[1]) == 1, "Million " + sku.map(lambda s: s.counted[0])
    )
    frame["ProviderName"] = seller
    frame["PublisherName"] = seller
    frame["RegionId"] = rows["where"].map(lambda code: PLACES[code][0])
    frame["RegionName"] = rows["where"].map(lambda code: PLACES[code][1])
    account = pd.Series(list(zip(rows["environment"], rows["where"], strict=True)), dtype=object).map(
        ACCOUNTS
    )
    resource = _resource(rows, sku)
    frame["ResourceId"] = resource
    frame["ResourceName"] = resource
    frame["ServiceCategory"] = sku.map(lambda s: s.category)
    frame["ServiceName"] = sku.map(lambda s: s.service)
    frame["ServiceSubcategory"] = sku.map(lambda s: s.subcategory)
    frame["SkuId"] = frame["RegionId"] + "/" + sku.map(lambda s: s.meter)
    frame["SkuMeter"] = sku.map(lambda s: s.meter)
    frame["SkuPriceId"] = frame["SkuId"] + "@" + rows["usd_per_unit"].map("{:g}".format)
    frame["SubAccountId"] = [number for number, _ in account]
    frame["SubAccountName"] = [name for _, name in account]
    frame["SubAccountType"] = "Account"
    carried = (rows[name] for name in ("item", "environment", "tenant", "start"))
    frame["Tags"] = pd.Series([_tags(*row) for row in zip(*carried, resource, strict=True)], dtype="str")
    frame.loc[rows["category"].eq("Credit"), list(NOT_OF_A_CREDIT)] = None
    return frame.sort_values(list(ORDER), kind="stable", na_position="first", ignore_index=True)


def instants(days: pd.Series) -> pd.Series:
    """Midnight UTC of each day, to the microsecond that Parquet keeps."""
    return pd.to_datetime(days, utc=True).astype("datetime64[us, UTC]")


def _by_month(charges: pd.DataFrame) -> pd.DataFrame:
    frame = charges.copy()
    start = pd.to_datetime(frame["start"])
    frame["start"] = start.dt.to_period("M").dt.start_time.dt.date
    frame["end"] = (start.dt.to_period("M") + 1).dt.start_time.dt.date
    same = [*KEYS, "usd_per_unit"]
    return frame.groupby(same, as_index=False, sort=False)[list(NUMBERS)].sum()


def _frequency(rows: pd.DataFrame) -> pd.Series:
    recurring = rows["category"].eq("Purchase") | rows["item"].eq("support plan")
    once = rows["category"].eq("Credit") | rows["class"].eq("Correction")
    return pd.Series("Usage-Based", index=rows.index).mask(recurring, "Recurring").mask(once, "One-Time")


def _resource(rows: pd.DataFrame, sku: pd.Series) -> pd.Series:
    """Place, environment and kind of resource, and the tenant where it serves one; none for what has none."""
    kind = sku.map(lambda s: s.resource)
    stem = rows["where"].map(lambda code: PLACES[code][0]) + "/" + rows["environment"] + "/" + kind
    leaked = rows["planted"].eq("orphaned_parts").map({True: "-parts", False: ""})
    whole = stem + leaked + rows["tenant"].map(lambda name: f"/{name}" if name else "")
    return whole.where(kind.ne("") & rows["category"].eq("Usage"), None)


def _tags(item: str, environment: str, tenant: str, start: date, resource: object) -> str | None:
    """JSON text; none where there is no resource to carry tags, or nobody put any on it."""
    if (
        not isinstance(resource, str)
        or item in OUTSIDE[:2]
        or (environment == "other" and item in UNTAGGED_STAGING)
    ):
        return None
    tags = {"environment": environment, "owner": "platform"}
    if tenant and not (start < TAGGED_FROM and int(tenant[-3:]) % TAGGED_LATE == 0):
        tags["tenant"] = tenant
    return json.dumps(tags, separators=(",", ":"))
