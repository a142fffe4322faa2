"""The page that lies in every bundle and says what is in it. Both languages in one file."""

from collections.abc import Mapping
from typing import Any


def readme(organisation: str, about: Mapping[str, Any]) -> str:
    """The text of README.txt."""
    person = about["kind"] == "person"
    english, malay = ("one person", "seorang") if person else ("one campaign", "satu kempen")
    return (
        f"EVIDENCE ABOUT {english.upper()}, HANDED OUT BY {organisation}\n\n{_ENGLISH}\n"
        f"BUKTI TENTANG {malay.upper()}, DISERAHKAN OLEH {organisation}\n\n{_MALAY}"
    )


_ENGLISH = """\
Verify it without the one who handed it out:

    izin-verify THIS-FILE.zip --key KEY

KEY is the organisation's public key. Take it from somewhere else than this file (the organisation's own pages, an
earlier receipt, an authority): key.txt only says which one is meant. Give --checkpoint with a checkpoint that somebody
else has kept, and you also know that nobody was shown another history.

  timeline.en.pdf    the same in readable form, to be printed (timeline.en.html: as a page)
  acts.jsonl         each act with its evidence: what was shown, what was said; and the salt of its commitment
  notices/           the exact texts, in the form whose digest the ledger holds
  pages/             the form as it was served, its signed note left empty; the file's name is its SHA-256, which the
                     ledger held before anybody saw it
  scans/             forms that were signed on paper; the file's name is its SHA-256, which the act names
  entries.jsonl      the entries of the ledger, each with its proof (RFC 6962)
  checkpoint.txt     the signed state of the ledger (C2SP tlog-checkpoint)
  checkpoints.jsonl  earlier signed states, each with the proof that nothing was rewritten since
  stamps/            (if any) time stamps of an authority (RFC 3161); N.tsr is over the signed state of N entries
  campaign.json, recipients.jsonl   (campaigns) what was sent, and each recipient's outcome by reference
  bundle.json        the list of contents; the ledger holds its digest

It holds personal data. Keep it no longer than you need it, and give it to nobody who does not.
"""
_MALAY = """\
Sahkan tanpa bergantung pada pihak yang menyerahkannya:

    izin-verify FAIL-INI.zip --key KUNCI --language ms

KUNCI ialah kunci awam organisasi. Dapatkan dari tempat lain, bukan dari fail ini (halaman organisasi, resit terdahulu,
pihak berkuasa): key.txt hanya menyatakan kunci yang dimaksudkan. Berikan --checkpoint dengan titik semak yang disimpan
oleh orang lain, dan anda juga tahu bahawa tiada sesiapa ditunjukkan sejarah lain.

  timeline.ms.pdf    perkara yang sama dalam bentuk mudah dibaca, untuk dicetak (timeline.ms.html: sebagai halaman)
  acts.jsonl         setiap tindakan bersama buktinya: apa yang ditunjukkan, apa yang dikatakan; dan garam komitmennya
  notices/           teks yang tepat, dalam bentuk yang cernaannya disimpan oleh lejar
  pages/             borang seperti yang dihantar, dengan nota bertandatangan dikosongkan; nama fail ialah SHA-256,
                     yang disimpan oleh lejar sebelum dilihat sesiapa
  scans/             borang yang ditandatangani di atas kertas; nama fail ialah SHA-256, yang dinamakan oleh tindakan
  entries.jsonl      catatan lejar, setiap satu dengan buktinya (RFC 6962)
  checkpoint.txt     keadaan lejar yang ditandatangani (C2SP tlog-checkpoint)
  checkpoints.jsonl  keadaan terdahulu, dengan bukti bahawa tiada apa ditulis semula sejak itu
  stamps/            (jika ada) cap masa pihak berkuasa (RFC 3161); N.tsr adalah bagi keadaan N catatan
  campaign.json, recipients.jsonl   (kempen) apa yang dihantar, dan hasil setiap penerima melalui rujukan
  bundle.json        senarai kandungan; lejar menyimpan cernaannya

Fail ini mengandungi data peribadi. Simpan selama yang perlu sahaja, dan jangan beri kepada yang tidak memerlukannya.
"""
