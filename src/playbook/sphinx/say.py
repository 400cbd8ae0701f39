"""What a notebook says: a template whose fields are facts."""

from string import Formatter


def markdown(template: str) -> str:
    """The template as MyST: each ``{name}`` or ``{name:format}`` becomes the fact role, ``{{`` a brace.

    Raises ``ValueError`` for braces that do not match and for a field without a name.
    """
    parts = []
    for text, name, spec, conversion in Formatter().parse(template):
        parts.append(text)
        if name is None:
            continue
        if not name or conversion:
            raise ValueError(f"a field must be {{name}} or {{name:format}}, got {name!r} in {template!r}")
        parts.append(f"{{fact}}`{name}:{spec}`" if spec else f"{{fact}}`{name}`")
    return "".join(parts)
