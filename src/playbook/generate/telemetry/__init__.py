"""The telemetry of the six incidents, each from its mechanism, as Parquet files."""

from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType

import pandas as pd

from playbook.generate.telemetry import (
    contract_before_expand,
    enrichment_drift,
    frozen_pods,
    hidden_retries,
    hot_key,
    retry_storm,
)
from playbook.model import System

FOLDER = "reliability/telemetry"
# A module has ``telemetry(system)`` and ``panels(system)``, each a frame.
INCIDENTS: Mapping[str, ModuleType] = MappingProxyType(
    {
        "hot_key": hot_key,
        "retry_storm": retry_storm,
        "contract_before_expand": contract_before_expand,
        "frozen_pods": frozen_pods,
        "hidden_retries": hidden_retries,
        "enrichment_drift": enrichment_drift,
    }
)
FRAMES: Mapping[str, Callable[[System], pd.DataFrame]] = MappingProxyType(
    {f"{FOLDER}/{name}.parquet": module.telemetry for name, module in INCIDENTS.items()}
    | {f"{FOLDER}/{name}.panels.parquet": module.panels for name, module in INCIDENTS.items()}
)
