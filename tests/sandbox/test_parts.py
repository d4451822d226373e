"""The sandbox's pure parts: form encoding, card numbers, languages."""

from sandbox.cards import BANK_REFUSALS, NUMBERS, is_luhn, outcome_of_number
from sandbox.hooks import signature
from sandbox.web import nested, public
from sandbox.words import EN, JA, language_of


def test_nested_forms_become_nested_values():
    pairs = [
        ("amount", "500"),
        ("line_items[0][price_data][currency]", "jpy"),
        ("line_items[1][quantity]", "2"),
        ("expand[]", "a"),
        ("expand[]", "b"),
        ("metadata[名前]", "値"),
    ]

    assert nested(pairs) == {
        "amount": "500",
        "line_items": [{"price_data": {"currency": "jpy"}}, {"quantity": "2"}],
        "expand": ["a", "b"],
        "metadata": {"名前": "値"},
    }


def test_twisted_forms_do_no_harm():
    assert nested([("a", "1"), ("a[b]", "2")])["a"] == "1"
    assert nested([("[", "x"), ("a[b", "y"), ("", "z")])


def test_notes_stay_inside():
    assert public({"id": "x", "_note": 1, "list": [{"_deep": 2, "a": 3}]}) == {
        "id": "x",
        "list": [{"a": 3}],
    }


def test_every_test_number_passes_the_check_of_card_forms():
    assert all(map(is_luhn, NUMBERS))
    assert not is_luhn("4242424242424241")


def test_numbers_may_be_written_with_spaces():
    assert outcome_of_number("4242 4242 4242 4242").does == "succeed"
    assert outcome_of_number("4111 1111 1111 1111") is None


def test_refusing_bank_numbers_have_seven_digits():
    assert all(len(number) == 7 and number.isdigit() for number in BANK_REFUSALS)


def test_both_languages_say_the_same_things():
    assert JA.keys() == EN.keys()


def test_the_language_is_asked_for_or_else_read_from_the_browser():
    assert language_of("en", "ja", "ja") == "en"
    assert language_of("", "ja", "en-GB,en;q=0.9") == "ja"
    assert language_of("", "", "fr;q=0.9, en-GB;q=0.8") == "en"
    assert language_of("xx", "auto", "") == "ja"


def test_a_signature_covers_time_and_body():
    signed = signature("whsec", b"{}", 100)

    assert signed.startswith("t=100,v1=")
    assert len({signed, signature("whsec", b"[]", 100), signature("other", b"{}", 100)}) == 3
