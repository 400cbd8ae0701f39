"""What every page brings along, and nothing from any other host: styles, scripts, the policy that says so."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.errors import ExtensionError

from playbook.charts.house import PALETTE, TEMPLATE
from playbook.sphinx import pages, source, tips
from playbook.sphinx.chart import ChartNode
from playbook.sphinx.numbers import part
from playbook.sphinx.theme import named_toggles

HERE = Path(__file__).parent
STATIC, TEMPLATES = HERE / "static", HERE / "templates"
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # plotly writes its own styles, and the height of a chart is one
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
TOP = 34
"""Pixels above a drawing whose title the page sets as text."""


def configure(app: Sphinx, config: Config) -> None:
    """Put our templates, static files, favicon and styles into the configuration."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    config.html_favicon = config.html_favicon or str(STATIC / "playbook" / "favicon.svg")
    config.html_math_renderer = config.html_math_renderer or "mathml"
    config.html_use_index = False  # nothing is indexed; the register and the search find things
    config.html_context.setdefault("default_mode", "auto")
    if config.nb_render_markdown_format == "commonmark":
        config.nb_render_markdown_format = "myst"  # so that a notebook's Markdown output may be a table
    config.nb_code_prompt_show = "Show the {type}"
    app.add_css_file("playbook/palette.css", priority=890)
    app.add_css_file("playbook/book.css", priority=900)
    app.add_js_file("playbook/page.js", loading_method="defer")


def write_house(app: Sphinx) -> None:
    """Write the chart palette as CSS variables, and with the template as what the chart script reads."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "playbook"
    folder.mkdir(parents=True, exist_ok=True)
    themes = zip(("html", 'html[data-theme="dark"]'), (0, 1), strict=True)
    (folder / "palette.css").write_text(
        "".join(
            f"{selector} {{ {' '.join(f'--{role}: {pair[side]};' for role, pair in PALETTE.items())} }}\n"
            for selector, side in themes
        ),
        encoding="utf-8",
    )
    layout = part(TEMPLATE, "layout")
    layout = {**layout, "margin": {**part(layout, "margin"), "t": TOP}}
    house = {"dark": dict(PALETTE.values()), "template": {**TEMPLATE, "layout": layout}}
    text = f"window.playbookHouse = {json.dumps(house, separators=(',', ':'))};\n"
    (folder / "house.js").write_text(text, encoding="utf-8")


def equip(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: nodes.document | None
) -> None:
    """Give a page the scripts it needs, its tips and its policy; take away what the theme adds in vain."""
    known = pages.pages(app.env)
    names = known.facts(pagename) if doctree else ()
    if names:
        app.add_js_file("playbook/facts.js", loading_method="defer")
        context["body"] = f"{context['body']}{tips.script(names, source.system(app.config))}\n"
    if doctree and any(doctree.findall(ChartNode)):
        app.add_js_file("playbook/house.js", loading_method="defer", priority=600)
        bundle = {"data-plotly": f"../plotly/{plotly_name()}"}
        app.add_js_file("playbook/charts.js", loading_method="defer", priority=601, **bundle)
    if pagename in known.registers:
        app.add_js_file("playbook/register.js", loading_method="defer")
    make = context.get("generate_toctree_html")
    if callable(make):
        context["generate_toctree_html"] = named_toggles(make)
    scripts = context["script_files"]
    assert isinstance(scripts, list)
    # The policy refuses scripts written into the page; the theme's are settings of what we do not use.
    context["script_files"] = [one for one in scripts if "body" not in getattr(one, "attributes", {})]
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
    context["metatags"] = f"\n    {policy}\n    {context.get('metatags', '')}"


def copy_plotly(app: Sphinx, exception: Exception | None) -> None:
    """Put plotly's bundle, the one that plotly for Python carries, beside the pages."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = Path(app.outdir) / "_static" / "plotly"
    target = folder / plotly_name()
    if not target.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copyfile(_plotly(), target)


def plotly_name() -> str:
    """The bundle's file name, with the version that its first line states."""
    with _plotly().open(encoding="utf-8") as bundle:
        start = bundle.read(200)
    version = start.partition("plotly.js v")[2].split()[0]
    return f"plotly-{version}.min.js"


def _plotly() -> Path:
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise ExtensionError("plotly is not installed: charts have nothing to be drawn by")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
