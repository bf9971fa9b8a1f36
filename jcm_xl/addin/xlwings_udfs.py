"""The live functions, for working copies and add-ins that 0.1.0 wrote."""

from __future__ import annotations

from jcm_xl.hosts.excel import functions

globals().update(
    {name: f for name, f in vars(functions).items() if name.startswith("JCM_")}
)
