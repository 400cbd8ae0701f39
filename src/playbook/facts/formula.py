"""The formula of an answer, taken from its own return expression."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping


def formula(function: Callable[..., object]) -> str:
    """The function's return expression with its local names written out; assumptions by their paths.

    Empty where the source is not at hand, as in the browser. Raises ``ValueError`` for a function that is
    more than assignments, conditions and returns: its arithmetic belongs into a law or a helper.
    """
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""
    (definition,) = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    module = sys.modules[function.__module__]
    known = {name: value for name, value in vars(module).items() if hasattr(value, "shown")}
    expression = _result(definition.body, {}, definition.name)
    named = _Names({name: section(value) for name, value in known.items()}).visit(expression)
    return ast.unparse(ast.fix_missing_locations(named))


def section(function: Callable[..., object]) -> str:
    """What a fact is named after: its section, such as ``cost``, or its study."""
    parts = function.__module__.split(".")
    return parts[2] if parts[1] == "studies" else parts[1]


def _result(body: list[ast.stmt], known: Mapping[str, ast.expr], name: str) -> ast.expr:
    """What a run of statements returns, as one expression."""
    known = dict(known)
    for index, statement in enumerate(body):
        match statement:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                known[target] = _inlined(value, known)
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                new = {
                    t.id: _inlined(v, known)
                    for t, v in zip(targets, values, strict=True)
                    if isinstance(t, ast.Name)
                }
                known |= new
            case ast.If(test=test, body=then, orelse=orelse):
                rest = orelse or body[index + 1 :]
                return ast.IfExp(
                    _inlined(test, known), _result(then, known, name), _result(rest, known, name)
                )
            case ast.Return(value=ast.expr() as value):
                return _inlined(value, known)
            case _:
                raise ValueError(
                    f"{name}: a fact is one expression; move line {statement.lineno} into a helper"
                )
    raise ValueError(f"{name}: a fact returns a value on every path")


def _inlined(expression: ast.expr, known: Mapping[str, ast.expr]) -> ast.expr:
    class Inline(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return known.get(node.id, node) if isinstance(node.ctx, ast.Load) else node

    copied = ast.parse(ast.unparse(expression), mode="eval").body
    return Inline().visit(copied)  # type: ignore[no-any-return]  # NodeTransformer is untyped


class _Names(ast.NodeTransformer):
    """``system.traffic.x`` becomes ``traffic.x``; another fact of the system becomes its name."""

    def __init__(self, sections: Mapping[str, str]) -> None:
        self.sections = sections

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Drop the leading ``system.``."""
        if isinstance(node.value, ast.Name) and node.value.id == "system":
            return ast.Name(node.attr)
        return self.generic_visit(node)  # type: ignore[return-value]  # an attribute stays an expression

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Write ``fact(system)`` as the fact's name."""
        alone = len(node.args) == 1 and not node.keywords
        if alone and isinstance(node.args[0], ast.Name) and node.args[0].id == "system":
            if isinstance(node.func, ast.Name):
                home = self.sections.get(node.func.id)
                return ast.Attribute(ast.Name(home), node.func.id) if home else ast.Name(node.func.id)
            return self.visit(node.func)  # type: ignore[no-any-return]  # NodeTransformer is untyped
        return self.generic_visit(node)  # type: ignore[return-value]  # a call stays an expression
