"""What the book of a form says of its own making, in properties that Office keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jcm_xl.dataclass import dataclass
from jcm_xl.version import __version__

if TYPE_CHECKING:  # every check asks for a stamp, and few books are forms
    from jcm_xl.forms.model import FormDefinition

_CODE, _DIGEST = "jcm_xl.form", "jcm_xl.form-definition"
_PROJECT, _TOOL = "jcm_xl.form-project", "jcm_xl.tool"
_COPY, _PUBLIC = "jcm_xl.form-copy", "public"


@dataclass(frozen=True, slots=True)
class FormStamp:
    """Which form a book is, of which text of its definition, of which project.

    is_public: it is a copy without what is not published, no submission.
    """

    code: str
    digest: str
    project: str
    is_public: bool = False


def form_stamp(
    form: FormDefinition, project: str, is_public: bool = False
) -> dict[str, str]:
    """Return the custom properties of a form's book."""
    return {
        _CODE: form.code, _DIGEST: form.digest, _PROJECT: project, _TOOL: __version__,
        **({_COPY: _PUBLIC} if is_public else {}),
    }  # fmt: skip


def read_form_stamp(properties: Mapping[str, str]) -> FormStamp | None:
    """Return the stamp of a form's book; `None` where the book has none."""
    code = properties.get(_CODE, "")
    if not code:
        return None
    return FormStamp(
        code, properties.get(_DIGEST, ""), properties.get(_PROJECT, ""),
        properties.get(_COPY) == _PUBLIC,
    )  # fmt: skip
