"""The directive ``{chart}``: a chart on a page, by the name of its function and its arguments."""

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from playbook.charts.house import alt
from playbook.sphinx import source
from playbook.sphinx.chart import ChartNode
from playbook.sphinx.shown import ShownChart, drawn

WARN = logging.getLogger(__name__)


class ChartDirective(SphinxDirective):
    """``{chart} context.timeline``, arguments as ``key=value`` behind the name."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The chart, or a warning for a name that is none."""
        name, *pairs = self.arguments[0].split()
        arguments = dict(pair.partition("=")[::2] for pair in pairs)
        try:
            figure = drawn(name, arguments, source.system(self.config))
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            WARN.warning("chart %s: %s", name, error, location=self.get_location(), type="playbook")
            return []
        node = ChartNode(figure=dict(figure), alt=alt(figure), ids=[nodes.make_id(f"chart-{name}")])
        node["shows"] = ShownChart(name, tuple(sorted(arguments.items())))
        self.state.document.set_id(node)
        return [node]
