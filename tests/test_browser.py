"""What a browser will run: from sources alone, with the standard library alone."""

import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "src"
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from playbook import decisions, facts, model
from playbook.charts import architecture, context, cost, options, path, reliability
system = model.load()
print(len([facts.evaluate(name, system).text for name in facts.names()]))
for chart in (architecture.limits, context.timeline, cost.bill, options.by_volume, path.stages, reliability.detection):
    chart(system)
print(len(decisions.board(system)))
outside = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"playbook", "__main__"}
print(sorted(outside))
"""


def test_facts_charts_and_decisions_run_on_the_standard_library() -> None:
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", SCRIPT, str(SOURCES)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    count, board, outside = ran.stdout.splitlines()
    assert int(count) > 50
    assert int(board) == 22
    assert outside == "[]"
