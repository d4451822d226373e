"""What a bank answers: our file with a result in each row."""


def answered(file, results=()):
    """Every row is paid, but those named here by their reference: another digit."""
    told, found = dict(results), []
    for record in file.split(b"\r\n"):
        if record[:1] == b"2":
            result = told.get(int(record[91:111]), "0").encode()
            found.append(record[:113] + result + record[114:])
        else:
            found.append(record)
    return b"\r\n".join(found)
