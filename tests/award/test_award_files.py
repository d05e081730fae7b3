"""Files of an award: the same bytes, text alone in Word, the checklist, forms and letters.yaml."""

import json
import re
from pathlib import Path

import pytest

from make.awards import LETTERS, RULES, awarded, documents, letters, word_text, word_xml
from make.running import invoked
from vendor_eval.award.forms import LetterForm, form_names, letter_form
from vendor_eval.award.letter import award_letter, letter_cases
from vendor_eval.award.letter_parts import PARTS
from vendor_eval.errors import InputFaults
from vendor_eval.outputs.documents.markdown_text import markdown
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import LettersFile


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    assert documents(folder).files() == documents(folder).files()


HOSTILE = "=cmd|' /C calc'!A0 {{7*7}} <b>B</b>"


def test_names_and_reasons_are_text_and_never_fields_or_markup(tmp_path: Path) -> None:
    more = f'{LETTERS}reasons: {{Al: {{quality.team: "{HOSTILE}"}}}}\n'
    files = documents(awarded(tmp_path / "f", letters=more)).files()
    content = files["letters/al.docx"]
    assert HOSTILE in word_text(content)
    xml = word_xml(content)
    assert not re.search(r"<w:fldSimple|<w:instrText|<w:hyperlink|<b>B", xml)
    assert "&lt;b&gt;B&lt;/b&gt;" in files["letters/al.md"].decode()
    assert "<script" not in files["checklist.html"].decode()


def test_a_letterhead_gives_its_styles_and_not_its_body(tmp_path: Path) -> None:
    from docx import Document as new_document

    head = new_document()
    head.add_paragraph("Old text")
    head.sections[0].footer.paragraphs[0].text = "Buyer SE, 1 Main Road"
    head.save(str(tmp_path / "head.docx"))
    files = documents(awarded(tmp_path / "f")).files(tmp_path / "head.docx")
    assert "Old text" not in word_text(files["letters/al.docx"])
    assert "Buyer SE, 1 Main Road" in word_xml(files["letters/al.docx"])


def test_the_checklist_names_the_place_of_every_item(tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f"))
    headings = set(re.findall(r"^## (.*)$", letters(written)["Al"], re.MULTILINE))
    items = written.checklist["letters"]["Al"]
    assert {i["id"] for i in items} >= {
        i.id for i in letter_form("uk_2023").items if i.to != "winner"
    }
    assert {i["place"] for i in items} - {"the whole letter"} <= headings
    assert all(i["read"] or i["unverified"] or i["id"] == "names" for i in items)


# forms and the file


def test_every_form_is_filled_from_what_there_is_and_names_its_texts() -> None:
    for name in form_names():
        form = letter_form(name)
        assert form.id == name
        assert {item.fills for item in form.items} <= set(PARTS)
        assert len({item.id for item in form.items}) == len(form.items)
        assert all(item.read or item.unverified for item in form.items)


def test_a_jurisdiction_is_added_as_data(tmp_path: Path) -> None:
    item = {
        "id": "a",
        "text": "Who wins",
        "source": "Law 1",
        "unverified": "all",
        "fills": "winner.name",
    }
    entered = {
        "id": "xx",
        "title": "Notice",
        "about": "A.",
        "status": "checked",
        "procedure": "private",
        "items": (item,),
    }
    tender = read(awarded(tmp_path / "f"))
    form = LetterForm.model_validate(entered)
    letter = award_letter(letter_cases(tender, tender.evaluation, form, LettersFile())[0])
    assert letter.complete
    assert "The successful supplier is Alder." in markdown(letter.document)


@pytest.mark.parametrize(
    ("entered", "fault"),
    [
        ("[]", "letters.yaml:1: found no keys"),
        ("byer: {name: X}", "unknown key 'byer'; did you mean 'buyer'?"),
        ("suppliers: {Alde: {}}", "letters.yaml:1: suppliers.Alde: unknown vendor 'Alde'"),
        ("reasons: {Al: {teams: x}}", "unknown criterion 'teams'"),
        ("standstill: {notice_on: soon}", "standstill.notice_on"),
        ("withdrawn: [Al]", "found 'Al', whose bid is in the folder; allowed: remove the bid"),
        ("buyer: &a {name: X}\ncriteria_at: *a", "letters.yaml"),
    ],
)
def test_a_fault_of_the_file_is_at_its_line(entered: str, fault: str, tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", letters=entered)
    with pytest.raises(InputFaults) as caught:
        documents(folder)
    assert fault in str(caught.value)


def test_rules_are_the_same_with_and_without_the_file(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    before = dict(read(folder).hashes)
    (folder / "letters.yaml").unlink()
    assert dict(read(folder).hashes) == before
    assert RULES.startswith("title")


def test_the_words_of_a_label_are_the_same_to_winner_and_loser(tmp_path: Path) -> None:
    rules = RULES.replace("label: Team", "label: How your team works")
    texts = letters(documents(awarded(tmp_path / "f", rules=rules)))
    assert texts["Al"].count("How your team works: ") == 2
    assert "How its team" not in texts["Al"]


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize("procedure", ["private", "public"])
def test_a_form_for_another_kind_of_procedure_is_refused(
    form: str, procedure: str, tmp_path: Path
) -> None:
    folder = awarded(tmp_path / "f", rules=f"procedure: {procedure}\n{RULES}")
    done = invoked("award", folder, "--form", form, "--draft", "--out", tmp_path / "out")
    fits = letter_form(form).procedure == procedure
    assert (done.exit_code in (0, 5)) == fits, done.output
    assert (tmp_path / "out").exists() == fits
    assert (f"--form: found '{form}', which is for a" in done.output) != fits


@pytest.mark.parametrize("procedure", ["private", "public"])
def test_next_names_a_form_for_the_procedure(procedure: str, tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", rules=f"procedure: {procedure}\n{RULES}")
    said = json.loads(invoked("next", folder, "--format", "json").stdout)
    assert said["stage"] == "decided"
    form = re.findall(r"--form (\S+)", said["next"]["command"])[0]
    assert letter_form(form).procedure == procedure
    assert letter_form(form).status == "checked"
