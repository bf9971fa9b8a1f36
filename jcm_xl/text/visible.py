"""Foreign text made harmless: for terminals, for CSV and inside JSON.

What stands in a participant's cell is printed as it is, except for signs that
steer instead of being read: control and escape sequences, signs that turn the
direction of writing, and signs that nobody sees.
"""

from __future__ import annotations

import re

from jcm_xl.text.late import late_pattern

_BEYOND_ASCII = (
    "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
_STEERING = re.compile(f"[\x00-\x1f{_BEYOND_ASCII}]")
_STEERING_IN_JSON = late_pattern(f"[{_BEYOND_ASCII}]")
"""JSON itself spells the control signs of ASCII; its line ends are our own."""
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def visible(text: object) -> str:
    """Return a text on one line in which every steering sign is spelled out."""
    return _STEERING.sub(_spelled, str(text))


def _spelled(match: re.Match[str]) -> str:
    sign = match.group()
    code = ord(sign)
    return _NAMED.get(sign) or (
        f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def csv_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it opens a CSV."""
    harmless = visible(text)
    starts = harmless.lstrip().startswith(_FORMULA_STARTS)
    return f"'{harmless}" if starts or text[:1] in _FORMULA_STARTS else harmless


def json_text(data: object) -> str:
    """Return JSON whose texts are exact but hold no steering sign unescaped."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return _STEERING_IN_JSON.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    import json

    return json.dumps(match.group())[1:-1]
