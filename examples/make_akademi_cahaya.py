# ruff: noqa: SIM905 - a row of names reads better than a list of strings
"""Writes ``akademi-cahaya.csv``: 2,000 parents of a tuition centre that does not exist, and what an import must find.

Every person is invented: names are put together by chance from common Malaysian given and family names. The numbers
are the block around libphonenumber's own example of a Malaysian mobile number (012-345 6789): same prefix, other last
four digits. Such a number may belong to somebody. The file is for the simulator that comes with Izin and for tests;
never send to it through WhatsApp.

The same file comes out every time: only ``random.Random.random`` is used, which Python promises to keep.

    python examples/make_akademi_cahaya.py
"""

import csv
import io
import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import phonenumbers

FOLDER = Path(__file__).parent
HEADER = "nama,telefon,bahasa,tarikh_persetujuan,cara,versi_notis,sumber,tarikh_tarik_balik,nama_anak".split(",")
EVIDENCE = ("tarikh_persetujuan", "cara", "versi_notis", "sumber")
ROWS, DUPLICATES, DUPLICATES_THAT_WITHDRAW, WITHDRAWN = 2000, 25, 3, 40
FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2026, 4, 30)
NOTICE = "promosi@1"

MALAY_WOMEN = (
    "Aishah Aminah Azlina Farah Fatimah Haslinda Intan Izzati Khadijah Maisarah Mariam Nadia Norhayati Norliza Nur'ain "
    "Rohani Rosmah Ruqayyah Sa'adiah Salmah Siti Suhaila Syafiqah Wan Yusnita Zaleha Zuraidah"
).split()
MALAY_MEN = (
    "Abdullah Adnan Ahmad Amirul Azman Faizal Farid Hafiz Hakim Hamzah Haris Hisham Ibrahim Imran Ismail Izzuddin "
    "Kamarul Khairul Nazri Osman Rashid Ridzuan Rosli Shahril Sulaiman Syafiq Yusof Zainal Zulkifli"
).split()
MALAY_CHILDREN = (
    "Adam Aiman Alya Aqil Balqis Danish Hana Hannah Iman Irfan Luqman Mikhail Nuha Qaisara Rayyan Sofea".split()
)
CHINESE_FAMILY = "Tan Lim Lee Ng Wong Chan Cheah Chong Foo Goh Ho Khoo Lau Liew Loh Ong Teoh Teh Yap Yeoh".split()
CHINESE_GIVEN = (
    "Mei Ling|Siew Fong|Wei Jie|Kah Hoe|Chee Keong|Hui Min|Pei Shan|Boon Huat|Li Ying|Kok Leong|Sook Yee|Jia Wen|"
    "Yee Ling|Swee Lian|Chun Hao|Zi Xuan|Poh Choo|Keng Hock"
).split("|")
CHINESE_CHILDREN = "Jun Kai|Xin Yi|Zhi Hao|Yu Xuan|Jia Hui|Ethan|Chloe|Wen Xin|Hao Ran|Rui En".split("|")
IN_CHINESE = "陈美玲 林伟杰 李慧敏 黄志强 王淑芬 张家豪 吴佩珊 刘文辉".split()
INDIAN_WOMEN = "Kavitha Thivya Malathi Priya Saraswathy Shanti Letchumi Vasanthi Yogeswari".split()
INDIAN_MEN = "Kumaran Murugan Ravindran Suresh Ganesan Prakash Sivakumar Anand Devan".split()
INDIAN_FATHER = "Subramaniam Krishnan Ramasamy Arumugam Perumal Muniandy Raju Velu Nadarajan Govindasamy".split()
INDIAN_CHILDREN = "Arvind Dhivya Harish Kishen Lavanya Nisha Pravin Sanjay Tharani Yashini".split()
IN_TAMIL = "கவிதா முருகன்|சுரேஷ் குமார்|பிரியா ராமசாமி|மாலதி கிருஷ்ணன்".split("|")
UNUSUAL = ("Maria D'Cruz", "Anne O'Hara", "Lim, Grace", 'Rosli "Pak Li" bin Osman', "Dr. Zainal Abidin", "=Suria")
SOURCES = (
    ("web_form", "Borang pendaftaran dalam talian"),
    ("web_form", "Halaman kelas percubaan"),
    ("paper", "Borang kertas, cawangan Shah Alam"),
    ("kertas", "Borang kertas, cawangan Ipoh"),
    ("kaunter", "Kaunter cawangan Johor Bahru"),
    ("counter", "Front desk, Penang branch"),
    ("qr", "Kod QR hari terbuka"),
    ("wa_keyword", "Mesej DAFTAR ke nombor akademi"),
    ("call", "Panggilan susulan, rakaman disimpan"),
)
# One of each kind that an import must refuse, with the code it must give.
BAD_NUMBERS = {
    "empty": "",
    "characters": "tiada telefon",
    "two_numbers": "012-345 0001 / 012-345 0002",
    "scientific": "6.01235E+10",
    "formula": "=+60123450003",
    "ambiguous": "60123450004",
    "no_prefix": "123450005",
    "unknown_country": "+999 12 345 0006",
    "invalid": "012-345 00",
    "not_mobile": "03-2385 6789",
    "extension": "012-345 0007 ext. 12",
    "vanity": "1-800-CAHAYA",
}
T = TypeVar("T")
Row = dict[str, str]


class Chance:
    """Choices that come out the same on every Python."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - invented people, no secret

    def below(self, end: int) -> int:
        return int(self._random() * end)

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        return [item for _, item in sorted(((self._random(), item) for item in items), key=lambda pair: pair[0])]


def person(chance: Chance) -> Row:
    """Name, language and child of an invented parent."""
    share = chance.below(100)
    if share < 58:
        father = chance.one_of(MALAY_MEN)
        name = f"{chance.one_of(MALAY_WOMEN)} binti {father}" if chance.below(2) else ""
        name = name or f"{chance.one_of(MALAY_MEN)} bin {father}"
        return {"nama": name, "bahasa": "ms", "nama_anak": chance.one_of(MALAY_CHILDREN)}
    if share < 84:
        name = f"{chance.one_of(CHINESE_FAMILY)} {chance.one_of(CHINESE_GIVEN)}"
        name = chance.one_of(IN_CHINESE) if chance.below(20) == 0 else name
        return {"nama": name, "bahasa": chance.one_of(("ms", "ms", "en")), "nama_anak": chance.one_of(CHINESE_CHILDREN)}
    given, link = chance.one_of(((INDIAN_WOMEN, "a/p"), (INDIAN_MEN, "a/l")))
    name = f"{chance.one_of(given)} {link} {chance.one_of(INDIAN_FATHER)}"
    name = chance.one_of(IN_TAMIL) if chance.below(20) == 0 else name
    return {"nama": name, "bahasa": chance.one_of(("ms", "ms", "en")), "nama_anak": chance.one_of(INDIAN_CHILDREN)}


def evidence(chance: Chance) -> tuple[date, Row]:
    """The day of a consent, and its four proofs."""
    day = FIRST_DAY + timedelta(days=chance.below((LAST_DAY - FIRST_DAY).days + 1))
    written = day.isoformat()
    if day.day > 12 and chance.below(4) == 0:
        written = f"{day:%d/%m/%Y}"
    elif chance.below(6) == 0:
        written += f"T{8 + chance.below(12):02d}:{chance.below(60):02d}+08:00"
    method, source = chance.one_of(SOURCES)
    return day, {"tarikh_persetujuan": written, "cara": method, "versi_notis": NOTICE, "sumber": source}


def numbers(chance: Chance) -> list[str]:
    """The national digits (9 of them) of all numbers in the example's block, in an order of chance."""
    example = phonenumbers.example_number_for_type("MY", phonenumbers.PhoneNumberType.MOBILE)
    assert example and example.national_number == 123456789
    block = [f"12345{tail:04d}" for tail in range(10_000)]
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(f"+60{digits}")) for digits in block[::97])
    return chance.shuffled(block[100:])  # the first hundred are left to BAD_NUMBERS and to tests


def written(digits: str, chance: Chance) -> str:
    """A number as people write it."""
    a, b, c = digits[:2], digits[2:5], digits[5:]
    return chance.one_of(
        (
            f"0{a}-{b} {c}",
            f"0{a}-{b} {c}",
            f"0{a}{b}{c}",
            f"+60{a}{b}{c}",
            f"+60 {a}-{b} {c}",
            f"0060{a}{b}{c}",
            f"0{a} {b} {c}",
            f"(0{a}) {b}{c}",
            f"+6 0{a}-{b} {c}",
        )
    )


def originals(chance: Chance) -> list[tuple[str, str, Row]]:
    """Every row that is no duplicate: what it shows (a code, ``withdrawn`` or nothing), its digits, its cells."""
    lacking: list[tuple[str, ...]] = [(column,) for column in EVIDENCE for _ in range(10)]
    lacking += [("cara", "sumber")] * 5 + [EVIDENCE] * 15
    kinds = ["no_evidence"] * len(lacking) + list(BAD_NUMBERS) + ["withdrawn"] * WITHDRAWN
    kinds += [""] * (ROWS - DUPLICATES - len(kinds))
    rows = []
    for kind, digits in zip(kinds, numbers(chance), strict=False):
        day, proof = evidence(chance)
        row = dict.fromkeys(HEADER, "") | person(chance) | {"telefon": written(digits, chance)} | proof
        if kind == "no_evidence":
            row |= dict.fromkeys(lacking.pop(), "")
        elif kind == "withdrawn":
            row["tarikh_tarik_balik"] = (day + timedelta(days=3 + chance.below(90))).isoformat()
        elif kind:
            row["telefon"] = BAD_NUMBERS[kind]
        rows.append((kind, digits, row))
    for name, (_, _, row) in zip(UNUSUAL, [entry for entry in rows if not entry[0]][::300], strict=False):
        row["nama"] = name
    return chance.shuffled(rows)


def build() -> tuple[str, dict[str, object]]:
    """The text of the file, and the counts that an import must come to."""
    chance = Chance(2026)
    rows = originals(chance)
    good = chance.shuffled([index for index, (kind, _, _) in enumerate(rows) if not kind])[:DUPLICATES]
    repeated: dict[int, Row] = {}
    for count, index in enumerate(good):
        _, digits, row = rows[index]
        again = row | {"telefon": written(digits, chance), "nama": row["nama"].upper()}
        if count < DUPLICATES_THAT_WITHDRAW:
            again["tarikh_tarik_balik"] = (LAST_DAY + timedelta(days=1)).isoformat()
        place = index + 1 + chance.below(len(rows) - index)  # somewhere below the first
        while place in repeated:
            place += 1
        repeated[place] = again
    kinds = [kind for kind, _, _ in rows]
    table = []
    for index in range(max(len(rows), *repeated) + 1):
        table += [repeated[index]] if index in repeated else []
        table += [rows[index][2]] if index < len(rows) else []
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    rejected = {kind: kinds.count(kind) for kind in ("no_evidence", *BAD_NUMBERS)} | {"duplicate": DUPLICATES}
    expected = {
        "rows": len(table),
        "importable": kinds.count("") - DUPLICATES_THAT_WITHDRAW,
        "withdrawn": kinds.count("withdrawn") + DUPLICATES_THAT_WITHDRAW,
        "rejected": rejected,
    }
    return out.getvalue(), expected


if __name__ == "__main__":
    text, counts = build()
    (FOLDER / "akademi-cahaya.csv").write_text(text, encoding="utf-8", newline="")
    (FOLDER / "akademi-cahaya.expected.json").write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
