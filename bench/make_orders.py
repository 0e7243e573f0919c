#!/usr/bin/env python3
"""Writes a CSV of orders for the batch benchmark: make_orders.py COUNT > orders.csv. The same count gives the same file."""

import csv
import random
import sys

CODES = ["4D004", "5A001.j", "5A001.f.2", "EAR99", "5A992.c", "3A981", "5D002", "6A003.b.4", "4A005", "5A004.b", "9A610.x", "2B001.a"]
PLACES = ["SA", "CN", "DE", "IL", "AE", "MX", "IN", "GB", "BR", "EG", "LY", "RU", "KR", "JP", "TR", "HK"]
KINDS = ["company", "police", "government", "bank", "telecom-operator", "university"]
NAMES = [
    "Najd Private Bank", "NSO Group", "Rhein Telekom", "Ministry of Interior", "Hangzhou Hikvision Digital Technology",
    "Policia Federal", "Acme Trading LLC", "Candiru", "Pudong Red Team Services", "Eastern Province Police Directorate",
    "Global Networks Ltd", "Al Noor Systems", "Zhang Wei Electronics", "Petrov Industries", "Minsk Municipal Guard",
]
HEADER = (
    "id,date,action,from,to,end_use,item.name,item.classification,item.origin,item.value,item.currency,"
    "end_user.name,end_user.country,end_user.kind"
)


def main():
    count = int(sys.argv[1])
    chance = random.Random(1)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADER.split(","))
    for i in range(count):
        to = chance.choice(PLACES)
        day = f"{chance.randint(2020, 2026)}-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}"
        # One row in five hundred is wrong on purpose: it must be rejected, and the rest go on.
        origin = "US" if i % 500 else "Atlantis"
        name = chance.choice(NAMES) + (f" {chance.randint(1, 99)}" if i % 3 == 0 else "")
        value = chance.randint(100, 100000)
        out.writerow(
            [f"o{i}", day, "export", origin, to, "network", "tool", chance.choice(CODES), "US", value, "USD", name, to, chance.choice(KINDS)]
        )


main()
