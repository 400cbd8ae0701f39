import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from playbook import artifacts, model
from playbook.__main__ import main
from playbook.model import objectives
from tests.artifacts.tools import run

SYSTEM = model.load()
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / artifacts.FOLDER
RUNBOOKS = ROOT / "book" / "05-reliability" / "runbooks"
RULES = [rule for group in yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))["groups"] for rule in group["rules"]]  # fmt: skip
ALERTS = [rule for rule in RULES if "alert" in rule]
ROUTES = yaml.safe_load((FOLDER / "routes.yaml").read_text("utf-8"))["routes"]
PARTS = [
    "Meaning", "Urgency, and who is hurt", "First three commands", "Decision", "Mitigation, its effect and its delay",
    "How to verify", "When to stop and call", "Last rehearsed",
]  # fmt: skip


def test_the_committed_artifacts_are_what_the_objectives_yield(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["artifacts", "--check"]) == 0
    assert artifacts.stale(SYSTEM, FOLDER) == ()
    assert not capsys.readouterr().err


@pytest.mark.parametrize("name", artifacts.FILES)
def test_an_artifact_that_was_edited_is_found_and_written_again(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "artifacts"))
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole + b" ")
    assert artifacts.stale(SYSTEM, folder) == (name,)
    assert artifacts.write(SYSTEM, folder) == (name,)
    assert (folder / name).read_bytes() == whole


def test_the_thresholds_move_with_the_target() -> None:
    # 14.4 × (1 − 0.999) is 0.0144.
    looser = artifacts.FILES["rules.yaml"](model.what_if(SYSTEM, {"targets.availability_fraction": 0.999}))
    assert "platform:fresh_errors:ratio_rate1h > 0.0144 " in looser


@pytest.mark.parametrize(
    ("alert", "limit", "long", "short"),
    [  # Google SRE Workbook, table 5-8, burn rates 14.4, 6 and 1, times 1 − 0.9995
        ("FreshBurnFast", "0.0072", "1h", "5m"),
        ("FreshBurnSlow", "0.003", "6h", "30m"),
        ("FreshBurnTicket", "0.0005", "72h", "6h"),
    ],
)
def test_an_alert_is_the_workbooks_row_at_our_objective(
    alert: str, limit: str, long: str, short: str
) -> None:
    (rule,) = (rule for rule in ALERTS if rule["alert"] == alert)
    name = "platform:fresh_errors:ratio_rate"
    assert rule["expr"] == f"{name}{long} > {limit} and {name}{short} > {limit}"
    assert "for" not in rule


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_says_how_urgent_whose_what_and_where_to_read_on(rule: dict[str, dict[str, str]]) -> None:
    services = {service.name: service.owner for service in SYSTEM.objectives}
    labels = rule["labels"]
    assert labels["severity"] in ("page", "ticket")
    assert labels["owner"] == services[labels["service"]]
    assert rule["annotations"]["summary"]
    assert (ROOT / rule["annotations"]["runbook"]).is_file()


def test_every_runbook_has_an_alert_and_stands_in_the_index() -> None:
    pages = {page.stem for page in RUNBOOKS.glob("*.md")} - {"index"}
    assert pages == {artifacts.page_name(rule["alert"]) for rule in ALERTS}
    listed = re.findall(r"\]\(([a-z-]+)\.md\)", (RUNBOOKS / "index.md").read_text("utf-8"))
    assert sorted(listed) == sorted(pages)


@pytest.mark.parametrize(
    "page", sorted({artifacts.page_name(name) for name in artifacts.alert_names(SYSTEM)})
)
def test_a_runbook_has_its_eight_parts_in_order_and_three_commands_first(page: str) -> None:
    text = (RUNBOOKS / f"{page}.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.M) == PARTS
    first = text.partition("## First three commands")[2].partition("\n## ")[0]
    blocks = re.findall(r"```console\n(.*?)```", first, re.S)
    assert len(blocks) == 3
    assert all(block.startswith("$ ") and block.count("\n") >= 2 for block in blocks)
    assert not re.findall(r"^## .+\n\n(?=##|\Z)", text, re.M)


def test_no_record_is_made_from_a_record_and_every_alert_reads_its_own_groups_records() -> None:
    groups = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))["groups"]
    records = {rule["record"] for rule in RULES if "record" in rule}
    for group in groups:
        own = {rule["record"] for rule in group["rules"] if "record" in rule}
        for rule in group["rules"]:
            read = {name for name in records if re.search(rf"(?<![\w:]){name}(?![\w:])", rule["expr"])}
            assert read <= (own if "alert" in rule else set())
            assert read or "record" in rule


def test_promtool_accepts_the_rules() -> None:
    status, said = run("promtool", "check", "rules", FOLDER / "rules.yaml")
    assert status == 0, said
    assert f"SUCCESS: {len(RULES)} rules found" in said


@pytest.mark.parametrize("name", ["rules_test.yaml", "rules_slow_test.yaml"])
def test_promtool_sees_the_alerts_fire_and_clear_when_the_law_says(name: str) -> None:
    status, said = run("promtool", "test", "rules", name, folder=FOLDER)
    assert status == 0, said


def test_promtool_would_notice_a_threshold_that_is_a_tenth_off(tmp_path: Path) -> None:
    text = (FOLDER / "rules.yaml").read_text("utf-8")
    (tmp_path / "rules.yaml").write_text(text.replace("> 0.0072", "> 0.0064"), "utf-8")
    tests = yaml.safe_load((FOLDER / "rules_test.yaml").read_text("utf-8"))
    tests["tests"] = [
        test for test in tests["tests"] if test["name"].startswith("FreshBurnFast does not fire at")
    ]
    (tmp_path / "rules_test.yaml").write_text(yaml.safe_dump(tests), "utf-8")
    status, said = run("promtool", "test", "rules", "rules_test.yaml", folder=tmp_path)
    assert len(tests["tests"]) == 1
    assert status == 1, said


def test_every_alert_is_seen_to_fire_in_some_unit_test() -> None:
    seen = set()
    for name in ("rules_test.yaml", "rules_slow_test.yaml"):
        for test in yaml.safe_load((FOLDER / name).read_text("utf-8"))["tests"]:
            for check in test["promql_expr_test"]:
                alert = re.search(r'alertname="(\w+)"', check["expr"])
                if alert and check["exp_samples"][0]["value"] == 1:
                    seen.add(alert[1])
    assert seen == {rule["alert"] for rule in ALERTS}


def test_amtool_accepts_the_configuration() -> None:
    status, said = run("amtool", "check-config", FOLDER / "alertmanager.yaml")
    assert status == 0, said


def test_amtool_sends_every_alert_to_its_owner_and_what_nobody_claims_to_a_queue() -> None:
    assert [route["labels"]["alertname"] for route in ROUTES] == [*(r["alert"] for r in ALERTS), "Unclaimed"]
    for route in ROUTES:
        labels = [f"{name}={value}" for name, value in route["labels"].items()]
        config = f"--config.file={FOLDER / 'alertmanager.yaml'}"
        status, said = run(
            "amtool", "config", "routes", "test", config, f"--verify.receivers={route['receiver']}", *labels
        )
        assert status == 0, said


def test_a_page_reaches_a_pager_and_a_ticket_does_not() -> None:
    for route in ROUTES[:-1]:
        assert route["receiver"].endswith(f"-{route['labels']['severity']}")


def test_promtool_parses_every_expression_of_the_dashboard_and_every_selector(tmp_path: Path) -> None:
    board = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    for service in SYSTEM.objectives:
        asked += [service.saturation.metric, service.saturation.limit]
        asked += [selector for sli in service.indicators for selector in (sli.good or sli.bad, sli.total)]
    rules = [{"record": f"asked:{number}", "expr": expression} for number, expression in enumerate(asked)]
    (tmp_path / "asked.yaml").write_text(
        yaml.safe_dump({"groups": [{"name": "asked", "rules": rules}]}), "utf-8"
    )
    status, said = run("promtool", "check", "rules", tmp_path / "asked.yaml")
    assert status == 0, said
    assert f"{len(asked)} rules found" in said


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("up", True),
        ("a:b:c", True),
        ('x{a="b",c!="d",}', True),
        ('x{ a =~ "2.." }', True),
        ("x{}", True),
        ("x{a=}", False),
        ("x{a=us}", False),
        ('x{a="b"', False),
        ("2xx_total", False),
        ('x{a=="b"}', False),
    ],
)
def test_the_model_and_promtool_agree_on_what_a_selector_is(tmp_path: Path, text: str, whole: bool) -> None:
    rules = [{"record": "asked", "expr": text}]
    (tmp_path / "asked.yaml").write_text(yaml.safe_dump({"groups": [{"name": "a", "rules": rules}]}), "utf-8")
    status, _ = run("promtool", "check", "rules", tmp_path / "asked.yaml")
    assert (status == 0, objectives.SELECTOR.fullmatch(text) is not None) == (whole, whole)


def test_the_dashboard_asks_only_for_what_the_rules_record() -> None:
    board = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    records = {rule["record"] for rule in RULES if "record" in rule}
    panels = board["panels"]
    assert {target["expr"] for panel in panels for target in panel["targets"]} <= records
    assert len({panel["id"] for panel in panels}) == len(panels)
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]
    assert len(set(places)) == len(places)


def test_openslo_has_a_service_for_each_and_an_slo_for_each_indicator() -> None:
    documents = list(yaml.safe_load_all((FOLDER / "openslo.yaml").read_text("utf-8")))
    assert {document["apiVersion"] for document in documents} == {"openslo/v1"}
    names = {document["metadata"]["name"] for document in documents if document["kind"] == "Service"}
    assert names == {service.name for service in SYSTEM.objectives}
    slos = [document["spec"] for document in documents if document["kind"] == "SLO"]
    assert len(slos) == sum(len(service.indicators) for service in SYSTEM.objectives)
    for spec in slos:
        assert spec["service"] in names
        assert 0 < spec["objectives"][0]["target"] < 1
        assert spec["timeWindow"] == [{"duration": "30d", "isRolling": True}]
        assert set(spec["indicator"]["spec"]["ratioMetric"]) in (
            {"counter", "good", "total"},
            {"counter", "bad", "total"},
        )


def test_the_page_of_objectives_names_every_service_and_indicator(root: Path) -> None:
    page = (root / "book" / "05-reliability" / "objectives.md").read_text("utf-8")
    for service in SYSTEM.objectives:
        for sli in service.indicators:
            assert f"| {service.title} | *{sli.name}* |" in page
