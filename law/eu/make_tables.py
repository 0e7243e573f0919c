#!/usr/bin/env python3
"""Writes the tables of this pack from the control list of October 2022 and from the lists below.

usage: make_tables.py [--check]      from the root of the project

The list: data/annex-i/annex_i_paragraphs_en_2022-10.csv.gz (one paragraph a row). Everything else was read in the consolidated
text of Regulation (EU) 2021/821 of 2025-11-15, or stands in the citation as "from knowledge".
"""
import csv, gzip, io, pathlib, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "law/eu/tables"
LIST = ROOT / "data/annex-i/annex_i_paragraphs_en_2022-10.csv.gz"

# Days on which an entry or a paragraph came into force, where it was not always there: code, heading, from, instead, citation.
DATED = [
    ("4A005", None, "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("4D004", None, "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("4E001.c", "Technology for the development of intrusion software", "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("5A001.f.1", "Interception of voice or data over the air interface", "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("5A001.f.2", "Extraction of identifiers, signalling or metadata over the air (IMSI catchers)", "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("5A001.f.3", "Selective jammers of mobile services", "2012-06-15", "", "Regulation (EU) 388/2012 (day from knowledge)"),
    ("5A001.f.4", "RF monitoring equipment that finds interception or jamming equipment", "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("5A001.g", "Passive coherent location", "2012-06-15", "", "Regulation (EU) 388/2012 (day from knowledge)"),
    ("5A001.h", "Counter-IED equipment", "2012-06-15", "", "Regulation (EU) 388/2012 (day from knowledge)"),
    ("5A001.j", "IP network communications surveillance systems", "2014-12-31", "", "Delegated Regulation (EU) 1382/2014"),
    ("5A004", None, "2017-12-16", "5A002.a", "Delegated Regulation (EU) 2017/2268 (day from knowledge)"),
    ("5A004.b", "Extraction of raw data from devices past their authentication", "2020-12-15", "", "Delegated Regulation (EU) 2020/1749 (day from knowledge)"),
    ("5D001.e", "Software for law-enforcement monitoring or analysis over a handover interface", "2020-12-15", "", "Delegated Regulation (EU) 2020/1749 (day from knowledge)"),
    ("5D002.a.3.b", "Software for 5A004.b", "2020-12-15", "", "Delegated Regulation (EU) 2020/1749 (day from knowledge)"),
    ("5D002.c.3.b", "Software with the characteristics of 5A004.b", "2020-12-15", "", "Delegated Regulation (EU) 2020/1749 (day from knowledge)"),
    # The 500-series of which the numbers were seen.
    ("3A501", "500-series: uniform control of the Union", "2025-11-15", "", "Delegated Regulation (EU) 2025/2003"),
    ("4A506", "500-series: uniform control of the Union", "2025-11-15", "", "Delegated Regulation (EU) 2025/2003"),
    ("4A507", "500-series: uniform control of the Union", "2025-11-15", "", "Delegated Regulation (EU) 2025/2003"),
]

ANNEX_IV = "2021/821 Annex IV"
KNOWN = " (from knowledge: needs confirmation)"
# Sets of entries: set, entry, paragraphs, for, citation. `D` and `E` stand for every entry of those product groups.
ITEM_SETS = [
    ("annex-iv", "5A004", "a", "", ANNEX_IV), ("annex-iv", "5D002", "a.3.a c.3.a", "", ANNEX_IV),
    ("annex-iv", "5E002", "a", "5A004.a 5D002.a.3.a 5D002.c.3.a", ANNEX_IV),
] + [("annex-iv", entry, parts, "", ANNEX_IV + KNOWN) for entry, parts in [
    ("1C001", ""), ("1C101", ""), ("1D103", ""), ("6B008", ""), ("6B108", ""), ("1C239", ""), ("1E201", ""), ("3A229", ""), ("3A232", ""),
    ("6A001", "a.1.b a.2.a.1 a.2.a.2 a.2.b a.2.c a.2.e a.2.f"), ("8A001", "b d"), ("8A002", "o.3.b"), ("7A117", ""), ("7B001", ""), ("7B103", ""), ("7D101", ""),
    ("7E101", ""), ("9A004", ""), ("9A005", ""), ("9A007", "a"), ("9A008", "d"), ("9A104", ""), ("9A105", "a"), ("9A106", "c"),
    ("9A108", "c"), ("9A116", ""), ("9A119", ""), ("9B115", ""), ("9B116", ""), ("9D101", ""), ("9E001", ""), ("9E002", ""),
    ("9E101", ""), ("9E102", ""), ("0B001", ""), ("0B002", ""), ("0B005", ""), ("0B006", ""), ("0B007", ""), ("1B226", "a"), ("1B231", ""), ("1B233", "")]] + [
    ("section-i", entry, parts, fors, "2021/821 Annex II Section I") for entry, parts, fors in [
        ("0C001", "", ""), ("0C002", "", ""), ("0D001", "", "0C001 0C002"), ("0E001", "", "0C001 0C002"), ("1A102", "", ""), ("1C351", "", ""),
        ("1C353", "", ""), ("1C354", "", ""), ("1C450", "a.1 a.2", ""), ("7E104", "", ""), ("9A009", "a", ""), ("9A117", "", "")]] + [
    ("eu002-items", entry, parts, "", "2021/821 Annex II.B Part 1") for entry, parts in [
        ("1A001", ""), ("1A003", ""), ("1A004", ""), ("1C003", "b c"), ("1C004", ""), ("1C005", ""), ("1C006", ""), ("1C008", ""), ("1C009", ""),
        ("2B008", ""), ("3A001", "a.3 a.6 a.7 a.9 a.10 a.11 a.12"), ("3A002", "c d e f"), ("3C001", ""), ("3C002", ""), ("3C003", ""),
        ("3C004", ""), ("3C005", ""), ("3C006", "")]] + [
    ("returns-out", entry, parts, "", "2021/821 Annex II.C Part 1") for entry, parts in [
        ("1A002", "a"), ("1C012", "a"), ("1C227", ""), ("1C228", ""), ("1C229", ""), ("1C230", ""), ("1C231", ""), ("1C236", ""), ("1C237", ""),
        ("1C240", ""), ("1C350", ""), ("1C450", ""), ("5A001", "b.5"), ("5A002", "c d e"), ("5A003", "a b"), ("6A001", "a.2.a.1 a.2.a.5"),
        ("6A002", "a.1.c"), ("8A001", "b c.1"), ("9A011", "")]] + [
    ("fairs-out", entry, parts, "", "2021/821 Annex II.D Part 1") for entry, parts in [
        ("1C002", "b.4"), ("1C010", ""), ("6A001", ""), ("6A002", "a")]] + [
    ("eu005-items", "5A001", "b.2 c d", "", "2021/821 Annex II.E Part 1"), ("eu005-items", "5B001", "", "5A001.b.2 5A001.c 5A001.d", "2021/821 Annex II.E Part 1"),
    ("eu005-items", "5D001", "", "5A001.b.2 5A001.c 5A001.d", "2021/821 Annex II.E Part 1"), ("eu005-items", "5E001", "a", "5A001.b.2 5A001.c 5A001.d", "2021/821 Annex II.E Part 1"),
    ("eu006-items", "1C350", "", "", "2021/821 Annex II.F Part 1 (the chemicals are named there one by one)"), ("eu006-items", "1C450", "", "", "2021/821 Annex II.F Part 1 (the chemicals are named there one by one)"),
    # What EU007 excludes by name: software and technology of these entries.
    ("eu007-out", "4D004", "", "", "2021/821 Annex II.G Part 1"), ("eu007-out", "4E001", "c", "", "2021/821 Annex II.G Part 1"),
    ("eu007-out", "4D001", "", "4A005 4D004", "2021/821 Annex II.G Part 1"), ("eu007-out", "4E001", "a", "4A005 4D004", "2021/821 Annex II.G Part 1"),
    ("eu007-out", "5D001", "a b c d", "5A001.f 5A001.j", "2021/821 Annex II.G Part 1"), ("eu007-out", "5E001", "", "5A001.f 5A001.j", "2021/821 Annex II.G Part 1"),
] + [("eu008-items", entry, parts, "", "2021/821 Annex II.H Part 1(1)") for entry, parts in [
    ("5A002", "a.2 a.3 b"), ("5D002", "a.1 b c.1"), ("5E002", "b")]] + [
    ("surveillance-hardware", entry, parts, "", "2021/821 Annex I") for entry, parts in [("4A005", ""), ("5A001", "f j"), ("5A004", "b")]] + [
    ("surveillance", entry, parts, "", "2021/821 Annex I; Recommendation (EU) 2024/2659") for entry, parts in [
        ("4A005", ""), ("4D004", ""), ("4E001", "c"), ("5A001", "f j"), ("5D001", "e"), ("5A004", ""), ("5D002", "a.3 c.3")]]

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
R = [("AL AR BA BR CL CN IN KZ MX ME MA MK RS SG ZA KR TN TR UA AE HK MO NC PF PM WF BL TF".split(), "", "")]
EU008_OUT = "AF AM AZ BY KH CF CN HK MO CG CD EG ER GE IR IQ IL KZ KG LB LY MY ML MU MN MM KP OM PK QA RU SA SO SS SD SY TJ TM AE UZ VE YE ZW".split()
# Sets of countries: set, countries, from, to, citation.
PLACES = [
    ("eu", EU, "", "", "Treaty on European Union, Art. 52"), ("eu", ["HR"], "2013-07-01", "", "Treaty of accession of Croatia"),
    ("eu", ["GB"], "", "2020-12-31", "Withdrawal Agreement, Arts. 126, 127"),
    ("eu001", "AU CA JP NZ NO CH LI US".split(), "", "", "2021/821 Annex II.A Part 2"), ("eu001", ["GB"], "2021-01-01", "", "Regulation (EU) 2020/2171"),
    ("eu001", ["IS"], "2021-09-09", "", "2021/821 Annex II.A Part 2"),
    ("eu002", "AR ZA KR TR".split(), "", "", "2021/821 Annex II.B Part 2"),
    ("eu002", ["IS"], "", "2021-09-08", "428/2009 Annex IIb"),
    ("eu003", R[0][0], "", "", "2021/821 Annex II.C Part 2"), ("eu003", ["RU"], "", "2022-05-04", "Delegated Regulation (EU) 2022/699"),
    ("eu003", ["IS"], "", "2021-09-08", "428/2009 Annex IIc"),
    ("eu005", "AR CN HK MO IN ZA KR TR UA".split(), "", "", "2021/821 Annex II.E Part 2"), ("eu005", ["RU"], "", "2022-05-04", "Delegated Regulation (EU) 2022/699"),
    ("eu006", "AR KR TR UA".split(), "", "", "2021/821 Annex II.F Part 2"), ("eu006", ["IS"], "", "2021-09-08", "428/2009 Annex IIf"),
    ("eu007", "AR BR CL IN ID IL JO MY MX MA PH SG ZA KR TH TN".split(), "2021-09-09", "", "2021/821 Annex II.G Part 2"),
    ("eu008-out", EU008_OUT, "2021-09-09", "", "2021/821 Annex II.H Part 2(b)"),
] + [("arms-embargo", [c], f, t, "2021/821 Art. 2(19); " + cite) for c, f, t, cite in [
    ("BY", "2011-06-20", "", "Decision 2012/642/CFSP (from knowledge)"), ("CD", "1993-04-07", "", "Decision 2010/788/CFSP (in part; from knowledge)"),
    ("CF", "2013-12-23", "", "Decision 2013/798/CFSP (since 2024-07-30 armed groups only: needs confirmation)"), ("CI", "2004-11-15", "2016-06-09", "Decision 2010/656/CFSP (from knowledge)"),
    ("ER", "2010-03-01", "2018-12-10", "Decision 2010/127/CFSP (from knowledge)"), ("IQ", "1990-08-04", "", "Common Position 2003/495/CFSP (except the government; from knowledge)"),
    ("IR", "2007-04-23", "", "Common Position 2007/140/CFSP (from knowledge)"), ("KP", "2006-11-20", "", "Common Position 2006/795/CFSP (from knowledge)"),
    ("LB", "2006-09-15", "", "Common Position 2006/625/CFSP (except the government; from knowledge)"), ("LY", "2011-02-28", "", "Decision 2011/137/CFSP (from knowledge)"),
    ("MM", "1991-07-29", "", "Common Position 96/635/CFSP (from knowledge)"), ("RU", "2014-08-01", "", "Decision 2014/512/CFSP (from knowledge)"),
    ("SD", "1994-03-15", "", "Decision 94/165/CFSP (from knowledge)"), ("SS", "2011-07-18", "", "Decision 2011/423/CFSP (from knowledge)"),
    ("SO", "1992-01-23", "", "Common Position 2002/960/CFSP (since 2023-12-01 not the government; from knowledge)"),
    ("SY", "2011-05-09", "2013-05-31", "Decision 2011/273/CFSP (from knowledge)"), ("VE", "2017-11-13", "", "Decision (CFSP) 2017/2074"),
    ("YE", "2015-06-08", "", "Decision (CFSP) 2015/882 (named persons; from knowledge)"), ("ZW", "2002-02-18", "", "Common Position 2002/145/CFSP (needs confirmation)"),
    ("HT", "2022-11-25", "", "Decision (CFSP) 2022/2319 (named persons; needs confirmation)"), ("AF", "1996-12-17", "", "Common Position 96/746/CFSP (Taliban; needs confirmation)"),
    ("AM", "1992-02-28", "2024-09-22", "OSCE decision (forces in Nagorno-Karabakh; end by German practice: needs confirmation)"),
    ("AZ", "1992-02-28", "2024-09-22", "OSCE decision (forces in Nagorno-Karabakh; end by German practice: needs confirmation)")]] + [
    ("monitoring", [c], f, "", cite) for c, f, cite in [
        ("SY", "2012-01-19", "36/2012 Art. 4"), ("IR", "2012-03-24", "359/2011 Art. 1b"), ("VE", "2017-11-14", "2017/2063 Art. 6"),
        ("MM", "2018-04-27", "401/2013 Art. 3b"), ("BY", "2021-06-25", "765/2006 Art. 1c"), ("RU", "2024-05-27", "2024/1485 Art. 3")]]

TREATED = [(c, "FR", "Regulation (EU) 952/2013 Art. 4 (customs territory; from knowledge)") for c in "GF GP MQ RE YT MF MC".split()] + [
    ("AX", "FI", "Regulation (EU) 952/2013 Art. 4 (customs territory; from knowledge)")]


def annex():
    with gzip.open(LIST, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entries(rows):
    dated = {code: (heading, start, instead, cite) for code, heading, start, instead, cite in DATED}
    seen = set()
    for row in rows:
        if row["note_type"] == "base" and row["depth"] == "1" and row["entry"] not in seen:
            seen.add(row["entry"])
            heading = " ".join(row["text"].replace('"', "").split()).rstrip(":;,")
            heading = heading if len(heading) <= 140 else heading[:139].rsplit(" ", 1)[0] + "…"
            _, start, instead, cite = dated.pop(row["entry"], (None, "", "", ""))
            yield [row["entry"], heading, start, "", instead, "2021/821 Annex I" + (f"; {cite}" if cite else "")]
    for code, (heading, start, instead, cite) in dated.items():
        yield [code, heading, start, "", instead, f"2021/821 Annex I; {cite}"]


def item_sets(rows):
    codes = sorted({row["entry"] for row in rows})
    for name, entry, parts, fors, cite in ITEM_SETS:
        yield [name, entry, parts, "", fors, "", "", cite]
        if name == "annex-iv":
            yield ["section-i", entry, parts, "", fors, "", "", "2021/821 Annex II Section I; " + cite]
    for code in codes:
        if code[1] in "DE":
            yield ["software" if code[1] == "D" else "technology", code, "", "", "", "", "", "2021/821 Annex I"]


def table(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(rows))
    return out.getvalue()


def main():
    rows = annex()
    tables = {
        "entries.csv": table("code heading from to instead cite".split(), entries(rows)),
        "item-sets.csv": table("set entry paragraphs except for from to cite".split(), item_sets(rows)),
        "places.csv": table("country set from to cite".split(), [[c, s, f, t, cite] for s, cs, f, t, cite in PLACES for c in cs]),
        "treated-as.csv": table("country as from to cite".split(), [[c, a, "", "", cite] for c, a, cite in TREATED]),
    }
    for name, text in tables.items():
        path = HERE / name
        if "--check" in sys.argv:
            if path.read_text(encoding="utf-8") != text:
                sys.exit(f"{path} is not what make_tables.py writes")
        else:
            path.write_text(text, encoding="utf-8")


main()
