"""What the simulated people write, in five languages. A small list: people are terse and spell as they like."""

STOPS: dict[str, tuple[str, ...]] = {
    "ms": ("BERHENTI", "berhenti", "stop", "Tak nak lagi", "jgn hantar lagi", "Tolong jangan mesej saya"),
    "en": ("STOP", "Stop", "unsubscribe", "pls remove me", "No more messages please", "stop it!!"),
    "id": ("STOP", "Berhenti berlangganan", "jangan kirim lagi ya", "Tolong hapus nomor saya"),
    "zh": ("退订", "停止", "不要再发了", "请不要再发信息给我", "取消订阅"),
    "ta": ("நிறுத்து", "நிறுத்துங்கள்", "இனி அனுப்ப வேண்டாம்", "வேண்டாம்"),
}
REPLIES: dict[str, tuple[str, ...]] = {
    "ms": ("Berapa yuran?", "Masih ada tempat?", "Terima kasih 🙏", "Boleh saya tahu masa kelas?"),
    "en": ("How much is it?", "Thanks!", "Where are you located?", "Can I bring my brother?"),
    "id": ("Berapa biayanya?", "Makasih infonya", "Masih buka pendaftaran?", "Di mana lokasinya?"),
    "zh": ("多少钱？", "谢谢", "还有名额吗？", "在哪里上课？"),
    "ta": ("கட்டணம் எவ்வளவு?", "நன்றி", "இடம் இருக்கிறதா?", "எப்போது தொடங்கும்?"),
}
REACTIONS = ("👍", "❤️", "😂", "🙏")
