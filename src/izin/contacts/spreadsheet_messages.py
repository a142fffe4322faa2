"""The reasons of ``spreadsheet`` in words, in Malay and English: what is wrong and what to do. Pure."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = {
    # The file as a whole
    "empty_file": {
        "ms": "Fail ini kosong.",
        "en": "The file is empty.",
    },
    "too_large": {
        "ms": "Fail ini melebihi 50 MB. Pecahkan kepada beberapa fail.",
        "en": "The file is larger than 50 MB. Split it into several files.",
    },
    "too_many_rows": {
        "ms": "Fail ini melebihi satu juta baris. Pecahkan kepada beberapa fail.",
        "en": "The file has more than a million rows. Split it into several files.",
    },
    "too_many_columns": {
        "ms": "Fail ini melebihi 64 lajur. Buang lajur yang tidak diperlukan.",
        "en": "The file has more than 64 columns. Remove those that are not needed.",
    },
    "spreadsheet_file": {
        "ms": "Ini fail Excel atau arkib ZIP. Simpan helaian sebagai “CSV UTF-8” dan muat naik semula.",
        "en": "This is an Excel file or a ZIP archive. Save the sheet as “CSV UTF-8” and upload it again.",
    },
    "not_a_table": {
        "ms": "Ini bukan fail CSV. Eksport kenalan sebagai CSV dan muat naik semula.",
        "en": "This is not a CSV file. Export the contacts as CSV and upload it again.",
    },
    "encoding_unsupported": {
        "ms": "Pengekodan teks fail ini tidak dapat dipastikan. Simpan sebagai “CSV UTF-8”.",
        "en": "The file's text encoding cannot be told. Save it as “CSV UTF-8”.",
    },
    "header_missing": {
        "ms": "Baris pertama nampaknya data. Tambah baris tajuk, contohnya: nama, telefon, tarikh_persetujuan.",
        "en": "The first row looks like data. Add a row of headings, for example: name, phone, consent_date.",
    },
    "header_broken": {
        "ms": "Baris tajuk tidak dapat dibaca. Semak tanda petik dan simpan sebagai “CSV UTF-8”.",
        "en": "The row of headings cannot be read. Check its quotes and save the file as “CSV UTF-8”.",
    },
    "column_unnamed": {
        "ms": "Ada lajur tanpa tajuk. Beri nama kepada setiap lajur.",
        "en": "A column has no heading. Give every column a name.",
    },
    "duplicate_column": {
        "ms": "Dua lajur membawa maksud yang sama. Simpan satu sahaja.",
        "en": "Two columns mean the same. Keep only one of them.",
    },
    "no_phone_column": {
        "ms": "Tiada lajur nombor telefon. Namakan lajur itu “telefon”.",
        "en": "There is no column of phone numbers. Call it “phone”.",
    },
    "country_unknown": {
        "ms": "Negara yang dipilih untuk fail ini tidak dikenali.",
        "en": "The country chosen for this file is not known.",
    },
    # Rows
    "unclosed_quote": {
        "ms": "Tanda petik dibuka tetapi tidak ditutup pada baris ini.",
        "en": "A quote opens on this line and is not closed.",
    },
    "stray_quote": {
        "ms": "Ada tanda petik di tengah-tengah sel. Gandakan tanda petik itu dan petik seluruh sel.",
        "en": "There is a quote in the middle of a cell. Double it and put the whole cell in quotes.",
    },
    "field_count": {
        "ms": "Bilangan sel pada baris ini tidak sama dengan bilangan tajuk.",
        "en": "This row does not have as many cells as there are headings.",
    },
    "field_too_long": {
        "ms": "Sel ini melebihi 4 KB.",
        "en": "The cell is longer than 4 KB.",
    },
    "encoding": {
        "ms": "Sel ini mengandungi aksara yang bukan UTF-8. Simpan fail sebagai “CSV UTF-8”.",
        "en": "The cell holds characters that are not UTF-8. Save the file as “CSV UTF-8”.",
    },
    "nul": {
        "ms": "Sel ini mengandungi bait NUL; fail mungkin rosak.",
        "en": "The cell holds a NUL byte; the file may be damaged.",
    },
    "name_too_long": {
        "ms": "Nama melebihi 200 aksara.",
        "en": "The name is longer than 200 characters.",
    },
    "text_too_long": {
        "ms": "Teks melebihi 200 aksara.",
        "en": "The text is longer than 200 characters.",
    },
    "language_unknown": {
        "ms": "Bahasa tidak dikenali. Tulis ms, en, zh atau ta.",
        "en": "The language is not known. Write ms, en, zh or ta.",
    },
    "tag_unusable": {
        "ms": "Tag tidak dapat digunakan. Tulis perkataan pendek (paling banyak 30 aksara), tanpa nombor telefon.",
        "en": "The tag cannot be used. Write short words (30 characters at most) and no telephone number.",
    },
    # Evidence of consent
    "no_evidence": {
        "ms": "Bukti persetujuan tiada. Tarikh, cara, versi notis dan sumber semuanya diperlukan.",
        "en": "Evidence of consent is missing. Date, method, notice version and source are all needed.",
    },
    "method_unknown": {
        "ms": "Cara persetujuan tidak dikenali. Tulis web_form, wa_keyword, paper, counter, call atau qr.",
        "en": "The method of consent is not known. Write web_form, wa_keyword, paper, counter, call or qr.",
    },
    "date_unreadable": {
        "ms": "Ini bukan tarikh yang dapat dibaca. Tulis TTTT-BB-HH, contohnya 2026-03-31.",
        "en": "This is not a date that can be read. Write YYYY-MM-DD, for example 2026-03-31.",
    },
    "date_ambiguous": {
        "ms": "Hari dan bulan tidak dapat dibezakan. Tulis TTTT-BB-HH, contohnya 2026-03-31.",
        "en": "Day and month cannot be told apart. Write YYYY-MM-DD, for example 2026-03-31.",
    },
    "date_impossible": {
        "ms": "Tarikh atau masa ini tidak wujud dalam kalendar.",
        "en": "The calendar has no such date or time.",
    },
    "date_future": {
        "ms": "Tarikh ini pada masa hadapan.",
        "en": "The date lies in the future.",
    },
    "date_too_old": {
        "ms": "Tarikh ini sebelum 2009, sebelum WhatsApp wujud.",
        "en": "The date is before 2009, before there was WhatsApp.",
    },
    "duplicate": {
        "ms": "Nombor ini sudah ada pada baris yang lebih awal.",
        "en": "An earlier line has the same number.",
    },
    "withdrawal_unclear": {
        "ms": "Baris lain menyatakan orang ini menarik balik persetujuan, tetapi tarikhnya tidak dapat dibaca.",
        "en": "Another line says that this person withdrew, on a date that cannot be read.",
    },
    # Told later, when the rows meet what is already known about purpose, notice and person
    "notice_unknown": {
        "ms": "Versi notis ini bukan milik tujuan yang dipilih.",
        "en": "The chosen purpose has no such notice version.",
    },
    "consent_expired": {
        "ms": "Persetujuan ini sudah tamat tempoh.",
        "en": "The consent has expired.",
    },
    "refused_earlier": {
        "ms": "Nombor ini pernah menarik balik atau menolak. Import tidak mengubahnya.",
        "en": "This number withdrew or refused earlier. An import does not change that.",
    },
    # The whole file, by people
    "discarded": {
        "ms": "Muat naik ini dibatalkan sebelum apa-apa dibaca.",
        "en": "The upload was discarded before anything was read.",
    },
    "proof_missing": {
        "ms": "Penyemak tidak menemui bukti bagi satu baris sampel. Tiada persetujuan dalam fail ini diambil.",
        "en": "The reviewer did not find the proof of a sampled row. No consent of this file was taken in.",
    },
    "proof_differs": {
        "ms": "Bukti bagi satu baris sampel menyatakan perkara lain. Tiada persetujuan dalam fail ini diambil.",
        "en": "The proof of a sampled row says something else. No consent of this file was taken in.",
    },
    "no_consent": {
        "ms": "Bukti bagi satu baris sampel bukan bukti persetujuan. Tiada persetujuan dalam fail ini diambil.",
        "en": "The proof of a sampled row is no proof of consent. No consent of this file was taken in.",
    },
    # Phone numbers
    "empty": {
        "ms": "Tiada nombor telefon.",
        "en": "There is no phone number.",
    },
    "characters": {
        "ms": "Nombor telefon mengandungi aksara lain. Tulis angka sahaja, bermula dengan + dan kod negara.",
        "en": "The phone number holds other characters. Write only digits, with + and the country code first.",
    },
    "formula": {
        "ms": "Ini formula, bukan nombor telefon. Tulis nombor itu sebagai teks.",
        "en": "This is a formula, not a phone number. Write the number as text.",
    },
    "scientific": {
        "ms": "Excel telah membundarkan nombor ini dan angkanya hilang. Formatkan lajur sebagai teks dan taip semula.",
        "en": "Excel has rounded this number and its digits are lost. Format the column as text and type it again.",
    },
    "two_numbers": {
        "ms": "Ada dua nombor dalam satu sel. Simpan satu nombor bagi setiap baris.",
        "en": "There are two numbers in one cell. Keep one number per row.",
    },
    "extension": {
        "ms": "Nombor dengan sambungan tidak boleh menerima WhatsApp.",
        "en": "A number with an extension cannot receive WhatsApp.",
    },
    "vanity": {
        "ms": "Nombor ini ditulis dengan huruf. Tulis angkanya.",
        "en": "The number is written with letters. Write its digits.",
    },
    "ambiguous": {
        "ms": "Tidak jelas nombor ini milik negara mana. Tulis + dan kod negara di hadapan.",
        "en": "It is not clear which country the number belongs to. Write + and the country code first.",
    },
    "no_prefix": {
        "ms": "Nombor ini tiada 0 atau + di hadapan; mungkin dibuang oleh hamparan. Tulis + dan kod negara.",
        "en": "The number begins with neither 0 nor +; a spreadsheet may have cut it. Write + and the country code.",
    },
    "unknown_country": {
        "ms": "Kod negara nombor ini tidak wujud.",
        "en": "There is no such country code.",
    },
    "invalid": {
        "ms": "Nombor ini tidak sah di negaranya. Semak angka yang kurang atau lebih.",
        "en": "The number is not valid in its country. Look for missing or extra digits.",
    },
    "not_mobile": {
        "ms": "Ini bukan nombor telefon bimbit.",
        "en": "This is not a mobile number.",
    },
}
_AT_LINE: Final = {"ms": "baris", "en": "line"}


def explain(code: str, language: str, hint: str = "") -> str:
    """The sentence for ``code`` in ``language`` (``ms``, else English), with the line that ``hint`` points to.

    Raises ``KeyError`` for a code that no reader gives.
    """
    spoken = "ms" if language.lower().startswith("ms") else "en"
    sentence = SENTENCES[code][spoken]
    return f"{sentence.removesuffix('.')} ({_AT_LINE[spoken]} {hint})." if hint else sentence
