"""Equal facts have equal text, and so equal fingerprints."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.documents import canonical

WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))
FACTS = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def test_keys_are_sorted_and_nothing_is_escaped():
    assert canonical.text({"b": [1, True, None], "a": "縁\n"}) == '{"a":"縁\\n","b":[1,true,null]}'


@settings(max_examples=50)
@given(st.dictionaries(WORDS, FACTS, max_size=4))
def test_the_order_of_keys_does_not_matter(facts):
    turned = dict(reversed(facts.items()))

    assert canonical.text(turned) == canonical.text(facts)


@pytest.mark.parametrize("value", [1.0, {"a": {1: 2}}, [object()], {"a": b"b"}])
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(TypeError):
        canonical.text({"value": value})


def test_a_record_has_no_nul():
    with pytest.raises(ValueError, match="NUL"):
        canonical.text({"a": "x\0y"})


def test_the_fingerprint_is_the_sha256_of_the_text():
    assert canonical.digest("縁") == hashlib.sha256("縁".encode()).hexdigest()
