"""Books that jcm_xl did not make: find what was typed into them, and where."""

from jcm_xl.foreign.book import ForeignBook as ForeignBook
from jcm_xl.foreign.book import read as read
from jcm_xl.foreign.found import HARMLESS as HARMLESS
from jcm_xl.foreign.found import Reason as Reason
from jcm_xl.foreign.found import Remark as Remark
from jcm_xl.foreign.found import Unplaced as Unplaced
from jcm_xl.foreign.found import Why as Why
from jcm_xl.foreign.found import in_words as in_words
