"""Set phrases that stand for one or two kinds of words (``lexicon.KINDS``), and whole answers. Pure data."""

# Several words that mean one thing; longer ones are tried first. Each "|" parts two phrases.
PHRASES = {
    "CAN OFTEN": "boleh kurangkan|boleh kurang",
    "ONLY IT": "yang ni je|yang ini sahaja|yang ini je|yang ni sahaja",
    "SUBSCRIPTION": """
        sign up|signed up|signing up|sign ups|added me|add me|adding me|masukkan saya|masukkan nombor|masukkan nama|
        put me on|put my number|signed me up|sign me up
    """,
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
        tinggalkan saya|jangan cari saya|stop all of it|opt put|opt our|opr out|op out|lose my number|lose this number|
        delete my number|forget my number|get out of my|stay out of my|piss off from|buzz off|bugger off|sod off|
        back off|shoo shoo|leave my phone|leave me in peace|leave us in peace|stay away|not be disturbed|
        do not disturb me|wants out|mahu keluar dari|mau keluar dari|want off|wants off|i want off|
        take me off|done with this|done with these|done with your|not part of|cut contact|
        sever contact|break contact|go silent|be quiet|keep quiet|sila diam|stop stop|withdraw me|discharge me|
        sign out|log me out|opted me out|opt me off|opt off|opt-out|optout me|
        disconnect me|kasi keluar|kasi berhenti|kasih berhenti|kasi stop|keluar group|keluar grup|left the group|
        exit the list|exit group|exit list|tak usah muncul|jangan muncul lagi|jangan ada lagi
    """,
    "STOP": """
        cut it out|knock it off|give it a rest|dah la tu|dahlah tu|sudah la tu hantar|sudah sudah la|sudah sudahlah|
        dah dah la|stop at once|berhenti serta merta|horen sie auf|horen auf|hor auf
    """,
    "DONT": """
        do not|tak usah|x usah|ga usah|gak usah|nggak usah|ngga usah|tidak usah|tok soh|dok soh|tok sah|can dont|
        tolong jangan|not to|tak pernah|x pernah|tidak pernah|gak pernah|ga pernah|mohon tidak|harap tidak|
        supaya tidak|supaya tak|supaya jangan|agar tidak|agar tak|harap tak|minta tak|minta tidak|minta jangan|
        hope you dont|you need not|no point|tak guna|buat apa|sia sia|for the love of god dont|not allowed to|
        you may not|forbidden to|dilarang|tidak dibenarkan|tidak membenarkan|tak benarkan|not authorised to|
        not authorized to|no permission to|no right to|tiada hak|takde hak|tak ada hak|tak payah dah|tak payah lagi|
        tak perlu dah|tak perlu lagi|x perlu dah|x payah dah|refrain from|cease and desist|avoid|no more of
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
        tak mampu|unable to|tak berdaya|tak larat|susah untuk|difficult to
    """,
    "OUT LIST": "take off my|take my name|take my number|take this number|take our number",
    "TAKE LIST": """
        get me off|get us off|take us off|take off my number|get my number off|kick me out|keep me off|get me out of|
        get off my|take me out|strike me off|cross me off|cross us off|strike us off|scratch me off|cut me off|
        drop me off your|knock me off|pull me off|pull me out|keluarkan dari|kick me from|kick me off|chuck me out|
        boot me|get me out|keluarkan saya dari|buang saya dari|take us out|wipe me from|delete me from|remove me from|
        erase me from|drop me out|exclude me from|take me down|take me off
    """,
    "CANCEL ORDER": "batal pesan|batalkan pesan|cancel pesan|batalin pesan",
    "NEED": "payah dok",
    "": """
        thank you so much|so much|very much|how much|how many|as much|romba nandri|drop me|drop by|drop off|at once|
        le do thoil|for me please|this year|last year|tahun lepas|would appreciate it if|appreciate if|
        id appreciate if|i would appreciate if|it would be great if|grateful if|do the needful|sikit tak|
        for the record|to whom it may|dengan hormat|dengan segala hormatnya|with all due respect
    """,
    "TAKE": """
        tutup nombor|take my name|take my number|take this number|take our number|take out my|forget my number|
        forget my|get rid of my|lose my|drop my
    """,
    "ADVERT": """
        mass message|special offers|mass messages|direct marketing|sales stuff|sales messages|sales texts|sales talk|
        sales pitch|sales pitches|marketing stuff|promo stuff|junk mail|bulk message|bulk messages|automated message|
        automated messages|auto message|auto messages|chain message|chain messages|forwarded messages|flash sale|
        flash sales|group blast|pesan massal|pesan siaran|mesej pukal|mesej siaran|sms blast|jualan murah|new arrivals|
        weekly special|weekly specials|good news|khabar gembira|cold messages|cold message|cold call|cold calls
    """,
    "LIST": "mailing list",
    "FORGET": "teks sambil",
    "IT": "benda ni|benda ini|such things|of this|macam ni|mcm ni|macam ini|seperti ini|hal ini",
    "THING": """
        bus stop|report card|tanpa henti|tanpa berhenti|non stop|one stop|full stop|stop by|stop over|stop sign|
        pit stop|stop order|stop loss|stop motion|text and drive|lrt stop|stop and think|end of month|end of year|
        end of|not working|took off|take away|number plate|stop press|sampai bila promo|last stop|first stop|next stop|
        stop payment|quick stop|stop watch|start stop|call centre|tidak apa|tak apa|takde apa|no problem|no problems|
        no worries|no rush|no idea|not sure|tak sure|tak pasti lagi|nothing else|rest stop|tak jadi|x jadi|gak jadi|
        ga jadi|tidak jadi|yang itu|yang tu|yang ini|yang ni|that one|this one|those ones|the other|stop at|stopped at|
        stop kat|stop di|stop dekat|stop depan|berhenti kat|berhenti di|berhenti dekat|berhenti depan|berhenti tepi|
        berhenti sebelah|停 不|non lo so|no se|nao sei|nie wiem|nem tudom|nu stiu|ne znam|δεν ξερω|не знам|weet niet|
        weet het niet|vet inte|spam fried|spam musubi|non lo|dont bother ill|waiting list|wait list|how often|
        working hours shop|phone died|battery died|bateri mati|phone dead|battery dead|phone mati|laptop died|
        bateri habis|guest list|name list|senarai menunggu|by post|via post|by courier|by mail|dengan pos|guna pos|
        pakai pos|guna grab|setop kontak|stop kontak|stop contact|keahlian gym|gym membership|membership card|
        kad keahlian|stopping over|stopping by|stopped by|stopping at|tiba tiba|full course|stop selling|berhenti jual|
        henti jual|stop gap|whistle stop|stop and go|stop start|short stop|berhenti kerja|stop work|stop working|
        berhenti sekolah|stop school|work stoppage|en arret|arret maladie|arret de bus|arret de travail|take off|
        take out|takeout|cannot stop|unable to stop|pull over|drop off|pick me up|tanpa had|good stop|
        next stops|berhenti rehat|berhenti makan|berhenti solat|berhenti minum|rehat dan rawat|bila2 masa|
        emergency stop|brek kecemasan|stop bleeding|stop light|stop button|butang stop|butang henti|stop lamp|stop bas|
        bas stop|hentian bas|perhentian bas|bus stops|bas sekolah|end date|end time|tarikh tamat|masa tamat|fee waiver|
        stop the car|stop the clock|heart stopped|stop crying|stop loving|stop smiling|cant stop|stop thinking|
        stop drinking|stop smoking|stop eating|les piano|les bahasa|les renang|les privat|les musik|berhenti les|
        tempat les|stopped working|stop functioning|stopped functioning|blok a|blok b|blok c|blok d|block a|block b|
        block c|block d|report time|reporting time|stopped raining|stopped charging|stopped loading|stopped selling|
        stopped making|stopped serving|stopped production
    """,
    "HOW": """
        macam mana|mcm mana|macamana|apa cara|what happens|apa jadi|apa maksud|what does|should i|do i|does it|
        kena taip|kena balas|tak pasti|not sure whether|not sure if|is there a way|cara|untuk apa|cemana|apa akan jadi|
        what if i|will i lose|if i type|if i reply|apa beza|skad macie
    """,
    "WHEN": "kat mana|di mana|dekat mana|pukul berapa|what time|jam berapa|what day",
    "OFTEN": """
        too many|too much|too often|tiap hari|setiap hari|tiap tiap hari|every day|hari hari|once a week|once a month|
        seminggu sekali|sebulan sekali|banyak sangat|every single day|every week|all the time|each day|all day|
        tiap jam|a bit less|a lot of|lots of|sekali seminggu|sekali sebulan|slow down|sekali sehari|so often|
        so frequently|so many|not so often|
        tak henti henti|tak henti|tak habis habis|tak sudah sudah|berkali kali|24 7|day and night|siang malam|
        pagi petang|pagi petang siang malam|nonstop
    """,
    "DEAD": "passed away|sudah tiada|no longer with us|passed on",
    "WRONG NUMBER": """
        wrong person|salah orang|salah sambung|tersalah orang|wrong contact|salah nombor|wrong no|salah no|salah num|
        wrong guy|wrong lady|wrong man|wrong chat|wrong girl|orang lain punya|号码 错|numero sbagliato|numero errado|
        verkeerd nummer|fel nummer|naan illa|mauvais numero|new owner of|no longer uses|no longer use|doesnt use this|
        does not use this|dah tak guna nombor|dah tak pakai nombor|tak guna dah nombor|bukan orang|not the person|
        bukan milik|lagi milik|belongs to someone|number changed|changed hands|pemilik lama|wrong recipient|not mine|
        bukan saya punya|new owner|nombor baru|tukar nombor|tukar no|dah tukar no|number recycled|nombor lama|
        previous owner|pemilik sebelum|misdirected|tersalah hantar|silap orang|silap nombor|tersilap nombor|
        tersilap orang|you have the wrong|wrong num|salah alamat|nomor salah|nomer salah|i am not him|i am not her|
        im not him|im not her|bukan dia|dont know this person|no such person|tiada orang|tak ada orang nama|
        nobody here by|no one here by|no one by that name|nobody by that name
    """,
    "DAY": "hari ni|hari ini|hr ni|right away|belum lagi|harini",
    "TIME": """
        waktu kerja|masa kerja|office hours|for now|for a while|next month|next week|bulan depan|minggu depan|at night|
        working|for the moment|buat masa|masa exam|musim exam|weekend|buat masa ni|buat masa sekarang|
        for the time being|during work|work hours|business hours|at work|school hours|waktu sekolah|waktu tidur|
        bedtime|in the morning|di malam hari|tengah malam|tengah hari|masa tidur|waktu tengah|in meetings
    """,
    "COPY ME": "send me my|give me my|subject access|get a copy|lihat data|nak tengok|nak tahu|nak lihat|show me my",
    "COPY": """
        hold about me|hold on me|about me|on me|pasal saya|tentang saya|mengenai saya|pasal sy|know about me|
        do you know about
    """,
    "PAUSE": "put on hold|hold off|take a break|buat sementara",
    "WHO": """
        who dis|who dat|tak kenal|x kenal|dont know you|do not know you|dont know who|kedai mana|dari mana ni|
        dari mana ini|from where|from which company|which company|syarikat apa|company apa|chi siete|qui est|c est qui|
        cest qui|who do you work|什么 来的|awak siapa|korang siapa|ini siapa|ni siapa|anda siapa|you siapa|u siapa|apa ni|
        apa benda ni|apa benda|apa ini|what is this|whats this|what s this|ape ni|who r u|who r you|and you are|
        dari siapa|daripada siapa|sape ni|siapa ni|sapa ni|who is this|who are you|who this|who u|u are who|
        ini dari mana|ni dari mana|syarikat mana|kedai apa|nombor siapa|nomor siapa|who am i talking
    """,
    "ANGER": """
        fed up|shut up|piss off|fuck off|fuck you|screw you|how dare|sakit hati|semak je|semak la|bikin semak|
        semak mata|bikin menyemak|buat semak|buat serabut|serabut kepala|menyusahkan orang|buat marah|buang masa|
        waste of time|waste my time|wasting my time|sick of|tired of|had enough|so annoying|getting annoying|
        naik angin|naik muak|panas hati|what the hell|what the fuck|for gods sake|not again|kurang ajar|get a life|
        kacau je|kacau betul
    """,
    "LIKE": "into this|for me",
    "REFUSE": """
        hell no|sudah la|sudah lah|dah la|dah lah|enough of|enough with|not relevant|not applicable|tak nak ambil tahu|
        tak kisah pun|le grazzi|not your customer|bukan pelanggan|nggak dulu|gak dulu|ga dulu|tidak dulu|tak dulu|
        jangan dulu|enggak dulu|no thx|no tq|no ty|lain kali|another time|not at the moment|tak sesuai|tak berkenan|
        not my thing|nty|no thank|no gracias|sudah2 la|dah2 la|dah3 la|x dulu|nothing for me|not for us|not our|
        cant afford|cannot afford|tak mampu|x mampu|belum minat|im good|im ok|were good|i am good|not this time|
        maybe next time|some other time|i will pass|ill pass|i pass|count me out|no need thanks|never again|
        tak berkenaan|not applicable to me|bukan untuk saya|tak relevan|tiada kaitan|tak ada kaitan|tak kena mengena|
        not for me|nothing to do with me|not relevant to me|i have no use|no use for|tak guna untuk|no use to me
    """,
    "GET NUMBER HOW": """
        get my number|got my number|have my number|dapat nombor saya|dpt no saya|dapat no saya|dapat nombor sy|
        dpt no sy|gave you my number|bagi nombor saya|bagi no saya|dapat nomor saya|got this number|find my number|
        dapat nombor ni|dpt nombor saya|bagi nombor sy|dari mana nombor|punya nomor|punya nombor saya|ada nombor saya|
        ada no saya|bisa punya|get my contact|got my contact|dapat contact saya|have my contact|dpt contact saya|
        find my contact|mana dapat no|mana dapat nombor|mana dapat contact|mana dapat nomor|mana dpt no|
        mana dpt nombor|dapat no dari|siapa bagi nombor|siapa bagi no|sapa bagi no|who gave you|who gave out|
        where did you get|where u get|how did you get|how you get|dapat nomor|dapet nomor|tau nomor|tahu nombor|
        source of my number|sumber nombor
    """,
    "NUMBER": "mobile number|phone number|contact number|nombor telefon|no tel|no telefon|no hp|no phone|no fon",
    "COLLECT": "pick up|self collect",
    "ME REPORT": "ambil tindakan|legal action|tindakan undang|take action",
    "NOT WISH SUBSCRIPTION": "x langgan|tak langgan|tidak langgan",
    "REPLY STOP": """
        taip stop|balas stop|reply stop|type stop|tekan stop|hantar stop|taip berhenti|balas berhenti|typing stop|
        replying stop|ketik stop|ketik berhenti|send stop|text stop|press stop|click stop
    """,
    "MORE": """
        lepas ni|lepas ini|selepas ni|selepas ini|lps ni|lpas ni|after this|from now on|going forward|mulai sekarang|
        mulai hari ini|mulai hari ni|starting today|starting now|as of now|as of today|effective immediately|
        effective today|with immediate effect|serta merta|from today|from this day|sampai bila bila|forever|for good|
        selama lamanya|once and for all|in future|in the future|di masa hadapan|masa akan datang|moving forward|
        setelah ini|habis ni|pasni|pas ni|mulai saat ini|sesudah ini|for all time|till further notice|
        until further notice|lepas2 ni
    """,
    "DONT SEND": """
        tidak dikirim lagi|tidak dihantar lagi|tak dihantar lagi|tidak dikirimi|tak dikirimi|tidak dihantar mesej|
        tak dihantar mesej|tidak lagi menerima|tak lagi terima|tak mahu terima|tidak lagi dihantar|
        tidak ingin menerima|tidak mau menerima|tidak ingin dihubungi|tak nak dihubungi|tidak mahu dihubungi|
        no longer receive|not receive|not be sent|not be receiving|quit sending|quit messaging|quit texting|
        quit spamming|quit it|without being contacted|enough with the messages|enough messages|enough promos|
        enough ads|enough spam|cukup hantar|cukuplah hantar|dah cukup hantar|sudah cukup kirim
    """,
    "NUMBER ME": """
        no sy|no saya|no aku|no gua|no gue|no ni|no ku|no kita|no kami|no whatsapp saya|no no ws saya|
        no fon saya|nombor ni|nombor ini|nomor ini|nomor gue|this number|hp saya|telefon saya|phone saya|my phone|
        my whatsapp|my handphone|my hp|my cell
    """,
    "MISTAKE": """
        by mistake|by accident|tak sengaja|x sengaja|ga sengaja|gak sengaja|tidak sengaja|silap tekan|salah tekan|
        salah taip|silap taip|wrong button|salah pencet|changed my mind|tukar fikiran|berubah fikiran|ubah fikiran|
        par erreur|aus versehen|por error|per errore|per sbaglio|por engano|per ongeluk|przez pomylke
    """,
    "MOVED": """
        moved to|i moved|we moved|have moved|moved away|moved house|moved out|moved overseas|no longer live|not living|
        dont live|no longer stay|dont stay|no longer work|tak duduk|dah tak tinggal|tak tinggal|dah tak kerja|
        tak kerja situ|tak belajar|tak sekolah|habis belajar|dah graduate|dah graduated|already graduated|
        has graduated|have graduated|tamat belajar|no longer study|no longer studying|no longer attend|
        no longer attends|no longer attending|no longer a student|no longer a member|no longer a customer|
        bukan lagi pelanggan|bukan lagi ahli|bukan lagi pelajar|tak mengaji situ|left the school|left the company|
        changed school|tukar sekolah|sold the house|sold my house|sold the car|sold my car|dah jual rumah|
        dah jual kereta|out of the country|tinggal di luar|migrated to|balik kampung terus|sudah lulus
    """,
    "HOW REPLY": "does typing|is typing|does replying",
    "OFTEN OFTEN": """
        less often|fewer messages|less frequently|less frequent|kurang sikit|not so often|tone it down|tone down|
        dial it down|cut down|cut back|kurangkan sikit|jangan kerap|slow down a bit
    """,
}

# What is an answer only when nothing else is said, with or without politeness.
CONFIRM = """ya|yes|yup|yep|yeah|ye|iya|setuju|saya setuju|sy setuju|ya saya setuju|ya setuju|ok setuju|yes i agree|i agree|agree|
agreed|confirm|i confirm|yes confirm|yes i confirm|sah|sahkan|saya sahkan|bersetuju|saya bersetuju|ok|okay|okey|yes please|
ya boleh|ok confirm|baik setuju|好|是|好的|同意|我同意|确认|確認|是的|ஆம்|சம்மதம்|aama|aamaa|ok pa|oui|si|sim|ja|tak|да|ναι|
yes ok|ok yes|ok ya|ya ok|ya betul|confirmed|yes confirmed|好确认|好的确认|是确认|ja bestatigt|bestatigt|si confirmo|confirmo|
je confirme|oui je confirme|confermo|si confermo|bevestigd|potwierdzam|bekraftar|vahvistan|potvrzuji|megerositem|confirm ya|
ya saya sahkan|ya teruskan|aama seri|aamaa seri|seri|setuju teruskan|ok teruskan|boleh teruskan|tak potwierdzam|y|siap setuju|of course|of course yes|mau|ya mau|ya lanjut|ya lanjutkan|我确认|我確認|同意接收|ஆம் உறுதி|உறுதி|i consent|yes i consent|saya bersetuju ya"""
HELP = """minta tolong|tolong dibantu|bisa dibantu|请帮我|帮帮我|aidez moi|show menu|hjælp|pagalba|palidziba|abi|pomoc prosze|help|bantuan|tolong|bantu|help me|help pls|help please|bantu saya|tolong saya|bantuan please|menu|info|i need help|
need help|nak bantuan|perlu bantuan|tolong bantu|mohon bantuan|minta bantuan|butuh bantuan|帮助|幫助|帮忙|救命|帮我|உதவி|
உதவி வேண்டும்|udhavi|uthavi|udavi|aide|hilfe|ayuda|aiuto|ajuda|hulp|pomoc|hjalp|apua|segitseg|ajutor|помощ|βοηθεια|pomoci|
help lah|pls help|please help|please help me|can you help me|boleh tolong saya|tolong la"""
MY_DATA = """auskunft über meine daten|quero os meus dados|我要我的资料|我的资料有哪些|export my data|download my data|data saya|my data|maklumat saya|my personal data|data peribadi saya|akses data saya|data pribadi saya|data sy|
我的资料|我的資料|我的数据|我的個人資料|我的个人资料|my information|my info|info saya|en thagaval|என் தகவல்|என் தரவு|mes donnees|meine daten|
mis datos|i miei dati|os meus dados|mijn gegevens|moje dane|mina uppgifter"""
JOIN = """join|sertai|nak join|nak sertai|saya nak join|saya nak sertai|i want to join|want to join|sign me up|how do i join|how to join|
macam mana nak sertai|macam mana nak join|nak daftar terima promosi|nak daftar|saya nak daftar|daftar|saya nak langgan|nak langgan|langgan|subscribe|subscribe me|how do i subscribe|
how to subscribe|i want to subscribe|please sign me up|gabung|mau gabung|mau langganan|berlangganan|订阅|加入|我要加入|我要订阅|加入我|opt in|optin|opt me in|count me in|add me|
add me to the list|masukkan saya|masukkan saya dalam senarai|nak join list|can i join|boleh saya join|boleh join|cara daftar|cara langganan|serenna|join pannanum|
sertakan saya"""
RESUME = """undo stop|turn messages back on|turn them back on|saya nak balik|mau terima lagi|再次订阅|再次訂閱|reactivez|ujrainditas|συνεχεια|quiero recibir otra vez|quero voltar a receber|i didnt mean to stop|i did not mean to stop|stopped by mistake|stop by mistake|tak sengaja stop|我想再订阅|我想继续收到|thirumba start pannunga|mula|start|resume|sambung|mula semula|unstop|开始|開始|恢复|恢復|继续|繼續|重新订阅|重新訂閱|தொடங்கு|
தொடங்கவும்|thodangu|thodanggu|aarambi|sambung semula|sambung balik|nak sambung|nak sambung balik|daftar semula|
resubscribe|re subscribe|start again|restart|langgan semula|nak langgan semula|nak langgan balik|mulai|mulai lagi|
lanjut|lanjutkan|aktifkan lagi|aktifkan semula|continue|teruskan|sign me up again|subscribe me again|
nak join balik|nak join semula|start messages|start receiving messages|hantar semula|
sign up again|i want to subscribe again|nak subscribe balik|subscribe balik|mau langganan lagi|langganan lagi|mula balik|start balik|start semula|berlangganan lagi"""
# Refusals of it knows not what when nothing else is said; beside other words they are politeness.
DECLINED = """tarik balik|why tho|why though|but why|dah dah|meh|who cares|again|again really|garbage|useless|rubbish|crap|sampah|又来了|又來了|tengok dulu la|tengoklah dulu|this is not for me|is this for me|ugh|ugh again|tak pe|xpe|x pe|takpa|xpa|tak pa|its ok|no its ok|no its fine|no its okay|all good|not now|
maybe later|some other day|tak kot|x kot|no la|no lah|no ler|later maybe|later la|we are good|
good for now|not really|not keen|im fine|i am fine|we are fine|gpp|gapapa|ga usah deh|gak deh|ga deh|nggak deh|enggak deh|
不了|算了吧|还是不了|暂时不用|先不用|不用啦|唔使啦|vera vendam|ippo vendam|later pa|pas maintenant|jetzt nicht|ahora no|adesso no|
agora nao|nu niet|nie teraz|inte nu|ikke nu|ei nyt|teď ne|teraz nie|most nem|nu acum|сега не|не сейчас|οχι τωρα|ne sada|ne zdaj"""

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
    ya yaa yes yup yep yeah yea yess iya iyah iye setuju bersetuju agree agreed confirm sahkan sure boleh 同意 确认 確認 是的
    好的 可以 行 對 对 ஆம் ஆமா சரி சம்மதம் aama aamaa amaa sari samatham sammatham oui ouais si sim ja да ναι
    einverstanden akkoord zgoda jah kyllä joo igen ano áno iva ndiyo accord daccord claro certo acepto acceptons accepte accetto aceito akceptuje accepteer hyvaksyn
    betul benar haah aah ama confirmed 係 好呀 好的我同意 ஆமாம் concordo stimme zgadzam godkanner acord accord съгласен съгласна συμφωνω
    slazem slažem sutinku naqbel gerne klar graag potrjujem accepterar souhlasim suhlasim elfogadom accept приемам αποδεχομαι prihvacam sprejmem sutinku piekritu noustun
"""
ASSENT_BESIDE = """
    ok okay okey k baik betul fine good great correct right absolutely definitely course alright of that thats do go
    s c est bon perfect parfait va bene ich zu bien sur jag de sunt csem съм sam se prima daftarkan sign me up 没问题 沒問題 好的 我 tack gern kiitos
    ahead please teruskan la lah je mesti tentu sudah with 好 d je suis
"""
