"""What each finding about the connection says to a person, and how to mend it. Pure."""

from izin.whatsapp.connection import Finding

# code: (Malay, English); {} is the finding's subject. The first sentence says what is wrong, the rest what to do.
SENTENCES = {
    "no_answer": (
        "WhatsApp tidak menjawab. Semak sambungan internet pelayan ini, kemudian cuba lagi.",
        "WhatsApp did not answer. Check this server's connection to the internet, then try again.",
    ),
    "refused": (
        "WhatsApp menolak dengan kod {}. Cari kod itu dalam halaman “Error codes” Meta, atau cuba lagi kemudian.",
        "WhatsApp refused with code {}. Look it up on Meta's page “Error codes”, or try again later.",
    ),
    "no_permission": (
        "Token ini tidak mempunyai kebenaran untuk akaun ini. Di Meta Business Settings, beri pengguna sistem akses "
        "penuh kepada akaun WhatsApp dan aplikasi anda, kemudian buat token baharu.",
        "The token has no permission for this account. In Meta Business Settings, give the system user full access to "
        "the WhatsApp account and to your app, then make a new token.",
    ),
    "token_refused": (
        "WhatsApp tidak menerima token ini. Salin semula keseluruhan token daripada Meta Business Settings, atau buat "
        "yang baharu.",
        "WhatsApp does not accept this token. Copy it again as a whole from Meta Business Settings, or make a new one.",
    ),
    "token_expired": (
        "Token ini tamat tempoh pada {}. Buat token baharu yang tidak tamat tempoh untuk pengguna sistem, dan masukkan "
        "di sini.",
        "The token ended on {}. Make a new one that never expires for a system user, and enter it here.",
    ),
    "token_ends_soon": (
        "Token ini tamat tempoh pada {}. Selepas itu tiada mesej keluar; buat token baharu dan "
        "masukkan sebelum hari itu.",
        "The token ends on {}. Nothing leaves after that; make a new one and enter it before that day.",
    ),
    "token_of_a_person": (
        "Token ini milik seorang pengguna, bukan pengguna sistem. Ia terbatal apabila orang itu menukar kata "
        "laluan; buat token pengguna sistem di Meta Business Settings.",
        "The token belongs to a person, not to a system user. It dies when that person changes the password; make a "
        "system user's token in Meta Business Settings.",
    ),
    "scope_missing": (
        "Token ini tiada kebenaran {}. Buat token baharu dan tandakan kebenaran itu.",
        "The token lacks the permission {}. Make a new token and tick that permission.",
    ),
    "account_unknown": (
        "Tiada akaun WhatsApp {} untuk token ini. Semak ID akaun dalam WhatsApp Manager, dan bahawa token itu daripada "
        "perniagaan yang sama.",
        "There is no WhatsApp account {} for this token. Check the account's id in WhatsApp Manager, and that the "
        "token is of the same business.",
    ),
    "account_not_named": (
        "Token ini tidak menyebut akaun {}. Ia mungkin berfungsi; jika tidak, beri pengguna sistem "
        "akses kepada akaun itu.",
        "The token does not name account {}. It may work all the same; if not, give the system user access to it.",
    ),
    "secret_wrong": (
        "Rahsia aplikasi bukan milik aplikasi yang membuat token ini. Salin “App secret” daripada aplikasi yang sama: "
        "App settings → Basic.",
        "The app secret is not of the app that made this token. Copy the “App secret” of that same app: App settings → "
        "Basic.",
    ),
    "no_numbers": (
        "Akaun ini belum mempunyai nombor. Tambah dan sahkan satu nombor dalam WhatsApp Manager.",
        "The account has no number yet. Add and verify one in WhatsApp Manager.",
    ),
    "number_not_connected": (
        "{} belum bersambung. Daftarkan nombor itu untuk Cloud API dalam WhatsApp Manager.",
        "{} is not connected. Register the number for the Cloud API in WhatsApp Manager.",
    ),
    "number_blocked": (
        "{} tidak boleh menghantar sekarang. WhatsApp Manager menyebut sebabnya dan cara merayu.",
        "{} cannot send at the moment. WhatsApp Manager says why, and how to appeal.",
    ),
    "number_limited": (
        "{} hanya boleh menghantar secara terhad. WhatsApp Manager menyebut sebabnya.",
        "{} can send in a limited way only. WhatsApp Manager says why.",
    ),
    "quality_red": (
        "Kualiti {} rendah: ramai orang menyekat atau melaporkannya. Hantar lebih sedikit, kepada orang yang "
        "menjangkakannya.",
        "The quality of {} is low: many people block or report it. Send less, to people who expect it.",
    ),
    "quality_yellow": (
        "Kualiti {} sederhana. Perhatikan: jika jatuh lagi, WhatsApp mengehadkan nombor ini.",
        "The quality of {} is medium. Watch it: if it falls further, WhatsApp limits the number.",
    ),
    "callback_without_tls": (
        "Alamat pintu masuk ialah {}, tanpa https. Meta hanya menghantar ke alamat https yang boleh dicapai dari "
        "internet; tetapkan IZIN_DOOR_URL.",
        "The door's address is {}, without https. Meta posts only to an https address that the internet reaches; set "
        "IZIN_DOOR_URL.",
    ),
    "handshake_failed": (
        "Meta tidak mendapat jawapan di {}. Semak bahawa “izin run door” sedang berjalan dan alamat itu boleh dicapai "
        "dari internet dengan sijil yang sah.",
        "Meta got no answer at {}. Check that “izin run door” is running and that the internet reaches that address, "
        "with a valid certificate.",
    ),
    "not_subscribed": (
        "Webhook belum dilanggan. Tanpanya, BERHENTI tidak sampai; tekan “Langgan dan buktikan”.",
        "The webhooks are not subscribed. Without them no STOP arrives; press “Subscribe and prove”.",
    ),
    "address_elsewhere": (
        "Meta menghantar webhook ke alamat lain. Tekan “Langgan dan buktikan” supaya ia datang ke sini.",
        "Meta posts the webhooks to another address. Press “Subscribe and prove”, so that they come here.",
    ),
    "address_of_the_app": (
        "Meta menghantar webhook ke alamat yang ditetapkan dalam aplikasi. Jika itu bukan alamat ini, tekan “Langgan "
        "dan buktikan”.",
        "Meta posts the webhooks to the address that is set in the app. If that is not ours, press “Subscribe and "
        "prove”.",
    ),
    "event_unheard": (
        "Peristiwa ujian yang ditandatangani tidak sampai melalui {}. Semak proksi: ia mesti menghantar isi tanpa "
        "diubah, dan “izin run door” mesti berjalan.",
        "The signed test event did not arrive through {}. Check the proxy: it must pass the body unchanged, and “izin "
        "run door” must run.",
    ),
    "no_templates": (
        "Akaun ini belum mempunyai templat. Tulis yang pertama di bawah Kempen → Templat.",
        "The account has no template yet. Write the first one under Campaigns → Templates.",
    ),
}


def explain(finding: Finding, language: str) -> tuple[str, str]:
    """(what is wrong, how to mend it) in Malay (``ms``) or English (any other)."""
    malay = language.replace("_", "-").partition("-")[0] == "ms"
    wrong, _, mend = SENTENCES[finding.code][0 if malay else 1].partition(". ")
    return wrong.removesuffix(".").replace("{}", finding.subject), mend.replace("{}", finding.subject)
