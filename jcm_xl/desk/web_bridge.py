"""What the page's JavaScript calls: one job as JSON, one answer as JSON.

    {"do": "show", "id": 1, "language": "ja"}  ->  {"html": ..., "css": ...}

What cannot be done is `{"refused": sentence}`; an error of our own is
`{"failed": its kind}`, and the page says what that means.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jcm_xl.errors import JcmError
from jcm_xl.text.languages import FIRST
from jcm_xl.version import __version__

if TYPE_CHECKING:
    from jcm_xl.desk.web import WebDesk

Job = Mapping[str, Any]


class WebBridge:
    """A `WebDesk` asked in JSON; bytes go beside it, in `give` and `made`.

    It imports next to nothing before the first job, so that the page is ready sooner.
    """

    def __init__(
        self,
        folder: str | Path | None = None,
        seen: Callable[[], object] = lambda: None,
    ) -> None:
        """Make a folder, by default in the browser's memory."""
        self._folder, self._seen = folder, seen
        self._given = self._made = b""

    @cached_property
    def _desk(self) -> WebDesk:
        from jcm_xl.desk.web import WebDesk

        folder = self._folder or tempfile.mkdtemp(prefix="books-")
        return WebDesk(Path(folder), self._seen)

    def give(self, data: Any) -> None:
        """Take the bytes for the next job, of Python or of JavaScript."""
        self._given = data if isinstance(data, bytes) else data.to_bytes()

    def made(self) -> bytes:
        """Hand over the bytes of the file that the last job made."""
        data, self._made = self._made, b""
        return data

    def answer(self, text: str) -> str:
        """Do a job; nothing that a book holds raises here."""
        job = json.loads(text)
        if job["do"] not in _WITHOUT_DESK:
            self._desk.language = job.get("language", FIRST)
        try:
            answer = _JOBS[job["do"]](self, job)
        except JcmError as reason:
            answer = {"refused": str(reason)}
        except MemoryError:
            raise  # the page starts Python anew
        except Exception as error:
            answer = {"failed": type(error).__name__}
        return json.dumps(answer, ensure_ascii=False)

    def _hello(self, _: Job) -> object:
        return {"version": __version__}

    def _warm(self, _: Job) -> object:
        """Import what the first book needs, while nobody waits for it."""
        from jcm_xl.checks.run import catalogue

        return {"desk": bool(self._desk), "checks": len(catalogue())}

    def _put(self, job: Job) -> object:
        given, self._given = self._given, b""
        return {"id": self._desk.put(job["name"], given)}

    def _sample(self, _: Job) -> object:
        from jcm_xl.desk.sample import faulty_book

        name, data = faulty_book()
        number = self._desk.put(name, data)
        return {"id": number, **self._hand_over(name, data)}

    def _drop(self, job: Job) -> object:
        self._desk.drop(job["id"])
        return {}

    def _judge(self, _: Job) -> object:
        return {"books": self._desk.judge()}

    def _show(self, job: Job) -> object:
        return self._desk.show(job["id"])

    def _take(self, job: Job) -> object:
        member = job["member"]
        chosen = None if member == "all" else int(member)
        self._desk.take(job["id"], job["finding"], chosen, int(job["choice"]))
        return {}

    def _undo(self, job: Job) -> object:
        self._desk.undo(job["id"])
        return {}

    def _answer(self, job: Job) -> object:
        on = date.fromisoformat(job["on"])
        self._desk.answer(job["id"], job["finding"], job["reason"], job["by"], on)
        return {}

    def _explain(self, job: Job) -> object:
        return self._desk.explain(job["id"], job.get("sheet", ""), job.get("cell", ""))

    def _file(self, job: Job) -> object:
        return self._hand_over(*self._desk.file(job["id"], job["what"]))

    def _blank(self, job: Job) -> object:
        from jcm_xl import api

        data = api.new(job["key"], language=job.get("language", FIRST))
        name = f"{job['key'].replace('@', '_ver')}_blank.xlsx"
        return self._hand_over(name, data)

    def _hand_over(self, name: str, data: bytes) -> dict[str, object]:
        self._made = data
        return {"name": name, "size": len(data)}


_WITHOUT_DESK = ("hello", "blank")
_JOBS: Mapping[str, Callable[[WebBridge, Job], object]] = {
    "hello": WebBridge._hello,
    "warm": WebBridge._warm,
    "put": WebBridge._put,
    "sample": WebBridge._sample,
    "drop": WebBridge._drop,
    "judge": WebBridge._judge,
    "show": WebBridge._show,
    "take": WebBridge._take,
    "undo": WebBridge._undo,
    "answer": WebBridge._answer,
    "explain": WebBridge._explain,
    "file": WebBridge._file,
    "blank": WebBridge._blank,
}
