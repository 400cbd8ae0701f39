"""A view of the system that behaves as the system does and notes which assumptions were read."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TypeVar, cast

from playbook.model.system import System

T = TypeVar("T")
SLOTS = ("_plain", "_path", "_seen")


def traced(system: System, seen: set[str]) -> System:
    """The same system; every path read from it, directly or through a method, is added to ``seen``."""
    return _wrap(plain(system), "", seen)


def plain(value: T) -> T:
    """What a view stands for; anything else as it is."""
    return cast("T", object.__getattribute__(value, "_plain")) if type(value) in _made else value


def like(original: System, value: System) -> System:
    """``value``, traced into the same notes as ``original`` if that is a view."""
    if type(original) in _made:
        return traced(value, object.__getattribute__(original, "_seen"))
    return value


_made: set[type] = set()


def _wrap(value: T, path: str, seen: set[str]) -> T:
    if (
        is_dataclass(value)
        and not isinstance(value, type)
        and type(value).__module__.startswith("playbook.model")
    ):
        view: T = object.__new__(_view(type(value)))
        for name, part in zip(SLOTS, (value, path, seen), strict=True):
            object.__setattr__(view, name, part)
        return view
    if isinstance(value, tuple):
        seen.add(path)
        return cast("T", tuple(_wrap(item, f"{path}.{i}", seen) for i, item in enumerate(value)))
    if path == "assumptions":
        return value
    if isinstance(value, Mapping):
        return cast("T", _Mapping(value, path, seen))
    seen.add(path)
    return value


class _Mapping(Mapping[str, object]):
    def __init__(self, plain: Mapping[str, object], path: str, seen: set[str]) -> None:
        self._plain, self._path, self._seen = plain, path, seen

    def __getitem__(self, key: str) -> object:
        return _wrap(self._plain[key], f"{self._path}.{key}", self._seen)

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


@cache
def _view(kind: type) -> type:
    """A subclass of ``kind`` whose fields are read through to the plain value."""

    def reader(name: str) -> property:
        def read(self: object) -> object:
            path = object.__getattribute__(self, "_path")
            return _wrap(
                getattr(object.__getattribute__(self, "_plain"), name),
                f"{path}.{name}" if path else name,
                object.__getattribute__(self, "_seen"),
            )

        return property(read)

    def refuse(_: object) -> int:
        raise TypeError(
            f"a traced {kind.__name__} cannot be hashed: a cached answer would lose its provenance"
        )

    names = {f.name: reader(f.name) for f in fields(kind)}
    made = type(
        kind.__name__,
        (kind,),
        {"__slots__": SLOTS, "__class__": property(lambda _: kind), "__hash__": refuse, **names},
    )
    _made.add(made)
    return made
