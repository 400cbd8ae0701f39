"""From quantities to charges: what is committed, whose it is, and what a month adds."""

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pandas as pd

from playbook import cost
from playbook.generate.billing.quantities import day_lines, planted_line
from playbook.model import REGIONS, Planted, System, at

# What a charge of the export is told apart by, before it gets its names; the rest are numbers.
KEYS = (
    "start", "end", "where", "environment", "item", "planted", "tenant", "category", "class", "commitment",
)  # fmt: skip
NUMBERS = ("quantity", "list_usd", "billed_usd", "effective_usd")
COLUMNS = (*KEYS, "usd_per_unit", *NUMBERS)
TENANT_METERS: Mapping[str, str] = {"destination queues": "deliveries", "LLM calls, capped": "enriched"}
EQUAL = "secrets"
OUTSIDE = ("our own warehouse", "our own warehouse, storage", "LLM calls, capped")
ONE_DAY = timedelta(days=1)
CENT = 0.01


def charges(system: System, quantities: pd.DataFrame, usage: pd.DataFrame) -> pd.DataFrame:
    """All charges at daily grain, columns ``COLUMNS``: usage, then what the provider reckons by the month."""
    used = _committed(system, _by_tenant(_usage(quantities), usage))
    months = sorted({day.replace(day=1) for day in quantities["day"]})
    extra = [row for month in months for row in _monthly(system, month, used)]
    return pd.concat([used, pd.DataFrame(extra, columns=list(COLUMNS))], ignore_index=True)


def _usage(quantities: pd.DataFrame) -> pd.DataFrame:
    frame = quantities.rename(columns={"day": "start"})
    frame["end"] = frame["start"] + ONE_DAY
    for name, value in {"tenant": "", "category": "Usage", "class": "", "commitment": ""}.items():
        frame[name] = value
    for name in ("list_usd", "billed_usd", "effective_usd"):
        frame[name] = frame["quantity"] * frame["usd_per_unit"]
    return frame[list(COLUMNS)]


def _by_tenant(frame: pd.DataFrame, usage: pd.DataFrame) -> pd.DataFrame:
    """Lines whose resource serves one tenant, split among tenants; the others as they are."""
    ours = frame["environment"].eq("production") & frame["item"].isin((*TENANT_METERS, EQUAL))
    parts = [frame[~ours]]
    for item, lines in frame[ours].groupby("item"):
        shares = usage[["usage_date", "region", "tenant_id"]].rename(columns={"usage_date": "start"})
        shares["weight"] = usage[TENANT_METERS[str(item)]] if item in TENANT_METERS else 1.0
        shares["where"] = shares["region"].map({name: code for code, name in REGIONS.items()})
        if str(item) in OUTSIDE:
            shares["where"] = "eu"  # one endpoint for all of them
        shares = shares[shares["weight"] > 0]
        shares["weight"] /= shares.groupby(["start", "where"])["weight"].transform("sum")
        split = lines.merge(shares, on=["start", "where"], how="left")
        split["tenant"] = split["tenant_id"].fillna("")
        for name in NUMBERS:
            split[name] *= split["weight"].fillna(1.0)
        parts.append(split[list(COLUMNS)])
    return pd.concat(parts, ignore_index=True)


def _committed(system: System, frame: pd.DataFrame) -> pd.DataFrame:
    """Hours of nodes that the plan pays for apart from those on demand, and what it leaves idle."""
    signed = frame["start"] >= cost.SIGNED
    nodes = frame["item"].str.startswith("nodes") & frame["environment"].eq("production") & signed
    if not nodes.any():
        return frame
    owed, paid = system.commitment.usd_per_hour * 24, 1 - system.commitment.discount_fraction
    listed = frame[nodes].groupby("start")["list_usd"].sum()
    covered = (owed / paid / listed).clip(upper=1.0)
    share = frame.loc[nodes, "start"].map(covered)
    plan, rest = frame[nodes].copy(), frame[nodes].copy()
    for name in NUMBERS:
        plan[name] *= share
        rest[name] *= 1 - share
    plan["commitment"], plan["billed_usd"], plan["effective_usd"] = "Used", 0.0, plan["list_usd"] * paid
    idle = [
        (day, day + ONE_DAY, "us", "production", "savings plan", "", "", "Usage", "", "Unused", *numbers)
        for day, usd in listed.items()
        if (left := owed - covered[day] * usd * paid) > 1e-9
        for numbers in [
            (system.commitment.usd_per_hour, left / system.commitment.usd_per_hour, left, 0.0, left)
        ]
    ]
    parts = [frame[~nodes], plan, rest[rest["quantity"] > 0], pd.DataFrame(idle, columns=list(COLUMNS))]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _monthly(system: System, month: date, used: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """What the provider adds to a month: the plan's fee, credits, corrections, and support on its charges."""
    end = (month + timedelta(days=31)).replace(day=1)
    mine = used[(used["start"] >= month) & (used["start"] < end)]
    fee = 0.0
    if month >= cost.SIGNED:
        hours, per_hour = 24.0 * (end - month).days, system.commitment.usd_per_hour
        fee = hours * per_hour
        yield _row(month, end, "us", "savings plan", "Purchase", (per_hour, hours, fee, fee, 0.0))
    for one in (one for one in system.planted if one.start <= month < one.end):
        if one.kind == "credit":
            usd = one.usd / _months(one)
            yield _row(month, end, one.where, one.item, "Credit", (0.0, 0.0, 0.0, usd, usd), planted=one.name)
        if one.kind == "correction":
            numbers = _undone(system, one)
            yield _row(month, end, one.where, one.item, "Usage", numbers, planted=one.name, of="Correction")
    spend = math.fsum(mine.loc[~mine["item"].isin(OUTSIDE), "billed_usd"]) + fee
    support = cost.support_usd(at(system, max(month, system.eras[0].end)), spend)
    yield _row(month, end, "us", "support plan", "Usage", (1.0, support, support, support, support))


def _row(
    month: date,
    end: date,
    where: str,
    item: str,
    category: str,
    numbers: tuple[float, float, float, float, float],
    *,
    planted: str = "",
    of: str = "",
) -> tuple[object, ...]:
    return (month, end, where, "production", item, planted, "", category, of, "", *numbers)


def _undone(system: System, correction: Planted) -> tuple[float, float, float, float, float]:
    """Price, hours and dollars of what another oddity charged, taken back."""
    wrong = next(one for one in system.planted if one.name == correction.corrects)
    lines = day_lines(system, wrong.start, events=system.traffic.events_per_day)
    price = planted_line(lines, wrong).usd_per_unit
    hours = math.fsum(
        wrong.quantity(wrong.start + n * ONE_DAY) for n in range((wrong.end - wrong.start).days)
    )
    return (price, -hours, -hours * price, -hours * price, -hours * price)


def _months(one: Planted) -> int:
    """Calendar months that an oddity touches."""
    return (one.end.year - one.start.year) * 12 + one.end.month - one.start.month
