#!/usr/bin/env python3
"""Makes fuzz/seeds from the tests and the lists of the repository. Run from anywhere; needs the program zstd."""

import gzip
import io
import pathlib
import shutil
import subprocess
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEEDS = ROOT / "fuzz" / "seeds"
CRATES = ROOT / "crates"
SOURCES = ROOT / "data" / "lists" / "sources"

TABLES = {
    "treated.csv": "country,as,from,to,cite\nXB,XA,2014-03-18,,Annex 1\n",
    "sets.csv": "set,entry,paragraphs,except,for,from,to,cite\nsmall,1A1,j,,,,,Annex 2\nsmall,1D1,,,1A1.j,,2021-01-01,Annex 2\n",
    "limits.csv": "entry,paragraphs,except,limit,currency,from,to,cite\n1A1,,j,3000,USD,,,Annex 2\n",
    "phrases.csv": "list,field,contains,fact,value\nL,remarks,denial,denied,yes\n",
}

NAMES = [
    "Muhammad Hassan al-Rashid\nمحمد حسن الرشيد",
    "Sergei Ivanov\nСергей Иванович Иванов",
    "Hangzhou Hikvision Digital Technology Co., Ltd.\n杭州海康威视数字技术股份有限公司",
    "NSO Group Technologies Ltd\nקבוצת אן אס או",
    "A. B. Smith III\nSmith, Albert Bernard 3rd",
    "Plant No. 24 (formerly c/o First Street 5)\nЗавод 24",
    "M/V Ocean Star II\nOCEAN STAR 2",
    "Kim Jong Un\n김정은",
    "CETC 13\nChina Electronics Technology Group Corporation 13th Research Institute",
]

SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>\
<row r="1"><c r="A1" t="inlineStr"><is><t>to</t></is></c><c r="B1" t="inlineStr"><is><t>item.name</t></is></c>\
<c r="C1" t="inlineStr"><is><t>end_user.name</t></is></c><c r="D1" t="inlineStr"><is><t>date</t></is></c></row>\
<row r="2"><c r="A2" t="str"><v>KE</v></c><c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>\
<c r="C2" t="inlineStr"><is><t>Example Ltd</t></is></c><c r="D2" s="1"><v>44628</v></c></row>\
<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><v>#REF!</v></c><c r="D4" s="2"><v>0.07</v></c></row>\
</sheetData></worksheet>"""


OWN_SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>\
<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>dob</t></is></c></row>\
<row r="2"><c r="A2" t="inlineStr"><is><t>Example Trading</t></is></c><c r="B2"><v>22342</v></c></row>\
</sheetData></worksheet>"""


def workbook(sheet):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_STORED) as file:
        file.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), sheet)
    return book.getvalue()


def put(target, name, content):
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def unpacked(path):
    if path.suffix != ".zst":
        return path.read_bytes()
    return subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout


def head(path, limit):
    """Whole lines from the beginning, of `limit` bytes at most."""
    start = unpacked(path)[:limit]
    return start[: start.rfind(b"\n") + 1]


def zstd(content):
    return subprocess.run(["zstd", "-q", "-19", "-c"], input=content, check=True, capture_output=True).stdout


def law():
    for path in sorted((CRATES / "hisn-law" / "tests").glob("b*/*.law")):
        for target in ("law_parser", "law_build"):
            put(target, path.name, path.read_bytes())
    for path in sorted((ROOT / "law" / "us").glob("*.law")):
        if path.stat().st_size < 6000:
            put("law_parser", "us-" + path.name, path.read_bytes())
    for path in sorted((CRATES / "hisn-law" / "tests" / "base" / "tables").glob("*.csv")):
        put("law_build", path.name, path.read_bytes())
    for name, text in TABLES.items():
        put("law_build", name, text)


def lists():
    data = CRATES / "hisn-lists" / "tests" / "data"
    part = lambda name, limit: put("list_readers", name, head(data / name, limit))
    part("csl_2016.csv", 3000)
    part("csl_2022-05.csv", 6000)
    part("sdn_2024-05-03.csv", 3000)
    part("un.xml", 6000)
    put("list_readers", "ecfr_2026-03-25.xml", (data / "ecfr_2026-03-25.xml").read_bytes())
    part("ecfr_pitfalls.xml", 9000)
    part("eu_2016.xml", 6000)
    part("uk_conlist_2016.csv", 4000)
    for name in ("eu_fsf_1_1.xml", "eu_fsf_1_1.csv", "eu_fsf_1_0.csv", "uk_list.xml", "uk_list.csv", "seco.xml",
                 "ofac_sdn.xml", "ofac_advanced.xml", "ftm.jsonl", "own.csv"):
        put("list_readers", name, (data / name).read_bytes())
    put("list_readers", "own.xlsx", workbook(OWN_SHEET))
    put("list_readers", "ofac.parts", b"\n----\n".join(
        [head(data / "sdn_2024-05-01.csv", 2500), (data / "alt.csv").read_bytes(), (data / "add.csv").read_bytes()]))
    put("list_readers", "csl.jsonl", head(SOURCES / "us-csl-2026-07-31.jsonl.zst", 4000))
    put("list_readers", "dpl.txt", head(SOURCES / "bis_dpl.txt.zst", 1500))
    put("list_readers", "mieu.csv", head(SOURCES / "mieu_744_22_2026-07-27.csv", 2500))
    put("list_readers", "dpl.txt.gz", gzip.compress(head(SOURCES / "bis_dpl.txt.zst", 800), mtime=0))
    put("list_readers", "mieu.csv.zst", zstd(head(SOURCES / "mieu_744_22_2026-07-27.csv", 800)))
    snapshot = unpacked(ROOT / "data" / "lists" / "default.jsonl.zst").split(b"\n")
    manifest, parties = snapshot[0], snapshot[1:-1]
    few = b"\n".join(sorted(parties, key=len)[:: len(parties) // 6][:5]) + b"\n"
    put("snapshot", "parties.jsonl", few)
    put("snapshot", "party.jsonl", min(parties, key=len) + b"\n")
    put("snapshot", "manifest.jsonl", manifest + b"\n" + few[: few.find(b"\n") + 1])
    put("snapshot", "manifest.jsonl.zst", zstd(manifest + b"\n"))
    put("snapshot", "manifest.jsonl.gz", gzip.compress(manifest[:400] + b"\n", mtime=0))
    put("list_readers", "snapshot.jsonl", manifest[:400] + b"\n" + few[: few.find(b"\n") + 1])


def orders():
    for kind in ("good", "bad"):
        for path in sorted((CRATES / "hisn-orders" / "tests" / kind).iterdir()):
            if path.suffix != ".snap" and path.stat().st_size < 3000:
                put("order_readers", f"{kind}-{path.name}", path.read_bytes())
    for path in sorted((ROOT / "examples").glob("*")):
        put("order_readers", path.name, head(path, 3000))
    put("order_readers", "sheet.xml", SHEET)
    put("order_readers", "book.xlsx", workbook(SHEET))


def names():
    for number, text in enumerate(NAMES):
        put("names", f"{number}.txt", text)


if __name__ == "__main__":
    shutil.rmtree(SEEDS, ignore_errors=True)
    law()
    lists()
    orders()
    names()
    for folder in sorted(SEEDS.iterdir()):
        sizes = [file.stat().st_size for file in folder.iterdir()]
        print(f"{folder.name}: {len(sizes)} seeds, {sum(sizes)} bytes")
