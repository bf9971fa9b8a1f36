"""Books that jcm_xl did not make: find what was typed into them, and where."""

from jcm_xl.workbook.foreign.book import ForeignBook as ForeignBook
from jcm_xl.workbook.foreign.book import read as read
from jcm_xl.workbook.foreign.found import HARMLESS as HARMLESS
from jcm_xl.workbook.foreign.found import Reason as Reason
from jcm_xl.workbook.foreign.found import Remark as Remark
from jcm_xl.workbook.foreign.found import Unplaced as Unplaced
from jcm_xl.workbook.foreign.found import Why as Why
