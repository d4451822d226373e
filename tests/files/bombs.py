"""Files that want to cost more than they weigh, and archives whose names lead elsewhere."""

import bz2
import gzip
import io
import struct
import tarfile
import zipfile
import zlib

from enishi.files.inspection.entry_marks import EICAR

MEGABYTE = 1024 * 1024
ZEROS = bytes(10 * MEGABYTE)


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def tarred(entries, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, kind, link in entries:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, link
            archive.addfile(member)
    return out.getvalue()


def zip_with_mode(name, mode, content=b"/etc/passwd"):
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, mode << 16
    return zipped([(entry, content)])


def overlapping(times=250):
    """Each entry of the table leads to the same packed bytes."""
    once = zipped([("a", ZEROS)])
    at = once.rfind(b"PK\x05\x06")
    size, offset = struct.unpack("<LL", once[at + 12 : at + 20])
    line = once[offset : offset + size]
    table = b"".join(line[:46] + b"%c" % (97 + n % 26) + line[47:] for n in range(times))
    return once[:offset] + table + ending(times, len(table), offset)


def ending(count, size, offset):
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def million_empty():
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[20] * 2, *[0] * 7, 1, *[0] * 6) + b"a"
    start = b"PK\x03\x04" + bytes(26)
    table = entry * 1_000_000
    at = len(start) + len(table)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, *[10**6] * 2, len(table), 30)
    pointer = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    return start + table + wide + pointer + ending(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def zip64_lie():
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, *[2**62] * 2, 2**63, 2**62)
    pointer = struct.pack("<4sLQL", b"PK\x06\x07", 0, 30, 1)
    start = b"PK\x03\x04" + bytes(26)
    return start + wide + pointer + ending(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def nested(depth=6):
    content = bytes(MEGABYTE)
    for n in range(depth):
        content = zipped([(f"{n}-{copy}.zip", content) for copy in range(10)])
    return content


def chunk(kind, content):
    whole = kind + content
    return struct.pack(">L", len(content)) + whole + struct.pack(">L", zlib.crc32(whole))


def png(width, height, rows=b"", more=b""):
    head = chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif_with_frames(count=100_000):
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c\0\0\0\0\xff\x0f\xff\x0f\0\x02\x02\x4c\x01\0"
    return b"GIF89a\xff\x0f\xff\x0f\x80\0\0" + b"\0\0\0\xff\xff\xff" + frame * count + b";"


def laughs():
    lines = [b'<!ENTITY a0 "lol">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return b'<?xml version="1.0"?><!DOCTYPE x [' + b"".join(lines) + b"]><x>&a9;</x>"


# Name: bytes. What is drawn (`square`) and what is listed (`list`) sees all of them.
def bombs():
    return {
        "zip of zeros": zipped([(f"{n}", ZEROS) for n in range(20)]),
        "zip in zip in zip": nested(),
        "overlapping zip": overlapping(),
        "a million empty entries": million_empty(),
        "zip64 lie": zip64_lie(),
        "gzip of a gigabyte": gzip.compress(ZEROS) * 100,
        "gzip in gzip": gzip.compress(gzip.compress(ZEROS * 10)),
        "tar.gz of a gigabyte": gzip.compress(tar_of_size(1024 * MEGABYTE) + ZEROS) + b"",
        "tar of many": tarred([("a" * 90, tarfile.REGTYPE, "")] * 20_000),
        "tar that lies": tar_of_size(2**62),
        "bzip2": bz2.compress(ZEROS),
        "docx with laughs": zipped([("word/document.xml", laughs())]),
        "png 65,535 x 65,535": png(65_535, 65_535, zlib.compress(ZEROS)),
        "png 4,999 x 4,999": png(4_999, 4_999, zlib.compress(bytes(3 * 5000 * 5000))),
        "png with a long text": png(
            9, 9, zlib.compress(bytes(999)), chunk(b"zTXt", b"a\0\0" + zlib.compress(ZEROS))
        ),
        "gif of 100,000 frames": gif_with_frames(),
        "webp malformed": b"RIFF\xff\xff\xff\x7fWEBPVP8L\xff\xff\xff\x7f/\xff\xff\xff\xff" * 9,
        "heif malformed": b"\0\0\0\x18ftypheic\0\0\0\0" + b"\xff" * 4096,
        "tiff loop": b"II*\0\x08\0\0\0\0\0\x08\0\0\0" * 100,
        "pdf loop": b"%PDF-1.7\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]/Count 9999999>>" * 10_000,
        "many formulas": b"=1," * MEGABYTE,
    }


def tar_of_size(size):
    member = tarfile.TarInfo("a")
    member.size = size
    return member.tobuf(tarfile.GNU_FORMAT)


# Name of the archive: (bytes, the mark its entry carries).
def slips():
    names = ["../a", "a/../../b", "..\\a", "/etc/a", "\\\\host\\a", "C:\\a", "C:a", "..", "a/.."]
    found = {f"zip: {name}": (zipped([(name, b"x")]), "outside") for name in names}
    found |= {
        f"tar: {name}": (tarred([(name, tarfile.REGTYPE, "")]), "outside")
        for name in ("../a", "/etc/a", "a/../../b")
    }
    found |= {
        "zip: link": (zip_with_mode("a", 0o120777), "link"),
        "zip: device": (zip_with_mode("a", 0o020666), "device"),
        "zip: hidden": (zipped([("a\u202efdp.exe", b"x")]), "hidden"),
        "zip: test virus": (zipped([("a", EICAR)]), "caught"),
        "zip: zip": (zipped([("a", zipped([("b", b"x")]))]), "nested"),
        "tar: link": (tarred([("a", tarfile.SYMTYPE, "/etc/passwd")]), "link"),
        "tar: hard link": (tarred([("a", tarfile.LNKTYPE, "/etc/passwd")]), "link"),
        "tar: device": (tarred([("a", tarfile.CHRTYPE, "")]), "device"),
        "tar.gz: link": (tarred([("a", tarfile.SYMTYPE, "b")], "w:gz"), "link"),
    }
    return found
