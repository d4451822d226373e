"""F4: limits are told before anything is kept, file by file."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from enishi.files.fields import FilesField


def errors_of(files, **limits):
    field = FilesField(max_files=2, max_file=2 * 1024**2, max_total=3 * 1024**2, **limits)
    form = type("OneForm", (forms.Form,), {"files": field})({}, MultiValueDict({"files": files}))
    with translation.override("en"):
        return list(form.errors.get("files", [])), form


def upload(name, megabytes):
    return SimpleUploadedFile(name, b"x" * int(megabytes * 1024**2))


def test_several_files_come_as_a_list():
    files = [upload("a.txt", 0.5), upload("b.txt", 0.5)]

    errors, form = errors_of(files)

    assert (errors, form.cleaned_data["files"]) == ([], files)


def test_no_files_are_an_empty_list_unless_they_are_asked_for():
    assert errors_of([], required=False)[1].cleaned_data["files"] == []
    assert errors_of([], required=True)[0] == ["This field is required."]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([upload("空.txt", 0)], ["“空.txt” is empty."]),
        ([upload("\u202ebig.zip", 2.5)], ["“big.zip” is larger than 2 MB."]),
        (
            [upload("a", 1.9), upload("b", 1.9)],
            ["Together the files are larger than 3 MB."],
        ),
        ([upload(n, 0.1) for n in "abc"], ["Please choose 2 files at most."]),
    ],
)
def test_each_fault_is_named(files, told):
    assert errors_of(files)[0] == told
