"""One page of the built book, read by a parser of our own."""

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
REQUESTING = frozenset(
    [
        "stylesheet",
        "icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
        "apple-touch-icon",
    ]
)
SOURCES = {"data", "poster", "src", "srcset"}


@dataclass(slots=True)
class Chart:
    """A chart: its data as JSON, its words, and how many rows of numbers stand behind it."""

    data: str = ""
    label: str = ""
    rows: int = 0


@dataclass(slots=True)
class Open:
    """An element that is not closed yet."""

    tag: str
    kind: str = ""


class Page(HTMLParser):
    """Links, addresses, requests, charts, policy, and the text of the article without code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.requests: list[str] = []
        self.charts: list[Chart] = []
        self.styles = self.policy = self.article = self.refresh = ""
        self.script_before_policy = False
        self._stack: list[Open] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element asks for, links to, and is called."""
        known = {name: value or "" for name, value in attrs}
        kinds = known.get("class", "").split()
        if "id" in known:
            self.ids.append(known["id"])
        self.styles += known.get("style", "") + "\n"
        self._note_request(tag, known)
        if tag in ("a", "area") and "href" in known:
            self.links.append(known["href"])
        if tag == "script" and not self.policy and known.get("type") != "application/json":
            self.script_before_policy = True
        if tag == "figure" and "chart" in kinds:
            self.charts.append(Chart())
        if self.charts and self._within("figure"):
            self.charts[-1].label = (
                known.get("aria-label", "") if "chart-plot" in kinds else self.charts[-1].label
            )
            self.charts[-1].rows += tag == "tr" and self._within("tbody")
        if tag not in VOID:
            self._stack.append(Open(tag, known.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        """Close up to the element of this name."""
        names = [element.tag for element in self._stack]
        if tag in names:
            del self._stack[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Keep styles, charts and what readers see."""
        inner = self._stack[-1] if self._stack else Open("")
        if inner.tag == "style":
            self.styles += data
        elif inner.tag == "script":
            if inner.kind == "chart-figure" and self.charts:
                self.charts[-1].data += data
        elif self._within("article") and not self._within("pre", "code"):
            self.article += data

    def _within(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self._stack)

    def _note_request(self, tag: str, known: dict[str, str]) -> None:
        self.requests += [known[name] for name in SOURCES & known.keys() if tag != "a"]
        if tag == "link" and REQUESTING & set(known.get("rel", "").split()):
            self.requests.append(known.get("href", ""))
        if tag in ("form", "button") and ("action" in known or "formaction" in known):
            self.requests.append(known.get("action", known.get("formaction", "")))
        if tag in ("use", "image"):
            self.requests.append(known.get("href", known.get("xlink:href", "")))
        if tag == "meta" and known.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = known.get("content", "")
        if tag == "meta" and known.get("http-equiv", "").lower() == "refresh":
            self.refresh = known.get("content", "")
            self.requests.append(self.refresh.partition("url=")[2])
