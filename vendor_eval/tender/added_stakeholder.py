"""A stakeholder added to `judgements.yaml`: new lines at its end, every other byte as it was."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.nodes import SequenceNode

from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.rules.judgements import Judgements, Stakeholder
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.whole_file import appear
from vendor_eval.rules.yaml_lines import decoded
from vendor_eval.tender.added_scenario import edited, last_node
from vendor_eval.tender.judgements_file import (
    JUDGEMENTS,
    judgements_text,
    read_judgements_file,
)

KEY = "stakeholders"


def add_stakeholder(folder: str | Path, stakeholder: Stakeholder, *, to: Rules) -> Judgements:
    """The judgements with one more stakeholder, once `judgements.yaml` holds them.

    Raises VendorEvalError, and touches nothing, for a name that is taken, for a file that has a
    fault or cannot take new lines by itself, and where nothing can be written.
    """
    path = (Path(folder) / JUDGEMENTS).resolve()
    alone = Judgements(stakeholders=(stakeholder,))
    try:
        if not path.exists():
            appear(path, judgements_text(alone).encode())
            return alone
        before = path.read_bytes()
    except OSError as error:
        raise VendorEvalError(f"{JUDGEMENTS}: cannot be used: {error.strerror}") from None
    held, faults = read_judgements_file(before, to)
    if held is None or faults:
        raise InputFaults(faults)
    names = {one.name.casefold() for one in held.stakeholders}
    if stakeholder.name.casefold() in names:
        message = f"found {stakeholder.name!r} already; allowed: another name"
        raise VendorEvalError(f"{JUDGEMENTS}: {message}")
    wanted = held.model_copy(update={KEY: (*held.stakeholders, stakeholder)})
    written = with_stakeholder(before, alone)
    if read_judgements_file(written, to) != (wanted, []):
        lines = judgements_text(alone)
        raise VendorEvalError(f"{JUDGEMENTS}: cannot take it by itself; add by hand\n{lines}")
    edited(path, written, lost="the judgements were not saved")
    return wanted


def with_stakeholder(content: bytes, alone: Judgements) -> bytes:
    """The document with an entry at the end of its `stakeholders`, in the file's own indent."""
    document = decoded(content, JUDGEMENTS)
    start = content.removesuffix(document.encode())  # a byte order mark, if there is one
    root = YAML(typ="safe", pure=True).compose(document)
    [listed] = [value for key, value in root.value if key.value == KEY]
    if not isinstance(listed, SequenceNode) or listed.flow_style:
        return content  # refused where it is compared with what was wanted
    indent = " " * listed.start_mark.column
    ending = "\r\n" if "\r\n" in document else "\n"
    _, *lines = judgements_text(alone).splitlines()
    at = document.find("\n", last_node(listed).end_mark.index)
    head, tail = (document, "") if at < 0 else (document[: at + 1], document[at + 1 :])
    if not head.endswith("\n"):
        head += ending
    return start + (head + "".join(indent + line + ending for line in lines) + tail).encode()
