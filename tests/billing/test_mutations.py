"""Damaged exports: each is refused, or a problem is listed, or it was harmless and the sums are the clean one's."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from ibis import ir

from playbook import billing
from playbook.billing import amortisation, wholes
from tests.billing import clean

Damage = Callable[[pd.DataFrame, Path], Path]


@dataclass(frozen=True, slots=True)
class Refused:
    """Reading raises a ValueError that says this."""

    says: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The problem with this rule is listed as violated; the number is worked out by hand where it is known."""

    rule: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """The damage is harmless: no rule is violated and every sum is the clean export's."""


Outcome = Refused | Listed | Same


def csv(frame: pd.DataFrame, folder: Path, **options: object) -> Path:
    path = folder / "export.csv"
    frame.to_csv(path, index=False, **options)
    return path


def parquet(frame: pd.DataFrame, folder: Path, name: str = "export.parquet") -> Path:
    path = folder / name
    frame.to_parquet(path, index=False)
    return path


def changed(
    column: str, value: object, *, where: Callable[[pd.DataFrame], pd.Series] | None = None
) -> Damage:
    """The column set to a value, or to what a function makes of it, in all rows or in some."""

    def damage(frame: pd.DataFrame, folder: Path) -> Path:
        rows = where(frame) if where else pd.Series(True, index=frame.index)
        new = value(frame[column]) if callable(value) else pd.Series(value, index=frame.index, dtype=object)
        return csv(frame.assign(**{column: frame[column].astype(object).where(~rows, new)}), folder)

    return damage


def without(*columns: str) -> Damage:
    return lambda frame, folder: csv(frame.drop(columns=list(columns)), folder)


def kept(where: Callable[[pd.DataFrame], pd.Series]) -> Damage:
    return lambda frame, folder: csv(frame[where(frame)], folder)


def written(**options: object) -> Damage:
    return lambda frame, folder: csv(frame, folder, **options)


def reworked(rework: Callable[[pd.DataFrame], pd.DataFrame]) -> Damage:
    return lambda frame, folder: csv(rework(frame), folder)


def retold(retell: Callable[[str], str]) -> Damage:
    """The text of the clean CSV, changed."""

    def damage(frame: pd.DataFrame, folder: Path) -> Path:
        path = csv(frame, folder)
        path.write_text(retell(path.read_text("utf-8")), "utf-8")
        return path

    return damage


def node_a(frame: pd.DataFrame) -> pd.Series:
    return frame.ResourceId == "node-a"


def first_a(frame: pd.DataFrame) -> pd.Series:
    return node_a(frame) & (frame.ChargePeriodStart == "2026-01-01T00:00:00Z")


def day(number: int) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda frame: (
        (frame.ChargePeriodStart == f"2026-01-{number:02}T00:00:00Z") & (frame.ChargeCategory == "Usage")
    )


def status(name: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda frame: frame.CommitmentDiscountStatus == name


def fee(frame: pd.DataFrame) -> pd.Series:
    return (frame.ChargeCategory == "Purchase") & frame.CommitmentDiscountId.notna()


def truncated(frame: pd.DataFrame, folder: Path) -> Path:
    path = parquet(frame, folder)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def empty(frame: pd.DataFrame, folder: Path) -> Path:
    path = folder / "export.csv"
    path.touch()
    return path


def halves(frame: pd.DataFrame, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return frame.iloc[:80], frame.iloc[80:]


def two_files(frame: pd.DataFrame, folder: Path) -> Path:
    for number, half in enumerate(halves(frame, folder)):
        half.to_csv(folder / f"{number}.csv", index=False)
    return folder


def two_files_in_other_order(frame: pd.DataFrame, folder: Path) -> Path:
    first, second = halves(frame, folder)
    first.to_csv(folder / "0.csv", index=False)
    second[list(frame.columns)[::-1]].to_csv(folder / "1.csv", index=False)
    return folder


def overlapping(frame: pd.DataFrame, folder: Path) -> Path:
    frame.iloc[:90].to_csv(folder / "0.csv", index=False)
    frame.iloc[80:].to_csv(folder / "1.csv", index=False)
    return folder


def other_types(frame: pd.DataFrame, folder: Path) -> Path:
    """One Parquet file has numbers as text, the other as numbers: both read as numbers."""
    first, second = halves(frame, folder)
    parquet(first, folder, "0.parquet")
    parquet(second.assign(EffectiveCost=second.EffectiveCost.map(str)), folder, "1.parquet")
    return folder


def monthly_beside_daily(frame: pd.DataFrame, folder: Path) -> Path:
    daily = frame[frame.ResourceId == "bucket"]
    numbers = ["BilledCost", "EffectiveCost", "ContractedCost", "ListCost", "PricingQuantity"]
    month = daily.iloc[:1].assign(
        ChargePeriodEnd="2026-02-01T00:00:00Z", **{n: daily[n].sum() for n in numbers}
    )
    frame.to_csv(folder / "daily.csv", index=False)
    month.to_csv(folder / "monthly.csv", index=False)
    return folder


def with_map_tags(frame: pd.DataFrame, folder: Path) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tags = [list(json.loads(text).items()) if isinstance(text, str) else None for text in frame.Tags]
    table = pa.Table.from_pandas(frame.drop(columns="Tags"), preserve_index=False)
    column = pa.array(tags, pa.map_(pa.string(), pa.string()))
    pq.write_table(table.append_column("Tags", column), folder / "export.parquet")
    return folder / "export.parquet"


def spaced(moment: pd.Series) -> pd.Series:
    return moment.str.replace("T", " ").str.replace("Z", "")


def shifted(frame: pd.DataFrame) -> pd.DataFrame:
    times = ["ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd"]
    return frame.assign(**{c: frame[c].str.replace("T00:00:00Z", "T01:00:00+01:00") for c in times})


def upfront(frame: pd.DataFrame) -> pd.DataFrame:
    row = fee(frame)
    return frame.assign(
        ChargeFrequency=frame.ChargeFrequency.mask(row, "One-Time"),
        ChargePeriodEnd=frame.ChargePeriodEnd.mask(row, "2027-01-01T00:00:00Z"),
    )


PRODUCT = "ListCost is ListUnitPrice × PricingQuantity"
MUTATIONS: dict[str, tuple[Damage, Outcome]] = {
    # What every sum needs.
    "no effective cost": (without("EffectiveCost"), Refused("lacks EffectiveCost")),
    "no currency": (without("BillingCurrency"), Refused("lacks BillingCurrency")),
    "no charge period": (without("ChargePeriodStart", "ChargePeriodEnd"), Refused("lacks ChargePeriodEnd, ChargePeriodStart")),
    "a renamed column": (reworked(lambda f: f.rename(columns={"EffectiveCost": "AmortizedCost"})), Refused("lacks EffectiveCost")),
    "an empty file": (empty, Refused("export")),
    "a header without rows": (reworked(lambda f: f.head(0)), Refused("holds no charge")),
    "a truncated Parquet file": (truncated, Refused("cannot be read|truncated|Parquet|No magic")),
    "no such file": (lambda f, folder: folder / "nothing.csv", Refused("nothing.csv")),
    "a folder without exports": (lambda f, folder: folder, Refused("CSV|Parquet|csv|parquet")),
    "currencies mixed": (changed("BillingCurrency", "EUR", where=node_a), Refused("several currencies")),
    "thousands separators": (changed("EffectiveCost", "1,234.00", where=first_a), Refused("EffectiveCost: 1 of 158 values are no number")),
    "decimal commas": (changed("EffectiveCost", "6,00", where=node_a), Refused("EffectiveCost: 31 of 158 values are no number")),
    "a currency sign": (changed("BilledCost", "$6.00", where=first_a), Refused("BilledCost: 1 of 158 values are no number")),
    "times of another country": (changed("ChargePeriodStart", "31/01/2026", where=first_a), Refused("ChargePeriodStart: 1 of 158 values are no time")),
    # What the rows say about themselves.
    "costs that are null": (changed("EffectiveCost", None, where=node_a), Listed("EffectiveCost is not null", 31)),
    "costs that are text NaN": (changed("EffectiveCost", "NaN", where=node_a), Listed("EffectiveCost is not null", 31)),
    "costs that are infinite": (lambda f, folder: parquet(f.assign(EffectiveCost=f.EffectiveCost.mask(first_a(f), float("inf"))), folder), Listed("EffectiveCost is a finite number", 1)),
    "a service that is null": (changed("ServiceName", None, where=first_a), Listed("ServiceName is not null", 1)),
    "a category that FOCUS does not know": (changed("ChargeCategory", "Fee", where=first_a), Listed("ChargeCategory is one that FOCUS knows", 1)),
    "a pricing category of 1.0-preview": (changed("PricingCategory", "On-Demand", where=node_a), Listed("PricingCategory is one that FOCUS knows", 31)),
    "an unknown status": (changed("CommitmentDiscountStatus", "Wasted", where=status("Unused")), Listed("CommitmentDiscountStatus is one that FOCUS knows", 31)),
    "an unknown class": (changed("ChargeClass", "Refund", where=first_a), Listed("ChargeClass is one that FOCUS knows", 1)),
    "a stale unit price": (changed("ListUnitPrice", 0.26, where=node_a), Listed(PRODUCT, 31)),
    "unit prices swapped": (reworked(lambda f: f.assign(ContractedUnitPrice=f.PricingQuantity, PricingQuantity=f.ContractedUnitPrice, ListUnitPrice=0.5)), Listed(PRODUCT)),
    "quantity in thousands": (changed("PricingQuantity", 0.024, where=node_a), Listed("ContractedCost is ContractedUnitPrice × PricingQuantity", 31)),
    "effective above contracted": (changed("EffectiveCost", 7.0, where=node_a), Listed("EffectiveCost of usage is at most ContractedCost", 31)),
    "contracted above list": (changed("ListCost", 5.0, where=node_a), Listed("ContractedCost of usage is at most ListCost", 31)),
    "negative usage": (changed("PricingQuantity", -24.0, where=first_a), Listed("PricingQuantity is negative only on a credit, an adjustment or a correction", 1)),
    "a credit booked as usage": (changed("ChargeCategory", "Usage", where=lambda f: f.ChargeCategory == "Credit"), Listed("EffectiveCost is negative only on a credit, an adjustment or a correction", 1)),
    "a charge outside its billing period": (changed("BillingPeriodEnd", "2026-01-31T00:00:00Z"), Listed("a charge lies within its billing period", 5)),
    "an end before its start": (changed("ChargePeriodEnd", "2025-12-31T00:00:00Z", where=first_a), Listed("a charge period ends after it starts", 1)),
    "broken JSON": (changed("Tags", '{"tenant":"a"', where=node_a), Listed("tags are a JSON object of plain values", 31)),
    "tags of another form": (changed("Tags", "tenant=a", where=first_a), Listed("tags are a JSON object of plain values", 1)),
    "a service in two categories": (changed("ServiceCategory", "Analytics", where=first_a), Listed(wholes.CATEGORIES, 1)),
    # What only many rows say.
    "a doubled row": (reworked(lambda f: pd.concat([f, f[first_a(f)]])), Listed(wholes.COPIES, 1)),
    "every row twice": (reworked(lambda f: pd.concat([f, f])), Listed(wholes.COPIES, 158)),
    "two files that overlap": (overlapping, Listed(wholes.COPIES, 10)),
    "a monthly file beside the daily one": (monthly_beside_daily, Listed(wholes.GRAINS, 1)),
    "a missing day": (kept(lambda f: ~day(10)(f)), Listed(wholes.GAPS, 1)),
    "a week lost": (kept(lambda f: ~f.ChargePeriodStart.between("2026-01-08", "2026-01-15")), Listed(wholes.GAPS, 7)),
    "unused hours lost": (kept(lambda f: ~status("Unused")(f)), Listed(amortisation.RULE, 1)),
    "a fee lost": (kept(lambda f: ~fee(f)), Listed(f"{amortisation.RULE}|not checked")),
    "a fee too high": (changed("BilledCost", 320.0, where=fee), Listed(amortisation.RULE, 1)),
    "committed usage billed again": (changed("BilledCost", 8.0, where=status("Used")), Listed("usage under a commitment is not billed again", 31)),
    "a fee counted as a cost too": (changed("EffectiveCost", 310.0, where=fee), Listed("the purchase of a commitment has no effective cost", 1)),
    # Harmless dirt.
    "untouched": (written(), Same()),
    "text NULL": (written(na_rep="NULL"), Same()),
    "spaced datetimes": (reworked(lambda f: f.assign(**{c: spaced(f[c]) for c in f.columns if "Period" in c})), Same()),
    "times with an offset": (reworked(shifted), Same()),
    "rows in another order": (reworked(lambda f: f.sample(frac=1, random_state=1)), Same()),
    "columns in another order": (reworked(lambda f: f[sorted(f.columns, reverse=True)]), Same()),
    "extra columns": (reworked(lambda f: f.assign(x_CostCenter="12", x_Note="a, \"b\"\nc")), Same()),
    "lower-case columns": (reworked(lambda f: f.rename(columns=str.lower)), Same()),
    "columns with underscores": (reworked(lambda f: f.rename(columns=lambda c: re.sub(r"(?<!^)(?=[A-Z])", "_", c).lower())), Same()),
    "semicolons": (written(sep=";"), Same()),
    "tabs": (written(sep="\t"), Same()),
    "a byte-order mark": (written(encoding="utf-8-sig"), Same()),
    "Windows line ends": (written(lineterminator="\r\n"), Same()),
    "quoted numbers": (written(quoting=1), Same()),
    "exponents": (changed("EffectiveCost", "6E0", where=node_a), Same()),
    "euros throughout": (changed("BillingCurrency", "EUR"), Same()),
    "providers renamed by 1.3": (reworked(lambda f: f.rename(columns={"ProviderName": "ServiceProviderName", "PublisherName": "HostProviderName"})), Same()),
    "no optional column": (without("SkuMeter", "RegionId", "ResourceId", "PublisherName", "ConsumedQuantity", "SubAccountId"), Same()),
    "no tags": (without("Tags"), Same()),
    "tags as a map": (with_map_tags, Same()),
    "tags with spaces": (changed("Tags", ' { "tenant" : "a" , "n" : 1.5e3, "quote": "\\"" } ', where=node_a), Same()),
    "Parquet": (parquet, Same()),
    "Parquet of two types": (other_types, Same()),
    "a zipped CSV": (lambda f, folder: (f.to_csv(folder / "export.csv.gz", index=False), folder / "export.csv.gz")[1], Same()),
    "two files": (two_files, Same()),
    "two files with columns in another order": (two_files_in_other_order, Same()),
    "a term paid upfront and still running": (reworked(upfront), Same()),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_damaged_export_never_gives_a_wrong_sum_in_silence(name: str, tmp_path: Path) -> None:
    damage, outcome = MUTATIONS[name]
    path = damage(clean.export(), tmp_path)
    if isinstance(outcome, Refused):
        with pytest.raises(ValueError, match=outcome.says):
            billing.read(path)
        return
    charges = billing.read(path)
    found = billing.problems(charges)
    broken = found[found.kind == "violated"].set_index("rule")["count"]
    if isinstance(outcome, Listed):
        rule, _, kind = outcome.rule.partition("|")
        assert rule in set(found[found.kind == (kind or "violated")].rule)
        assert outcome.count in (None, broken.get(rule))
        return
    assert broken.to_dict() == {}
    assert_sums_are_the_clean_ones(charges)


def assert_sums_are_the_clean_ones(charges: ir.Table) -> None:
    totals = (
        charges.aggregate(effective=charges.EffectiveCost.sum(), billed=charges.BilledCost.sum())
        .to_pyarrow()
        .to_pandas()
    )
    assert (totals.effective[0], totals.billed[0]) == pytest.approx((clean.EFFECTIVE, clean.BILLED), abs=1e-9)
    services = charges.group_by("ServiceName").agg(cost=charges.EffectiveCost.sum()).to_pyarrow().to_pandas()
    assert dict(zip(services.ServiceName, services.cost, strict=True)) == pytest.approx(clean.BY_SERVICE)


def test_there_are_enough_kinds_of_damage() -> None:
    assert sum(not isinstance(outcome, Same) for _, outcome in MUTATIONS.values()) >= 20


def test_the_real_dirt_all_at_once_is_harmless(tmp_path: Path) -> None:
    """As providers write it: NULL, spaces in times, an own column, semicolons, a mark at the start."""
    frame = clean.export()
    dirty = frame.assign(**{c: spaced(frame[c]) for c in frame.columns if "Period" in c}, x_Operation="Run")
    path = csv(
        dirty.drop(columns=["SkuMeter", "PublisherName"]),
        tmp_path,
        na_rep="NULL",
        sep=";",
        encoding="utf-8-sig",
    )
    assert_sums_are_the_clean_ones(billing.read(path))
