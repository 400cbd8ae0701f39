"""Generated YAML and JSON: the same text for the same content, with a line that says who writes it."""

import json
from collections.abc import Mapping

import yaml

HEAD = "# Written by `python -m playbook artifacts` from data/reliability: edit that, not this.\n"


def yaml_text(*documents: Mapping[str, object]) -> str:
    """The documents as YAML, keys in their own order, long lines unbroken."""
    parts = (
        yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=10_000) for document in documents
    )
    return HEAD + "---\n".join(parts)


def json_text(document: Mapping[str, object]) -> str:
    """The document as JSON, indented by two."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
