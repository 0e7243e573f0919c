#!/usr/bin/env python3
"""Tables of the Commerce Control List, made again from data/ccl/ and checked.

  from_ccl_metadata.py --write    writes controls.csv, entries.csv, item-sets.csv and lvs.csv
  from_ccl_metadata.py --check    reads what stands in the folder and compares it with data/ccl/

The CSV files are what counts; a row that was corrected by hand belongs in the tables of overrides below as well.
"""
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
CCL = HERE.parents[2] / "data" / "ccl"
META = "ccl-metadata-2026-07-23.json"
ECCN = r"\d[A-E]\d{3}"
PARAGRAPH = r"[a-z](?:\.(?:\d{1,2}|[a-z]{1,2}))*"


def load():
    """The 633 entries of the metadata, with the entries of corrections.json put in their place."""
    entries = {e["eccn"]: e for e in json.loads((CCL / META).read_text(encoding="utf-8"))}
    for e in json.loads((CCL / "corrections.json").read_text(encoding="utf-8")):
        entries[e["eccn"]] = e
    return dict(sorted(entries.items()))


ENTRIES = load()
CODES = list(ENTRIES)

# --- reading the prose of the metadata ---------------------------------------------------------------------------


def clean(text):
    text = text.replace("“", '"').replace("”", '"').replace("\u2009", " ").replace("\xa0", " ")
    text = re.sub(r"\s+", " ", text).strip().rstrip(".")
    return re.sub(r"([a-z])\. (\d)", r"\1.\2", text)


def span(first, last):
    """'f.2' to 'f.4' -> f.2 f.3 f.4"""
    head, a = first.rpartition(".")[::2]
    head2, b = last.rpartition(".")[::2]
    if head != head2:
        raise ValueError(f"{first} to {last}")
    steps = range(int(a), int(b) + 1) if a.isdigit() else map(chr, range(ord(a), ord(b) + 1))
    return [f"{head}.{s}" if head else str(s) for s in steps]


def paragraphs_of(entry, text):
    """'a, b.5, .e, f.2 to f.4 (except f.3)' -> paragraphs, excepted paragraphs; ValueError where anything else stands."""
    text = re.sub(r"\b" + entry + r"\b\s*(?=\.)", "", f" {text} ")
    excepted = []

    def take(match):
        inside, nested = paragraphs_of(entry, match.group(1))
        assert not nested
        excepted.extend(inside)
        return " "

    text = re.sub(r"\(except ([^()]*)\)", take, text)
    text = re.sub(r"\b(paragraphs?|of this entry|only|items (specified|controlled) (by|in)|controlled by|in)\b", " ", text)
    text = re.sub(r"\b(and|or)\b", " ", text.replace(",", " ").replace(";", " "))
    words = re.sub(r"\b(to|through)\b", "-", text).split()
    out, i = [], 0
    while i < len(words):
        if not re.fullmatch(r"\.?" + PARAGRAPH + r"\.?", words[i]):
            raise ValueError(f"{words[i]} in {text}")
        word = words[i].strip(".")
        if i + 2 < len(words) and words[i + 1] == "-":
            out += span(word, words[i + 2].strip("."))
            i += 3
        else:
            out.append(word)
            i += 1
    if not out:
        raise ValueError("empty")
    return out, excepted


def codes_of(text):
    """'1B001 to 1B003, 3A001.z.1.a, z.2.a' -> codes; ranges are expanded to the entries that exist."""
    text = re.sub(
        r'"software"|\b(ECCNs?|equipment|items?|commodities|software|paragraphs?|controlled by|specified by|controlled in|in)\b',
        " ", f" {text} ")
    text = re.sub(r"\b(and|or)\b", " ", text.replace(",", " ").replace(";", " "))
    words = re.sub(r"\b(to|through)\b", "-", text).split()
    out, current, i = [], None, 0

    def one(word):
        nonlocal current
        m = re.fullmatch(f"({ECCN})(?:\\.({PARAGRAPH}))?\\.?", word)
        if m:
            current = m.group(1)
            return current, m.group(2) or ""
        m = re.fullmatch(r"\.?(" + PARAGRAPH + r")\.?", word)
        if m and current:
            return current, m.group(1)
        raise ValueError(f"{word} in {text}")

    while i < len(words):
        entry, par = one(words[i])
        if i + 2 < len(words) and words[i + 1] == "-":
            entry2, par2 = one(words[i + 2])
            if par or par2:
                assert entry == entry2
                out += [f"{entry}.{p}" for p in span(par, par2)]
            else:
                assert entry[:2] == entry2[:2]
                out += [c for c in CODES if c[:2] == entry[:2] and entry <= c <= entry2]
            i += 3
        else:
            out.append(f"{entry}.{par}" if par else entry)
            i += 1
    if not out:
        raise ValueError("empty")
    return out


def read_control(entry, text):
    """-> (reason, paragraphs, except, for, reason that the target is controlled for) or None"""
    text = clean(text)
    if re.match(r"Russian industry sector sanctions? appl(y|ies) to entire entry$", text):
        return "RUSSIA-SECTOR", [], [], [], ""
    m = re.match(r"(NS|RS|MT|NP|CB|CC1?|AT|UN|FC|EI|SL|SI|CW) appl(?:y|ies)(?: to)? (.*)$", text)
    if not m:
        return None
    reason, scope = m.group(1).replace("CC1", "CC"), m.group(2)
    m = re.match(r"(?:the )?entire entry(?:,? except (.*))?$", scope)
    try:
        if m and not m.group(1):
            return reason, [], [], [], ""
        if m:
            pars, nested = paragraphs_of(entry, m.group(1))
            return None if nested else (reason, [], pars, [], "")
        try:
            pars, excepted = paragraphs_of(entry, scope)
            return reason, pars, excepted, [], ""
        except ValueError:
            pass
        m = re.match(r'(?:"software"|software|"technology"|technology) (?:for|controlled by) (.*?)(?: for ([A-Z]{2}) reasons)?$', scope)
        if not m:
            return None
        if re.match(r'"software" controlled by', scope):
            pars, excepted = paragraphs_of(entry, m.group(1))
            return reason, pars, excepted, [], ""
        return reason, [], [], codes_of(m.group(1)), m.group(2) or ""
    except (ValueError, AssertionError):
        return None


# --- rows whose prose needs a reader -----------------------------------------------------------------------------
# ENTRY#index of the row in the metadata | paragraphs | except | for | condition (asked through <reason>_applies)
# `@XX` after the codes of `for`: limited to targets that are themselves controlled for XX. `drop`: names only entries that do not exist.
OVERRIDES = """
0A502#0 | | | | The barrel is shorter than 18 inches (45.72 cm).
0A502#1 | | | | The barrel is shorter than 18 inches (45.72 cm).
0A502#3 | c d e
0A502#3 | | c d e | | The barrel is shorter than 24 inches (60.96 cm), or the item is for sale or resale to police or law enforcement.
0A502#4 |
0A502#5 | | | | The barrel is shorter than 24 inches (60.96 cm), or the item is for sale or resale to police or law enforcement.
0A502#7 | | | | The barrel is shorter than 18 inches (45.72 cm).
0A508#0 | | | | The barrel is shorter than 18 inches (45.72 cm).
0A508#1 | | | | The barrel is shorter than 18 inches (45.72 cm).
0A508#3 | | | | A component, or the barrel is shorter than 24 inches (60.96 cm), or for sale or resale to police or law enforcement.
0A508#4 |
0A508#5 | | | | A component, or the barrel is shorter than 24 inches (60.96 cm), or for sale or resale to police or law enforcement.
0A508#7 | | | | The barrel is shorter than 18 inches (45.72 cm).
0A509#0 | | a d
0A509#0 | a | | | The item is not for a shotgun of 0A502 or 0A508.
0A509#1 | | a d
0A509#1 | a | | | The item is not for a shotgun of 0A502 or 0A508.
0A509#3 | d
0A509#3 | a | | | The item is for a shotgun of 0A502 or 0A508.
0A509#5 | | a d
0A509#5 | a | | | The item is not for a shotgun of 0A502 or 0A508.
0B501#0 | | | | The equipment is not for commodities of 0A501.y.
0B501#1 | | | | The equipment is not for commodities of 0A501.y.
0D501#0 | | | | The software is not for commodities of 0A501.y or for equipment for them.
0D501#1 | | | | The software is not for commodities of 0A501.y or for equipment for them.
0D505#0 | | | 0A505.a 0A505.x 0B505.a 0B505.x
0E505#0 | | | 0A505.a 0A505.x
0E505#0 | | | 0B505 0D505 | The equipment or software is for commodities of 0A505.a or .x.
0E505#1 | | | 0A505.a 0A505.x
0E505#1 | | | 0B505 0D505 | The equipment or software is for commodities of 0A505.a or .x.
0E505#3 | | | 0A505.b
0E505#4 | | | 0A505.a 0A505.d 0A505.x
0E982#0 | | | 0A982 0A503
1A002#1 | b.1 | | | A tube with an inside diameter between 75 mm and 400 mm.
1A004#1 | c | | | It also has the technical characteristics of 2B351.a.
1A007#1 | b
1A007#1 | a | | | The firing set meets or exceeds the parameters of 3A229.
1B001#1 | | d e f
1B001#1 | d | d.4 | | It meets or exceeds the parameters of 1B101.
1B001#2 | | | | It winds cylindrical rotors 75 mm to 400 mm in diameter and 600 mm or longer, or is a control or mandrel for such a machine.
1B018#1 | | | | Equipment for producing rocket propellants.
1B101#1 | | | | It winds cylindrical rotors 75 mm to 400 mm in diameter and 600 mm or longer, or is a control or mandrel for such a machine.
1B608#2 | | | | Specially designed for MT-controlled commodities of 1C608 or MT articles of USML Category V.
1C001#1 | | | | It meets or exceeds the parameters of 1C101.
1C002#1 | b.3 b.4 | | | It exceeds the parameters of 1C202.
1C007#1 | c | | | Dielectric constant below 6 at any frequency from 100 MHz to 100 GHz, for missile radomes.
1C010#1 | a b e.1 | | | It meets or exceeds the control criteria of 1C210.
1C011#1 | a b | | | It meets or exceeds the parameters of 1C111.
1C116#1 | | | | It meets or exceeds the parameters of 1C216.
1C351#0 | d.15 d.16
1C353#0 | | | | A genetic element of a toxin of 1C351.d.15 or .d.16.
1D001#1 | | | 1B001 @MT
1D001#2 | | | 1B001 @NP
1D018#1 | | | 1B018 @MT
1D101#1 | | | 1B101.a
1D607#0 | | | | The software is not for 1C607.a.10, .a.11, .a.12 or .a.14.
1D608#2 | | | 1B608 | For using the equipment in producing or handling materials of 1C608.m or MT articles of USML Category V.
1E001#4 | | | 1C351.d.15 1C351.d.16
1E001#4 | | | 1C353 | For a genetic element of a toxin of 1C351.d.15 or .d.16.
1E001#5 | | | 1C350 1C351 1C353 1C354
1E001#5 | | | 1A004.c | The detection system also has the technical characteristics of 2B351.a.
1E201#0 | | | | The technology is for items that are themselves controlled for NP reasons.
1E351#0 | | | 1C351.d.15 1C351.d.16
1E351#0 | | | 1C353 | For a genetic element of a toxin of 1C351.d.15 or .d.16.
1E351#1 | | | 1C350 1C351 1C353 1C354
1E355#0 |
1E607#0 | | | | The technology is not for 1C607.a.10, .a.11, .a.12 or .a.14, nor for 1D607 software for them.
1E608#2 | | | 1C608.m
2A001#1 | | | | Radial ball bearing of ISO 492 class 2 or better: bore 12-50 mm, outside diameter 25-100 mm, width 10-20 mm.
2A226#1 | | | | The valve also meets or exceeds the parameters of 2B350.g.
2B001#1 | c d
2B001#1 | a | | | Not a turning machine up to 35 mm capacity, nor a bar-feed-only machine for bars up to 42 mm that takes no chuck.
2B001#1 | b | | | Not a milling machine with x-axis travel over 2 m and overall positioning accuracy worse than 22.5 micrometres.
2B004#2 | | b.3 | | Not a press with a maximum working pressure below 69 MPa.
2B006#1 | a b.1 b.3 c | | | It meets or exceeds the parameters of 2B206.
2B007#1 | | | | It meets or exceeds the criteria of 2B207.
2B009#1 | | | | It combines spin-forming and flow-forming, or is a flow-forming machine that meets 2B009.a and 2B109.
2B009#2 | | | | A flow-forming machine, or spin-forming machine capable of it, that meets or exceeds the parameters of 2B209.
2B109#1 | | | | It meets or exceeds the parameters of 2B209.
2B116#1 | b c d
2B116#1 | a | | | An electrodynamic vibration test system.
2D001#2 | | | 2B001 2B004 2B006 2B007 2B009 @NP
2D101#1 | | | 2B104 2B109 2B116 @NP
2E001#4 | | | 2B350 2B351 2B352 2D351 2D352
2E001#4 | | | 2A226 | The valve has the characteristics of 2B350.g.
2E002#4 | | | 2B350 2B351 2B352
2E002#4 | | | 2A226 | The valve has the characteristics of 2B350.g.
2E201#1 | | | 2A226 | The valve meets or exceeds the parameters of 2B350.g.
3A001#0 | b.2 b.3 | | | Not exported or reexported for civil telecommunications applications.
3A001#2 | b.2 b.3 | | | Not exported or reexported for civil telecommunications applications.
3A001#5 | z.2
3A001#5 | a.1.a | | | Usable in missiles.
3A001#5 | a.5.a | | | Designed or modified for military use, hermetically sealed and rated from below -54 °C to above +125 °C.
3A001#6 | z.3
3A001#6 | e.2 e.3 | | | It meets or exceeds the parameters of 3A201.a (pulse capacitors) or 3A201.b (superconducting solenoids).
3A002#1 | h | | | The parameters of 3A101.a.2.b are met or exceeded.
3D001#2 | | | 3A001.b 3A001.c 3A001.d 3A001.e 3A001.f 3A001.g 3A001.h 3A001.z 3B001.a.1 3B001.a.2 3B001.a.3 3B001.b 3B001.e 3B001.f.2 3B001.f.3 3B001.f.4 3B001.f.6 3B001.g 3B001.h 3B001.i 3B001.j 3B001.p.1 3B001.p.3 3B001.q 3B002.a 3B002.b 3B611
3E001#0 | | | 3A001 3A002 3A003 3B001.a.1 3B001.a.2 3B001.a.3 3B001.b 3B001.e 3B001.f.2 3B001.f.3 3B001.f.4 3B001.f.6 3B001.g 3B001.h 3B001.i 3B001.j 3B001.p.1 3B001.p.3 3B001.q 3B002.a 3B002.b 3C001 3C002 3C003 3C004 3C005 3C006
3E001#1 | | | 3A001 3A101 @MT
3E001#2 | | | 3A001 3A201 3A225 3A226 3A227 3A228 3A229 3A230 3A231 3A232 3A233 3A234 @NP
3E001#3 | | | 3A090 | The technology is exported from Macau or a country of Country Group D:5.
3E001#4 | | | 3A001.z 3A090.a 3A090.b
3E001#5 | | | 3A090.c
3E001#6 | drop
4A001#1 | a | | | The parameters of 4A101 are met or exceeded.
4A001#3 | | | | The computer falls under the NP policy of 742.3(b) and no license exception is available.
4A003#4 | | | | A digital computer for computerized fingerprint equipment.
4A003#5 |
4D001#3 | | | 4A003 | The software is for computerized fingerprint equipment.
4E001#1 | a b | | 4A001.a 4A101 @MT
4E001#0 | b c
4E001#0 | a | | 4A001 4A003 4A004 4A005 4A101 4A102 4D001 4D004
4E001#2 | a b | | 4A003.z.1.a 4A003.z.2.a 4A004.z.1 4A005.z.1 4A090.a 4D090.a
4E001#2 | a b | | 4D001 4D090 | The software is for 4A003.z.1.a, z.2.a, 4A004.z.1, 4A005.z.1 or 4A090.a.
4E001#3 | a b | | 4A003.z.1.b 4A003.z.2.b 4A004.z.2 4A005.z.2 4A090.b 4D090.b
4E001#3 | a b | | 4D001 4D090 | The software is for 4A003.z, 4A004.z, 4A005.z or 4A090 items.
4E001#4 | a b | | 4A003 | The technology is for computerized fingerprint equipment.
5D001#1 | a c | | 5A001.f.1
5E001#1 | a | | 5A001.f.1
5E001#1 | a | | 5D001.a | The 5D001.a software is for 5A001.f.1 equipment.
5D002#4 | a.1 a.3 b c.1 c.3
5E002#1 | | | 5A002.z.1.a 5A002.z.2.a 5A002.z.3.a 5A002.z.4.a 5A002.z.5.a 5A004.z.1.a 5A004.z.2.a
5E002#1 | | | 5D002 | The software is for items of 5A002.z or 5A004.z.
5E002#2 | | | 5A002.z.1.b 5A002.z.2.b 5A002.z.3.b 5A002.z.4.b 5A002.z.5.b 5A004.z.1.b 5A004.z.2.b
5E002#2 | | | 5D002 | The software is for items of 5A002.z or 5A004.z.
5E002#4 | b
5E002#4 | a | | 5A002 5A004 5D002
5E992#0 | | | 5A992.z.1 5D992.z.1
5E992#1 | | | 5A992.z.2 5D992.z.2
6A002#1 | a.1 a.3 | | | Specially designed or modified to protect missiles against nuclear effects, and usable for missiles.
6A002#2 | a.1 a.2 a.3 c f | a.3.d.2.a a.3.e
6A002#2 | a.3.d.2.a a.3.e | | | The focal plane array is not based on lead selenide.
6A002#3 | c | | | A police-model infrared viewer.
6A003#1 | a.3 a.4
6A003#1 | a.6 | | | A plug-in for cameras of 6A003.a.3 or .a.4.
6A003#2 | b.3 b.4.a b.4.c
6A003#2 | b.4.b | | | Frame rate above 60 Hz, more than 111,000 elements in the focal plane array, or to be embedded in a civil product.
6A003#3 | b.4.b
6A005#1 | a.2 a.3 a.4 b.2.b b.3 b.4 b.6.c c.1.b c.2.b d.2 d.3.c d.4.c | | | It meets or exceeds the parameters of 6A205.
6A007#1 | b c | | | The accuracies of 6A007.b.1 and .b.2 are met or exceeded.
6A008#1 | | | | Designed for airborne use and usable in systems controlled for MT reasons.
6D991#2 | | | | The software is not for commodities of 6A991.
6E991#1 | | | | The technology is not for equipment of 6A991.
7A001#1 | | | | It meets or exceeds the parameters of 7A101.
7A002#1 | | | | It meets or exceeds the parameters of 7A102.
7A003#1 | d | | | It meets or exceeds the parameters of 7A103.
7A005#1 | b | | | It meets or exceeds the parameters of 7A105.
7A006#1 | | | | It meets or exceeds the parameters of 7A106.
7A611#1 | a | | | It meets or exceeds the parameters of 7A103.b or .c.
7B611#1 | a | | | Specially designed for 7A611.a commodities controlled for MT reasons.
7D001#1 | | | | For equipment, other than 7A008, that is itself controlled for MT reasons.
7D001#2 | | | | For inertial navigation systems or inertial equipment, or components therefor, for 9A991.b aircraft.
7D003#1 | | | | For equipment, other than 7A008, that is itself controlled for MT reasons.
7D611#1 | a | | 7A611.a | Specially designed for 7A611.a commodities controlled for MT reasons.
7E001#1 | | | | For equipment, other than 7A008, that is itself controlled for MT reasons.
7E001#2 | | | | For inertial navigation systems or inertial equipment, or components therefor, for 9A991.b aircraft.
7E002#1 | | | | For equipment, other than 7A008, that is itself controlled for MT reasons.
7E002#2 | | | | For inertial navigation systems or inertial equipment, or components therefor, for 9A991.b aircraft.
7E004#1 | | | | For equipment or systems that are themselves controlled for MT reasons.
7E101#1 | | | | For using inertial navigation systems or equipment, or parts therefor, specially designed for 9A991.b aircraft.
7E611#1 | a | | 7A611.a 7B611.a 7D611.a | Required for items of those paragraphs that are controlled for MT reasons.
8A620#0 | | b y
9A001#1 | | | | The engine has the characteristics listed in 9A101.
9A012#2 | | | | A UAV or RPV with a maximum range of at least 300 km whatever the payload, or a UAV that meets 9A120.
9A515#2 | d e.2 | | | Usable in missiles to protect them against nuclear effects.
9A515#2 | h | | | Total impulse capacity of 841,000 newton seconds or more.
9A515#4 | x
9A515#4 | e
9A610#0 | | b x y
9A610#0 | x | | | Not exported or reexported for use in an aircraft of 9A610.b.
9A610#1 | | b x y
9A610#1 | x | | | Not exported or reexported for use in an aircraft of 9A610.b.
9B001#1 | | | | For engines of 9A001 controlled for MT reasons or engines of 9A101.
9B002#1 | | | | For engines of 9A001 controlled for MT reasons or engines of 9A101.
9B003#1 | | | | For engines of 9A001 controlled for MT reasons or engines of 9A101.
9B004#1 | | | | For engines of 9A001 controlled for MT reasons or engines of 9A101.
9B515#1 | a | | | For developing or producing MT-controlled commodities of USML Category XV(e)(12) or (e)(19).
9B604#2 | a b
9B604#2 | d | | | For articles that are MTCR Annex items in the named paragraphs of USML Category IV.
9D001#0 | | | 9A001 9A002 9A003 9A004 9A012 9B001 9B002 9B003 9B004 9B005 9B006 9B007 9B008 9B009 9B010 9E003
9D003#0 | | | 9A001 9A002 9A003
9D003#1 | | | 9A101 9A106
9D515#4 | y
9D515#4 | y | | | Not for use in, with or for the International Space Station, launch to it included.
9D604#2 | a | | 9A604.c 9A604.d 9B604 @MT
9D610#1 | | | 9A610 9B610 @MT
9D990#0 | | | 9A990 | The software is not for 9A990.a.
9D990#1 | | | 9A990.a
9E515#2 | | | 9A515.d 9A515.e.2 9A515.h 9B515.a @MT
9E515#5 | y
9E515#5 | y | | | Not for use in, with or for the International Space Station, launch to it included.
9E604#2 | a | | 9A604 9B604 9D604 @MT
9E610#3 | | | 9A610 9B610 9D610 @MT
9E990#0 | | | 9A990 9B990 | The technology is not for 9A990.a.
9E990#1 | | | 9A990.a
"""

# Rows whose destinations differ from what the column of the metadata says: ENTRY#index -> one value a row of OVERRIDES
PLACES = {
    "1D018#1": ["MT1"], "1C350#0": ["CB2"], "1E355#0": ["cwc-non-party except IL, TW"], "0E982#0": ["all except CA"],
    "4A001#3": ["NP1"], "6A003#3": ["RS2, IN"], "9A515#4": ["RS2", "RS2, IN"],
    "9D515#4": ["CN, VE", "RU"], "9E515#5": ["CN, VE", "RU"], "3E001#3": ["all except A:5, A:6"],
    "3E001#4": ["D:1, D:4, D:5 except A:5, A:6"], "3E001#5": ["MO, D:5"],
}
# First day of such a row
PLACES_SINCE = {"3E001#3": "2023-11-17", "3E001#4": "2023-11-17", "3E001#5": "2024-12-02"}

# Rows that the entry has in the CCL or in part 742 and the metadata lacks:
# entry | paragraphs | except | for | condition | reason | places | section | cite
ADDED = """
0A521 | | | | | RS | RS1 | 742.6 | 15 CFR 774 Supp. 1; 15 CFR 742.6(a)(8)
0B521 | | | | | RS | RS1 | 742.6 | 15 CFR 774 Supp. 1; 15 CFR 742.6(a)(8)
0C521 | | | | | RS | RS1 | 742.6 | 15 CFR 774 Supp. 1; 15 CFR 742.6(a)(8)
0D521 | | | | | RS | RS1 | 742.6 | 15 CFR 774 Supp. 1; 15 CFR 742.6(a)(8)
0E521 | | | | | RS | RS1 | 742.6 | 15 CFR 774 Supp. 1; 15 CFR 742.6(a)(8)
0A980 | | | | Part 754 requires a license for this export. | SS | all | 754 | 15 CFR 774 Supp. 1
1C980 | | | | Part 754 requires a license for this export. | SS | all | 754 | 15 CFR 774 Supp. 1
1C982 | | | | Part 754 requires a license for this export. | SS | all | 754 | 15 CFR 774 Supp. 1
1C983 | | | | Part 754 requires a license for this export. | SS | all | 754 | 15 CFR 774 Supp. 1
1C984 | | | | Part 754 requires a license for this export. | SS | all | 754 | 15 CFR 774 Supp. 1
1C988 | | | | Part 754 requires a license for this export. | SS | all | 754 | 15 CFR 774 Supp. 1
0A981 | | | | | CC | all | 742.7 | 15 CFR 774 Supp. 1; 15 CFR 742.7(a)
0A982 | | | | | CC | all except CA | 742.7 | 15 CFR 774 Supp. 1; 15 CFR 742.7(a)
0A983 | | | | | CC | all | 742.11 | 15 CFR 774 Supp. 1; 15 CFR 742.11(a)
0A999 | | | | | AT | KP | 742.19 | 15 CFR 774 Supp. 1
1A999 | | | | | AT | KP | 742.19 | 15 CFR 774 Supp. 1
1D999 | | | | | AT | KP | 742.19 | 15 CFR 774 Supp. 1
2A999 | | | | | AT | KP | 742.19 | 15 CFR 774 Supp. 1
2A994 | | | | | AT | IR, KP | 742.19 | 15 CFR 774 Supp. 1
2D994 | | | | | AT | IR, KP | 742.19 | 15 CFR 774 Supp. 1
2E994 | | | | | AT | IR, KP | 742.19 | 15 CFR 774 Supp. 1
1A231 | | | | | AT | AT1 | 742.8 | 15 CFR 774 Supp. 1
1C350 | b | | | | CW | cwc-non-party | 742.18 | 15 CFR 774 Supp. 1
1C350 | c | | | No End-Use Certificate of the importing government, or a reexport from a country outside the Convention. | CW | cwc-non-party | 742.18 | 15 CFR 774 Supp. 1
1C350 | | | | | AT | E:1 | 742.8 | 15 CFR 774 Supp. 1
1C351 | d.15 d.16 | | | Ricin D or E (RCA II, RCL III, RCL IV), or saxitoxin with CAS number 35523-89-8. | CW | all | 742.18 | 15 CFR 774 Supp. 1; 15 CFR 742.18(a)(1)
1C355 | a | | | | CW | cwc-non-party | 742.18 | 15 CFR 774 Supp. 1
1C355 | b | | | No End-Use Certificate of the importing government, or a reexport from a country outside the Convention. | CW | cwc-non-party | 742.18 | 15 CFR 774 Supp. 1
1C355 | | | | | AT | E:1 | 742.8 | 15 CFR 774 Supp. 1
1C395 | | | | | CB | cwc-non-party | 742.2 | 15 CFR 774 Supp. 1; 15 CFR 742.2(a)(4)
1C395 | a | | | | CW | cwc-non-party | 742.18 | 15 CFR 774 Supp. 1
1C395 | b | | | Schedule 2 chemicals; or Schedule 3 without an End-Use Certificate or reexported from outside the Convention. | CW | cwc-non-party | 742.18 | 15 CFR 774 Supp. 1
1C395 | | | | | AT | E:1 | 742.8 | 15 CFR 774 Supp. 1
3E001 | | | 3A001.z.1.a 3A001.z.2.a 3A001.z.3.a 3A001.z.4.a 3A090.a | | RS | all | 742.6 | 15 CFR 742.6(a)(6)(iii)(A)
3E001 | | | 3A001.z.1.b 3A001.z.2.b 3A001.z.3.b 3A001.z.4.b 3A090.b | | RS | AE | 742.6 | 15 CFR 742.6(a)(6)(iii)(B)
3E001 | | | 3B001.q | | NS | all | 742.4 | 15 CFR 742.4(a)(5)(ii)(B)(1)
3E001 | | | 3B001.q | | RS | all | 742.6 | 15 CFR 742.6(a)(10)(ii)(B)(1)
5A980 | | | | | SL | all | 742.13 | 15 CFR 774 Supp. 1; 15 CFR 742.13(a)
5A980 | | | | | AT | AT1 | 742.8 | 15 CFR 774 Supp. 1
5D980 | | | | | SL | all | 742.13 | 15 CFR 774 Supp. 1; 15 CFR 742.13(a)
5D980 | | | | | AT | AT1 | 742.8 | 15 CFR 774 Supp. 1
5E980 | | | | | SL | all | 742.13 | 15 CFR 774 Supp. 1; 15 CFR 742.13(a)
5E980 | | | | | AT | AT1 | 742.8 | 15 CFR 774 Supp. 1
6A992 | | | | | RS | IQ | 742.6 | 15 CFR 742.6(a)(5)
"""

# Entries without any row in the CCL: subject to another agency's rules, or without items at present
ITAR = """0A002 0D001 0E001 1A102 1C102 4A102 6A103 7A106 7A115 7A117 7B103 7D103 7E104 9A005 9A006 9A007 9A008 9A009 9A011 9A103
9A104 9A105 9A107 9A108 9A109 9A111 9A116 9A117 9A118 9A119 9D103 9D105""".split()
EMPTY = {  # code -> entries to look at instead
    "1C018": "1C608 1C011 1C111 1C239 1A008", "2B018": "0B606 0B602 0B501", "2D018": "0D501 0D602 0D606",
    "4A611": "3A611", "5A611": "3A611", "6A611": "3A611", "8A018": "8A609 8A620 8A001 8A002 8A992",
    "9A010": "9A604 9A515", "9A018": "9A610 9A619 0A606", "9D005": "9D515", "9D018": "9D610 9D619", "9E018": "9E610 9E619",
}

SECTION = {"NS": "742.4", "RS": "742.6", "MT": "742.5", "NP": "742.3", "CB": "742.2", "CC": "742.7", "AT": "742.8", "UN": "746.1",
           "FC": "742.17", "SL": "742.13", "EI": "742.15", "SI": "742.14", "CW": "742.18", "RUSSIA-SECTOR": "746.8", "SS": "754"}

# First day of whole entries, where it matters or is known: code -> (day, citation)
K = " (from knowledge, high confidence)"
SINCE = {}
for _codes, _day, _cite in (
    ("4A005 4D004", "2022-03-07", "86 FR 58205"),
    ("0A977 0D977 0E977", "2020-10-06", "85 FR 63009" + K),
    ("3A090 4A090 4D090", "2022-10-07", "87 FR 62186" + K),
    ("4E091", "2025-01-15", "90 FR 4544" + K),
    ("2B910 2D910 2E910 3A901 3A904 3B903 3B904 3C907 3C908 3C909 3D901 3D907 3E901 3E905 4A906 4D906 4E906", "2024-09-06",
     "89 FR 72926" + K),
    ("3B993 3B994 3D992 3D993 3D994 3E992 3E993 3E994", "2024-12-02", "89 FR 96790" + K),
    ("0A501 0A502 0A504 0A505 0B501 0B505 0D501 0D505 0E501 0E502 0E504 0E505", "2020-03-09", "85 FR 4136" + K),
    ("0A506 0A507 0A508 0A509", "2024-05-30", "89 FR 34680" + K),
):
    for _c in _codes.split():
        SINCE[_c] = (_day, _cite)

ADVANCED = "D:1, D:4, D:5 except A:5, A:6"


def places_of(column):
    """Destinations of a cell of the metadata: [(places, section or None, from, to, extra citation)]"""
    t = clean(column)
    m = re.match(r"(NS|RS|MT|NP|CB|CC|FC|AT) Column (\d)", t)
    if m:
        return [(m.group(1) + m.group(2), None, "", "", "15 CFR 742.6(a)(3)" if "742.6(a)(3)" in t else "")]
    if t == "Column 1":
        return [("AT1", None, "", "", "")]
    if "UN controls" in t:
        return [("un-embargo", "746.1", "", "", "15 CFR 746.1(b)")]
    if "742.6(a)(7)" in t:
        return [("CN, RU, VE", None, "", "", "15 CFR 742.6(a)(7)")]
    if "742.4(a)(5)" in t:
        return [("all", None, "2024-09-06", "", "15 CFR 742.4(a)(5)")]
    if "742.6(a)(10)" in t:
        return [("all", None, "2024-09-06", "", "15 CFR 742.6(a)(10)")]
    if "742.6(a)(13)" in t and "worldwide" in t:
        return [("all", None, "2025-01-15", "", "15 CFR 742.6(a)(13)")]
    if "742.6(a)(6)(iii)(A)" in t:
        return [(ADVANCED, None, "2023-11-17", "2025-01-14", "88 FR 73458" + K),
                ("all", None, "2025-01-15", "", "15 CFR 742.6(a)(6)(iii)(A)")]
    if "United Arab Emirates" in t:
        return [("AE", None, "2023-11-17", "", "15 CFR 742.6(a)(6)(iii)(B)"),
                (ADVANCED, None, "2023-11-17", "", "15 CFR 742.6(a)(6)(iii)(B)")]
    if "Macau or a destination specified in Country Group D:5" in t:
        return [("MO, D:5", None, "2023-11-17", "", "15 CFR " + re.search(r"74[0-9.]+\([^ ]*", t).group(0))]
    if "742.6(a)(11)" in t:
        return [("all", None, "", "", "15 CFR 742.6(a)(11)")]
    if "746.8" in t:
        return [("RU", None, "2014-08-06", "", "15 CFR 746.8; first day from knowledge, medium confidence"),
                ("BY", None, "2022-09-15", "", "15 CFR 746.8; 87 FR 57068")]
    if "742.15" in t:
        return [("all except CA", None, "", "", "15 CFR 742.15(a)")]
    if "742.13" in t:
        return [("all", None, "", "", "15 CFR 742.13(a)")]
    if "742.14" in t:
        return [("all except CA", None, "", "2024-04-18", "89 FR 28594" + K), ("all except AU, CA, GB", None, "2024-04-19", "", "15 CFR 742.14(a)")]
    if "ALL destinations, except Canada" in t:
        return [("all except CA", None, "", "", "15 CFR 742.7(a)")]
    if "North Korea for anti-terrorism" in t:
        return [("KP", "742.19", "", "", "15 CFR 742.19")]
    if "Iraq or Pakistan" in t:
        return [("IQ, PK", None, "", "", "15 CFR 742.6(a)(5), (a)(12)")]
    if "to Iraq" in t:
        return [("IQ", None, "", "", "15 CFR 742.6(a)(5)")]
    if "Pakistan" in t:
        return [("PK", None, "", "", "15 CFR 742.6(a)(12)")]
    raise ValueError(column)


# --- controls.csv ------------------------------------------------------------------------------------------------

CONTROL_HEAD = ["entry", "paragraphs", "except", "for", "condition", "when", "reason", "places", "section", "from", "to", "cite"]


def overrides():
    out = defaultdict(list)
    for line in OVERRIDES.strip().splitlines():
        cells = [c.strip() for c in line.split("|")] + [""] * 5
        codes, _, target = cells[3].partition("@")
        out[cells[0]].append((cells[1].split(), cells[2].split(), codes.split(), target.strip(), cells[4]))
    return out


def scopes():
    """Every row of the metadata as (entry, index, reason, column, [(paragraphs, except, for, target reason, condition)])"""
    hand = overrides()
    for code, entry in ENTRIES.items():
        for i, row in enumerate(entry["countryChart"]):
            key = f"{code}#{i}"
            if code == "1A231":
                yield code, i, "NP", "NP Column 1", [([], [], [], "", "")]
                continue
            reason = re.match(r"(?:Russian|[A-Z]{2})", row["control"]).group(0).replace("Russian", "RUSSIA-SECTOR")
            if key in hand:
                yield code, i, reason, row["countryChart"], hand[key]
                continue
            read = read_control(code, row["control"])
            if read is None and key in PLACES:
                read = reason, [], [], [], ""
            if read is None:
                raise SystemExit(f"{key}: {row['control']}")
            condition = ""
            if "742.6(a)(11)" in row["countryChart"]:
                condition = "An entity with footnote 5 on the Entity List is a party to the transaction."
            yield code, i, read[0], row["countryChart"], [(read[1], read[2], read[3], read[4], condition)]


def targets(codes, reason, known):
    """Split the codes of a `for` into those that the reason surely covers and those of which it must be asked."""
    sure, ask = [], []
    for code in codes:
        entry, _, par = code.partition(".")
        rows = [s for s in known.get(entry, []) if s[0] == reason]
        if any(not (p or e or f or c) for _, p, e, f, c in rows):
            sure.append(code)
            continue
        plain = [q for _, p, e, f, c in rows if p and not (e or f or c) for q in p]
        if par and any(par == q or par.startswith(q + ".") for q in plain):
            sure.append(code)
            continue
        inside = [f"{entry}.{q}" for q in plain if not par or q.startswith(par + ".")]
        sure += inside
        if not rows or any(c or e or f for _, p, e, f, c in rows):
            ask.append(code)
    return sure, ask


def controls():
    all_scopes = list(scopes())
    known = defaultdict(list)
    for code, _, reason, _, parts in all_scopes:
        for pars, excepted, codes, target, condition in parts:
            known[code].append((reason, pars, excepted, codes, condition or target))
    out = []
    for code, i, reason, column, parts in all_scopes:
        key = f"{code}#{i}"
        where = PLACES.get(key)
        for n, (pars, excepted, codes, target, condition) in enumerate(parts):
            if pars == ["drop"]:
                continue
            pieces = [(pars, excepted, codes, condition)]
            if target:
                sure, ask = targets(codes, target, known)
                pieces = [(pars, excepted, sure, "")] if sure else []
                if ask:
                    pieces.append((pars, excepted, ask, f"The item that it is for is itself controlled for {target} reasons."))
            if where:
                dests = [(where[min(n, len(where) - 1)], None, PLACES_SINCE.get(key, ""), "", "")]
            else:
                dests = places_of(column)
            for p, e, f, c in pieces:
                for place, section, first, last, extra in dests:
                    out.append([code, p, e, f, c, reason, place, section or SECTION[reason], first, last, "15 CFR 774 Supp. 1" + ("; " + extra if extra else "")])
    for line in ADDED.strip().splitlines():
        code, p, e, f, c, reason, place, section, cite = [x.strip() for x in line.split("|")]
        first = "2025-01-15" if "(iii)(A)" in cite else "2023-11-17" if "(iii)(B)" in cite else "2024-09-06" if "(a)(5)(ii)" in cite or "(a)(10)(ii)" in cite else ""
        out.append([code, p.split(), e.split(), f.split(), c, reason, place, section, first, "", cite])
    rows = []
    for code, p, e, f, c, reason, place, section, first, last, cite in out:
        # the part of the row that a later amendment brought in stands in a row of its own
        if code == "5A001" and reason == "NS" and "j" in p:
            rows.append([code, p := [x for x in p if x != "j"], e, f, c, reason, place, section, first, last, cite])
            rows.append([code, ["j"], [], f, c, reason, place, section, "2022-03-07", last, cite + "; 86 FR 58205"])
            continue
        if code == "4E001" and reason == "NS" and p == ["b", "c"]:
            rows.append([code, ["b"], e, f, c, reason, place, section, first, last, cite])
            rows.append([code, ["c"], e, f, c, reason, place, section, "2022-03-07", last, cite + "; 86 FR 58205"])
            continue
        if code in SINCE and (not first or first < SINCE[code][0]):
            first, cite = SINCE[code][0], cite + "; " + SINCE[code][1]
        if code in ("3A090", "4A090", "4D090") and reason == "RS" and first == "2023-11-17" and place == ADVANCED and (code == "4D090" or p == ["a"]) and last:
            rows.append([code, p, e, f, c, reason, "CN, MO", section, "2022-10-07", "2023-11-16", "87 FR 62186" + K])
        if (code == "3A090" and p == ["c"]) or (code == "3D001" and f == ["3A090.c"]):
            first, cite = "2024-12-02", cite + "; 89 FR 96790" + K
        rows.append([code, p, e, f, c, reason, place, section, first, last, cite])
    final = []
    for code, p, e, f, c, reason, place, section, first, last, cite in rows:
        when = f"{reason.lower()}_applies" if c else ""
        assert len(c) <= 160, c
        row = [code, " ".join(p), " ".join(e), " ".join(f), c, when, reason, place, section, first, last, cite]
        if row not in final:
            final.append(row)
    final.sort(key=lambda r: r[0])
    return final


# --- item-sets.csv -----------------------------------------------------------------------------------------------
# set | entry | paragraphs | except | for | from | to | citation; a list of entries may stand in the second cell.

SETS = """
cybersecurity-items | 4A005 | | | | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 4D001 | a | | 4A005 4D004 | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 4D004 | | | | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 4E001 | a | | 4A005 4D001.a 4D004 | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 4E001 | c | | | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 5A001 | j | | | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 5B001 | a | | 5A001.j | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 5D001 | a c | | 5A001.j | 2022-03-07 | | 740.22(b)(1)
cybersecurity-items | 5E001 | a | | 5A001.j | 2022-03-07 | | 740.22(b)(1)
category-4-cyber | 4A005 | | | | 2022-03-07 | | 740.22(c)(4)(i)
category-4-cyber | 4D001 | a | | 4A005 4D004 | 2022-03-07 | | 740.22(c)(4)(i)
category-4-cyber | 4D004 | | | | 2022-03-07 | | 740.22(c)(4)(i)
category-4-cyber | 4E001 | a | | 4A005 4D001.a 4D004 | 2022-03-07 | | 740.22(c)(4)(i)
category-4-cyber | 4E001 | c | | | 2022-03-07 | | 740.22(c)(4)(i)
gbs | 3B002 3C005 3C006 6B002 9B006 9B001 9B002 9B003 9B004 1A005 | | | | | | 774 Supp. 1
gbs | 1A004 | a b c.2 | | | | | 774 Supp. 1
gbs | 1C006 | d | | | | | 774 Supp. 1
gbs | 3A001 | a.1.b a.2 a.3 a.4 a.5 a.6 a.7 a.8 a.9 a.10 a.11 a.12 a.13 a.14 b.9 b.10 g h i | a.5.a | | | | 774 Supp. 1
gbs | 3A002 | h | | | | | 774 Supp. 1
gbs | 3B001 | | a.3 c.1.a c.1.c e f q | | | | 774 Supp. 1
gbs | 4A003 | g | | | | | 774 Supp. 1
gbs | 5A001 | | a b.5 e h | | | | 774 Supp. 1
gbs | 5B001 | b | | | | | 774 Supp. 1
gbs | 5B001 | a | | 5A001.a 5A001.b 5A001.c 5A001.d 5A001.e 5A001.f 5A001.g 5A001.h | | | 774 Supp. 1
gbs | 6A001 | a.1.b.4 | | | | | 774 Supp. 1
gbs | 6A004 | a.1 a.2 a.4 b d.2 f | | | | | 774 Supp. 1
gbs | 6A008 | b c l.1 | | | | | 774 Supp. 1
gbs | 6B004 | b | | | | | 774 Supp. 1
gbs | 6C004 | a e | | | | | 774 Supp. 1
gbs | 8A002 | r | | | | | 774 Supp. 1
tsr | 1D001 1D002 2D001 2D002 2D003 2E002 2E018 3D002 3D003 3D004 3E002 3E004 6E003 8D002 9D003 | | | | | | 774 Supp. 1
tsr | 1E001 | | | 1A003 1A004 1A005 1A006.b 1A007 1B001 1B002 1B003 1B018 1C002 1C003 1C004 1C005 1C006 1C007 1C008 1C009 1C010 1C011 | | | 774 Supp. 1
tsr | 1E002 | | e f | | | | 774 Supp. 1
tsr | 2E003 | | b e f | | | | 774 Supp. 1
tsr | 3D001 | | | 3A001.c 3A001.d 3A001.e 3A001.f 3A001.g 3A001.h 3B001.a.1 3B001.a.2 3B001.a.3 3B001.b 3B001.e 3B001.f.2 3B001.f.3 3B001.f.4 3B001.g 3B001.h 3B001.i 3B001.j 3B002.a 3B002.b | | | 774 Supp. 1
tsr | 3E001 | | | 3A001.a 3A001.c 3A001.d 3A001.e.1 3A001.e.2 3A001.e.3 3A001.f 3A001.g 3A001.h 3A001.i 3A002 3A003 3B001.a.1 3B001.a.2 3B001.a.3 3B001.b 3B001.e 3B001.f.2 3B001.f.3 3B001.f.4 3B001.g 3B001.h 3B001.i 3B001.j 3B002.a 3B002.b 3C001 3C002 3C003 3C004 3C005 3C006 | | | 774 Supp. 1
tsr | 3E003 | | f g | | | | 774 Supp. 1
tsr | 4D001 | a | | 4A001 4A004.a 4A004.b 4A004.c | | | 774 Supp. 1
tsr | 4E001 | a | | 4A001 4A004.a 4A004.b 4A004.c | | | 774 Supp. 1
tsr | 5D001 | d e | | | | | 774 Supp. 1
tsr | 5D001 | a | | 5A001.a 5A001.b.1 5A001.b.2 5A001.b.3 5A001.b.4 5A001.b.6 5A001.c 5A001.d 5A001.e 5A001.f.2 5A001.f.3 5A001.f.4 5A001.g | | | 774 Supp. 1
tsr | 5D001 | c | | 5A001.a 5A001.b 5A001.c 5A001.d 5A001.e 5A001.f.2 5A001.f.3 5A001.f.4 5A001.g 5A001.h 5B001.b | | | 774 Supp. 1
tsr | 5E001 | b c d e | | | | | 774 Supp. 1
tsr | 5E001 | a | | 5A001.a 5A001.b.1 5A001.b.2 5A001.b.3 5A001.b.4 5A001.b.6 5A001.c 5A001.d 5A001.e 5A001.f.2 5A001.f.3 5A001.f.4 5A001.g 5D001.e | | | 774 Supp. 1
tsr | 6D001 | | | 6A004.a 6A004.b 6A004.e 6A004.f 6A005 6A008.a 6A008.b 6A008.c 6A008.e 6A008.f 6A008.g 6A008.i 6A008.l | | | 774 Supp. 1
tsr | 6D002 | | | 6A008.a 6A008.b 6A008.c 6A008.d 6A008.e 6A008.f 6A008.g 6A008.h 6A008.i 6A008.k 6A008.l 6B008 | | | 774 Supp. 1
tsr | 6D003 | | a c | | | | 774 Supp. 1
tsr | 6E001 6E002 | | | 6A004.a 6A004.b 6A004.f 6A005 6A007 6B004 6B007 6C002 6C004 6C005 | | | 774 Supp. 1
tsr | 8D001 8E001 | | | 8A001.a 8A001.c.2 8A001.d 8A002.a 8A002.b 8A002.c 8A002.d 8A002.e 8A002.f 8A002.g 8A002.h 8A002.i 8A002.j 8A002.p 8A002.q 8A002.r 8B001 8C001 | | | 774 Supp. 1
tsr-a5 | 1E001 | | | 1A002 1C001 | | | 774 Supp. 1
tsr-a5 | 5D001 | a | | 5A001.b.5 5A001.h | | | 774 Supp. 1
tsr-a5 | 5E001 | a | | 5A001.b.5 5A001.h 5A001.j 5D001.a 5D001.c | | | 774 Supp. 1
tsr-a5 | 6D001 | | | 6A004.c 6A004.d 6A008.d 6A008.h 6A008.k 6B008 | | | 774 Supp. 1
tsr-a5 | 6D003 | a | | | | | 774 Supp. 1
tsr-a5 | 8D001 8E001 | | | 8A001.b 8A001.c.1 8A002.o | | | 774 Supp. 1
lvs-components | 5A002 5A003 | | | | | | 774 Supp. 1
lvs-components | 5A004 | | z | | | | 774 Supp. 1
iec | 2B910 2D910 2E903 2E910 3A901 3A904 3B903 3B904 3C907 3C908 3C909 3D901 3D907 3E901 3E905 4A906 4D906 4E906 | | | | 2024-09-06 | | 740.24
iec | 3B001 | c.1.a c.1.c q | | | 2024-09-06 | | 740.24
iec | 3D001 3E001 | | | 3B001.q | 2024-09-06 | | 740.24
iec | 3D002 3D992 3E992 | | | 3B001.c.1.a 3B001.c.1.c | 2024-09-06 | | 740.24
hbm | 3A090 | c | | | 2024-12-02 | | 740.25
aia lpp | 3A001 | z.1.a z.2.a z.3.a z.4.a | | | 2025-01-15 | | 774 Supp. 1
aia lpp | 3A090 4A090 | a | | | 2025-01-15 | | 774 Supp. 1
aia lpp | 4A003 | z.1.a z.2.a | | | 2025-01-15 | | 774 Supp. 1
aia lpp | 4A004 4A005 5A992 | z.1 | | | 2025-01-15 | | 774 Supp. 1
aia lpp | 5A002 | z.1.a z.2.a z.3.a z.4.a z.5.a | | | 2025-01-15 | | 774 Supp. 1
aia lpp | 5A004 | z.1.a z.2.a | | | 2025-01-15 | | 774 Supp. 1
aia | 3D001 | | | 3A001.z.1.a 3A001.z.2.a 3A001.z.3.a 3A001.z.4.a 3A090.a | 2025-01-15 | | 774 Supp. 1
aia | 4D001 | | | 4A003.z.1.a 4A003.z.2.a 4A004.z.1 4A005.z.1 | 2025-01-15 | | 774 Supp. 1
aia | 4D090 | | | 4A090.a | 2025-01-15 | | 774 Supp. 1
aia | 4E001 | | | 4A003.z.1.a 4A003.z.2.a 4A004.z.1 4A005.z.1 4A090.a | 2025-01-15 | | 774 Supp. 1
aia | 4E091 | | | | 2025-01-15 | | 774 Supp. 1
aia | 5D002 | z.1.a z.2.a z.3.a z.4.a z.5.a z.6.a z.7.a z.8.a z.9.a | | | 2025-01-15 | | 774 Supp. 1
aia | 5D992 | z.1 | | | 2025-01-15 | | 774 Supp. 1
aia | 5E002 | | | 5A002.z.1.a 5A002.z.2.a 5A002.z.3.a 5A002.z.4.a 5A002.z.5.a 5A004.z.1.a 5A004.z.2.a | 2025-01-15 | | 774 Supp. 1
aia | 5E992 | | | 5A992.z.1 5D992.z.1 | 2025-01-15 | | 774 Supp. 1
acm | 3A090 4A090 4D090 | | | | 2025-01-15 | | 774 Supp. 1
acm | 3A001 4A003 4A005 5A002 5A004 5A992 5D002 5D992 | z | | | 2025-01-15 | | 774 Supp. 1
acm | 3D001 | | | 3A001.z | 2025-01-15 | | 774 Supp. 1
acm | 4D001 | | | 4A003.z | 2025-01-15 | | 774 Supp. 1
acm | 4E001 | | | 4A003.z 4A004.z 4A005.z 4A090 4D090 | 2025-01-15 | | 774 Supp. 1
acm | 5E002 | | | 5A002.z 5A004.z | 2025-01-15 | | 774 Supp. 1
acm | 5E992 | | | 5A992.z 5D992.z | 2025-01-15 | | 774 Supp. 1
app | 4A003 | b c | | | | | 740.7
enc | 5A002 5A004 5B002 5D002 5E002 | | | | | | 740.17
enc-b2 cryptanalytic | 5A004 | a z.1 z.2 | | | | | 740.17(b)(2)(ii); 740.17(f)(1)
enc-b2 cryptanalytic | 5D002 | a.3.a c.3.a z.3 z.8 | | | | | 740.17(b)(2)(ii); 740.17(f)(1)
enc-b2 cryptanalytic | 5E002 | a | | 5A004.a 5D002.a.3.a 5D002.c.3.a | | | 740.17(b)(2)(iv); 740.17(f)(1)
enc-b3 forensics | 5A004 | b | | | 2020-09-11 | | 740.17(b)(3)(iii)(B)
enc-b3 forensics | 5D002 | a.3.b c.3.b | | | 2020-09-11 | | 740.17(b)(3)(iii)(B)
surreptitious | 5A001 | f.1 | | | | | 740.2(a)(3)
surreptitious | 5A980 5D980 | | | | | | 740.2(a)(3)
surreptitious | 5D001 | a c | | 5A001.f.1 5E001.a | | | 740.2(a)(3)
surreptitious-none | 5E001 | a | | 5A001.f.1 5D001.a | | | 740.2(a)(3)
surreptitious-none | 5E980 | | | | | | 740.2(a)(3)
explosives-detection | 2A983 2A984 2D983 2D984 2E983 2E984 | | | | | | 740.2(a)(8)
torture | 0A983 | | | | | | 740.2(a)(10); 742.11
execution | 0A981 | | | | | | 742.7(a)
crime-control-all-destinations | 0A503 0A981 0A982 0A983 0E982 | | | | | | 742.7(a)
military-commodity | 0A919 | | | | | | 740.2(a)(11)
infrared-technology | 6E001 6E002 | | | 6A002 | | | 740.2(a)(7)
pakistan-rs | 1B999 2A992 3A992 3A999 6A996 | | | | | | 740.2(a)(25); 742.6(a)(12)
pakistan-rs | 2B999 | | h.2 | | | | 740.2(a)(25); 742.6(a)(12)
mt-spare-parts | 6A008 7A001 7A002 7A004 7A101 7A102 7A103 7A104 7A105 7B001 7D001 7D002 7D003 7D101 7D102 7E003 7E101 9A515 | | | | | | 740.2(a)(5)(ii)(A)
mt-replacements | 2A001 2A101 | | | | | | 740.2(a)(5)(ii)(B)
zero-y-521 | 0A521 0B521 0C521 0D521 0E521 | | | | | | 740.2(a)(14)
sme-no-exception | 3B001 | a.4 c d f.1 f.5 f.6 k l m n p.2 p.4 r | | | 2023-11-17 | | 740.2(a)(9)(i)
sme-no-exception | 3B002 | c | | | 2023-11-17 | | 740.2(a)(9)(i)
sme-no-exception | 3B993 3B994 3D992 3D993 3D994 3E992 3E993 3E994 | | | | 2024-12-02 | | 740.2(a)(9)(i)
sme-no-exception | 3D001 3D002 3D003 3E001 | | | 3B001.a.4 3B001.c 3B001.d 3B001.f.1 3B001.f.5 3B001.f.6 3B001.k 3B001.l 3B001.m 3B001.n 3B001.p.2 3B001.p.4 3B001.r 3B002.c 3B993 3B994 | 2023-11-17 | | 740.2(a)(9)(i)
advanced-chips | 3A090 4A090 4D090 | | | | 2022-10-07 | | 740.2(a)(9)(ii)(A)
advanced-chips | 4E091 | | | | 2025-01-15 | | 740.2(a)(9)(ii)(A)
advanced-chips | 3D001 3E001 | | | 3A001.z 3A090 | 2022-10-07 | | 740.2(a)(9)(ii)
advanced-chips | 4D001 | | | 4A003.z 4A004.z 4A005.z | 2023-11-17 | | 740.2(a)(9)(ii)(B)
advanced-chips | 4E001 | | | 4A003.z 4A004.z 4A005.z 4A090 4D090 | 2022-10-07 | | 740.2(a)(9)(ii)
advanced-chips | 3A001 4A003 4A004 4A005 5A002 5A004 5A992 5D002 5D992 | z | | | 2023-11-17 | | 740.2(a)(9)(ii)(B)
advanced-chips | 5E002 | | | 5A002.z 5A004.z 5D002.z | 2023-11-17 | | 740.2(a)(9)(ii)(B)
advanced-chips | 5E992 | | | 5A992.z 5D992.z | 2023-11-17 | | 740.2(a)(9)(ii)(B)
thermal-744-9-i | 6A003 | a.3 a.4 a.6 | | | | | 744.9(a)(1)(i)
thermal-744-9-ii | 0A504 6A002 | | | | | | 744.9(a)(1)(ii)
thermal-744-9-ii | 6A003 | | a.3 a.4 a.6 | | | | 744.9(a)(1)(ii)
thermal-744-9-ii | 6A993 | a | | | | | 744.9(a)(1)(ii), frame rate up to 9 Hz
thermal-744-9-ii | 8A002 | d | | | | | 744.9(a)(1)(ii)
thermal-744-9-iii | 0A504 6A002 6A003 | | | | | | 744.9(a)(1)(iii)
thermal-744-9-iii | 6A993 | a | | | | | 744.9(a)(1)(iii), frame rate up to 9 Hz
thermal-744-9-iii | 8A002 | d | | | | | 744.9(a)(1)(iii)
xuar-case-by-case | 1A004 | c d | | | 2019-10-09 | | 744 Supp. 4
xuar-case-by-case | 1A995 1D003 2A983 2D983 2E983 | | | | 2019-10-09 | | 744 Supp. 4
xuar-case-by-case | 1A999 | a | | | 2019-10-09 | | 744 Supp. 4
fdp-fn4 | 3D001 3D991 3E001 3E002 3E003 3E991 4D001 4D993 4D994 4E001 4E992 4E993 5D001 5D002 5D991 5E001 5E002 5E991 | | | | 2022-10-07 | | 734.9(e)(2) (from knowledge, high confidence)
supp2-744 | 1A290 1C990 1C996 1D993 2A290 2A291 2B992 2B999 2D290 3A991 3A992 3A999 3B991 3B992 3C992 3D991 4D993 5A992 5B991 5D992 6A991 6A993 6A995 6A996 7A994 7B994 7D994 7E994 8A992 8D992 8E992 9A991 9B990 9D991 9E991 | | | | 2020-06-29 | | 744 Supp. 2
supp2-744 | 1D999 | b | | | 2020-06-29 | | 744 Supp. 2, for equipment of 1B999.e
supp2-744 | 1E994 | | | 1C990 | 2020-06-29 | | 744 Supp. 2
supp2-744 | 2A991 | | | | 2020-06-29 | | 744 Supp. 2, only bearings above 573 K: limit left out
supp2-744 | 2B991 | | | | 2020-06-29 | | 744 Supp. 2, only better than 9 micrometres or d.1.a: limit left out
supp2-744 | 2B996 | | | | 2020-06-29 | | 744 Supp. 2, only up to (1.7 + L/1000) micrometres: limit left out
supp2-744 | 3E991 | | | | 2020-06-29 | | 744 Supp. 2, only fast digital oscilloscopes and recorders: limit left out
supp2-744 | 4A994 | | | | 2020-06-29 | | 744 Supp. 2, only APP above 0.5 WT: limit left out
supp2-744 | 4D994 | | | 4A101 | 2020-06-29 | | 744 Supp. 2
supp2-744 | 5A991 | a b.7 f | | | 2020-06-29 | | 744 Supp. 2
supp2-744 | 5D991 | | | 5A991.a 5A991.b.7 5A991.f 5D991 | 2020-06-29 | | 744 Supp. 2
supp2-744 | 5E991 | | | 5A991.a 5A991.b.7 5A991.f 5D991 | 2020-06-29 | | 744 Supp. 2
supp2-744 | 6C992 | | | | 2020-06-29 | | 744 Supp. 2, only as described there: limit left out
not-sta-eligible sta-barred | 0A501 | a b c d e | | | | | 740.20(b)(2)(ii)(A)
not-sta-eligible sta-barred | 0A503 0A506 0A507 0A509 0A981 0A982 0A983 0E504 0E982 | | | | | | 740.20(b)(2)(ii)(A)
not-sta-eligible sta-barred | 0A502 0A508 | | | | | | 740.20(b)(2)(ii)(B), only barrels under 18 inches: limit left out
sta-barred | 1C351 | a b c d.14 d.15 e | | | | | 740.20(b)(2)(v)
sta-barred | 1C353 1C354 1E351 | | | | | | 740.20(b)(2)(v)
sta-barred | 1E001 | | | 1C351 1C353 1C354 | | | 740.20(b)(2)(v)
sta-barred | 7E004 | | a.7 | | | | 740.20(b)(2)(vii)
sta-barred | 9D001 9D002 | | | 9A001 9B001 9E003 | | | 740.20(b)(2)(viii)
sta-barred | 9D004 | f g | | | | | 740.20(b)(2)(viii)(D)
sta-barred | 9E003 | a.1 a.2 a.3 a.4 a.5 c h i | | | | | 740.20(b)(2)(viii)(E)
sta-barred | 6A002 6A293 | | | | | | 740.20(b)(2)(x)
sta-barred | 6D002 6D991 6E001 6E002 | | | 6A002 6A003 | | | 740.20(b)(2)(x)
sta-barred | 6D003 | c | | | | | 740.20(b)(2)(x)
sta-barred | 3A001 | b.2 b.3 z | | | | | 740.20(b)(2)(xi); 774 Supp. 1, civil telecommunications left out
sta-barred | 0A977 0D977 0E977 | | | | 2020-10-06 | | 774 Supp. 1
sta-barred | 2D910 2E903 2E910 3A901 3A904 3B903 3B904 3C907 3C908 3C909 3D901 3D907 3E901 3E905 4A906 4D906 4E906 | | | | 2024-09-06 | | 774 Supp. 1
sta-barred | 3D992 3D993 3D994 3E992 3E993 3E994 | | | | 2024-12-02 | | 774 Supp. 1
sta-barred | 3B001 | c.1.a c.1.c q | | | 2024-09-06 | | 774 Supp. 1
sta-barred | 3D001 | | | 3A090.a 3B001.q | | | 774 Supp. 1
sta-barred | 3D002 | | | 3B001.c.1.a 3B001.c.1.b 3B001.c.1.c | | | 774 Supp. 1
sta-barred | 3E001 | | | 3A001.b.2 3A001.b.3 3A090 | | | 774 Supp. 1
sta-barred | 4A005 4D004 | | | | 2022-03-07 | | 774 Supp. 1
sta-barred | 4D001 | a | | 4A005 | 2022-03-07 | | 774 Supp. 1
sta-barred | 4D001 | | | 4A003.z.1.a 4A003.z.2.a 4A004.z.1 4A005.z.1 | 2023-11-17 | | 774 Supp. 1
sta-barred | 4E001 | | | 4A003.z.1.a 4A003.z.2.a 4A004.z.1 4A005.z.1 4A090.a 4D090.a | 2023-11-17 | | 774 Supp. 1
sta-barred | 4E091 | | | | 2025-01-15 | | 774 Supp. 1
sta-barred | 5A001 | j | | | 2022-03-07 | | 774 Supp. 1
sta-barred | 5B001 | a | | 5A001.j | 2022-03-07 | | 774 Supp. 1
sta-barred | 5D001 | a c | | 5A001.j 5B001.a | 2022-03-07 | | 774 Supp. 1
sta-barred | 5E001 | a | | 5A001.j 5B001.a 5D001.a 5D001.c | 2022-03-07 | | 774 Supp. 1
sta-barred-a5 | 0A606 | a | | | | | 774 Supp. 1; 740.20(g)
sta-barred-a5 | 8A609 | a | | | | | 774 Supp. 1; 740.20(g)
sta-barred-a5 | 8A620 | a b | | | | | 774 Supp. 1; 740.20(g)
sta-barred-a5 | 9A515 | a g | | | | | 774 Supp. 1; 740.20(g)
sta-barred-a5 | 9A610 | a | | | | | 774 Supp. 1; 740.20(g)
sta-barred-a5 | 9D515 | b d e | | | | | 774 Supp. 1
sta-barred-a5 | 9D610 9D619 9E610 | b | | | | | 774 Supp. 1
sta-barred-a5 | 9E515 | b d e f | | | | | 774 Supp. 1; 740.20(g)
sta-barred-a5 | 9E619 | b c | | | | | 774 Supp. 1
sta-barred-a6 | 1A002 1C001 3D005 6B008 6E001 6E002 7E001 7E002 8D002 9B001 9D001 9E001 | | | | | | 774 Supp. 1
sta-barred-a6 | 1C007 1C010 | c | | | | | 774 Supp. 1
sta-barred-a6 | 1D002 | | | 1A002 | | | 774 Supp. 1
sta-barred-a6 | 1E001 | | | 1A002 1C001 1C007.c 1C010.c 1C010.d | | | 774 Supp. 1
sta-barred-a6 | 1E002 | e f | | | | | 774 Supp. 1
sta-barred-a6 | 2D001 2E002 | | | 2B001 2B003 | | | 774 Supp. 1
sta-barred-a6 | 3A002 | g.1 | | | | | 774 Supp. 1
sta-barred-a6 | 3D001 | | | 3A002.g.1 3A090.b | | | 774 Supp. 1
sta-barred-a6 | 3E001 | | | 3A002.g.1 3B001.a.2 | | | 774 Supp. 1
sta-barred-a6 | 4A001 | a.2 | | | | | 774 Supp. 1
sta-barred-a6 | 4D001 | a | | 4A001.a.2 4A003 | | | 774 Supp. 1
sta-barred-a6 | 4D001 | b | | | | | 774 Supp. 1
sta-barred-a6 | 4E001 | a | | 4A001.a.2 4A003 4A004.z.2 4A005.z.2 4A090.b 4D001 4D090.b | | | 774 Supp. 1
sta-barred-a6 | 4E001 | b | | | | | 774 Supp. 1
sta-barred-a6 | 5A001 | b.3 b.5 h | | | | | 774 Supp. 1
sta-barred-a6 | 5B001 | a | | 5A001.b.3 5A001.b.5 5A001.h | | | 774 Supp. 1
sta-barred-a6 | 5D001 | a | | 5A001.b.3 5A001.b.5 5A001.h | | | 774 Supp. 1
sta-barred-a6 | 5E001 | a | | 5A001.b.3 5A001.b.5 5A001.h 5D001.a 5D001.c | | | 774 Supp. 1
sta-barred-a6 | 6A001 | a.1.b a.1.e a.2 | a.2.a.4 | | | | 774 Supp. 1
sta-barred-a6 | 6A003 | b.3 b.4 | | | | | 774 Supp. 1
sta-barred-a6 | 6A004 | c d | | | | | 774 Supp. 1
sta-barred-a6 | 6A008 | d h k | | | | | 774 Supp. 1
sta-barred-a6 | 6D001 | | | 6A004.c 6A004.d 6A008.d 6A008.h 6A008.k 6B008 | | | 774 Supp. 1
sta-barred-a6 | 6D003 | a | | | | | 774 Supp. 1
sta-barred-a6 | 7D003 | a b | | | | | 774 Supp. 1
sta-barred-a6 | 7D004 | a b c d g | | | | | 774 Supp. 1
sta-barred-a6 | 8A001 | b c d | | | | | 774 Supp. 1
sta-barred-a6 | 8A002 | b h j o.3 p | | | | | 774 Supp. 1
sta-barred-a6 | 8D001 8E001 | | | 8A001.b 8A001.c 8A002.b 8A002.h 8A002.j 8A002.o.3 8A002.p | | | 774 Supp. 1
sta-barred-a6 | 8E002 | a | | | | | 774 Supp. 1
sta-barred-a6 | 9D002 | | | 9B001.b | | | 774 Supp. 1
sta-barred-a6 | 9D004 | a c | | | | | 774 Supp. 1
"""

SET_HEAD = ["set", "entry", "paragraphs", "except", "for", "from", "to", "cite"]


def cfr(cite):
    return "; ".join("15 CFR " + c if re.match(r"7\d\d[ .]", c) else c for c in cite.split("; "))


def sta_line(entry):
    e = ENTRIES[entry]
    return clean(e["staSpecialConditions"] or e["licenceExceptionFlags"].get("STA") or "")


def item_sets():
    rows = []
    for line in SETS.strip().splitlines():
        names, entries, pars, excepted, codes, first, last, cite = [c.strip() for c in line.split("|")]
        for name in names.split():
            for entry in entries.split():
                rows.append([name, entry, pars, excepted, codes, first, last, cfr(cite)])
    for code in CODES:
        group = {"A": "commodity", "B": "commodity", "C": "commodity", "D": "software", "E": "technology"}[code[1]]
        rows.append([group, code, "", "", "", "", "", "15 CFR 774 Supp. 1"])
        if code[2] == "6":
            rows.append(["series-600", code, "", "", "", "", "", "15 CFR 772.1"])
        if re.fullmatch(r"9[A-E]515", code):
            rows.append(["series-9x515", code, "", "", "", "", "", "15 CFR 772.1"])
        if code in ITAR:
            rows.append(["itar-only", code, "", "", "", "", "", "15 CFR 774 Supp. 1; 15 CFR 734.3(b)(1)(i)"])
        if code in EMPTY:
            rows.append(["empty-entries", code, "", "", "", "", "", "15 CFR 774 Supp. 1"])
        if "(c)(2) of License Exception STA (" in sta_line(code):
            rows.append(["sta-barred-a6", code, "", "", "", "", "", "15 CFR 774 Supp. 1"])
    unique = []
    for row in rows:
        if row not in unique:
            unique.append(row)
    return sorted(unique, key=lambda r: (r[0], r[1]))


# --- lvs.csv -----------------------------------------------------------------------------------------------------

LVS_HEAD = ["entry", "paragraphs", "except", "limit", "currency", "from", "to", "cite"]
LVS = """
0A501 | c d x | | 500
0A502 | c d | | 500
0A504 | g | | 500
0A505 | x | | 500
0A509 | a | | 500
1A002 | b | b.1 | 1500
1A008 | a b c | | 3000
1A008 | d | | 6000
1B001 | d.4 e f | | 5000
1C002 | | b.3 b.4 | 3000
1C007 | | c e | 5000
1C010 | c d e | e.1 | 1500
2B007 | | b c | 5000
3A002 | a e f g | | 3000
3A611 | a d e f g h x | | 1500
3B001 | | a.4 c d f.1 f.5 f.6 k l m n p.2 p.4 q r | 500
3B002 | | c | 500
4A003 | | b c z | 5000
4A004 | | z | 5000
5A001 | b.1 b.2 b.3 b.6 d f.2 f.4 g | | 5000
5A001 | c | | 3000
5A002 | | z | 500 | components only
5A003 | | | 500 | components only
5A004 | | z | 500 | components only
5B001 | b | | 5000
6A001 | | a.1.b.1 a.1.e a.2.a.1 a.2.a.2 a.2.a.3 a.2.a.5 a.2.a.6 a.2.b a.2.c a.2.e a.2.f | 3000
6A002 | f | | 500
6A003 | | a.3 a.4 a.5 a.6 b.1 b.3 b.4 | 1500
6A006 | | a.1 a.2 d e | 1500
6A007 | | b c | 3000
8A001 | | b c.1 | 5000
8A002 | | o.3.b | 5000
9B515 | | a b | 1500
9B515 | b | | 5000
"""


def lvs():
    rows = []
    for line in LVS.strip().splitlines():
        cells = [c.strip() for c in line.split("|")] + [""]
        rows.append([cells[0], cells[1], cells[2], cells[3], "USD", "", "", "15 CFR 774 Supp. 1" + (", " + cells[4] if cells[4] else "")])
    for code in CODES:
        text = clean(ENTRIES[code]["licenceExceptionFlags"].get("LVS", ""))
        m = re.fullmatch(r"\$([\d,]+)", text)
        if m:
            rows.append([code, "", "", m.group(1).replace(",", ""), "USD", "", "", "15 CFR 774 Supp. 1"])
    return sorted(rows)


# --- entries.csv -------------------------------------------------------------------------------------------------

ENTRY_HEAD = ["code", "heading", "from", "to", "instead", "cite"]
# code | own heading | from | to | instead | citation
PARTS = """
EAR99 | Anything subject to the EAR that the Commerce Control List does not name | | | | 734.3(c)
3A980 | Voice print identification and analysis equipment | | | | 774 Supp. 1
3A981 | Polygraphs, fingerprint analysers and cameras, automated identification retrieval, stress analysers, monitoring restraints | | | | 774 Supp. 1
4A005 | Systems and equipment made to generate, command or deliver intrusion software | 2022-03-07 | | 4A994 5A002 5A992 EAR99 | 86 FR 58205
4D001 | Software to develop or produce computers and intrusion software items of 4A and 4D | | | | 774 Supp. 1
4E001 | Technology for computers and for intrusion software | | | | 774 Supp. 1
5D001 | Telecommunications software, for interception and surveillance equipment too | | | | 774 Supp. 1
5E001 | Telecommunications technology, for interception and surveillance equipment too | | | | 774 Supp. 1
5D002 | Information security software: encryption, cryptanalysis, device extraction | | | | 774 Supp. 1
5E002 | Information security technology | | | | 774 Supp. 1
5D992 | Information security software not controlled by 5D002, mass market encryption software among it | | | | 774 Supp. 1
5E992 | Information security technology not controlled by 5E002 | | | | 774 Supp. 1
5A992 | Information security equipment not controlled by 5A002, mass market encryption equipment among it | | | | 774 Supp. 1
4D001.a | Software made to develop or produce 4A or 4D items, those for intrusion software included | | | | 774 Supp. 1
4D001.b | Software to develop or produce computers above the performance limit | | | | 774 Supp. 1
4D004 | Software made to generate, command or deliver intrusion software | 2022-03-07 | | 4D001 4D994 5D002 5D992 EAR99 | 86 FR 58205
4E001.a | Technology to develop, produce or use 4A and 4D items | | | | 774 Supp. 1
4E001.b | Technology to develop or produce computers above the performance limit | | | | 774 Supp. 1
4E001.c | Technology to develop intrusion software | 2022-03-07 | | 4E001.a 5E002 5E992 EAR99 | 86 FR 58205
5A001.f | Mobile telecommunications interception or jamming equipment and monitoring equipment for it | | | | 774 Supp. 1
5A001.f.1 | Equipment that extracts voice or data from the air interface of mobile networks | 2013-06-20 | | 5A001.i 5A980 | 78 FR 37372 (from knowledge, medium confidence)
5A001.f.2 | Equipment that extracts device or subscriber identifiers, signaling or metadata from the air interface | 2013-06-20 | | 5A001.i 5A980 | 78 FR 37372 (from knowledge, medium confidence)
5A001.f.3 | Jammers that selectively disturb mobile services by simulating a network or exploiting its protocol | 2013-06-20 | | 5A001.f | 78 FR 37372 (from knowledge, medium confidence)
5A001.f.4 | Radio monitoring equipment that identifies the use of .f.1 to .f.3 equipment | 2013-06-20 | | 5A001.f | 78 FR 37372 (from knowledge, medium confidence)
5A001.g | Passive coherent location equipment | | | | 774 Supp. 1
5A001.h | Counter equipment for improvised explosive devices | | | | 774 Supp. 1
5A001.i | Reserved; what stood here is now 5A001.f.1 | | 2013-06-19 | 5A001.f.1 | 774 Supp. 1
5A001.j | IP network communications surveillance systems | 2022-03-07 | | 5A002 5A991 5A992 EAR99 | 86 FR 58205
5B001.a | Equipment to develop or produce 5A001 equipment or functions | | | | 774 Supp. 1
5D001.a | Software to develop, produce or use 5A001 equipment or functions | | | | 774 Supp. 1
5D001.c | Software that provides characteristics or functions of 5A001 or 5B001 equipment | | | | 774 Supp. 1
5D001.d | Software to develop certain transmission or switching equipment | | | | 774 Supp. 1
5D001.e | Monitoring or analysis software for law enforcement using interception handover interfaces | 2020-09-11 | 2022-03-06 | 5D002 5D991 5D992 EAR99 | 85 FR 56294 (from knowledge, high confidence)
5D001.e | Monitoring or analysis software for law enforcement using interception handover interfaces | 2022-05-26 | | 5D002 5D991 5D992 EAR99 | 87 FR 31948
5E001.a | Technology to develop, produce or use 5A001 items or 5D001.a and .e software | | | | 774 Supp. 1
5E001.c | Certain telecommunications technology | | | | 774 Supp. 1
5A002.a | Items with cryptography for data confidentiality | | | | 774 Supp. 1
5A004.a | Equipment that defeats cryptography to obtain keys, passwords or plaintext | | | | 774 Supp. 1
5A004.b | Equipment that circumvents device access controls and extracts raw data | 2020-09-11 | | 5A004.a 5A002 5A992 4A994 EAR99 | 85 FR 56294 (from knowledge, high confidence)
5D002.a.3.a | Software to develop, produce or use cryptanalytic items of 5A004.a | | | | 774 Supp. 1
5D002.c.3.a | Software with the functions of cryptanalytic items of 5A004.a | | | | 774 Supp. 1
5D002.a.3.b | Software to develop, produce or use device extraction items of 5A004.b | 2020-09-11 | | 5D002 5D992 EAR99 | 85 FR 56294 (from knowledge, high confidence)
5D002.c.3.b | Software with the functions of device extraction items of 5A004.b | 2020-09-11 | | 5D002 5D992 EAR99 | 85 FR 56294 (from knowledge, high confidence)
5A980 | Devices primarily useful for surreptitious interception of communications, other than 5A001.f.1 | | | | 774 Supp. 1
5D980 | Software primarily useful for surreptitious interception, or for 5A980 devices | | | | 774 Supp. 1
5E980 | Technology primarily useful for 5A980 devices or 5D980 software | | | | 774 Supp. 1
5A992.c | Mass market encryption equipment after classification | | | | 774 Supp. 1
5D992.c | Mass market encryption software after classification | | | | 774 Supp. 1
6A003.b.3 | Imaging cameras with image intensifier tubes | | | | 774 Supp. 1
6A003.b.4 | Imaging cameras with focal plane arrays, thermal cameras among them | | | | 774 Supp. 1
6A993.a | Cameras that 6A003 leaves out by its notes, uncooled 9 Hz thermal cameras among them | | | | 774 Supp. 1
0A977 | Water cannon systems for riot or crowd control, and parts | 2020-10-06 | | EAR99 | 85 FR 63009 (from knowledge, high confidence)
0D977 | Software for water cannon systems of 0A977 | 2020-10-06 | | EAR99 | 85 FR 63009 (from knowledge, high confidence)
0E977 | Technology for water cannon systems of 0A977 | 2020-10-06 | | EAR99 | 85 FR 63009 (from knowledge, high confidence)
3A090 | Advanced computing integrated circuits and commodities containing them | 2022-10-07 | | 3A001 3A991 | 87 FR 62186 (from knowledge, high confidence)
4A090 | Computers and components containing integrated circuits of 3A090 | 2022-10-07 | | 4A003 4A994 5A002 5A992 | 87 FR 62186 (from knowledge, high confidence)
4D090 | Software for computers of 4A090 | 2022-10-07 | | 4D001 4D994 | 87 FR 62186 (from knowledge, high confidence)
4E091 | Weights of advanced artificial intelligence models | 2025-01-15 | | 4E001 EAR99 | 90 FR 4544 (from knowledge, high confidence)
"""
INSTEAD = {
    "0A501": "EAR99", "0A502": "0A501 EAR99", "0A504": "EAR99", "0A505": "EAR99", "0A506": "0A501", "0A507": "0A501", "0A508": "0A502",
    "0A509": "0A501 0A502",
}


def short(text):
    text = clean(text)
    text = re.sub(r"\s*\((see|See) List of Items Controlled\)", "", text)
    itar = re.search(r"\s*\((These items are|This entry is) \"?subject to the ITAR.*", text)
    text = text[:itar.start()].rstrip(" .") + " (subject to the ITAR)" if itar else text
    text = re.sub(r",? as follows:?[ .,]*$", "", text, flags=re.I).strip(" .,")
    text = re.sub(r"n\.e\.s$", "n.e.s.", text)
    text = re.sub(r'"\s*([^"]*?)\s*"', r"\1", text).replace('"', "")
    text = re.sub(r",([ ]?and|[ ]?or)\b", r",\1", text)
    text = text.rstrip(" ,")
    if len(text) > 140:
        text = text[:139].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"
    return text


def entries():
    rows, own = [], set()
    for line in PARTS.strip().splitlines():
        code, heading, first, last, instead, cite = [c.strip() for c in line.split("|")]
        own.add(code)
        assert len(heading) <= 140
        rows.append([code, heading, first, last, instead, cfr(cite)])
    for code in CODES:
        if code in own:
            continue
        first, cite = SINCE.get(code, ("", "15 CFR 774 Supp. 1"))
        instead = EMPTY.get(code, INSTEAD.get(code, "EAR99" if first else ""))
        if first and code not in INSTEAD and code[1] in "ABCDE":
            near = [c for c in CODES if c[:2] == code[:2] and c[2] == "9" and c != code and c not in SINCE]
            instead = " ".join(near[:4] + ["EAR99"])
        rows.append([code, short(ENTRIES[code]["heading"]), first, "", instead, cite])
    return sorted(rows)


# --- check -------------------------------------------------------------------------------------------------------


def check():
    errors = []
    meta = {e["eccn"]: e for e in json.loads((CCL / META).read_text(encoding="utf-8"))}
    rows, chart, groups = read("controls.csv"), read("chart.csv"), read("groups.csv") + read("places.csv")
    have = {r["code"] for r in read("entries.csv")}
    for code in ENTRIES:
        if code not in have:
            errors.append(f"entries.csv lacks {code}")
    if len(meta) != 633:
        errors.append(f"{len(meta)} entries in {META}, not 633")
    want, got = Counter(map(tuple, controls())), Counter(tuple(r[h] for h in CONTROL_HEAD) for r in rows)
    for row in (want - got):
        errors.append(f"controls.csv lacks {row}")
    for row in (got - want):
        errors.append(f"controls.csv has {row}, which the script does not make")
    # the plain rows (a whole entry, a column of the chart) are compared without the reader of the prose
    plain = {(r["entry"], r["reason"], r["places"]) for r in rows if not (r["paragraphs"] or r["except"] or r["for"] or r["when"])}
    for code, entry in ENTRIES.items():
        for row in entry["countryChart"]:
            m = re.fullmatch(r"([A-Z]{2})1? appl\w+ to (?:the )?entire entry\.?", row["control"].strip())
            column = re.match(r"([A-Z]{2}) Column (\d)", row["countryChart"])
            if m and column and (code, m.group(1), "".join(column.groups())) not in plain:
                errors.append(f"{code}: no row for {row['control']} {row['countryChart']}")
    # every reason row of the metadata is answered by a row of the same entry and reason
    reasons = defaultdict(set)
    for r in rows:
        reasons[r["entry"]].add(r["reason"])
    count = 0
    for code, i, reason, column, parts in scopes():
        count += 1
        if reason not in reasons[code]:
            errors.append(f"{code}#{i}: no row for {reason}")
    if count != sum(len(e["countryChart"]) for e in ENTRIES.values()):
        errors.append("a row of the metadata was not read")
    for code, entry in ENTRIES.items():
        for reason in re.findall(r"\b(NS|RS|MT|NP|CB|CC|AT|UN|FC|EI|SL|SI|CW|SS)\b", entry["reasonForControl"] or ""):
            if reason not in reasons[code] and (code, reason) != ("3A232", "RS"):
                errors.append(f"{code}: {reason} stands among the reasons for control, no row has it")
        if not reasons[code] and code not in ITAR and code not in EMPTY:
            errors.append(f"{code}: no control row")
    sets = {r["set"] for r in chart} | {r["set"] for r in groups}
    countries = {r["country"] for r in chart} | {r["country"] for r in groups}
    used = set()
    for r in rows:
        for item in re.split(r", | except ", r["places"]):
            used.add(item)
            if item != "all" and item not in sets and item not in countries:
                errors.append(f"{r['entry']}: unknown place {item}")
    columns = {"NS1", "NS2", "RS1", "RS2", "MT1", "CB1", "CB2", "CB3", "NP1", "NP2", "CC1", "CC2", "CC3", "FC1", "AT1", "AT2"}
    for column in sorted(columns - used):
        errors.append(f"no control uses {column}")
    known = set((HERE / "paragraphs.txt").read_text(encoding="utf-8").split())
    tables = [("controls.csv", rows), ("item-sets.csv", read("item-sets.csv")), ("lvs.csv", read("lvs.csv"))]
    for name, table in tables:
        for r in table:
            for p in (r["paragraphs"] + " " + r["except"]).split():
                if f"{r['entry']}.{p}" not in known:
                    errors.append(f"{name}: {r['entry']}.{p} is no paragraph")
            for c in r.get("for", "").split():
                if c not in known and c not in ENTRIES:
                    errors.append(f"{name}: {c} is no code")
            if r["entry"] not in ENTRIES:
                errors.append(f"{name}: {r['entry']} is no entry")
    for r in read("entries.csv"):
        for c in [r["code"], *r["instead"].split()]:
            if c not in known and c not in ENTRIES and c != "EAR99":
                errors.append(f"entries.csv: {c} is no code")
    # every flag line stands in a table, or says N/A, or is named in README.md as left out
    readme = (HERE / "README.md").read_text(encoding="utf-8") if (HERE / "README.md").exists() else ""
    in_set = defaultdict(set)
    for r in tables[1][1]:
        in_set[r["set"]].add(r["entry"])
    in_set["lvs"] = {r["entry"] for r in tables[2][1]}
    in_set["ace"] = in_set["cybersecurity-items"]
    for code, entry in ENTRIES.items():
        for flag, text in entry["licenceExceptionFlags"].items():
            text = clean(text)
            if re.match(r"(N/A$|No$|None$)", text) or not text:
                continue
            names = ["sta-barred", "sta-barred-a5", "sta-barred-a6"] if flag == "STA" else [flag.lower()]
            if not any(code in in_set[n] for n in names) and f"{code} {flag}" not in readme:
                errors.append(f"{code} {flag}: in no table and not named in README.md: {text[:60]}")
    for name in ("chart.csv", "groups.csv", "treated-as.csv", "controls.csv", "entries.csv", "item-sets.csv", "lvs.csv"):
        for n, r in enumerate(read(name), 2):
            if not r["cite"]:
                errors.append(f"{name}:{n}: no citation")
            if r["from"] and r["to"] and r["from"] > r["to"]:
                errors.append(f"{name}:{n}: {r['from']} is after {r['to']}")
    print(f"{len(meta)} + {len(ENTRIES) - len(meta)} entries, {count} reason rows, {len(rows)} control rows, "
          f"{sum(1 for r in rows if r['when'])} of them asked, {len(errors)} errors")
    for e in errors:
        print(" ", e)
    return not errors


def write(name, head, rows):
    with (HERE / name).open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


if __name__ == "__main__":
    if "--write" in sys.argv:
        write("controls.csv", CONTROL_HEAD, controls())
        write("entries.csv", ENTRY_HEAD, entries())
        write("item-sets.csv", SET_HEAD, item_sets())
        write("lvs.csv", LVS_HEAD, lvs())
    elif "--check" in sys.argv:
        sys.exit(0 if check() else 1)
    else:
        sys.exit(__doc__)
