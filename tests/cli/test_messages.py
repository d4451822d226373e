"""The catalogue: Japanese is complete, and updating it loses nothing."""

from enishi.cli import messages


def catalog(*sentences):
    made = messages._catalog()
    for sentence in sentences:
        made.add(sentence)
    return made


def test_every_sentence_has_its_japanese():
    found = list(messages.faults(messages.read(messages.PATH), messages.extracted()))
    assert found == []


def test_a_merged_translation_is_found_and_an_unknown_one_is_named():
    template = catalog("Accept", ("%(n)s day left", "%(n)s days left"))
    japanese = catalog()
    unknown = messages.update(
        japanese, template, {"Accept": "検収する", "%(n)s day left": "残り%(n)s日", "Gone": "無い"}
    )
    assert unknown == ["Gone"]
    assert japanese.get("Accept").string == "検収する"
    assert list(messages.faults(japanese, template)) == []


def test_a_sentence_that_left_the_code_leaves_the_catalogue(tmp_path):
    japanese = catalog("Old")
    messages.update(japanese, catalog("New"), {})
    messages.write(japanese, tmp_path / "django.po")
    assert "Old" not in (tmp_path / "django.po").read_text()
    assert (tmp_path / "django.mo").exists()


def test_a_placeholder_that_the_sentence_does_not_have_is_a_fault():
    template, japanese = catalog("%(name)s agreed"), catalog()
    messages.update(japanese, template, {"%(name)s agreed": "%(nmae)sさんが合意しました"})
    assert "nmae" in next(messages.faults(japanese, template))


def test_writing_twice_gives_the_same_file(tmp_path):
    path = tmp_path / "django.po"
    messages.write(catalog("One", "Two"), path)
    first = path.read_bytes()
    messages.write(messages.read(path), path)
    assert path.read_bytes() == first
