"""The book's Sphinx extension: computed numbers, charts, the register, and pages that stand alone."""

from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from playbook.sphinx import (
    assets,
    chart,
    drawn,
    drills,
    fact,
    mathml,
    outputs,
    pages,
    postmortem,
    records,
    register,
    source,
    theme,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register all of it. ``playbook_data`` is another data folder than the checkout's.

    ``playbook_facts`` is a file of facts that were evaluated before the build.
    """
    app.add_config_value("playbook_data", "", "")
    app.add_config_value("playbook_facts", "", "")
    app.connect("config-inited", assets.configure)
    app.connect("builder-inited", outputs.require_entry_point)
    app.connect("builder-inited", source.load)
    app.connect("builder-inited", assets.write_house)
    app.connect("doctree-read", records.introduce, priority=400)
    app.connect("doctree-read", fact.refuse_in_headings, priority=900)
    app.connect("html-page-context", assets.equip, priority=900)
    app.connect("build-finished", assets.copy_plotly)

    app.add_node(fact.FactNode)
    app.add_node(register.RegisterReference)
    words = (chart.visit_text, None)
    app.add_node(
        chart.ChartNode, html=(chart.visit_html, None), latex=words, text=words, man=words, texinfo=words
    )
    app.add_node(HideCodeCellNode, override=True, html=(theme.visit_hidden_code, theme.depart_hidden_code))
    app.add_role("fact", fact.FactRole())
    app.add_directive("register", register.RegisterDirective)
    app.add_directive("assumptions", register.AssumptionsDirective)
    app.add_directive("chart", drawn.ChartDirective)
    app.add_directive("decisions", records.DecisionsDirective)
    app.add_directive("drills", drills.DrillsDirective)
    app.add_directive("incidents", postmortem.IncidentsDirective)
    app.add_directive("impact", postmortem.ImpactDirective)
    app.add_directive("timeline", postmortem.TimelineDirective)
    app.add_directive("told", postmortem.ToldDirective)
    app.add_directive("actions", postmortem.ActionsDirective)
    app.add_env_collector(pages.PageCollector)
    app.add_post_transform(fact.FactLinks)
    app.add_post_transform(register.RegisterLinks)
    app.add_html_math_renderer("mathml", (mathml.inline, None), (mathml.block, None))
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
