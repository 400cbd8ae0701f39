"""What can be wrong with a built book: each check returns what it found, in words, and nothing if all is well."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urlsplit

from tests.book.page import Page

CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
UNRESOLVED = re.compile(r"\{fact\}|\{[a-z]+\.[a-z0-9_]+(?::[^{}]*)?\}")
SAY = "application/vnd.playbook.say+json"
FIELD = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)")
LIMIT = 60_000
"""Bytes of a page's HTML, compressed."""

Pages = Mapping[str, Page]


def load(html: Path) -> Pages:
    """Every page of the book by its path, without the theme's own files and the notebooks to download."""
    found = {}
    for path in sorted(html.rglob("*.html")):
        name = path.relative_to(html).as_posix()
        if not name.startswith(("_static/", "_sources/")):
            found[name] = Page(path.read_text("utf-8"))
    return found


def missing(pages: Pages, documents: Sequence[str]) -> Iterator[str]:
    """Documents without a page, or with next to nothing on it."""
    for document in documents:
        page = pages.get(f"{document}.html")
        if page is None:
            yield f"{document} has no page"
        elif len(page.article.split()) < 40:
            yield f"{document}.html says next to nothing: {page.article[:60]!r}"


def without_chart(pages: Pages, notebooks: Sequence[str]) -> Iterator[str]:
    """Notebooks whose page has no chart with data, words, and the numbers behind it."""
    for notebook in notebooks:
        page = pages.get(f"{notebook}.html")
        if page is None or not page.charts:
            yield f"{notebook} shows no chart"
            continue
        for number, chart in enumerate(page.charts, start=1):
            if not any(_points(trace) for trace in json.loads(chart.data)["data"]):
                yield f"{notebook}: chart {number} draws nothing"
            if not chart.label.strip():
                yield f"{notebook}: chart {number} has no words"
            if not chart.rows:
                yield f"{notebook}: no numbers behind chart {number}"


def _points(trace: Mapping[str, Sequence[object]]) -> int:
    return sum(
        x is not None and y is not None for x, y in zip(trace.get("x", ()), trace.get("y", ()), strict=False)
    )


def unresolved(pages: Pages) -> Iterator[str]:
    """Roles and fields that stand on a page as they were written."""
    for name, page in pages.items():
        yield from (f"{name} says {found!r}" for found in UNRESOLVED.findall(page.article))


def unsaid(pages: Pages, root: Path, notebooks: Sequence[str]) -> Iterator[str]:
    """Facts that a notebook says and its page does not link to."""
    for notebook in notebooks:
        links = pages[f"{notebook}.html"].links if f"{notebook}.html" in pages else []
        for cell in json.loads((root / f"{notebook}.ipynb").read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                template = output.get("data", {}).get(SAY, {}).get("template", "")
                for name in FIELD.findall(template.replace("{{", "")):
                    if not any(link.endswith(f"#fact-{name.replace('.', '-')}") for link in links):
                        yield f"{notebook} says {name}, its page does not"


def broken_links(html: Path, pages: Pages) -> Iterator[str]:
    """Links within the book to files or addresses that are not there."""
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            target, anchor = urldefrag(link)
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            path = _path(name, unquote(parts.path))
            if not (html / path).is_file():
                yield f"{name} links to {link}: no such file"
            elif anchor and path in pages and unquote(anchor) not in pages[path].ids:
                yield f"{name} links to {link}: no such address"


def _path(page: str, link: str) -> str:
    if not link:
        return page
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / link).parts:
        parts = parts[:-1] if part == ".." and parts else [*parts, part]
    return "/".join(parts)


def repeated_ids(pages: Pages) -> Iterator[str]:
    """Addresses that a page gives twice."""
    for name, page in pages.items():
        yield from (
            f"{name}: id {key} {count} times" for key, count in Counter(page.ids).items() if count > 1
        )


def foreign(html: Path, pages: Pages) -> Iterator[str]:
    """Whatever a browser would ask another host for; ordinary links are no request."""
    for name, page in pages.items():
        for url in (*page.requests, *_css_urls(page.styles)):
            if _is_foreign(url):
                yield f"{name} asks for {url}"
    for style in sorted(html.rglob("*.css")):
        for url in _css_urls(style.read_text("utf-8", "replace")):
            if _is_foreign(url):
                yield f"{style.relative_to(html).as_posix()} asks for {url}"


def _css_urls(style: str) -> Iterator[str]:
    yield from (url or imported for url, imported in CSS_URL.findall(style))


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url.strip())
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def without_policy(pages: Pages) -> Iterator[str]:
    """Pages whose policy is missing, comes after a script, or allows another host."""
    for name, page in pages.items():
        if page.refresh:
            continue
        if not page.policy:
            yield f"{name} has no policy"
        elif "default-src 'self'" not in page.policy or re.search(r"https?:|\*", page.policy):
            yield f"{name} has the policy {page.policy!r}"
        elif page.script_before_policy:
            yield f"{name} starts a script before its policy"


def heavy(html: Path, pages: Pages, *, limit: int = LIMIT) -> Iterator[str]:
    """Pages that weigh more than they may, compressed."""
    for name in pages:
        size = len(gzip.compress((html / name).read_bytes(), 6, mtime=0))
        if size > limit:
            yield f"{name} weighs {size:,} bytes compressed, of {limit:,} allowed"


def wrong_bundle(html: Path, *, version: str) -> Iterator[str]:
    """Whether plotly is there once, in the version that draws the same in JupyterLab."""
    bundles = [path for path in html.rglob("*.js") if "plotly" in path.name]
    if len(bundles) != 1:
        yield f"{len(bundles)} bundles of plotly, not one"
    for bundle in bundles:
        with bundle.open(encoding="utf-8") as text:
            if f"plotly.js v{version}\n" not in text.read(200):
                yield f"{bundle.name} is not version {version}"


def needless_scripts(pages: Pages) -> Iterator[str]:
    """Pages with charts but no script that draws them, and the other way round."""
    for name, page in pages.items():
        loads = any("charts.js" in url for url in page.requests)
        if loads != bool(page.charts):
            yield f"{name} has {len(page.charts)} charts and {'loads' if loads else 'does not load'} their script"
