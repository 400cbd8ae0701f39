"""Three years of days in one small file each: the export by service and region, the meters by region."""

from datetime import date

import pandas as pd

from playbook.generate.billing import charges, quantities
from playbook.generate.billing import usage as meters
from playbook.generate.billing.catalogue import SKUS
from playbook.generate.billing.focus import PLACES, instants
from playbook.model import System

BY = ("ChargePeriodStart", "ChargePeriodEnd", "ServiceName", "RegionId", "ChargeCategory", "ChargeClass")
COSTS = ("BilledCost", "EffectiveCost")


def services(system: System, *, start: date, end: date) -> pd.DataFrame:
    """The daily export of a stretch, summed by service, region and what kind of charge it is.

    As many columns as make it a FOCUS export that any reader takes; costs to the cent.
    """
    used = meters.usage(system, start=start, end=end)
    volume = used.groupby("usage_date")["events"].sum()
    made = charges.charges(system, quantities.quantities(system, volume.to_dict()), used)
    frame = pd.DataFrame(
        {
            "ChargePeriodStart": instants(made["start"]),
            "ChargePeriodEnd": instants(made["end"]),
            "ServiceName": made["item"].map({item: sku.service for item, sku in SKUS.items()}),
            "RegionId": made["where"].map({code: name for code, (name, _) in PLACES.items()}),
            "ChargeCategory": made["category"],
            "ChargeClass": made["class"].replace("", None),
            "BilledCost": made["billed_usd"],
            "EffectiveCost": made["effective_usd"],
        }
    )
    frame = frame.groupby(list(BY), as_index=False, dropna=False)[list(COSTS)].sum()
    frame[list(COSTS)] = frame[list(COSTS)].round(2)
    frame = frame[frame["BilledCost"].ne(0) | frame["EffectiveCost"].ne(0)].reset_index(drop=True)
    frame["BillingCurrency"] = "USD"
    month = frame["ChargePeriodStart"].dt.tz_localize(None).dt.to_period("M")
    frame["BillingPeriodStart"] = instants(month.dt.start_time)
    return frame


def regions(system: System, *, start: date, end: date) -> pd.DataFrame:
    """Events by day and region, ``usage_date, region, events``."""
    used = meters.usage(system, start=start, end=end)
    return used.groupby(["usage_date", "region"], as_index=False)["events"].sum()
