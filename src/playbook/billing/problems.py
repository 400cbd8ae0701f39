"""What is wrong with a FOCUS export: violated rules, counted, each with a row to look at."""

from collections.abc import Sequence
from datetime import date, timedelta

import ibis
import pandas as pd
from ibis import ir

from playbook.billing import wholes
from playbook.billing.offender import Finding, named, unchecked
from playbook.billing.rules import NUMBERS, Rule, rules

VIOLATED, NOT_CHECKED = "violated", "not checked"
EMPTY = "there is at least one charge"
FUTURE = "no charge starts after the day on which the file was written"


def problems(charges: ir.Table, *, as_of: date | None = None) -> pd.DataFrame:
    """One row for each violated rule, then one for each that could not be checked.

    Columns: ``kind`` ("violated" or "not checked"), ``rule``, ``count`` (rows, or what the example says;
    missing where not checked) and ``example`` (the earliest offender, or what is absent). Most rows first.
    ``as_of``, UTC, is the day on which the file was written: a charge that starts later is a problem.

    Products and order of costs are held to 1e-6 of the currency, 1e-5 of the amount, and the rounding of
    unit prices at ten decimals; commitments to a cent or a hundredth of a per cent (`rules`, `wholes`).
    An empty frame says that all rules were checked and hold. The rules are those of FOCUS 1.2: a gap that a
    provider documents is listed here too. One scan counts what single rows break, a second fetches examples.
    """
    numeric = {c: charges[c].cast("float64") for c in NUMBERS if c in charges.columns}
    charges = charges.mutate(**numeric)
    dated, undated = _dated(as_of)
    found = _of_rows(charges, (*rules(), *dated))
    if found is None:
        found = [Finding(EMPTY, 0, "the export has no rows")]
    else:
        found += [*undated, *wholes.findings(charges)]
    rows = [(VIOLATED if f.count is not None else NOT_CHECKED, f.rule, f.count, f.example) for f in found]
    frame = pd.DataFrame(rows, columns=["kind", "rule", "count", "example"]).astype({"count": "Int64"})
    return frame.sort_values(["kind", "count"], ascending=[False, False], kind="stable", ignore_index=True)


def _dated(as_of: date | None) -> tuple[tuple[Rule, ...], tuple[Finding, ...]]:
    if as_of is None:
        return (), (Finding(FUTURE, None, "nothing tells when it was written: give as_of"),)
    end = ibis.timestamp((as_of + timedelta(days=1)).isoformat())
    return (Rule(FUTURE, ("ChargePeriodStart",), lambda t: _plain(t.ChargePeriodStart) >= end),), ()


def _plain(moment: ir.TimestampValue) -> ir.TimestampValue:
    # A moment with a zone and one without cannot be compared; both are UTC here.
    return moment.cast("timestamp") if moment.type().timezone else moment


def _of_rows(charges: ir.Table, asked: Sequence[Rule]) -> list[Finding] | None:
    """What single rows break and what lacks a column; nothing at all for an export without rows."""
    absent = [f for rule in asked if (f := unchecked(rule.name, charges, rule.needs))]
    missing = {finding.rule for finding in absent}
    checked = [rule for rule in asked if rule.name not in missing]
    broken = [rule.broken(charges).fill_null(False) for rule in checked]
    counts = (
        charges.aggregate(
            rows=charges.count(), **{f"r{i}": charges.count(where=b) for i, b in enumerate(broken)}
        )
        .to_pyarrow()
        .to_pylist()[0]
    )
    if counts["rows"] == 0:
        return None
    violated = [i for i in range(len(checked)) if counts[f"r{i}"]]
    if not violated:
        return absent
    texts = {
        f"r{i}": ibis.ifelse(broken[i], named(charges, checked[i].needs), ibis.null("string")).min()
        for i in violated
    }
    examples = charges.aggregate(**texts).to_pyarrow().to_pylist()[0]
    return [Finding(checked[i].name, int(counts[f"r{i}"]), examples[f"r{i}"]) for i in violated] + absent
