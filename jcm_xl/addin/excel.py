"""The buttons, for working copies and add-ins that 0.1.0 wrote."""

from __future__ import annotations

from jcm_xl.desk.excel import run as run
