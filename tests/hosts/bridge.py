"""Runs inside the browser's Python: answers one JSON job with one JSON text."""

import json
import statistics
import sys
import timeit

from jcm_xl.definition.library import load
from jcm_xl.engine.calculate import calculate
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.functions import call
from jcm_xl.model.as_json import from_json
from jcm_xl.model.submission import StageInputs


def answer(text: str) -> str:
    job = json.loads(text)
    return json.dumps(JOBS[job["do"]](job))


def quantities(job: dict) -> list:
    """Calculate with the core: name, unit row, value or the error of each quantity."""
    inputs = StageInputs(as_tuples(job["values"]), as_tuples(job["used"]))
    result = calculate(finder(job)(job["key"]), inputs)
    return [[q.name, q.row, q.value, q.error] for q in result.quantities.values()]


def finder(job: dict) -> object:
    """Return what finds a definition: the library, or one that the wheel has not."""
    carried = job.get("definition")
    return (lambda _: from_json(carried)) if carried else load


def function(job: dict) -> object:
    """Call a live function; a refusal comes back as its sentence."""
    try:
        return call(finder(job), job["name"], *job["given"])
    except FunctionError as reason:
        return {"refused": str(reason)}


def seconds(job: dict) -> float:
    """Return the median time of a call."""
    times = timeit.repeat(
        lambda: call(load, job["name"], *job["given"]), number=1, repeat=job["rounds"]
    )
    return statistics.median(times)


def as_tuples(values: dict) -> dict:
    """JSON knows no tuples, the core no lists."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


def modules(job: dict) -> list:
    """Return the packages from outside the standard library that were imported."""
    tops = {name.partition(".")[0] for name in sys.modules}
    ours = {"jcm_xl", "__main__", "pyodide", "_pyodide", "js", "pyodide_js"}
    return sorted(tops - sys.stdlib_module_names - ours)


JOBS = {
    "function": function,
    "seconds": seconds,
    "quantities": quantities,
    "modules": modules,
}
