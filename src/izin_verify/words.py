"""The sentences of the verifier, in English and Malay."""

from typing import Any

REFUSALS = {
    "act_malformed": ("An act is not written as acts are.", "Suatu tindakan tidak ditulis seperti sepatutnya."),
    "act_not_in_entry": (
        "An act is not the one that its ledger entry covers: it was changed.",
        "Suatu tindakan bukan yang dilindungi oleh catatan lejarnya: ia telah diubah.",
    ),
    "act_of_other_kind": (
        "An act says something else than its ledger entry.",
        "Suatu tindakan menyatakan perkara lain daripada catatan lejarnya.",
    ),
    "act_of_other_person": ("An act belongs to somebody else.", "Suatu tindakan milik orang lain."),
    "act_order": ("An act stands twice, or out of order.", "Suatu tindakan berulang, atau tidak mengikut urutan."),
    "act_without_entry": (
        "An act has no entry in the ledger.",
        "Suatu tindakan tiada catatan dalam lejar.",
    ),
    "archive_compressed": (
        "The archive is packed. Bundles are not, so that nothing can unfold.",
        "Arkib ini dimampatkan. Berkas bukti tidak dimampatkan supaya tiada apa yang boleh mengembang.",
    ),
    "archive_damaged": ("A file in the archive is damaged.", "Satu fail dalam arkib rosak."),
    "archive_malformed": (
        "The archive is not in the one form of a bundle: cut, lengthened or rebuilt.",
        "Arkib ini bukan dalam bentuk berkas bukti: dipotong, ditambah atau dibina semula.",
    ),
    "archive_name": ("A file in the archive has a forbidden name.", "Satu fail dalam arkib mempunyai nama terlarang."),
    "archive_repeats": (
        "A file name stands twice in the archive, or out of order.",
        "Satu nama fail berulang dalam arkib, atau tidak mengikut urutan.",
    ),
    "base64_malformed": ("A value is not proper base64.", "Satu nilai bukan base64 yang betul."),
    "campaign_changed": (
        "What the campaign said is not what was approved and started.",
        "Kandungan kempen bukan yang telah diluluskan dan dimulakan.",
    ),
    "checkpoint_malformed": (
        "The checkpoint is not one of this log.",
        "Titik semak ini bukan milik log ini.",
    ),
    "checkpoint_order": ("The checkpoints are out of order.", "Titik-titik semak tidak mengikut urutan."),
    "entry_malformed": (
        "A ledger entry is not written as entries are.",
        "Satu catatan lejar tidak ditulis dengan betul.",
    ),
    "entry_not_in_log": (
        "An entry is not in the log that was signed: it was changed, or never there.",
        "Satu catatan tiada dalam log yang ditandatangani: ia telah diubah, atau tidak pernah ada.",
    ),
    "entry_order": ("An entry stands twice, or out of order.", "Satu catatan berulang, atau tidak mengikut urutan."),
    "evidence_changed": (
        "The evidence of an act does not fit its commitment: it was changed.",
        "Bukti suatu tindakan tidak sepadan dengan komitmennya: ia telah diubah.",
    ),
    "file_changed": (
        "A file is not the one that the manifest names.",
        "Satu fail bukan yang dinamakan dalam senarai kandungan.",
    ),
    "file_missing": ("A file is missing.", "Satu fail tiada."),
    "file_unnamed": (
        "There is a file that the manifest does not name.",
        "Ada fail yang tidak dinamakan dalam senarai kandungan.",
    ),
    "fork": (
        "The same key signed two different histories. Keep both files: this is the gravest finding there is.",
        "Kunci yang sama menandatangani dua sejarah yang berbeza. Simpan kedua-dua fail: ini penemuan paling berat.",
    ),
    "json_malformed": (
        "A line is not proper JSON, or says a thing twice.",
        "Satu baris bukan JSON yang betul, atau menyatakan sesuatu dua kali.",
    ),
    "json_not_canonical": (
        "A line is not in its one canonical form (RFC 8785).",
        "Satu baris bukan dalam bentuk kanoniknya (RFC 8785).",
    ),
    "json_too_deep": ("A line is nested too deep.", "Satu baris bersarang terlalu dalam."),
    "kept_not_covered": (
        "The checkpoint that you kept is not among those in the bundle. Ask for a bundle that goes back to it.",
        "Titik semak simpanan anda tiada dalam berkas ini. Minta berkas yang merangkuminya.",
    ),
    "key_malformed": (
        "The key is not a verifier key. It looks like izin/…+12345678+AQ….",
        "Kunci ini bukan kunci pengesahan. Rupanya seperti izin/…+12345678+AQ….",
    ),
    "line_malformed": ("A line does not have the fields that it must have.", "Satu baris tiada medan yang sepatutnya."),
    "log_not_whole": (
        "The bundle says that it holds the whole log, and does not.",
        "Berkas ini mengatakan ia mengandungi seluruh log, tetapi tidak.",
    ),
    "manifest_malformed": ("The list of contents is not proper.", "Senarai kandungan tidak betul."),
    "manifest_not_recorded": (
        "The ledger did not record this bundle: its contents were put together later.",
        "Lejar tidak merekodkan berkas ini: kandungannya disusun kemudian.",
    ),
    "not_a_bundle": ("This is neither a bundle nor a receipt.", "Ini bukan berkas bukti dan bukan resit."),
    "note_malformed": ("A signed note is malformed.", "Satu nota bertandatangan tidak betul bentuknya."),
    "other_key": (
        "It is not signed by the key that you gave.",
        "Ia tidak ditandatangani oleh kunci yang anda berikan.",
    ),
    "other_organisation": ("It belongs to another organisation.", "Ia milik organisasi lain."),
    "proof_malformed": ("A proof has the wrong length or form.", "Satu bukti salah panjang atau bentuknya."),
    "purpose_differs": (
        "The campaign was started for another purpose.",
        "Kempen ini dimulakan untuk tujuan lain.",
    ),
    "purpose_unknown": ("A purpose is not in the ledger.", "Satu tujuan tiada dalam lejar."),
    "receipt_changed": ("The receipt was changed after it was sealed.", "Resit ini diubah selepas dimeterai."),
    "receipt_differs": (
        "The receipt says something else than the acts that it proves.",
        "Resit ini menyatakan perkara lain daripada tindakan yang dibuktikannya.",
    ),
    "receipt_unsealed": ("The receipt has no seal.", "Resit ini tiada meterai."),
    "receipt_without_proof": ("The receipt has no proof in it.", "Resit ini tiada bukti di dalamnya."),
    "root_malformed": (
        "The file holds no root certificate of a time stamp authority (PEM).",
        "Fail ini tidak mengandungi sijil akar pihak berkuasa cap masa (PEM).",
    ),
    "sent_without_consent": (
        "A message was sent to somebody whose acts do not show a consent at that moment.",
        "Satu mesej dihantar kepada seseorang yang tindakannya tidak menunjukkan persetujuan pada ketika itu.",
    ),
    "signature": ("The signature does not hold.", "Tandatangan ini tidak sah."),
    "scan_missing": (
        "A signed form that an act names is missing, or is another one.",
        "Borang bertandatangan yang dinamakan oleh suatu tindakan tiada, atau bukan yang sama.",
    ),
    "scan_unnamed": (
        "There is a scan that no act names.",
        "Terdapat imbasan yang tidak dinamakan oleh mana-mana tindakan.",
    ),
    "stamp_malformed": ("A time stamp is not one.", "Satu cap masa bukan cap masa yang sah bentuknya."),
    "stamp_not_signed": (
        "A time stamp is not signed by an authority under the root that you gave.",
        "Satu cap masa tidak ditandatangani oleh pihak berkuasa di bawah akar yang anda berikan.",
    ),
    "stamp_of_other_bytes": (
        "A time stamp is over something else than its checkpoint.",
        "Satu cap masa adalah bagi perkara lain, bukan titik semaknya.",
    ),
    "stamp_without_checkpoint": (
        "There is a time stamp without its checkpoint.",
        "Terdapat cap masa tanpa titik semaknya.",
    ),
    "standing_differs": (
        "The bundle claims a standing that its own acts do not make.",
        "Berkas ini mendakwa kedudukan yang tidak terbit daripada tindakan di dalamnya.",
    ),
    "text_changed": ("A text is not the one whose digest it bears.", "Satu teks bukan yang dinamakan oleh cernaannya."),
    "text_missing": (
        "The text that was shown for an act is missing.",
        "Teks yang ditunjukkan bagi suatu tindakan tiada.",
    ),
    "text_not_shown": (
        "The text in the evidence is not the one that was published.",
        "Teks dalam bukti bukan yang telah diterbitkan.",
    ),
    "text_published_late": (
        "A text was not in the ledger before it was used.",
        "Satu teks belum ada dalam lejar sebelum digunakan.",
    ),
    "time_malformed": ("A time is not proper.", "Satu masa tidak betul."),
    "too_large": ("The file is larger than a bundle may be.", "Fail ini lebih besar daripada yang dibenarkan."),
    "truncated": ("A file ends in the middle of a line.", "Satu fail berakhir di tengah baris."),
}

PROVEN = {
    "log": (
        "The key you gave signed a log of {size} entries of organisation {organisation}; the {entries} shown here are "
        "in it, unchanged.",
        "Kunci yang anda berikan menandatangani log {size} catatan bagi organisasi {organisation}; {entries} yang "
        "ditunjukkan di sini ada di dalamnya, tidak berubah.",
    ),
    "consistent": (
        "{checkpoints} earlier signed states of the log are beginnings of it: nothing was rewritten between them.",
        "{checkpoints} keadaan log terdahulu yang ditandatangani ialah permulaannya: tiada yang ditulis semula.",
    ),
    "kept": (
        "The checkpoint that you kept, over {size} entries, belongs to the same history.",
        "Titik semak simpanan anda, bagi {size} catatan, tergolong dalam sejarah yang sama.",
    ),
    "stamped": (
        "The log's first {size} entries existed at the latest on {at}, says {by}.",
        "{size} catatan pertama log telah wujud selewat-lewatnya pada {at}, menurut {by}.",
    ),
    "acts": (
        "{acts} acts are those that the ledger covers; the evidence of {opened} is opened and fits; {texts} texts are "
        "those whose digests were logged before they were used.",
        "{acts} tindakan ialah yang dilindungi lejar; bukti bagi {opened} dibuka dan sepadan; {texts} teks ialah yang "
        "cernaannya direkodkan sebelum digunakan.",
    ),
    "scans": (
        "{scans} scans of signed forms are, byte for byte, those that the acts name.",
        "{scans} imbasan borang bertandatangan adalah, bait demi bait, yang dinamakan oleh tindakan.",
    ),
    "receipt": (
        "The {acts} acts on this receipt are in the log, with the text that was shown and what was said.",
        "{acts} tindakan pada resit ini ada dalam log, bersama teks yang ditunjukkan dan apa yang dikatakan.",
    ),
    "nothing_left_out": (
        "The whole log is here: no single act of this person was left out.",
        "Seluruh log ada di sini: tiada satu pun tindakan tunggal orang ini yang ditinggalkan.",
    ),
    "approved": (
        "What the recipients saw is exactly what was approved.",
        "Apa yang dilihat penerima ialah tepat apa yang diluluskan.",
    ),
    "sent_with_consent": (
        "Each of the {sent} messages sent, of {people} people planned, rested on acts in the log that made a consent "
        "to {purpose} at the stated moment.",
        "Setiap satu daripada {sent} mesej yang dihantar, daripada {people} orang yang dirancang, bersandar pada "
        "tindakan dalam log yang menjadi persetujuan untuk {purpose} pada masa yang dinyatakan.",
    ),
    "sums": (
        "The sums are those sealed when the campaign ended: {planned} planned, {accepted} accepted.",
        "Jumlahnya ialah yang dimeterai ketika kempen tamat: {planned} dirancang, {accepted} diterima.",
    ),
    "stands_granted": ("{purpose}: these acts make a consent.", "{purpose}: tindakan ini menjadi persetujuan."),
    "stands_paused": (
        "{purpose}: these acts make a consent, paused by the person.",
        "{purpose}: tindakan ini menjadi persetujuan, dijeda oleh orang itu.",
    ),
    "stands_expired": ("{purpose}: the consent has ended.", "{purpose}: persetujuan telah tamat tempoh."),
    "stands_refused": ("{purpose}: the person has refused.", "{purpose}: orang itu telah menolak."),
    "stands_held": (
        "{purpose}: an unclear wish holds everything.",
        "{purpose}: hasrat yang tidak jelas menahan segalanya.",
    ),
    "stands_pending": (
        "{purpose}: asked, not answered: no consent.",
        "{purpose}: ditanya, belum dijawab: tiada persetujuan.",
    ),
    "stands_unknown": ("{purpose}: no act, so no consent.", "{purpose}: tiada tindakan, jadi tiada persetujuan."),
}

NOT_PROVEN = {
    "truth": (
        "that an act was true when it was entered: a log shows order and that nothing was altered, not honesty.",
        "bahawa suatu tindakan benar ketika dicatat: log menunjukkan urutan dan tiada perubahan, bukan kejujuran.",
    ),
    "time": (
        "the clock: times are the house's own. A checkpoint kept elsewhere dates what it covers.",
        "jam: masa ialah menurut rumah itu sendiri. Titik semak yang disimpan di tempat lain memberikan tarikh.",
    ),
    "stamps_unjudged": (
        "what {stamps} time stamps in it say: they were not judged. Give --timestamp-root with the root certificate of "
        "an authority that you trust.",
        "apa yang dinyatakan oleh {stamps} cap masa di dalamnya: tidak dinilai. Berikan --timestamp-root dengan sijil "
        "akar pihak berkuasa yang anda percayai.",
    ),
    "no_stamp": (
        "a date by a time stamp authority: there is no time stamp in it.",
        "tarikh oleh pihak berkuasa cap masa: tiada cap masa di dalamnya.",
    ),
    "timeline": (
        "the pages timeline.en.html and timeline.ms.html beyond being those that were handed out: read the acts above.",
        "halaman timeline.en.html dan timeline.ms.html selain bahawa itulah yang diserahkan: baca tindakan di atas.",
    ),
    "holder": (
        "who stands behind the reference: the number is not in the ledger. Compare the evidence with the person's own "
        "messages.",
        "siapa di sebalik rujukan itu: nombor tiada dalam lejar. Bandingkan bukti dengan mesej orang itu sendiri.",
    ),
    "left_out": (
        "that nothing was left out, a later refusal for example: ask for the bundle with the whole log.",
        "bahawa tiada yang ditinggalkan, misalnya penolakan kemudian: minta berkas dengan seluruh log.",
    ),
    "imports_left_out": (
        "that no row of an imported file was left out: its entry holds many people under one root.",
        "bahawa tiada baris fail import yang ditinggalkan: satu catatan merangkumi ramai orang.",
    ),
    "later": (
        "what happened after this act, a withdrawal for example.",
        "apa yang berlaku selepas ini, misalnya penarikan balik.",
    ),
    "witness": (
        "that nobody else was shown another history: give --checkpoint with one that was kept elsewhere.",
        "bahawa orang lain tidak ditunjukkan sejarah lain: berikan --checkpoint yang disimpan di tempat lain.",
    ),
    "closed": (
        "what {acts} acts rest on: their evidence was not opened here, or was erased.",
        "sandaran bagi {acts} tindakan: buktinya tidak dibuka di sini, atau telah dipadam.",
    ),
    "recipients": (
        "that the list of recipients is complete, and the moments of sending: the ledger holds only the sums.",
        "bahawa senarai penerima lengkap, dan masa penghantaran: lejar hanya menyimpan jumlah.",
    ),
    "not_approved": ("an approval: there is none.", "kelulusan: tiada."),
    "not_completed": (
        "the sums: the campaign has not ended, so none are sealed.",
        "jumlah: kempen belum tamat, jadi tiada yang dimeterai.",
    ),
    "sums_differ": (
        "the sums: sealed were {planned} planned and {accepted} accepted, listed are {listed} and {listed_accepted} "
        "(people erased since, late answers of WhatsApp, or left out).",
        "jumlah: yang dimeterai {planned} dirancang dan {accepted} diterima, yang disenaraikan {listed} dan "
        "{listed_accepted} (orang yang dipadam, jawapan lewat WhatsApp, atau ditinggalkan).",
    ),
}

FRAME = {
    "holds": ("HOLDS: everything in {name} is what it says.", "SAH: segala dalam {name} ialah seperti dinyatakan."),
    "refused": ("REFUSED: {name}", "DITOLAK: {name}"),
    "proven": ("Proven:", "Terbukti:"),
    "not_proven": ("Not proven by any such file:", "Tidak terbukti oleh mana-mana fail sebegini:"),
    "timeline": ("The acts, by their own time (UTC):", "Tindakan, mengikut masanya (UTC):"),
    "cannot_judge": (
        "There are time stamps to judge, and rfc3161-client is not installed: pip install rfc3161-client. Without "
        "--timestamp-root everything else is verified.",
        "Terdapat cap masa untuk dinilai, tetapi rfc3161-client tidak dipasang: pip install rfc3161-client. Tanpa "
        "--timestamp-root, semua yang lain disahkan.",
    ),
    "unreadable": ("The file {name} cannot be read.", "Fail {name} tidak dapat dibaca."),
}
LANGUAGES = ("en", "ms")


def say(table: dict[str, tuple[str, str]], code: str, language: str, **given: Any) -> str:
    """The sentence of a code, with what stands in it."""
    return table[code][LANGUAGES.index(language)].format(**given)
