"""A small export without a flaw, in January 2026, whose sums are known by hand.

| each day, 31 days        | quantity × price | list  | effective | in the month          |
|--------------------------|------------------|-------|-----------|-----------------------|
| compute, tenant a        | 24 × 0.25        | 6.00  | 6.00      | 186                   |
| compute, tenant b        | 12 × 0.25        | 3.00  | 3.00      | 93                    |
| storage, nobody's        | 10 × 0.10        | 1.00  | 1.00      | 31                    |
| compute under the plan   | 24 × 0.50        | 12.00 | 8.00      | 248, billed 0         |
| the plan's unused rest   |                  | 0.00  | 2.00      | 62, billed 0          |
| once: the plan's fee     | 1 × 310          | 310   | 0.00      | 310 billed            |
| once: support            | 1 × 100          | 100   | 100       | 100                   |
| once: a credit           |                  |       | -20       | -20                   |

Effective: 186 + 93 + 31 + 248 + 62 + 100 - 20 = 700. Billed: 186 + 93 + 31 + 310 + 100 - 20 = 700.
"""

from datetime import date, timedelta

import pandas as pd

EFFECTIVE = BILLED = 700.0
BY_SERVICE = {"Compute Cloud": 569.0, "Object Storage": 31.0, "Support": 100.0}
BY_TENANT = {"a": 186.0, "b": 93.0}
DAYS = 31
FIRST = date(2026, 1, 1)

Row = dict[str, object]


def export() -> pd.DataFrame:
    """The export, one row a charge, times and numbers as text as a CSV holds them."""
    rows: list[Row] = []
    for day in (FIRST + timedelta(days=n) for n in range(DAYS)):
        span = {
            "ChargePeriodStart": f"{day}T00:00:00Z",
            "ChargePeriodEnd": f"{day + timedelta(days=1)}T00:00:00Z",
        }
        rows += [span | row for row in _daily()]
    return pd.DataFrame([COMMON | row for row in [*rows, *_once()]])[list(COMMON)]


def _daily() -> list[Row]:
    plan = {"CommitmentDiscountId": "plan-1", "CommitmentDiscountCategory": "Spend"}
    compute = {
        "ServiceName": "Compute Cloud",
        "ServiceCategory": "Compute",
        "SkuId": "C1",
        "SkuMeter": "hours",
    }
    storage = {
        "ServiceName": "Object Storage",
        "ServiceCategory": "Storage",
        "SkuId": "S1",
        "SkuMeter": "storage",
    }
    return [
        compute
        | _priced(24, 0.25)
        | {"ResourceId": "node-a", "Tags": '{"tenant":"a"}', "SkuPriceId": "C1.1"},
        compute
        | _priced(12, 0.25)
        | {"ResourceId": "node-b", "Tags": '{"tenant":"b"}', "SkuPriceId": "C1.1"},
        storage | _priced(10, 0.1) | {"ResourceId": "bucket", "SkuPriceId": "S1.1"},
        compute
        | _priced(24, 0.5)
        | plan
        | {
            "ResourceId": "node-c",
            "SkuPriceId": "C2.1",
            "BilledCost": 0.0,
            "EffectiveCost": 8.0,
            "CommitmentDiscountStatus": "Used",
            "PricingCategory": "Committed",
        },
        compute
        | plan
        | _priced(0, 0.5)
        | {
            "SkuPriceId": "C2.1",
            "EffectiveCost": 2.0,
            "CommitmentDiscountStatus": "Unused",
            "PricingCategory": "Committed",
        },
    ]


def _once() -> list[Row]:
    month = {"ChargePeriodStart": "2026-01-01T00:00:00Z", "ChargePeriodEnd": "2026-02-01T00:00:00Z"}
    bought = month | {"ChargeCategory": "Purchase", "ChargeFrequency": "Recurring"}
    return [
        bought
        | _priced(1, 310.0)
        | {
            "ServiceName": "Compute Cloud",
            "ServiceCategory": "Compute",
            "SkuId": "P1",
            "SkuPriceId": "P1.1",
            "EffectiveCost": 0.0,
            "CommitmentDiscountId": "plan-1",
            "CommitmentDiscountCategory": "Spend",
        },
        bought
        | _priced(1, 100.0)
        | {"ServiceName": "Support", "ServiceCategory": "Other", "SkuId": "U1", "SkuPriceId": "U1.1"},
        {
            "ServiceName": "Compute Cloud",
            "ServiceCategory": "Compute",
            "ChargeCategory": "Credit",
            "ChargeFrequency": "One-Time",
            "PricingCategory": None,
            "ChargePeriodStart": "2026-01-15T00:00:00Z",
            "ChargePeriodEnd": "2026-01-16T00:00:00Z",
            "BilledCost": -20.0,
            "EffectiveCost": -20.0,
            "ContractedCost": -20.0,
            "ListCost": -20.0,
        },
    ]


def _priced(quantity: float, price: float) -> Row:
    cost = quantity * price
    units = {"PricingQuantity": quantity, "ListUnitPrice": price, "ContractedUnitPrice": price}
    return units | {"BilledCost": cost, "EffectiveCost": cost, "ContractedCost": cost, "ListCost": cost}


COMMON: Row = {
    "BilledCost": 0.0,
    "BillingAccountId": "123456789012",
    "BillingAccountName": "Main",
    "BillingCurrency": "USD",
    "BillingPeriodEnd": "2026-02-01T00:00:00Z",
    "BillingPeriodStart": "2026-01-01T00:00:00Z",
    "ChargeCategory": "Usage",
    "ChargeClass": None,
    "ChargeDescription": None,
    "ChargeFrequency": "Usage-Based",
    "ChargePeriodEnd": None,
    "ChargePeriodStart": None,
    "CommitmentDiscountCategory": None,
    "CommitmentDiscountId": None,
    "CommitmentDiscountStatus": None,
    "ConsumedQuantity": None,
    "ContractedCost": 0.0,
    "ContractedUnitPrice": None,
    "EffectiveCost": 0.0,
    "InvoiceIssuerName": "A Cloud",
    "ListCost": 0.0,
    "ListUnitPrice": None,
    "PricingCategory": "Standard",
    "PricingQuantity": None,
    "PricingUnit": None,
    "ProviderName": "A Cloud",
    "PublisherName": "A Cloud",
    "RegionId": "eu-1",
    "ResourceId": None,
    "ServiceCategory": None,
    "ServiceName": None,
    "SkuId": None,
    "SkuMeter": None,
    "SkuPriceId": None,
    "SubAccountId": "sub-1",
    "Tags": None,
}
