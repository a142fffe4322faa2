"""What each finding of the pre-flight says to a person, and what to do. Pure."""

from izin.campaigns.rules import Finding

# code: (Malay, English); {} is the finding's subject.
SENTENCES = {
    "purpose_missing": (
        "Kempen belum mempunyai tujuan. Pilih tujuan yang dipersetujui oleh penerima.",
        "The campaign has no purpose. Choose the purpose that its recipients agreed to.",
    ),
    "notice_missing": (
        "Tujuan ini belum ada notis dalam bahasa {}. Terbitkan notis itu dahulu.",
        "This purpose has no published notice in language {}. Publish it first.",
    ),
    "policy_missing": (
        "Dasar privasi belum diterbitkan dalam bahasa {}. Terbitkan dahulu.",
        "The privacy policy is not published in language {}. Publish it first.",
    ),
    "policy_drift": (
        "Dasar privasi tidak menyebut {}. Tambahkannya dan terbitkan versi baharu.",
        "The privacy policy does not name {}. Add it and publish a new version.",
    ),
    "audience_uncounted": (
        "Bilangan penerima belum dikira. Kira khalayak semula.",
        "The recipients have not been counted. Count the audience again.",
    ),
    "audience_empty": (
        "Tiada seorang pun memberi kebenaran untuk tujuan ini. Kumpulkan kebenaran atau ubah khalayak.",
        "Nobody has given consent for this purpose. Collect consent or change the audience.",
    ),
    "wording_changed": (
        "Persetujuan yang diberi sebelum teksnya berubah: {}. Hantar hanya apa yang dipersetujui ketika itu.",
        "Consents from before the wording changed: {}. Send only what those people agreed to then.",
    ),
    "template_missing": (
        "Kempen belum mempunyai templat. Pilih templat yang diluluskan.",
        "The campaign has no template. Choose an approved one.",
    ),
    "variant_missing": (
        "Templat kedua untuk dibandingkan sudah tiada. Pilih templat lain dalam kempen baharu.",
        "The second template of the comparison is gone. Choose another in a new campaign.",
    ),
    "variant_language_missing": (
        "Templat kedua tiada dalam bahasa {}. Perbandingan hanya adil jika kedua-duanya ada dalam bahasa yang sama.",
        "The second template is missing in language {}. A comparison is fair only if both speak the same languages.",
    ),
    "language_missing": (
        "Tiada templat dalam bahasa {}. Tambah templat atau tetapkan bahasa ganti.",
        "There is no template in language {}. Add one, or set a fallback language.",
    ),
    "language_falls_back": (
        "Bahasa tanpa templat menerima bahasa ganti: {}. Semak jika ini dikehendaki.",
        "A language without a template gets the fallback: {}. Check that this is wanted.",
    ),
    "template_status_unknown": (
        "Status templat ({}) tidak diketahui. Segerakkan templat dengan WhatsApp.",
        "The template's status ({}) is not known. Synchronise the templates with WhatsApp.",
    ),
    "template_not_approved": (
        "Templat belum diluluskan oleh WhatsApp ({}). Tunggu kelulusan atau pilih yang lain.",
        "WhatsApp has not approved the template ({}). Wait for approval or choose another.",
    ),
    "template_category_unknown": (
        "Kategori templat ({}) tidak diketahui. Segerakkan templat dengan WhatsApp.",
        "The template's category ({}) is not known. Synchronise the templates with WhatsApp.",
    ),
    "template_category_unusable": (
        "Templat kategori ini tidak boleh digunakan untuk kempen ({}). Pilih templat lain.",
        "A template of this category cannot be used for a campaign ({}). Choose another.",
    ),
    "marketing_as_utility": (
        "Tujuan pemasaran perlu templat kategori MARKETING ({}). Pilih atau buat templat itu.",
        "A marketing purpose needs a template of category MARKETING ({}). Choose or make one.",
    ),
    "marketing_beyond_purpose": (
        "Templat pemasaran melebihi tujuan yang dipersetujui ({}). Pilih tujuan pemasaran atau templat lain.",
        "A marketing template goes beyond the agreed purpose ({}). Choose a marketing purpose or another template.",
    ),
    "opt_out_unknown": (
        "Ayat berhenti dalam bahasa {} tidak dapat disemak. Gunakan templat dalam bahasa yang disokong.",
        "The opt-out wording in language {} cannot be checked. Use a template in a supported language.",
    ),
    "opt_out_missing": (
        "Templat bahasa {} tidak memberitahu cara berhenti. Tambah ayat berhenti di kaki templat.",
        "The template in language {} does not tell how to stop. Add the opt-out line as its footer.",
    ),
    "placeholder_unknown": (
        "Ruang isian tidak dikenali ({}). Pilih medan untuk ruang itu.",
        "A placeholder is not known ({}). Choose the field that fills it.",
    ),
    "sender_missing": (
        "Kempen belum mempunyai nombor penghantar. Pilih nombor.",
        "The campaign has no sender number. Choose one.",
    ),
    "sender_held": (
        "Nombor penghantar sedang ditahan ({}). Selesaikan sebabnya, kemudian lepaskan tahanan.",
        "The sender number is on hold ({}). Settle the reason, then release it.",
    ),
    "pace_unknown": (
        "Had kelajuan nombor tidak diketahui. Segerakkan nombor dengan WhatsApp.",
        "The number's limit per second is not known. Synchronise the number with WhatsApp.",
    ),
    "daily_limit_unknown": (
        "Had 24 jam nombor tidak diketahui. Segerakkan nombor dengan WhatsApp.",
        "The number's limit in 24 hours is not known. Synchronise the number with WhatsApp.",
    ),
    "daily_limit_days": (
        "Pada had WhatsApp, kempen ini perlu kira-kira {} hari. Had itu dipatuhi sendiri; semak masa tamat.",
        "At WhatsApp's limit this campaign needs about this many days: {}. The limit is kept by itself; check the end.",
    ),
    "daily_limit_assumed": (
        "Had 24 jam nombor belum ditanya, maka had permulaan Meta diambil ({}). Semak nombor di halaman WhatsApp.",
        "Meta was not asked for the limit in 24 hours, so its first one counts ({}). Check the number under WhatsApp.",
    ),
    "window_missing": (
        "Kempen belum mempunyai masa tamat. Tetapkan masa terakhir untuk menghantar.",
        "The campaign has no end. Set the last time at which a message may leave.",
    ),
    "window_over": (
        "Masa tamat sudah berlalu ({}). Tetapkan masa yang akan datang.",
        "The end has passed ({}). Set a time in the future.",
    ),
    "window_too_short": (
        "Masa tidak cukup untuk {} penerima. Lewatkan masa tamat atau kecilkan khalayak.",
        "The time is too short for {} recipients. Move the end or make the audience smaller.",
    ),
    "quiet_hours": (
        "Kempen bermula dalam waktu senyap ({}). Pertimbangkan waktu siang.",
        "The campaign starts within the quiet hours ({}). Consider daytime.",
    ),
    "author_missing": (
        "Penulis kempen tidak diketahui. Simpan draf itu semula dengan akaun anda.",
        "The campaign's author is not known. Save the draft again from your own account.",
    ),
    "approver_missing": (
        "Belum ada kelulusan. Minta orang lain meluluskan kempen ini.",
        "There is no approval. Ask somebody else to approve this campaign.",
    ),
    "approver_is_author": (
        "Penulis tidak boleh meluluskan kempennya sendiri. Minta orang lain.",
        "The author cannot approve their own campaign. Ask somebody else.",
    ),
}


def explain(finding: Finding, language: str) -> str:
    """What the finding means and what to do, in Malay (``ms``) or English (any other)."""
    malay = language.replace("_", "-").partition("-")[0] == "ms"
    return SENTENCES[finding.code][0 if malay else 1].replace("{}", finding.subject)
