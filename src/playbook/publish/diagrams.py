"""Diagrams: D2 sources whose numbers are facts, laid out by D2 under node, drawn to an SVG beside each."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook import facts
from playbook.model import System
from playbook.notebook import FIELD
from playbook.publish import digests, drawing
from playbook.publish.layout import Layout

SHARED = "kinds.d2"
"""What the sources of a folder import: the kinds of shapes and lines."""
INSTALL = (
    "diagrams are laid out by D2 under node: install Node.js 18 or later "
    "(on Debian: apt-get install nodejs npm), then run `npm ci`"
)
SCRIPT = """\
const request = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const picked = (part, ...keys) => Object.fromEntries(keys.map((key) => [key, part[key]]));
async function main() {
  const { D2 } = await import("@terrastruct/d2");
  const d2 = new D2(), layouts = {};
  for (const [name, fs] of Object.entries(request)) {
    const { diagram } = await d2.compile({ fs, inputPath: "index.d2", options: { layout: "elk" } })
      .catch((error) => { throw new Error(`${name}: ${error.message ?? error}`); });
    layouts[name] = {
      shapes: diagram.shapes.map((s) => ({ ...picked(s, "id", "type", "pos", "width", "height", "label"),
        classes: s.classes ?? [] })),
      connections: diagram.connections.map((c) => ({ ...picked(c, "route", "label", "srcArrow", "dstArrow"),
        classes: c.classes ?? [] })),
    };
  }
  process.stdout.write(JSON.stringify(layouts), () => process.exit(0));
}
main().catch((error) => { console.error(error.message ?? error); process.exit(1); });
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A diagram as written, with today's facts in it.

    ``path`` is relative to the checkout. The comment at its head says what the picture shows: the first
    line in short, which is the ``title``, the others in full, which are the ``words``.
    """

    path: Path
    title: str
    words: str
    files: Mapping[str, str]

    @property
    def svg(self) -> Path:
        """Where the drawing goes, relative to the checkout."""
        return self.path.with_suffix(".svg")

    @property
    def digest(self) -> str:
        """Of all that was written, facts included: a drawing that carries another one is stale."""
        return digests.of_values([self.title, self.words, *sorted(self.files.items())])[:16]


def sources(root: Path, system: System) -> tuple[Source, ...]:
    """Every source below ``book/``, with the facts of ``system``.

    Raises ``ValueError``, with the file, for an unknown fact and for a head that does not say what is shown.
    """
    paths = sorted(path for path in (root / "book").rglob("diagrams/*.d2") if path.name != SHARED)
    return tuple(_source(path.relative_to(root), root, system) for path in paths)


def _source(path: Path, root: Path, system: System) -> Source:
    text = filled(path, (root / path).read_text(encoding="utf-8"), system)
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("# ").rstrip())
    if len(head) < 2:
        raise ValueError(f"{path}: begins with no comment of a title and, below it, what the picture shows")
    files = {"index.d2": text}
    shared = root / path.with_name(SHARED)
    if shared.exists():
        files[SHARED] = shared.read_text(encoding="utf-8")
    return Source(path, title=head[0], words=" ".join(head[1:]), files=files)


def filled(path: Path, text: str, system: System) -> str:
    """The text with a fact for each ``{section.fact}`` or ``{section.fact:format}``."""
    try:
        return FIELD.sub(lambda f: facts.text(f[1], system, f[2] or "") if f[1] else f[0], text)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def drawings(root: Path, wanted: Iterable[Source]) -> dict[Path, str]:
    """The SVG of each source, by its path.

    Raises ``ValueError`` where node or D2 is missing, and for what D2 or the house style refuses.
    """
    wanted = tuple(wanted)
    layouts = _layouts(root, {source.path.as_posix(): source.files for source in wanted})
    return {
        source.svg: drawing.svg(
            layouts[source.path.as_posix()],
            name=source.path.stem,
            title=source.title,
            words=source.words,
            digest=source.digest,
        )
        for source in wanted
    }


def can_draw(root: Path) -> bool:
    """Whether node and D2 are there."""
    return shutil.which("node") is not None and (root / "node_modules" / "@terrastruct" / "d2").is_dir()


def _layouts(root: Path, request: Mapping[str, Mapping[str, str]]) -> dict[str, Layout]:
    node = shutil.which("node")
    if node is None or not can_draw(root):
        raise ValueError(INSTALL)
    done = subprocess.run(  # noqa: S603  # our own script
        [node, *_switches(node), "--eval", SCRIPT],
        cwd=root,
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise ValueError(f"D2 refuses a diagram: {done.stderr.strip() or 'node ended without a word'}")
    layouts: dict[str, Layout] = json.loads(done.stdout)
    return layouts


def _switches(node: str) -> list[str]:
    """Node 18 hides the web cryptography that D2 asks for behind a switch; its workers inherit it."""
    done = subprocess.run([node, "--version"], capture_output=True, check=True, encoding="utf-8")  # noqa: S603
    return ["--experimental-global-webcrypto"] if done.stdout.startswith("v18.") else []


def complaints(root: Path, drawn: Mapping[Path, str]) -> Iterator[str]:
    """Drawings in the checkout that are not what ``drawn`` says, and drawings without a source."""
    for path, text in drawn.items():
        if not (root / path).exists():
            yield f"{path.as_posix()} is missing; `make diagrams` draws it"
        elif digests.content(root / path) != text.encode():
            yield f"{path.as_posix()} is stale; `make diagrams` draws it again"
    for path in sorted((root / "book").rglob("diagrams/*.svg")):
        if path.relative_to(root) not in drawn:
            yield f"{path.relative_to(root).as_posix()} has no source beside it"


def write(root: Path, drawn: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write the drawings that differ from what is there; return their paths."""
    changed = [path for path, text in drawn.items() if not _same(root / path, text)]
    for path in changed:
        (root / path).write_text(drawn[path], encoding="utf-8", newline="\n")
    return tuple(changed)


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()
