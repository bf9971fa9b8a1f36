"""The workbook part: which sheets, names and settings a book states, read strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jcm_xl.xlsx import strict
from jcm_xl.xlsx.content_types import SHEET, ContentTypes
from jcm_xl.xlsx.excel_limits import name_faults, sheet_name_faults
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import MAIN, STRICT_MAIN, Element
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.package import Package
from jcm_xl.xlsx.refusal import Refusal, shown
from jcm_xl.xlsx.relations import Relation, tail

TRUE = ("1", "true")
TRUTHS = ("0", "1", "false", "true")
_PRINT = "_xlnm."  # areas and titles, which tools leave behind with a deleted sheet
_SHEET_KINDS = ("worksheet", "chartsheet", "dialogsheet", "macrosheet")
_STATES = ("visible", "hidden", "veryHidden")
_FLAGS = {
    "workbookPr": ("date1904",),
    "workbookProtection": ("lockStructure",),
    "workbookView": ("showSheetTabs",),
    "calcPr": ("iterate", "fullPrecision", "fullCalcOnLoad", "calcOnSave"),
}
_CHOICES = {
    ("calcPr", "calcMode"): ("auto", "autoNoTable", "manual"),
    ("workbookView", "visibility"): _STATES,
}


class ListedSheet(NamedTuple):
    """A sheet as the workbook part lists it."""

    name: str
    state: str
    kind: str
    part: str


class WorkbookPart:
    """What the workbook part says; whatever in it contradicts itself is noted."""

    def __init__(
        self, package: Package, name: str, relations: list[Relation], odd: OddFacts
    ) -> None:
        """Read the part and note what programs could read differently."""
        data = package.part(name)
        part, noted = strict.noted_part(data, name, strict.WORKBOOK)
        for kind, text in noted:
            odd.add(kind, "", text)
        self._odd = odd
        self._relations = relations
        self._elements = [
            element
            for element in part.elements
            if element.namespace in (MAIN, STRICT_MAIN)
        ]
        for text in self._impossible():
            odd.add(Odd.BAD_SETTING, "", text)

    @property
    def is_strict(self) -> bool:
        """Whether it is of strict Open XML."""
        return any(element.namespace == STRICT_MAIN for element in self._elements)

    def attributes(self, element_name: str) -> Mapping[str, str]:
        """Return the attributes of an element right below the root."""
        for element in self._elements:
            if element.depth == 2 and element.name == element_name:
                return element.attributes
        return {}

    @property
    def window(self) -> Mapping[str, str]:
        """Return the attributes of the first window; no tabs where any has none."""
        views = self._members("bookViews", "workbookView")
        first, *others = [view.attributes for view in views] or [{}]
        without = {"showSheetTabs": "0"}
        lacks = any(o.get("showSheetTabs") in ("0", "false") for o in others)
        return {**first, **without} if lacks else first

    def flag(self, element_name: str, attribute: str) -> bool:
        """Tell whether a setting is on."""
        return any(
            element.attributes.get(attribute) in TRUE
            for element in self._elements
            if element.depth == 2 and element.name == element_name
        )

    def _impossible(self) -> Iterator[str]:
        """Yield the settings whose value is none that may stand there."""
        for element in self._elements:
            for name in _FLAGS.get(element.name, ()):
                if element.attributes.get(name, "0") not in TRUTHS:
                    yield f"{name} of {element.name}"
        for (element_name, name), choices in _CHOICES.items():
            for element in self._elements:
                value = element.attributes.get(name)
                if element.name == element_name and value not in (None, *choices):
                    yield f"{name} of {element_name}"

    def listed(self) -> list[ListedSheet]:
        """Return the sheets in their order; refuse what is no list of sheets."""
        by_key = {relation.key: relation for relation in self._relations}
        ids: Counter[str] = Counter()
        found: dict[str, ListedSheet] = {}
        names: set[str] = set()
        for element in self._members("sheets", "sheet"):
            sheet = self._sheet(element, by_key)
            if sheet.part.lower() in found:
                raise Refusal(
                    "part-of-two-sheets",
                    "its sheet {sheet} shares its part with another sheet.",
                    sheet=shown(sheet.name),
                )
            if sheet.name.lower() in names:
                self._odd.add(Odd.SAME_SHEET_NAME, "", sheet.name)
            number = element.attributes.get("sheetId", "")
            ids[number] += 1
            for text in sheet_name_faults(sheet.name, number):
                self._odd.add(Odd.TOO_MUCH, "", text)
            names.add(sheet.name.lower())
            found[sheet.part.lower()] = sheet
        if not found:
            raise Refusal("no-sheets", "it has no sheets.")
        for key in sorted(key for key, count in ids.items() if count > 1):
            self._odd.add(Odd.TWICE, "", f"sheetId {key}")
        return list(found.values())

    def _sheet(self, element: Element, by_key: Mapping[str, Relation]) -> ListedSheet:
        """Return a listed sheet with the part that its relation names."""
        name = element.attributes.get("name", "")
        keys = [
            element.attributes[key]
            for key in strict.RELATION_KEYS
            if key in element.attributes
        ]
        if len(keys) > 1:
            self._odd.add(Odd.TWICE, "", f"id of sheet {name}")
        relation = by_key.get(keys[0]) if keys else None
        if relation is None or relation.is_external:
            raise Refusal(
                "sheet-without-part",
                "its sheet {sheet} has no part.",
                sheet=shown(name),
            )
        state = element.attributes.get("state", "visible")
        if state not in _STATES:
            self._odd.add(Odd.BAD_SETTING, "", f"state of sheet {name}")
            state = "visible"
        kind = tail(relation.type)
        if kind.lower().endswith("macrosheet"):
            kind = "macrosheet"
        if kind not in _SHEET_KINDS:
            self._odd.add(Odd.BAD_RELATION, "", f"sheet {name} is a part of {kind}")
        return ListedSheet(name, state, kind, relation.target)

    def names(self, sheets: list[str]) -> dict[str, str]:
        """Return the defined names; those of one sheet as ``Sheet!name``."""
        found: dict[str, str] = {}
        folded: set[str] = set()
        for element in self._members("definedNames", "definedName"):
            name = element.attributes.get("name", "")
            for text in name_faults(name):
                self._odd.add(Odd.TOO_MUCH, "", text)
            sheet = element.attributes.get("localSheetId", "")
            if sheet.isdecimal() and len(sheet) < 6 and int(sheet) < len(sheets):
                name = f"{sheets[int(sheet)]}!{name}"
            elif sheet and not (sheet.isdecimal() and name.startswith(_PRINT)):
                self._odd.add(Odd.BAD_SETTING, "", f"localSheetId of {name}")
            if name.lower() in folded:
                self._odd.add(Odd.TWICE, "", f"name {name}")
            folded.add(name.lower())
            found[name] = element.text
        return found

    def _members(self, parent: str, name: str) -> Iterator[Element]:
        """Yield the elements of one of the lists right below the root."""
        for element in self._elements:
            if (element.depth, element.parent, element.name) == (3, parent, name):
                yield element


def contradictions(
    package: Package,
    types: ContentTypes,
    relations: list[Relation],
    listed: list[ListedSheet],
) -> Iterator[strict.OddFact]:
    """Yield parts that are of another kind than said, and sheets that nobody lists."""
    there = {sheet.part.lower() for sheet in listed}
    for relation in relations:
        if relation.is_external:
            continue
        kind = tail(relation.type)
        if types.contradicts(relation.target, kind):
            yield Odd.OTHER_KIND, relation.target
        if kind == "worksheet" and relation.target.lower() not in there:
            there.add(relation.target.lower())
            yield Odd.UNLISTED_SHEET, relation.target
    for name in package.names:
        folded = name.lower()
        if folded not in there and types.of(name).endswith(SHEET):
            yield Odd.UNLISTED_SHEET, name
