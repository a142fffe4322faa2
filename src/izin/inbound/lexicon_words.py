"""The words of Malay, English and Indonesian, each under its kind (``lexicon.KINDS``). Pure data.

Malay with its shorthand (x, jgn, sy), typing errors that are seen, dialects (Kelantan, Terengganu, Sarawak, Sabah,
the north) and Manglish. Native speakers are welcome to add.
"""

# Politeness and words of form: they change nothing. "ok stop ya kak, tq" is "stop".
DROPPED = """
    ek eik haa tau noted pernah kot dlm dalam into harap berharap peribadi personal private dr whatever kan
    a abang actually ada adik admin ah aiya aiyo aja akan also am an and any apa apa2 apapa are assalamualaikum at
    ba bah bang be been being benda betul bloody bos boss bro btul cam cik da damn dan dari daripada dear deh dei
    dekat deyy did dik dkt do does doh dok dong dr drpd duk dulu eh encik for from further gan god gods gok had haha
    hai haiyo hal has have hell hello here hey hi hm hmm honestly hor immediately in is itu jadi jela jua juga just
    k kak kakak kan kasih kat ke kepada kind kindly kk kpd kt la lah lar leh liaw like ll lo lor ma maaf macam madam
    mah mana-mana masih mcm mdm meh min minta mintak mohon mohonlah n now nya of oh oi ok okay okey on orait other
    others pada pannu pannunga panunga para pihak plak please plis pls plz puan pula pulak pun really regards sake
    salam sana sangat sebarang sebegini segala segera sekarang selepas sesiapa seterusnya sgt shall sih sila sini
    sir sis situ skrg so some sorry sort still straight stuff such team telah tengah terima terlalu terus terusan
    tetap thank thanks that the then there thing things thnks those thx tlg to tolong tolonglah tq tqvm tu tuan ty
    very wah walao was weh wei were wey will with would ya yah yang ye yer yg
"""

TABLE = {
    "START": "start mula mulakan resume aktifkan restart reactivate",
    "STOP": """
        berhenti henti hentikan hentikanlah berhentikan menghentikan dihentikan diberhentikan stop stopp setop stp
        stopping stopla stoplah hentilah hentila berhentilah brenti berenti brhenti brhnti brhnt bhenti berhnti
        behenti berheti berhent berhentu berhanti bernti brnti berhnt bhnti hnti stpo sotp tsop stoppls stopall
        stopit برهنتي stahp stap stooop barenti birinti menghenti brhntikn brhentikn stopkan hentikn berhentikn
        berhentiin stopin brentiin bereti refrain desist
    """,
    "LEAVE": """
        unsubscribe unsub unsubs unsubscribed unsubscribing unsubscription unreg nyahlanggan menyahlanggan
        nyahlangganan unsubcribe unsubscrib unsuscribe optout unfollow stopsms deregister unregister unenroll unenrol
    """,
    "CANCEL": """
        batal batalkan membatalkan dibatalkan batalin cancel cancelled canceled cancelkan end quit quitting revoke
        tamat tamatkan menamatkan cease ceasing discontinue terminate halt finish mute exit desist akhiri sudahi
        berakhir disable deactivate matikan nyahaktif offkan t
    """,
    "DONT": """
        jangan jgn jgan jng jangn jgnlah janganlah jan jange janga dont dnt donot dun never usah usahlah ojo ojok
        huwag toksoh toksey toksah gausah janganla jgnla xpernah takpernah
    """,
    "NOT": """
        doesnt didnt wont havent hasnt tak x tk tidak tdk tdak ga gak nggak ngga enggak kgk gk ndak nda ndk inda sik
        dok not tok tidaklah tiak engga kagak
    """,
    "NO": "no",
    "WISH": """
        nak nk mahu mau mo nok mok mauk mboh want wanna wants wanted wish ingin hendak hndak pengen pingin pengin
        mahukan nakkan sanggup rela wan se sey care prefer hingin sudi teringin kuasa maok wanting
    """,
    "NOT WISH": """
        taknak xnak tanak tanok tamau takmau xmau takmo xmo tamo takmahu xmahu xnk xmboh gamau gmau tokse tokmboh
        takingin xingin wont taknk tknk tkmau xmok sikmok ndamau ndakmau indamau takmboh
    """,
    "NEED": "payah perlu need needed yah perlukan soh butuh payoh",
    "NOT NEED": """
        xpayah takpayah xyah takyah xperlu takperlu tkpayah tkperlu gaperlu gakusah noneed neednt xpyh xpyah xprlu
    """,
    "LIKE": """
        minat berminat suka tertarik interested keen interest enjoy berkenan intrested intersted interrested intrest
    """,
    "NOT LIKE": "xminat takminat xberminat takberminat uninterested",
    "SEND": """
        hantar hntr htr hanta antar anto anta hantarkan menghantar hantarlah penghantaran send sending sends kirim
        mengirim kirimkan ngirim kirimin dikirimin kirimi dikirimi dikirim dihantar hantar2 kirim2 antarkan forward
        fwd menghantarkan kirim-kirim hantor antor anter anterin ngantar sent
    """,
    "MESSAGE": """
        pesan mesej msg msgs mesage mesages msj message messages messaging messaged wasap wassap wsp ws whatsapp
        whatsap whatsapping wa watsap wasep text texts texting txt txts sms hubungi menghubungi dihubungi menghubung
        contact contacting contacted chat chats ngechat chatting kontak mengontak dikontak dm email emails emailing
        communicate communication communications mesejkan msging write writing correspondence hear wasapp mesejnya
        pesannya
    """,
    "BOTHER": """
        kacau kcau mengacau dikacau ganggu mengganggu diganggu spam spamming spammed disturb disturbing disturbed
        bother bothering bothered bug bugging harass harassing pester pestering kacaukan spamkan semakkan ganggulah
        bombard bombarding annoy nyepam menyepam spamin ping pinging nag nagging kaco spammy
    """,
    "CALL": "call calls calling called telefon phone telpon telp tepon fon kol ring ringing",
    "ADVERT": """
        promosi promo promos promotion promotions promotional iklan ikln ad ads advert adverts advertising
        advertisement advertisements broadcast broadcasts bc blast blasting newsletter newsletters notification
        notifications notifikasi notify marketing pemasaran tawaran offers updates update buletin spamm hebahan
        siaran pengumuman promonya campaign campaigns kempen reminders reminder peringatan telemarketing commercials
        berita kemaskini news jemputan invitation invitations invites invite survey surveys
    """,
    "GET": """
        terima trima menerima diterima receive receiving dapat dpt mendapat dapatkan get getting got memperoleh
        nerima dapet
    """,
    "SUBSCRIPTION": """
        langganan melanggan langgan subscription subscriptions subscribe subscribing berlangganan langgani membership
        keahlian subscribed signup daftar mendaftar register registered
    """,
    "TAKE": """
        buang buangkan keluarkan keluarin padam padamkan delete deleted deleting remove removed removing removal
        hapus hapuskan hapusin dihapus dihapuskan erase clear singkirkan strike gugurkan purge mengeluarkan membuang
        dikeluarkan dipadam dibuang padamlah scrub exclude excluded excluding rmv delet delette remvoe kecualikan
        drop dropped lupuskan wipe scratch destroy nyahkan nyahaktifkan keluarkn unlist delist
    """,
    "OUT": "keluar out off left leave kluar keluarr blah",
    "LIST": """
        senarai list lists group groups grup grp database pangkalan mailing rekod records record system sistem
        blastlist contacts channel milis
    """,
    "NUMBER": "nombor nmbr number numbers nomer nomor nmr num nama name profil profile hpno akaunku contactku",
    "DATA": "data maklumat maklumt information details detail butiran datanya",
    "HOLD": "simpan menyimpan disimpan keep hold stored kept holding storing collected kumpul",
    "ME": "saya sy sya me i aku ak us we gue gua gw ambo kami kawe cek teman kita ana im ive id ill",
    "MY": "my our ku",
    "YOU": "you u your ur awak korang korg kamu kau ko hang mung demo kalian anda kamurang yall sama kome hampa",
    "IT": "it this these ini ni them all semua smua sumua everything anything semuanya everyone nih inin apa2",
    "MORE": """
        lagi lg lgi again anymore more already dah dh sudah udah sdh liao liaw longer oredi ever agik gik agi anymor
    """,
    "CONSENT": """
        consent persetujuan kebenaran kbenaran izin permission permissions keizinan approval authorisation setuju
        bersetuju agree agreed consented membenarkan benarkan izinkan allow allowed authorise mengizinkan
    """,
    "BACK": "tarik cabut withdraw withdrawing withdrawn mencabut menarik withdrew revoked rescind",
    "REPORT": """
        report reporting reported lapor laporkan melapor melaporkan adu mengadu aduan complain complaint complaining
        block blocking blocked blok blokir saman sue repot escalate lodge
    """,
    "AUTHORITY": """
        jpdp pdp pdpa mcmc skmm ico police polis gdpr authority suruhanjaya pesuruhjaya commissioner kominfo lawyer
        peguam regulator kpdn tribunal court mahkamah ombudsman
    """,
    "OBJECT": "object bantah membantah objection keberatan bantahan",
    "ORDER": """
        order orders orderan tempahan pesanan booking bookings appointment appointments temujanji reservation tempah
        tiket ticket tickets kelas class classes pembelian purchase slot meeting flight cart troli table meja invois
        invoice item items janji book beli buy trip lesson seat delivery kursus course quotation
    """,
    "THING": """
        rosak broken pecah basi alamat address barang parcel paket pakej rumah makanan food bunga kunci bayaran duit
        money kurier courier resit receipt sambal sayur warna colour color saiz size posmen jnt poslaju grab lori
        lalamove lambat location lokasi akaun account otp kod code transfer refund guard door pintu bell jiran
        neighbour cash bas bus hentian perhentian pemberhentian operasi niaga hujan rain raining jam stesen station
        tren train lrt mrt ktm komuter jauh working works work bateri battery enjin engine kereta car motor jualan
        sale sales kerja sekolah school merokok smoking smoke rokok lampu ubat medicine game haltestelle minum makan
        eat eating drink serving serve taking sugar gula kopi coffee rehat break lif lift tingkat cuci sign kontrak
        contract tempoh bekalan kacang bawang cili ais ice plastik plastic bag sudu garfu sos pedas manis merah biru
        hitam putih red blue green black white lampin sampah garbage laughing smiling talking playing crying gelak
        ketawa menangis nangis breakfast lunch dinner dessert mouth counter bulb lights jalan road tol simpang
        highway parking spot brake brek jantung heart darah bleeding susu milk telur ayam nasi mee roti lemak minyak
        garam salt butter nuts peanuts onion onions chilli spicy barangan produk product products stok stock harga
        price prices deposit baki balance busnya bisnya bis paketnya belok u-turn trafik traffic borang form forms
        surat letter document dokumen pinjaman loan insurans insurance elektrik electricity wifi internet app apps
        website production produksi hospital diet exercise training latihan tugasan homework peperiksaan lollies
        buses date tarikh flavour topping container box boxes gift hadiah cookie cookies cake kek kuih biskut music
        lagu movie drama tv show pipe leak bocor fever demam batuk cough hiccups selsema penyakit merungut lovepdf
        discount diskaun cheque deliveryman rider driver pemandu lorong taman lot unit tower pump pam petrol pesawat
        kapal ferry feri teksi taxi uber jawatan jawab job bonus gaji salary salesman chocolate fries burger pizza
        snack snacks durian mangga buah buahan ikan udang sotong daging santan sirap teh straw lid tapau bungkus
        wrapping sleeve kolar lengan stroller bola football badminton swimming renang berenang lari running walking
        jogging mengaji study studying nafas breathing growing pertumbuhan period haid kapas cukai tax zakat derma
        sedekah kilang factory mesin machine printer laptop komputer computer screen skrin clock watch pagar gate
        tangga stairs calendar kalendar lobby kehadiran attendance queue queues jadual schedule masalah
    """,
    "DAY": """
        today esok tomorrow yet semalam yesterday tonight monday sunday isnin ahad hujung besok before until sampai
        smp sebelum belum dulu pukul pkl
    """,
    "TIME": """
        malam malam2 night nights after selepas slps lepas time waktu masa week minggu month bulan tahun year weekend
        pagi petang tengahari tgh raya december january march ramadan puasa nanti nnt later kelak depan temporarily
        sementara awhile days evening next meantime siang sebulan seminggu setahun weeks months weekdays weekday
        weekends
    """,
    "FORGET": """
        lupa forget risau worry worries hesitate segan malu ragu takut bimbang khuatir panic miss lepaskan
        ketinggalan tertinggal terlepas mind sungkan lupakan mention nampak faham fhm paham open buka find jumpa
        remember ingat think recu ricevuto recibido
    """,
    "WHO": "siapa sape sapa who whos saper syapa",
    "WHY": "kenapa knp knapa napa why apsal apasal kok mengapa ngapain whyy",
    "HOW": "mana how camne cmne cana gimana bagaimana cemana",
    "WHEN": "when bila bilakah where dimana kapan which",
    "ONLY": "only hanya cuma sahaja saja shj sje except kecuali aje ajelah doang je",
    "THEY": """
        dia isteri bini suami wife husband he she her him his son daughter kawan friend they mereka ibu bapa mother
        father anak emak atuk nenek doktor doctor bapak adikku kakakku mum mom dad
    """,
    "SAY": """
        kata cakap ckp said say says told tell bagitahu bagitau suruh asked ask asks bilang katakan meminta telling
        bagi beri kasi give gave giving given
    """,
    "REPLY": "balas reply taip type ketik tekan press replying replied membalas click klik",
    "IF": "kalau kalu klu if jika sekiranya maybe mungkin might perhaps klo kalo whether kalaulah unless",
    "CAN": "boleh can could bolehkah leh bisa blh may should kena harus must able bolehlah boley perlukah",
    "CANNOT": "cannot cant couldnt xboleh takboleh xleh tkboleh unable",
    "OFTEN": """
        selalu asyik often everyday daily hari2 banyak bnyk banyaknya byk many frequent frequently less fewer
        kurangkan sering seringkali berkali kerap tiap2 setiap every berlebihan kurangi asyik2 constantly hate benci
        weekly overload lots monthly mingguan kurang reduce frequency
    """,
    "ANGER": """
        rimas serabut menyemak menyampah meluat annoying annoyed bodoh spammer spammers scam scammer scammers penipu
        tipu fraud bosan muak jemu sebal kapok menyusahkan harassment fuck fucking shit bullshit celaka sial babi
        idiot lanjiao diam pekak deaf nuisance irritating nyampah jengkel kesal disgusting menjengkelkan
        mengarut merepek mengganggunya fed bising fake ridiculous bosen palsu
    """,
    "REFUSE": """
        nope nah tolak reject refuse ogah malas males cukup cukuplah enough sudahlah pass ugh taubat neither nehi
        nyet enoughla cukup2 sudahla dahla dahlah r
    """,
    "WRONG": "salah wrong silap tersalah",
    "DEAD": "arwah meninggal died deceased almarhum allahyarham dead",
    "COPY": "salinan copy access akses salinannya portability show tunjuk tunjukkan view",
    "ISNT": "isnt bukan wasnt arent bukanlah",
    "SUBSCRIPTION AGAIN": "resubscribe resub",
    "AGAIN": "semula balik kembali",
    "PAUSE": "pause paused jeda snooze kejap sekejap jap sebentar tangguh tangguhkan",
    "COLLECT": "ambil collect collecting pick pickup jemput ambik amik self paid bayar payment ngambil",
    "PRIVACY": "privacy privasi",
    "PERCEIVE": "see saw tahu baca read know layan view understand dengar tgk tengok",
    "PLACE": """
        kedai shop store toko tokonya restoran restaurant kafe cafe hotel gym butik salon syarikat company bank
        klinik clinic pejabat office ofis tuisyen tuition pusat centre center cawangan branch
    """,
    "MEDIA": """
        gambar picture pictures photo photos video videos link links katalog catalogue poster brochure risalah flyer
        flyers menu pdf
    """,
    "FROM": "dari dr drpd daripada from",
}
