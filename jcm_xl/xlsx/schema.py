"""The schema of the parts that are read: which elements, in which order, with what.

After ECMA-376 part 1, annex A (SpreadsheetML) and part 2, annex D (packages); Excel
opens no book that breaks it, or offers to repair it. A line names an element, its
attributes and its children:

    name | attribute:kind attribute!kind | child? child* child

Kinds: b yes or no, u whole number from 0, i whole number, d number, s any text, r a
text that is not empty, x eight hexadecimal digits, k a key, m a media type, p the name
of a part, else the choices themselves. `!` marks what has to be there. Children stand
in this order, at most once unless they have a `*`; `~` before them allows any order and
number, as in fonts. What is named as a child and has no line of its own is not looked
into, nor are extensions and other name spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.xlsx.markup import EXTENSIONS, SmallPart

_SIDE = (
    "style:none,thin,medium,dashed,dotted,thick,double,hair,mediumDashed,dashDot,"
    "mediumDashDot,dashDotDot,mediumDashDotDot,slantDashDot | color?"
)
_COLOUR = "auto:b indexed:u rgb:x theme:u tint:d |"
_SWITCH = "val:b |"
_COMPARED = (
    "lessThan,lessThanOrEqual,equal,notEqual,greaterThanOrEqual,greaterThan,between,"
    "notBetween"
)
_PANES = "bottomRight,topRight,bottomLeft,topLeft"
_FONT = (
    "~ b i strike condense extend outline shadow u vertAlign sz color name rFont "
    "family charset scheme"
)
_TEXT = "| t? r* rPh* phoneticPr?"
_BREAKS = "count:u manualBreakCount:u | brk*"
_LINES = {
    # -- around the cells of a sheet ------------------------------------------------
    "worksheet": "| sheetPr? dimension? sheetViews? sheetFormatPr? cols* sheetData "
    "sheetCalcPr? sheetProtection? protectedRanges? scenarios? autoFilter? sortState? "
    "dataConsolidate? customSheetViews? mergeCells? phoneticPr? conditionalFormatting* "
    "dataValidations? hyperlinks? printOptions? pageMargins? pageSetup? headerFooter? "
    "rowBreaks? colBreaks? customProperties? cellWatches? ignoredErrors? smartTags? "
    "drawing? legacyDrawing? legacyDrawingHF? drawingHF? picture? oleObjects? "
    "controls? webPublishItems? tableParts? extLst?",
    "sheetPr": "syncHorizontal:b syncVertical:b syncRef:s transitionEvaluation:b "
    "transitionEntry:b published:b codeName:s filterMode:b "
    "enableFormatConditionsCalculation:b | tabColor? outlinePr? pageSetUpPr?",
    "outlinePr": "applyStyles:b summaryBelow:b summaryRight:b showOutlineSymbols:b |",
    "pageSetUpPr": "autoPageBreaks:b fitToPage:b |",
    "dimension": "ref!r |",
    "sheetViews": "| sheetView* extLst?",
    "sheetView": "windowProtection:b showFormulas:b showGridLines:b "
    "showRowColHeaders:b showZeros:b rightToLeft:b tabSelected:b showRuler:b "
    "showOutlineSymbols:b defaultGridColor:b showWhiteSpace:b "
    "view:normal,pageBreakPreview,pageLayout topLeftCell:s colorId:u zoomScale:u "
    "zoomScaleNormal:u zoomScaleSheetLayoutView:u zoomScalePageLayoutView:u "
    "workbookViewId!u | pane? selection* pivotSelection* extLst?",
    "pane": f"xSplit:d ySplit:d topLeftCell:s activePane:{_PANES} "
    "state:split,frozen,frozenSplit |",
    "selection": f"pane:{_PANES} activeCell:s activeCellId:u sqref:s |",
    "sheetFormatPr": "baseColWidth:u defaultColWidth:d defaultRowHeight!d "
    "customHeight:b zeroHeight:b thickTop:b thickBottom:b outlineLevelRow:u "
    "outlineLevelCol:u |",
    "cols": "| col*",
    "col": "min!u max!u width:d style:u hidden:b bestFit:b customWidth:b phonetic:b "
    "outlineLevel:u collapsed:b |",
    "sheetProtection": "password:s algorithmName:s hashValue:s saltValue:s spinCount:u "
    "sheet:b objects:b scenarios:b formatCells:b formatColumns:b formatRows:b "
    "insertColumns:b insertRows:b insertHyperlinks:b deleteColumns:b deleteRows:b "
    "selectLockedCells:b sort:b autoFilter:b pivotTables:b selectUnlockedCells:b |",
    "mergeCells": "count:u | mergeCell*",
    "mergeCell": "ref!r |",
    "conditionalFormatting": "pivot:b sqref:s | cfRule* extLst?",
    "cfRule": "type:expression,cellIs,colorScale,dataBar,iconSet,top10,uniqueValues,"
    "duplicateValues,containsText,notContainsText,beginsWith,endsWith,containsBlanks,"
    "notContainsBlanks,containsErrors,notContainsErrors,timePeriod,aboveAverage "
    "dxfId:u priority!i stopIfTrue:b aboveAverage:b percent:b bottom:b "
    f"operator:{_COMPARED},containsText,notContains,beginsWith,endsWith text:s "
    "timePeriod:s rank:u stdDev:i equalAverage:b | formula* colorScale? dataBar? "
    "iconSet? extLst?",
    "formula": "|",
    "colorScale": "| cfvo* color*",
    "dataBar": "minLength:u maxLength:u showValue:b | cfvo* color?",
    "iconSet": "iconSet:s showValue:b percent:b reverse:b | cfvo*",
    "cfvo": "type!num,percent,max,min,formula,percentile val:s gte:b | extLst?",
    "dataValidations": "disablePrompts:b xWindow:u yWindow:u count:u | dataValidation*",
    "dataValidation": "type:none,whole,decimal,list,date,time,textLength,custom "
    f"errorStyle:stop,warning,information imeMode:s operator:{_COMPARED} allowBlank:b "
    "showDropDown:b showInputMessage:b showErrorMessage:b errorTitle:s error:s "
    "promptTitle:s prompt:s sqref!r | formula1? formula2?",
    "hyperlinks": "| hyperlink*",
    "hyperlink": "ref!r location:s tooltip:s display:s |",
    "printOptions": "horizontalCentered:b verticalCentered:b headings:b gridLines:b "
    "gridLinesSet:b |",
    "pageMargins": "left!d right!d top!d bottom!d header!d footer!d |",
    "pageSetup": "paperSize:u paperHeight:s paperWidth:s scale:u firstPageNumber:u "
    "fitToWidth:u fitToHeight:u pageOrder:downThenOver,overThenDown "
    "orientation:default,portrait,landscape usePrinterDefaults:b blackAndWhite:b "
    "draft:b cellComments:none,asDisplayed,atEnd useFirstPageNumber:b "
    "errors:displayed,blank,dash,NA horizontalDpi:u verticalDpi:u copies:u |",
    "headerFooter": "differentOddEven:b differentFirst:b scaleWithDoc:b "
    "alignWithMargins:b | oddHeader? oddFooter? evenHeader? evenFooter? firstHeader? "
    "firstFooter?",
    "rowBreaks": _BREAKS,
    "colBreaks": _BREAKS,
    "brk": "id:u min:u max:u man:b pt:b |",
    "ignoredErrors": "| ignoredError* extLst?",
    "ignoredError": "sqref!r evalError:b twoDigitTextYear:b numberStoredAsText:b "
    "formula:b formulaRange:b unlockedFormula:b emptyCellReference:b "
    "listDataValidation:b calculatedColumn:b |",
    "tableParts": "count:u | tablePart*",
    **dict.fromkeys(
        ("drawing", "legacyDrawing", "legacyDrawingHF", "picture", "tablePart"), "|"
    ),
    # -- cells ----------------------------------------------------------------------
    "row": "r:u spans:s s:u customFormat:b ht:d hidden:b customHeight:b outlineLevel:u "
    "collapsed:b thickTop:b thickBot:b ph:b | c* extLst?",
    "c": "r:s s:u t:b,n,e,s,str,inlineStr,d cm:u vm:u ph:b | f? v? is? extLst?",
    "f": "t:normal,array,dataTable,shared aca:b ref:r dt2D:b dtr:b del1:b del2:b r1:s "
    "r2:s ca:b si:u bx:b |",
    # -- texts ----------------------------------------------------------------------
    "sst": "count:u uniqueCount:u | si* extLst?",
    "si": _TEXT,
    "is": _TEXT,
    "r": "| rPr? t",
    "rPr": f"| {_FONT}",
    "rPh": "sb!u eb!u | t",
    "phoneticPr": "fontId!u type:s alignment:s |",
    "t": "|",
    # -- the workbook ---------------------------------------------------------------
    "workbook": "conformance:s | fileVersion? fileSharing? workbookPr? "
    "workbookProtection? bookViews? sheets functionGroups? externalReferences? "
    "definedNames? calcPr? oleSize? customWorkbookViews? pivotCaches? smartTagPr? "
    "smartTagTypes? webPublishing? fileRecoveryPr* webPublishObjects? extLst?",
    "fileVersion": "appName:s lastEdited:s lowestEdited:s rupBuild:s codeName:s |",
    "workbookPr": "date1904:b showObjects:all,placeholders,none "
    "showBorderUnselectedTables:b filterPrivacy:b promptedSolutions:b "
    "showInkAnnotation:b backupFile:b saveExternalLinkValues:b "
    "updateLinks:userSet,never,always codeName:s hidePivotFieldList:b "
    "showPivotChartFilter:b allowRefreshQuery:b publishItems:b checkCompatibility:b "
    "autoCompressPictures:b refreshAllConnections:b defaultThemeVersion:u "
    "dateCompatibility:b |",
    "bookViews": "| workbookView* extLst?",
    "workbookView": "visibility:visible,hidden,veryHidden minimized:b "
    "showHorizontalScroll:b showVerticalScroll:b showSheetTabs:b xWindow:i yWindow:i "
    "windowWidth:u windowHeight:u tabRatio:u firstSheet:u activeTab:u "
    "autoFilterDateGrouping:b | extLst?",
    "sheets": "| sheet*",
    "sheet": "name!r sheetId!u state:visible,hidden,veryHidden |",
    "definedNames": "| definedName*",
    "definedName": "name!s comment:s customMenu:s description:s help:s statusBar:s "
    "localSheetId:u hidden:b function:b vbProcedure:b xlm:b functionGroupId:u "
    "shortcutKey:s publishToServer:b workbookParameter:b |",
    "calcPr": "calcId:u calcMode:manual,auto,autoNoTable fullCalcOnLoad:b "
    "refMode:A1,R1C1 iterate:b iterateCount:u iterateDelta:d fullPrecision:b "
    "calcCompleted:b calcOnSave:b concurrentCalc:b concurrentManualCount:u "
    "forceFullCalc:b |",
    # -- styles ---------------------------------------------------------------------
    "styleSheet": "| numFmts? fonts? fills? borders? cellStyleXfs? cellXfs? "
    "cellStyles? dxfs? tableStyles? colors? extLst?",
    "numFmts": "count:u | numFmt*",
    "numFmt": "numFmtId!u formatCode!s |",
    "fonts": "count:u | font*",
    "font": f"| {_FONT}",
    **dict.fromkeys(
        ("b", "i", "strike", "condense", "extend", "outline", "shadow"), _SWITCH
    ),
    "u": "val:single,double,singleAccounting,doubleAccounting,none |",
    "vertAlign": "val!baseline,superscript,subscript |",
    "sz": "val!d |",
    **dict.fromkeys(("family", "charset"), "val!i |"),
    **dict.fromkeys(("name", "rFont"), "val!s |"),
    "scheme": "val!none,major,minor |",
    **dict.fromkeys(("color", "tabColor", "fgColor", "bgColor"), _COLOUR),
    "fills": "count:u | fill*",
    "fill": "| ~ patternFill gradientFill",
    "patternFill": "patternType:none,solid,mediumGray,darkGray,lightGray,"
    "darkHorizontal,darkVertical,darkDown,darkUp,darkGrid,darkTrellis,lightHorizontal,lightVertical,"
    "lightDown,lightUp,lightGrid,lightTrellis,gray125,gray0625 | fgColor? bgColor?",
    "borders": "count:u | border*",
    "border": "diagonalUp:b diagonalDown:b outline:b | start? end? left? right? top? "
    "bottom? diagonal? vertical? horizontal?",
    **dict.fromkeys(
        ("start", "end", "left", "right", "top", "bottom", "diagonal", "vertical",
         "horizontal"), _SIDE,
    ),
    "cellStyleXfs": "count:u | xf*",
    "cellXfs": "count:u | xf*",
    "xf": "numFmtId:u fontId:u fillId:u borderId:u xfId:u quotePrefix:b pivotButton:b "
    "applyNumberFormat:b applyFont:b applyFill:b applyBorder:b applyAlignment:b "
    "applyProtection:b | alignment? protection? extLst?",
    "alignment": "horizontal:general,left,center,right,fill,justify,centerContinuous,"
    "distributed vertical:top,center,bottom,justify,distributed textRotation:u "
    "wrapText:b indent:u relativeIndent:i justifyLastLine:b shrinkToFit:b "
    "readingOrder:u mergeCell:s |",
    "protection": "locked:b hidden:b |",
    "cellStyles": "count:u | cellStyle*",
    "cellStyle": "name:s xfId!u builtinId:u iLevel:u hidden:b customBuiltin:b | "
    "extLst?",
    "dxfs": "count:u | dxf*",
    "dxf": "| font? numFmt? fill? alignment? border? protection? extLst?",
    # -- the package ----------------------------------------------------------------
    "Relationships": "| Relationship*",
    "Relationship": "TargetMode:External,Internal Target!r Type!r Id!k |",
    "Types": "| ~ Default Override",
    "Default": "Extension!r ContentType!m |",
    "Override": "ContentType!m PartName!p |",
}  # fmt: skip
_FLAGS = frozenset(("0", "1", "true", "false"))
_KINDS: Mapping[str, Callable[[str], object]] = {
    "b": _FLAGS.__contains__,
    "u": re.compile(r"\+?[0-9]{1,10}", re.ASCII).fullmatch,
    "i": re.compile(r"[+-]?[0-9]{1,10}", re.ASCII).fullmatch,
    "d": re.compile(
        r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN", re.ASCII
    ).fullmatch,
    "s": lambda _: True,
    "r": bool,
    "x": re.compile("[0-9A-Fa-f]{8}", re.ASCII).fullmatch,
    "k": re.compile(r"[^\W\d][\w.-]*").fullmatch,
    "m": re.compile(
        r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+(?: *; *[\w-]+=[^\s;]+)*", re.ASCII
    ).fullmatch,
    "p": re.compile("/.+").fullmatch,
}


class ElementRule(NamedTuple):
    """What the schema says of one element.

    kinds:  what each attribute may hold. needed: attributes that have to be there.
    order:  the place of each child. many: those that may stand more than once; `None`
            where any order and number is allowed.
    """

    kinds: Mapping[str, Callable[[str], object]]
    needed: tuple[str, ...]
    all_needed: frozenset[str]
    order: Mapping[str, int]
    many: Collection[str] | None

    def takes(self, attributes: Mapping[str, str]) -> bool:
        """Tell whether attributes are surely allowed, as nearly all are."""
        kinds = self.kinds
        try:
            for key, value in attributes.items():
                if not kinds[key](value):
                    return False
        except KeyError:
            return False
        return attributes.keys() >= self.all_needed


@lru_cache(maxsize=512)
def rule(name: str) -> ElementRule | None:
    """Return what the schema says of an element; `None` where it is not looked into."""
    line = _LINES.get(name)
    if line is None:
        return None
    attributes, _, children = line.partition("|")
    kinds, needed = {}, []
    for word in attributes.split():
        key, mark, kind = re.split("([:!])", word, maxsplit=1)
        kinds[key] = _KINDS.get(kind) or frozenset(kind.split(",")).__contains__
        if mark == "!":
            needed.append(key)
    words = children.split()
    is_free = words[:1] == ["~"]
    order = {word.rstrip("?*"): place for place, word in enumerate(words)}
    many = None if is_free else frozenset(w[:-1] for w in words if w[-1] == "*")
    return ElementRule(kinds, tuple(needed), frozenset(needed), order, many)


def attribute_faults(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield what the schema does not allow of the attributes of an element."""
    found = rule(name)
    if found is None:
        return
    kinds = found.kinds
    for key, value in attributes.items():
        kind = kinds.get(key)
        if kind is None:
            if ":" not in key and " " not in key and key != "xmlns":
                yield f"{key} of {name}"
        elif not kind(value):
            yield f"{key}={value} of {name}"
    for key in found.needed:
        if key not in attributes:
            yield f"{name} without {key}"


def child_faults(name: str, children: Iterable[str]) -> Iterator[str]:
    """Yield the children of an element that stand where the schema has none."""
    found = rule(name)
    if found is None:
        return
    last = -1
    for child in children:
        place = found.order.get(child)
        if place is None:
            yield f"{child} in {name}"
        elif found.many is not None:
            if place < last or (place == last and child not in found.many):
                yield f"{child} in {name}"
            last = max(last, place)


_FEW = 40
"""Children that a list of them is kept of: sheets of a book have the same ones."""


@lru_cache(maxsize=2048)
def _faults_of_few(name: str, children: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(child_faults(name, children))


class SchemaJudge:
    """Hears the tags of a part as they come and says what breaks the schema.

    Other name spaces, extensions and alternatives are passed over with all they hold.
    """

    __slots__ = ("_hear", "_open", "_passed")

    def __init__(self, hear: Callable[[str], object]) -> None:
        """Start before the root; `hear` is told of each fault."""
        self._hear = hear
        self._open: list[tuple[ElementRule | None, str, list[str]]] = []
        self._passed = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear a start tag, the local name; nothing for one of another name space."""
        if self._passed or not name:
            self._passed += 1
            return
        if self._open:
            parent, _, children = self._open[-1]
            children.append(name)
            if parent is None:
                self._passed = 1
                return
        if name == EXTENSIONS:
            self._passed = 1
            return
        found = rule(name)
        if found is not None and not found.takes(attributes):
            for fault in attribute_faults(name, attributes):
                self._hear(fault)
        self._open.append((found, name, []))

    def end(self) -> None:
        """Hear an end tag."""
        if self._passed:
            self._passed -= 1
            return
        found, name, children = self._open.pop()
        if children and found is not None:
            few = len(children) <= _FEW
            faults = _faults_of_few if few else child_faults
            for fault in faults(name, tuple(children)):
                self._hear(fault)


def part_faults(part: SmallPart, spaces: Collection[str]) -> Iterator[str]:
    """Yield what breaks the schema in a part that is read as a whole."""
    waiting: dict[int, list[str]] = {}
    for element in part.elements:
        children = waiting.pop(element.depth + 1, ())
        if element.inside or element.namespace not in spaces:
            continue
        waiting.setdefault(element.depth, []).append(element.name)
        yield from attribute_faults(element.name, element.attributes)
        yield from child_faults(element.name, children)
