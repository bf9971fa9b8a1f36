"""The live functions by the name of 0.1.0, for programs that call them."""

from jcm_xl.live.functions import call as call
