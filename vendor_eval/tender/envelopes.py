"""The files of two envelopes: which may be opened, and what their receipts say of the others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vendor_eval.bids.decisions import Decisions
from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import SourceFile, as_seen
from vendor_eval.bids.table import TABLE
from vendor_eval.errors import Fault, VendorEvalError, quoted
from vendor_eval.panel.bodies import EVERY, EnvelopeOpening, Receipt, VoidReceipt
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.attachments import out_of_place
from vendor_eval.tender.bids import WORKBOOKS
from vendor_eval.tender.entries import leads_out, misnamed, misplaced, passed_over
from vendor_eval.tender.last_envelope import UnreadEnvelope

WORKBOOK = ".xlsx"


@dataclass(frozen=True)
class EnvelopeFiles:
    """What may be read of two envelopes; no file is opened to know it."""

    stage: str = ""
    """The id of the envelope that is read alone; "" once both are."""
    names: tuple[str, ...] = ()
    """Files that may be opened."""
    closed: Mapping[str, str] = field(default_factory=dict)
    """Files that no command opens, with the sha256 that their receipt gives."""
    refused: Mapping[str, Fault] = field(default_factory=dict)
    """Files of the first envelope that came in late, by name; nobody has decided of them."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """The vendors that files came from, by the file's name."""
    faults: tuple[Fault, ...] = ()
    gone: tuple[Fault, ...] = ()
    """Files that were received and are no longer there."""
    needs: tuple[Fault, ...] = ()
    unopened: tuple[str, ...] = ()
    """Vendors whose last envelope stays closed."""
    undecided: tuple[Fault, ...] = ()
    """Every file that came in late and of which nobody has decided, closed ones among them."""
    unread: Mapping[str, UnreadEnvelope] = field(default_factory=dict)
    """Last envelopes that came in and are not read, by vendor as a reader sees the name."""
    late: Mapping[str, str] = field(default_factory=dict)
    """When the bids of late vendors came in, by vendor; the last time where both were late."""


def receipts_of(log: ScoreLog) -> Mapping[str, tuple[int, Receipt]]:
    """The line and the receipt of each file that came in, by its name in the folder.

    Void receipts are not among them.
    """
    void = {entry.body.line for entry in log.entries if isinstance(entry.body, VoidReceipt)}
    lines = ((entry.n, entry.body) for entry in log.entries if entry.n not in void)
    return {body.file: (n, body) for n, body in lines if isinstance(body, Receipt)}


def void_names(log: ScoreLog | None) -> Mapping[str, str]:
    """The names on void receipts, each with the vendor that is meant; "" where that is unknown.

    It is the vendor that the same file was then received from, or whose name differs by no more
    than legal form and version. What is spelt as a valid receipt's name is not among them.
    """
    if log is None:
        return {}
    valid = [body for _, body in receipts_of(log).values()]
    meant = {body.sha256: body.vendor for body in valid}
    meant |= {base_name(body.vendor): body.vendor for body in valid}
    known = {as_seen(body.vendor) for body in valid} | {EVERY}
    received = [entry.body for entry in log.entries if isinstance(entry.body, Receipt)]
    return {
        body.vendor: meant.get(body.sha256) or meant.get(base_name(body.vendor), "")
        for body in received
        if as_seen(body.vendor) not in known
    }


def openings_of(log: ScoreLog) -> tuple[EnvelopeOpening, ...]:
    """Every opening of an envelope, in the order of the log."""
    bodies = (entry.body for entry in log.entries)
    return tuple(body for body in bodies if isinstance(body, EnvelopeOpening))


def kept_out(log: ScoreLog) -> Mapping[str, int]:
    """The vendors whom a decision kept out of an opening, as a reader sees the name; its line.

    They stay out: a decision that lets them in again would be made with prices known.
    """
    lines = ((entry.n, entry.body) for entry in log.entries)
    openings = [(n, body) for n, body in lines if isinstance(body, EnvelopeOpening)]
    return {as_seen(vendor): n for n, body in reversed(openings) for vendor in body.decided}


def envelope_files(
    folder: Path, rules: Rules, log: ScoreLog, decisions: Decisions, through: str
) -> EnvelopeFiles:
    """What may be read of the envelopes in a folder.

    `through`: the id of the first envelope where it is to be read alone, "" for all that is open.
    Raises VendorEvalError where it is another.
    """
    first, last = rules.envelopes
    if through not in ("", first.id):
        raise VendorEvalError(f"--envelope: found {through!r:.40}; allowed: {first.id!r}")
    receipts, openings = receipts_of(log), openings_of(log)
    opened = {name for opening in openings for name in opening.files}
    out = kept_out(log)
    late = _late(receipts, decisions, last.id, out)
    read, refused, needs = list[str](), dict[str, Fault](), list[Fault]()
    for name in names_in(folder, first.id):
        if name in late:
            refused[name] = late[name]
        else:
            read.append(name)
    alone = not openings or bool(through)
    for name in names_in(folder, last.id):
        if not alone and name in opened:
            read.append(name)
        elif name not in receipts:
            message = "found no receipt; allowed: a file that 'vendor-eval receive' put there"
            needs.append(Fault(name, message, severity="question"))
    gone = [
        Fault(name, f"is not in the folder; it was received on line {n} of {LOG}")
        for name, (n, _) in receipts.items()
        if not (folder / name).is_file()
    ]
    unopened = () if alone else tuple(dict.fromkeys(v for o in openings for v in o.unopened))
    return EnvelopeFiles(
        stage=first.id if alone else "",
        names=tuple(read),
        closed={name: body.sha256 for name, (_, body) in receipts.items() if name not in read},
        refused=refused,
        owners={name: body.vendor for name, (_, body) in receipts.items() if body.vendor != EVERY},
        faults=tuple(_place_faults(folder, rules)),
        gone=tuple(gone),
        needs=tuple(needs),
        undecided=tuple(late.values()),
        unread={} if alone else dict(_unread(receipts, last.id, read, unopened, late, out)),
        late={b.vendor: b.at for _, b in receipts.values() if b.late},
        unopened=unopened,
    )


STAYS_OUT = "an entry 'closed' in decisions.yaml, as it was then"
"""What is left to enter of a vendor that a decision kept out of the opening."""


def _late(
    receipts: Mapping[str, tuple[int, Receipt]],
    decisions: Decisions,
    last: str,
    out: Collection[str],
) -> Mapping[str, Fault]:
    """The files that came late and that nobody decided of, each with what is to be decided.

    `out`: the vendors that stay out, whom no decision admits any more.

    The first envelope of a vendor that is excluded for it is among them: it is not read either.
    """
    admitted = {as_seen(vendor) for vendor in decisions.admitted}
    closed = {as_seen(vendor) for vendor in decisions.excluded}
    late = {}
    for name, (n, body) in receipts.items():
        settled = admitted | closed if body.envelope == last else admitted
        if body.late and as_seen(body.vendor) not in settled:
            message = f"came in after the deadline, at {body.at} (line {n} of {LOG}), and is unread"
            way_out = "an entry 'late' in decisions.yaml that admits it, or 'closed' that does not"
            way_out = STAYS_OUT if as_seen(body.vendor) in out else way_out
            fault = Fault(name, f"{message}; allowed: {way_out}", body.vendor, "buyer", "question")
            late[name] = fault
    return late


def _unread(
    receipts: Mapping[str, tuple[int, Receipt]],
    last: str,
    read: Collection[str],
    unopened: Collection[str],
    late: Mapping[str, Fault],
    out: Mapping[str, int],
) -> Iterator[tuple[str, UnreadEnvelope]]:
    """The last envelopes that came in and are not read, by vendor as a reader sees the name."""
    for name, (_, body) in receipts.items():
        if body.envelope != last or (name in read and body.vendor != EVERY):
            continue
        message = f"is not opened; allowed: 'vendor-eval open FOLDER {last}'"
        message = late[name].message if name in late else message
        note = f"received on {body.at.partition('T')[0]}, not opened"
        for vendor in unopened if body.vendor == EVERY else (body.vendor,):
            stays = f"was not opened with the others, on line {out.get(as_seen(vendor))} of {LOG}"
            lacks = f"{stays}; allowed: {STAYS_OUT}" if as_seen(vendor) in out else message
            yield as_seen(vendor), UnreadEnvelope(name, note, lacks)


def names_in(folder: Path, id: str) -> tuple[str, ...]:
    """Names of the files of one envelope: its table, or its workbooks; none is opened."""
    table = f"{WORKBOOKS}/{id}.csv"
    if (folder / table).is_file() and not leads_out(folder / table, folder):
        return (table,)
    directory = folder / WORKBOOKS / id
    if not directory.is_dir() or misplaced(directory, folder, "folder"):
        return ()
    books = [path for path in sorted(directory.iterdir()) if _is_workbook(path, folder)]
    return tuple(f"{WORKBOOKS}/{id}/{path.name}" for path in books)


def _is_workbook(path: Path, folder: Path) -> bool:
    named = path.suffix.lower() == WORKBOOK and not passed_over(path.name)
    return named and path.is_file() and not (misnamed(path.name) or leads_out(path, folder))


def _place_faults(folder: Path, rules: Rules) -> Iterator[Fault]:
    """What lies where no envelope is."""
    ids = [envelope.id for envelope in rules.envelopes]
    places = quoted(f"{WORKBOOKS}/{id}" for id in ids)
    if (folder / TABLE).exists():
        yield Fault(TABLE, f"found with two envelopes; allowed: tables {places}, each ending .csv")
    directory = folder / WORKBOOKS
    if not directory.is_dir() or misplaced(directory, folder, "folder"):
        return
    for path in sorted(directory.iterdir()):
        if passed_over(path.name):
            continue
        if path.name in ids:
            if wrong := misplaced(path, folder, "folder"):
                yield Fault(f"{WORKBOOKS}/{path.name}", wrong)
                continue
            if (directory / f"{path.name}.csv").exists():
                found_both = f"found together with {WORKBOOKS}/{path.name}.csv"
                if any(_is_workbook(each, folder) for each in path.iterdir()):
                    yield Fault(
                        f"{WORKBOOKS}/{path.name}", f"{found_both}; allowed: one of the two"
                    )
            yield from _strays(path, folder)
        elif path.name in [f"{id}.csv" for id in ids]:
            if wrong := misplaced(path, folder, "file"):
                yield Fault(f"{WORKBOOKS}/{path.name}", wrong)
        elif path.suffix.lower() == WORKBOOK:
            message = "found outside the envelopes"
            yield Fault(f"{WORKBOOKS}/{path.name}", f"{message}; allowed: in {places}")
        elif isinstance(stray := out_of_place(path, folder), Fault):
            yield stray


def _strays(directory: Path, folder: Path) -> Iterator[Fault]:
    for path in sorted(directory.iterdir()):
        if passed_over(path.name) or _is_workbook(path, folder):
            continue
        if isinstance(stray := out_of_place(path, folder), Fault):
            yield stray


def changed_since_receipt(log: ScoreLog, files: Sequence[SourceFile]) -> Iterator[Fault]:
    """The files that were read and are not those that came in."""
    receipts = receipts_of(log)
    for file in files:
        if file.name in receipts and receipts[file.name][1].sha256 != file.sha256:
            message = f"is not the file that was received on line {receipts[file.name][0]} of {LOG}"
            yield Fault(file.name, f"{message}; allowed: that file")
    opened = {name: sha for opening in openings_of(log) for name, sha in opening.files.items()}
    for file in files:
        if file.name not in receipts and opened.get(file.name, file.sha256) != file.sha256:
            yield Fault(file.name, "is not the file that was opened; allowed: that file")
