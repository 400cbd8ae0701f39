"""The eight questions once more, in plain pandas: a second opinion, and what `make bench` measures against."""

import json

import numpy as np
import pandas as pd


def frame(charges: pd.DataFrame) -> pd.DataFrame:
    """The charges with month, day and tenant."""
    known = {text: json.loads(text).get("tenant") for text in charges["Tags"].dropna().unique()}
    starts = pd.to_datetime(charges["ChargePeriodStart"], utc=True).dt.tz_localize(None)
    periods = pd.to_datetime(charges["BillingPeriodStart"], utc=True).dt.tz_localize(None)
    return charges.assign(
        tenant=charges["Tags"].map(known),
        day=starts.dt.normalize(),
        month=periods.dt.to_period("M").dt.to_timestamp(),
    )


def by_service(charges: pd.DataFrame) -> pd.DataFrame:
    costs = charges.groupby(["month", "ServiceName"])[["BilledCost", "EffectiveCost"]].sum().reset_index()
    return costs.set_axis(["month", "service", "billed", "effective"], axis=1)


def by_tenant(charges: pd.DataFrame) -> pd.DataFrame:
    months = []
    for month, costs in charges.groupby("month"):
        pool = costs.loc[costs["tenant"].isna(), "EffectiveCost"].sum()
        direct = costs.groupby("tenant")["EffectiveCost"].sum()
        if direct.clip(lower=0).sum() > 0:
            shared = pool * direct.clip(lower=0) / direct.clip(lower=0).sum()
        else:
            direct = pd.concat([direct, pd.Series({None: 0.0})])
            shared = pd.Series(np.where(direct.index.isna(), pool, 0.0), direct.index)
        months.append(
            pd.DataFrame(
                {"month": month, "tenant": direct.index, "direct": direct.values, "shared": shared.values}
            )
        )
    table = pd.concat(months, ignore_index=True)
    return table.assign(total=table["direct"] + table["shared"])


def untagged(charges: pd.DataFrame) -> pd.DataFrame:
    usage = charges[(charges["ChargeCategory"] == "Usage") & charges["ChargeClass"].isna()]
    bare = usage["Tags"].isna() | (usage["Tags"] == "{}")
    table = pd.DataFrame(
        {
            "effective": usage.groupby("month")["EffectiveCost"].sum(),
            "untagged": usage["EffectiveCost"].where(bare, 0).groupby(usage["month"]).sum(),
            "charges": usage.groupby("month").size(),
            "untagged_charges": bare.groupby(usage["month"]).sum(),
        }
    ).reset_index()
    table.insert(3, "untagged_fraction", table["untagged"] / table["effective"])
    return table


def commitments(charges: pd.DataFrame) -> pd.DataFrame:
    found = []
    usage = charges[charges["ChargeCategory"] == "Usage"]
    for (month, plan), _ in usage.groupby(["month", "CommitmentDiscountId"]):
        here = usage[usage["month"] == month]
        mine = here[here["CommitmentDiscountId"] == plan]
        used = mine[mine["CommitmentDiscountStatus"] == "Used"]
        unused = mine.loc[mine["CommitmentDiscountStatus"] == "Unused", "EffectiveCost"].sum()
        eligible = here[
            here["ServiceName"].isin(used["ServiceName"]) & (here["CommitmentDiscountStatus"] != "Unused")
        ]
        paid, covered = used["EffectiveCost"].sum(), used["ListCost"].sum()
        found.append(
            (month, plan, paid, unused, paid / (paid + unused), covered, covered / eligible["ListCost"].sum())
        )
    names = ["month", "commitment", "used", "unused", "utilisation", "covered", "coverage"]
    return pd.DataFrame(found, columns=names)


def movers(charges: pd.DataFrame) -> pd.DataFrame:
    grid = charges.pivot_table(index="month", columns="ServiceName", values="EffectiveCost", aggfunc="sum")
    grid = grid.fillna(0.0)
    table = grid.stack().rename("effective").to_frame()
    table["previous"] = grid.shift(1).stack()
    table = table.dropna().reset_index().rename(columns={"ServiceName": "service"})
    table["change"] = table["effective"] - table["previous"]
    table = table[(table["effective"] != 0) | (table["previous"] != 0)]
    table["cents"] = -(table["change"].abs() * 100).round()
    table = table.sort_values(["month", "cents", "service"]).drop(columns="cents")
    table["rank"] = table.groupby("month").cumcount() + 1
    return table[table["rank"] <= 10].reset_index(drop=True)


def savings(charges: pd.DataFrame) -> pd.DataFrame:
    usage = charges[charges["ChargeCategory"] == "Usage"]
    listed = usage["ListCost"].where(usage["CommitmentDiscountStatus"] != "Unused", 0.0)
    table = pd.DataFrame({"list": listed, "effective": usage["EffectiveCost"]}).groupby(usage["month"]).sum()
    table = table.reset_index()
    table["saved"] = table["list"] - table["effective"]
    return table.assign(saved_fraction=table["saved"] / table["list"])


def anomalies(charges: pd.DataFrame) -> pd.DataFrame:
    usage = charges[(charges["ChargeCategory"] == "Usage") & charges["ChargeClass"].isna()]
    lasts = pd.to_datetime(usage["ChargePeriodEnd"]) - pd.to_datetime(usage["ChargePeriodStart"])
    usage = usage[lasts <= pd.Timedelta(days=1)]
    grid = usage.pivot_table(
        index="day", columns="ServiceName", values="EffectiveCost", aggfunc="sum"
    ).fillna(0.0)
    days = grid.index
    past = np.stack([grid.reindex(days - pd.Timedelta(weeks=weeks)).to_numpy() for weeks in (1, 2, 3, 4)])
    expected = np.median(past, axis=0)
    deviation = np.median(np.abs(past - expected), axis=0)
    spread = np.maximum(np.maximum(1.4826 * deviation, 0.05 * np.abs(expected)), 5 / 6)
    z = (grid.to_numpy() - expected) / spread
    row, column = np.nonzero(np.abs(z) > 6)
    values = [grid.to_numpy()[row, column], expected[row, column], spread[row, column], z[row, column]]
    names = ["day", "service", "effective", "expected", "spread", "z"]
    return pd.DataFrame(dict(zip(names, [days[row], grid.columns[column], *values], strict=True)))


def unit_cost(charges: pd.DataFrame, usage: pd.DataFrame) -> pd.DataFrame:
    costs = charges.groupby("month")["EffectiveCost"].sum()
    units = usage.groupby(pd.to_datetime(usage["usage_date"]).dt.to_period("M").dt.to_timestamp())[
        "events"
    ].sum()
    table = (
        pd.DataFrame({"effective": costs, "units": units.astype(float)}).rename_axis("month").reset_index()
    )
    return table.assign(unit_cost=table["effective"] / table["units"] * 1e6)
