"""What every object of a message has in common, and how one of several is chosen."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainValidator

from campotech_wa.meta.outbound.faults import Step, fault


class Part(BaseModel):
    """One of Meta's objects.

    A key that it does not have is refused by name: to drop it, or to pass it on and see, would hide a mistake.
    ``null`` counts as absent. What the reference neither allows nor forbids is left to Meta to judge.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Read = Callable[[object], Part]
_Item = TypeVar("_Item")


def reads(models: Mapping[str, type[Part]]) -> dict[str, Read]:
    """Return what reads an object as each of these models, by its name."""
    return {name: model.model_validate for name, model in models.items()}


def chosen_by(key: str, models: Mapping[str, type[Part]], *, any_case: bool = False) -> PlainValidator:
    """Take an object as the model that its ``key`` names."""
    return PlainValidator(choice(key, reads(models), any_case=any_case))


def choice(key: str, known: Mapping[str, Read], *, any_case: bool = False) -> Read:
    """Return what reads an object in the way that its ``key`` names.

    Pydantic's own tagged unions would do, but write their tags into the paths of errors.
    """

    def choose(value: object) -> Part:
        if not isinstance(value, dict):
            raise fault("not_an_object")
        given = cast("dict[str, Any]", value)
        if given.get(key) is None:
            raise fault("missing", below=(key,), choices=sorted(known))
        name = given[key]
        if any_case and isinstance(name, str):
            name = name.lower()
            given = {**given, key: name}
        read = known.get(name) if isinstance(name, str) else None
        if read is None:
            raise fault("unknown_type", below=(key,), choices=sorted(known))
        return read(given)

    return choose


def all_different(name: Callable[[_Item], Hashable], *below: Step) -> AfterValidator:
    """Take a list whose items differ in what ``name`` reads of them, which stands ``below`` an item.

    None is no name: any number of items may have none.
    """

    def check(items: list[_Item]) -> list[_Item]:
        seen: set[Hashable] = set()
        for position, item in enumerate(items):
            if (named := name(item)) in seen:
                raise fault("duplicate", below=(position, *below))
            seen |= set() if named is None else {named}
        return items

    return AfterValidator(check)


def all_alike(name: Callable[[_Item], Hashable], *below: Step) -> AfterValidator:
    """Take a list whose items agree in what ``name`` reads of them."""

    def check(items: list[_Item]) -> list[_Item]:
        for position, item in enumerate(items):
            if name(item) != name(items[0]):
                raise fault("mixed", below=(position, *below))
        return items

    return AfterValidator(check)


def only_one_of(part: Part, *keys: str) -> None:
    """Refuse an object that has none of these keys, or more than one."""
    given = [key for key in keys if getattr(part, key) is not None]
    if not given:
        raise fault("missing", below=(keys[0],), choices=keys)
    if len(given) > 1:
        raise fault("both", below=(given[1],), choices=keys)
