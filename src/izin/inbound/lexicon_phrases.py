"""Set phrases that stand for one or two kinds of words (``lexicon.KINDS``), and whole answers. Pure data."""

# Several words that mean one thing; longer ones are tried first. Each "|" parts two phrases.
PHRASES = {
    "CAN OFTEN": "boleh kurangkan|boleh kurang",
    "ONLY IT": "yang ni je|yang ini sahaja|yang ini je|yang ni sahaja",
    "SUBSCRIPTION": "sign up|signed up|signing up|sign ups",
    "NOT LIKE": "takde minat|tiada minat|tak ada minat|no interest|kurang minat",
    "ISNT": "不 是",
    "REPORT": "buat laporan|buat report|last warning|final warning|amaran terakhir|amaran akhir",
    "ONLY ADVERT": "only important|penting je|penting sahaja|yang penting saja",
    "WHY": "how come",
    "TAKE ME": "drop me from|drop us from|drop my number",
    "DONT MESSAGE": """
        not contacted|not be contacted|tidak dihubungi|tak dihubungi|tidak diganggu|not messaged|not be messaged
    """,
    "BACK": "take back",
    "CANCEL": """
        turn off|turn this off|turn it off|turn them off|turn these off|switch off|switch this off|off kan|nak off|
        opt cancel
    """,
    "LEAVE": """
        opt out|opt me out|opting out|opted out|nyah langgan|un subscribe|un sub|un reg|leave me alone|leave us alone|
        go away|get lost|want out|let me out|sign me off|ber henti|bu yao zai fa|mai send|count me out|leave me out|
        me alone|switch off my|im out|hands off me|leave me be|get off my phone|laissez moi tranquille|
        melden sie mich ab|melde mich ab|meld me af|meld mich ab|dadme de baja|de baja|let me go|mi cancello|
        melde ich mich ab|tarik diri|undur diri|nak withdraw|want to withdraw|wish to withdraw|pergi main jauh|
        tinggalkan saya|jangan cari saya|stop all of it|opt put|opt our|opr out|op out
    """,
    "STOP": """
        cut it out|knock it off|give it a rest|dah la tu|dahlah tu|sudah la tu hantar|sudah sudah la|sudah sudahlah|
        dah dah la|stop at once|berhenti serta merta|horen sie auf|horen auf|hor auf
    """,
    "DONT": """
        do not|tak usah|x usah|ga usah|gak usah|nggak usah|ngga usah|tidak usah|tok soh|dok soh|tok sah|can dont|
        tolong jangan|not to|tak pernah|x pernah|tidak pernah|gak pernah|ga pernah
    """,
    "NOT": "no longer|not any|bukan lagi",
    "NOT WISH": """
        tok se|tok sey|no longer wish|dont care|dont need|do not need|ayoko na|do not care|tak ada minat|not wish|
        rather not|no intention|tak ada hati|not like to
    """,
    "NO CONSENT": """
        tanpa izin|tanpa kebenaran|tanpa persetujuan|without permission|without consent|without my permission|
        without my consent
    """,
    "CANCEL SUBSCRIPTION": "tutup langganan|tutup akaun langganan",
    "NO MORE": "no more|no mor|not any more|chega de|koniec z",
    "NOT NEED": "no need|not need|tok payah|no longer need|dont have to|do not have to|no have to",
    "CAN": """
        boleh tak|boleh x|boleh tk|leh tak|leh x|blh x|blh tak|can or not|boleh ke|why dont|why not|will you|
        would you|cant you|bisa gak|bisa ga|mind|why cant
    """,
    "CANNOT": """
        tak boleh|can not|could not|tak dapat berhenti|susah nak|hard to|tak leh|x boleh|x leh|ga bisa|gak bisa|
        tak mampu
    """,
    "OUT LIST": "take off my|take my name|take my number|take this number|take our number",
    "TAKE LIST": """
        get me off|get us off|take me off|take us off|take off my number|get my number off|kick me out|keep me off|
        get me out of|get off my
    """,
    "CANCEL ORDER": "batal pesan|batalkan pesan|cancel pesan|batalin pesan",
    "NEED": "payah dok",
    "": """
        thank you so much|so much|very much|how much|how many|as much|romba nandri|drop me|drop by|drop off|at once|
        le do thoil|for me please
    """,
    "TAKE": """
        tutup nombor|take my name|take my number|take this number|take our number|take out my|forget my number|
        forget my|get rid of my|lose my|drop my
    """,
    "ADVERT": "mass message|special offers|mass messages|direct marketing",
    "LIST": "mailing list",
    "FORGET": "teks sambil",
    "IT": "benda ni|benda ini|such things|of this|macam ni|mcm ni|macam ini|seperti ini|hal ini",
    "THING": """
        bus stop|report card|tanpa henti|tanpa berhenti|non stop|one stop|full stop|stop by|stop over|stop sign|
        pit stop|stop order|stop loss|stop motion|text and drive|lrt stop|stop and think|end of month|end of year|
        end of|not working|took off|take away|number plate|stop press|sampai bila promo|last stop|first stop|
        next stop|stop payment|quick stop|stop watch|start stop|call centre|tidak apa|tak apa|takde apa|no problem|
        no problems|no worries|no rush|no idea|not sure|tak sure|tak pasti lagi|nothing else|rest stop|tak jadi|
        x jadi|gak jadi|ga jadi|tidak jadi|yang itu|yang tu|yang ini|yang ni|that one|this one|those ones|the other|
        stop at|stopped at|stop kat|stop di|stop dekat|stop depan|berhenti kat|berhenti di|berhenti dekat|
        berhenti depan|berhenti tepi|berhenti sebelah|停 不|non lo so|no se|nao sei|nie wiem|nem tudom|nu stiu|ne znam|
        δεν ξερω|не знам|weet niet|weet het niet|vet inte|spam fried|spam musubi|non lo|dont bother ill|waiting list|
        wait list|how often|working hours shop
    """,
    "HOW": """
        macam mana|mcm mana|macamana|apa cara|what happens|apa jadi|apa maksud|what does|should i|do i|does it|
        kena taip|kena balas|tak pasti|not sure whether|not sure if|is there a way|cara|untuk apa|cemana|
        apa akan jadi
    """,
    "WHEN": "kat mana|di mana|dekat mana|pukul berapa|what time|jam berapa|what day",
    "OFTEN": """
        too many|too much|too often|tiap hari|setiap hari|tiap tiap hari|every day|hari hari|once a week|once a month|
        seminggu sekali|sebulan sekali|banyak sangat|every single day|every week|all the time|each day|all day|
        tiap jam|a bit less|a lot of|lots of|sekali seminggu|sekali sebulan|slow down|sekali sehari
    """,
    "DEAD": "passed away|sudah tiada|no longer with us|passed on",
    "WRONG NUMBER": """
        wrong person|salah orang|salah sambung|tersalah orang|wrong contact|salah nombor|wrong no|salah no|salah num|
        wrong guy|wrong lady|wrong man|wrong chat|wrong girl|orang lain punya|号码 错|numero sbagliato|numero errado|
        verkeerd nummer|fel nummer|naan illa|mauvais numero|new owner of|no longer uses|no longer use|doesnt use this|
        does not use this|dah tak guna nombor|dah tak pakai nombor|tak guna dah nombor|bukan orang|not the person|
        bukan milik|lagi milik|belongs to someone|number changed|changed hands|pemilik lama
    """,
    "DAY": "hari ni|hari ini|hr ni|right away|belum lagi|harini",
    "TIME": """
        waktu kerja|masa kerja|office hours|for now|for a while|next month|next week|bulan depan|minggu depan|
        at night|working|for the moment|buat masa|masa exam|musim exam|weekend|buat masa ni|buat masa sekarang|
        for the time being
    """,
    "COPY ME": "send me my|give me my|subject access|get a copy|lihat data|nak tengok|nak tahu|nak lihat|show me my",
    "COPY": """
        hold about me|hold on me|about me|on me|pasal saya|tentang saya|mengenai saya|pasal sy|know about me|
        do you know about
    """,
    "PAUSE": "put on hold|hold off|take a break|buat sementara",
    "WHO": """
        who dis|who dat|tak kenal|x kenal|dont know you|do not know you|dont know who|kedai mana|dari mana ni|
        dari mana ini|from where|from which company|which company|syarikat apa|company apa|chi siete|qui est|
        c est qui|cest qui|who do you work|什么 来的|awak siapa|korang siapa|ini siapa|ni siapa|anda siapa|you siapa|
        u siapa|apa ni|apa benda ni|apa benda|apa ini|what is this|whats this|what s this|ape ni|who r u|who r you|
        and you are
    """,
    "ANGER": """
        fed up|shut up|piss off|fuck off|fuck you|screw you|how dare|sakit hati|semak je|semak la|bikin semak|
        semak mata|bikin menyemak
    """,
    "LIKE": "into this|for me",
    "REFUSE": """
        hell no|sudah la|sudah lah|dah la|dah lah|enough of|enough with|not relevant|not applicable|
        tak nak ambil tahu|tak kisah pun|le grazzi|not your customer|bukan pelanggan|nggak dulu|gak dulu|ga dulu|
        tidak dulu|tak dulu|jangan dulu|enggak dulu|no thx|no tq|no ty|lain kali|another time|not at the moment|
        tak sesuai|tak berkenan|not my thing|nty|no thank|no gracias|sudah2 la|dah2 la|dah3 la|x dulu|nothing for me|
        not for us|not our|cant afford|cannot afford|tak mampu|x mampu|belum minat
    """,
    "GET NUMBER HOW": """
        get my number|got my number|have my number|dapat nombor saya|dpt no saya|dapat no saya|dapat nombor sy|
        dpt no sy|gave you my number|bagi nombor saya|bagi no saya|dapat nomor saya|got this number|find my number|
        dapat nombor ni|dpt nombor saya|bagi nombor sy|dari mana nombor|punya nomor|punya nombor saya|ada nombor saya|
        ada no saya|bisa punya|get my contact|got my contact|dapat contact saya|have my contact|dpt contact saya|
        find my contact
    """,
    "NUMBER": "mobile number|phone number|contact number|nombor telefon|no tel|no telefon|no hp|no phone|no fon",
    "COLLECT": "pick up|self collect",
    "ME REPORT": "ambil tindakan|legal action|tindakan undang|take action",
    "NOT WISH SUBSCRIPTION": "x langgan|tak langgan|tidak langgan",
}

# What is an answer only when nothing else is said, with or without politeness.
CONFIRM = """ya|yes|yup|yep|yeah|ye|iya|setuju|saya setuju|sy setuju|ya saya setuju|ya setuju|ok setuju|yes i agree|i agree|agree|
agreed|confirm|i confirm|yes confirm|yes i confirm|sah|sahkan|saya sahkan|bersetuju|saya bersetuju|ok|okay|okey|yes please|
ya boleh|ok confirm|baik setuju|好|是|好的|同意|我同意|确认|確認|是的|ஆம்|சம்மதம்|aama|aamaa|ok pa|oui|si|sim|ja|tak|да|ναι|
yes ok|ok yes|ok ya|ya ok|ya betul"""
HELP = """help|bantuan|tolong|bantu|help me|help pls|help please|bantu saya|tolong saya|bantuan please|menu|info|i need help|
need help|nak bantuan|perlu bantuan|tolong bantu|mohon bantuan|minta bantuan|butuh bantuan|帮助|幫助|帮忙|救命|帮我|உதவி|
உதவி வேண்டும்|udhavi|uthavi|udavi|aide|hilfe|ayuda|aiuto|ajuda|hulp|pomoc|hjalp|apua|segitseg|ajutor|помощ|βοηθεια|pomoci|
help lah|pls help|please help|please help me|can you help me|boleh tolong saya|tolong la"""
MY_DATA = """data saya|my data|maklumat saya|my personal data|data peribadi saya|akses data saya|data pribadi saya|data sy|
我的资料|我的資料|我的数据|我的個人資料|我的个人资料|my information|my info|info saya|en thagaval|என் தகவல்|என் தரவு|mes donnees|meine daten|
mis datos|i miei dati|os meus dados|mijn gegevens|moje dane|mina uppgifter"""
JOIN = """join|sertai|nak join|nak sertai|saya nak join|saya nak sertai|i want to join|want to join|sign me up|how do i join|how to join|
macam mana nak sertai|macam mana nak join|nak daftar terima promosi|nak daftar|saya nak daftar|daftar|saya nak langgan|nak langgan|langgan|subscribe|subscribe me|how do i subscribe|
how to subscribe|i want to subscribe|please sign me up|gabung|mau gabung|mau langganan|berlangganan|订阅|加入|我要加入|我要订阅|加入我|opt in|optin|opt me in|count me in|add me|
add me to the list|masukkan saya|masukkan saya dalam senarai|nak join list|can i join|boleh saya join|boleh join|cara daftar|cara langganan|serenna|join pannanum|
sertakan saya"""
RESUME = """mula|start|resume|sambung|mula semula|unstop|开始|開始|恢复|恢復|继续|繼續|重新订阅|重新訂閱|தொடங்கு|
தொடங்கவும்|thodangu|thodanggu|aarambi|sambung semula|sambung balik|nak sambung|nak sambung balik|daftar semula|
resubscribe|re subscribe|start again|restart|langgan semula|nak langgan semula|nak langgan balik|mulai|mulai lagi|
lanjut|lanjutkan|aktifkan lagi|aktifkan semula|continue|teruskan|sign me up again|subscribe me again|
nak join balik|nak join semula|start messages|start receiving messages|hantar semula|
sign up again|i want to subscribe again|nak subscribe balik|subscribe balik|mau langganan lagi|langganan lagi|mula balik|start balik|start semula|berlangganan lagi"""
# What stands before an opt-in code.
JOIN_WORDS = """
    join sertai menyertai gabung ikut daftar langgan subscribe 加入 参加 參加 订阅 訂閱 报名 報名 சேர சேர் இணை இணைய sera inai
    beitreten teilnehmen mitmachen rejoindre adherer inscrire participer unirse unirme unir inscribir participar
    iscrivimi iscriviti aderisci unisciti partecipa aderire aderir entrar inscrever deelnemen aanmelden dolacz
    zapisz delta liity osallistu tilmeld deltag pripojit pridat prihlasit pripoj csatlakozas csatlakozom csatlakozz
    feliratkozas alatura inscrie присъедини включи запиши συμμετοχη εγγραφη pridruzi prijava prijavi prisijunk
    prisijungti pievienoties liitu inghaqad
"""
# A yes in words, and what people say with it.
ASSENT = """
    ya yes yup yep yeah yea yess iya iyah iye setuju bersetuju agree agreed confirm sahkan sure boleh 同意 确认 確認 是的
    好的 可以 行 對 对 ஆம் ஆமா சரி சம்மதம் aama aamaa amaa sari samatham sammatham oui ouais si sim ja да ναι
    einverstanden akkoord zgoda jah kyllä joo igen ano áno iva ndiyo accord daccord claro certo acepto acceptons accepte accetto aceito akceptuje accepteer hyvaksyn
    accepterar souhlasim suhlasim elfogadom accept приемам αποδεχομαι prihvacam sprejmem sutinku piekritu noustun
"""
ASSENT_BESIDE = """
    ok okay okey k baik betul fine good great correct right absolutely definitely course alright of that thats do go
    ahead please teruskan la lah je mesti tentu sudah with 好 d je suis
"""
