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
    naa nah noh nuh deh wehh gaa gak jugak utk untuk sikit sket skit sikitlah sedikit bit little slightly banget bgt gila giler
    amat sungguh super really thankyou tysm tqsm thnx tenkiu tenkyu mekasih makasih makasi nuwun suwun cheers hoi yo dude mate man lady miss
    naah woi oit hoi haiz aduh aduhai alamak adoi haih hadeh duh yaa yaaa iyaa okie okies oklah
    very wah walao was weh wei were wey will with would ya yah yang ye yer yg
"""

TABLE = {
    "START": """
        start mula mulakan resume aktifkan restart reactivate mulai sambung lanjut lanjutkan teruskan continue
        reenable unpause
    """,
    "STOP": """
        berhenti henti hentikan hentikanlah berhentikan menghentikan dihentikan diberhentikan stop stopp setop stp
        stopping stopla stoplah hentilah hentila berhentilah brenti berenti brhenti brhnti brhnt bhenti berhnti
        behenti berheti berhent berhentu berhanti bernti brnti berhnt bhnti hnti stpo sotp tsop stoppls stopall stopit
        برهنتي stahp stap stooop barenti birinti menghenti brhntikn brhentikn stopkan hentikn berhentikn berhentiin
        stopin brentiin bereti refrain desist stopped stoped berhentilahh hentii henty setopkan setoplah dihenti
        perhentikan berenty brenti2 stoppin desisting brhntikan stoppp
    """,
    "LEAVE": """
        unsubscribe unsub unsubs unsubscribed unsubscribing unsubscription unreg nyahlanggan menyahlanggan
        nyahlangganan unsubcribe unsubscrib unsuscribe optout unfollow stopsms deregister unregister unenroll unenrol
        optingout unsubcribed unsubscibe unsubsribe unsubscrbe unsuscribed unjoin leavegroup delist signout
        unregistered desubscribe nyahdaftar nyahdaftarkan unsubbed unsubbing stopall
        stopmsgs stoppromo stopads
    """,
    "CANCEL": """
        batal batalkan membatalkan dibatalkan batalin cancel cancelled canceled cancelkan end quit quitting revoke
        tamat tamatkan menamatkan cease ceasing discontinue terminate halt finish mute exit desist akhiri sudahi
        berakhir disable deactivate matikan nyahaktif offkan t tamatkn batalkn bataikan padamkn nyahaktifkan
        discontinuing cancelling terminating ceased terminated halting tutupkan deactivated disabled
        
    """,
    "DONT": """
        jangan jgn jgan jng jangn jgnlah janganlah jan jange janga dont dnt donot dun never usah usahlah ojo ojok
        huwag toksoh toksey toksah gausah janganla jgnla xpernah takpernah jgnn janganlaa jagan janggan jangang
        jenganlah jangen jgnkan dunt nevermore usa usahla xusah takusah tkusah xyah dakusah
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
        takingin xingin wont taknk tknk tkmau xmok sikmok ndamau ndakmau indamau takmboh taknakk xnakk tanakk
        taknaklah xnaklah taknakla xnakla tknaklah takndak xndak tamaulah takhendak xhendak nggakmau gakmau ngakmau
        takrela xrela takrelakan
    """,
    "NEED": "payah perlu need needed yah perlukan soh butuh payoh",
    "NOT NEED": """
        xpayah takpayah xyah takyah xperlu takperlu tkpayah tkperlu gaperlu gakusah noneed neednt xpyh xpyah xprlu
        xperlulah takperlulah xpayahlah takpayahlah takpayahla xpayahla xprl tkperlulah takyahla xyahla xyahlah
        dontneed gausah gakperlu nggakperlu
    """,
    "LIKE": """
        minat berminat suka tertarik interested keen interest enjoy berkenan intrested intersted interrested intrest
    """,
    "NOT LIKE": """
        xminat takminat xberminat takberminat uninterested xbrminat xminatt takminatlah xminatlah xberkenan
        takberkenan tidakberminat notinterested disinterested gaminat gakminat tkminat tkberminat
    """,
    "SEND": """
        hantar hntr htr hanta antar anto anta hantarkan menghantar hantarlah penghantaran send sending sends kirim
        mengirim kirimkan ngirim kirimin dikirimin kirimi dikirimi dikirim dihantar hantar2 kirim2 antarkan forward
        fwd menghantarkan kirim-kirim hantor antor anter anterin ngantar sent hantaq antaq antarq hntq hantaqkan anto2
        antau hata ato hantark hntrkan hntr2 antar2 kirimkn kirimlah kirimnya hantarnya dikirimkan
        dihantarkan tersending sendin snd ngirimin kirimmi diantar disend
    """,
    "MESSAGE": """
        pesan mesej msg msgs mesage mesages msj message messages messaging messaged wasap wassap wsp ws whatsapp
        whatsap whatsapping wa watsap wasep text texts texting txt txts sms hubungi menghubungi dihubungi menghubung
        contact contacting contacted chat chats ngechat chatting kontak mengontak dikontak dm email emails emailing
        communicate communication communications mesejkan msging write writing correspondence hear wasapp mesejnya
        pesannya roger rogerkan whatsapps whatsapped whatapp watsapp wasapkan wasapp2 wasapnya wsapp
        wapp pm pming inbox texted txted textin messege messeges massage mssg mssgs meseg mesej2 msg2 mesaj mesejmesej
        pesan2 remind reminding reminded inform informing maklumkan khabarkan alert alerting alerts noti notis contect
        contac kontek hubung hubungin dihubungin ngehubungin japri ngejapri
        ngewa wain dichat dipesan
    """,
    "BOTHER": """
        kacau kcau mengacau dikacau ganggu mengganggu diganggu spam spamming spammed disturb disturbing disturbed
        bother bothering bothered bug bugging harass harassing pester pestering kacaukan spamkan semakkan ganggulah
        bombard bombarding annoy nyepam menyepam spamin ping pinging nag nagging kaco spammy kacaulah kacau2 ganggu2
        gangu gangguin digangguin ngeganggu ngegangguin recokin ngerecokin berisik mengusik usik sakat menyakat
        menyemakkan spams spamm spammin pestered nagged hassle hassling bombarded menyerbu
        mengacaulah distrub distrubing disturbance intrude intruding bugged intrusive ngusik
        nyampah2
    """,
    "CALL": """
        call calls calling called telefon phone telpon telp tepon fon kol ring ringing kol2 telefonlah ditelefon
        telepon menelepon nelpon nelepon ditelepon ditelpon calll callings dial telponin
    """,
    "ADVERT": """
        promosi promo promos promotion promotions promotional iklan ikln ad ads advert adverts advertising
        advertisement advertisements broadcast broadcasts bc blast blasting newsletter newsletters notification
        notifications notifikasi notify marketing pemasaran tawaran offers updates update buletin spamm hebahan siaran
        pengumuman promonya campaign campaigns kempen reminders reminder peringatan telemarketing commercials berita
        kemaskini news jemputan invitation invitations invites invite survey surveys notices notice pemberitahuan
        makluman promo2 promosinya iklan2 iklannya iklanlah ads2 advertise adv advert2 bulletin bulletins
        newsflash deals flashsale spamiklan jualannya siaran2 hebah hebahkan broadcastnya bcs
        broadcastan blasts emel2 mailers mailer circular circulars edm edms pengiklanan ngiklan jual2an forwards
        announcements announcement newsfeed publicity updatean upsell upselling soliciting solicitation
        solicitations pitches pitching telemarketer junk
    """,
    "GET": """
        terima trima menerima diterima receive receiving dapat dpt mendapat dapatkan get getting got memperoleh nerima
        dapet received receives gets nerimain terimanya menerimanya dapatkn dapatt mndapat memperolehi terimakan
        ditrima
    """,
    "SUBSCRIPTION": """
        langganan melanggan langgan subscription subscriptions subscribe subscribing berlangganan langgani membership
        keahlian subscribed signup daftar mendaftar register registered subscriptionnya langgananku membershipku subs
        subscriber keanggotaan enrol enroll enrolment enrollment keahlianku
    """,
    "TAKE": """
        buang buangkan keluarkan keluarin padam padamkan delete deleted deleting remove removed removing removal hapus
        hapuskan hapusin dihapus dihapuskan erase clear singkirkan strike gugurkan purge mengeluarkan membuang
        dikeluarkan dipadam dibuang padamlah scrub exclude excluded excluding rmv delet delette remvoe kecualikan drop
        dropped lupuskan wipe scratch destroy nyahkan nyahaktifkan keluarkn unlist delist copot coret coretkan
        gugur singkir hilangkan hilangin ditch skip deletekan removekan removelah deletela buangla buanglah
        padamla padamkn hapuslah hapuslahkan erased erasing wiped scrubbed unadd untag delisting
        excludekan nyahsenarai potongkan dropkan keluarkanlah kuarkan kuaqkan delate dilete
        deletd remov remve
    """,
    "OUT": "keluar out off left leave kluar keluarr blah",
    "LIST": """
        senarai list lists group groups grup grp database pangkalan mailing rekod records record system sistem
        blastlist contacts channel milis senarainya listnya mailinglist whitelists directory
        direktori roster crm phonebook grupnya groupchat komuniti
        
    """,
    "NUMBER": """
        nombor nmbr number numbers nomer nomor nmr num nama name profil profile hpno akaunku contactku namaku
        nombornya nomorku nomerku numberku hpku nmbor nombo nmber numbr numba noku contactnya
    """,
    "DATA": """
        data maklumat maklumt information details detail butiran datanya dataku maklumatnya informasi
        informasinya
    """,
    "HOLD": "simpan menyimpan disimpan keep hold stored kept holding storing collected kumpul",
    "ME": """
        saya sy sya me i aku ak us we gue gua gw ambo kami kawe cek teman kita ana im ive id ill kame kitaorang
        kitorang kiteorang awok sayaa akuu sayo sayer sayerr guwe guweh ane aing kulo kula gw2 akak
        mek meself myself
    """,
    "MY": "my our ku",
    "YOU": """
        you u your ur awak korang korg kamu kau ko hang mung demo kalian anda kamurang yall sama kome hampa hangpa
        hangpa2 ang depa2 demo2 mu elu lu loe elo kalean antum yous tuanpuan korg2 awk
        
    """,
    "IT": """
        it this these ini ni them all semua smua sumua everything anything semuanya everyone nih inin apa2 ginian
        gituan beginian begituan ni2   inii tersebut berkenaan macamni camni camtu gini2
    """,
    "MORE": """
        lagi lg lgi again anymore more already dah dh sudah udah sdh liao liaw longer oredi ever agik gik agi anymor
        lgii lagii lagik lagiii dahh dh2 sdah udahan anymre henceforth hereafter
    """,
    "CONSENT": """
        consent persetujuan kebenaran kbenaran izin permission permissions keizinan approval authorisation setuju
        bersetuju agree agreed consented membenarkan benarkan izinkan allow allowed authorise mengizinkan consents
        keizinanku persetujuanku
    """,
    "BACK": "tarik cabut withdraw withdrawing withdrawn mencabut menarik withdrew revoked rescind",
    "REPORT": """
        report reporting reported lapor laporkan melapor melaporkan adu mengadu aduan complain complaint complaining
        block blocking blocked blok blokir saman sue repot escalate lodge laporin dilaporin dilaporkan kulaporin
        kulaporkan viralkan viralin viral tularkan tular aduin polisikan reportkan reportla repotkan blockla
        blokla blockir diblokir diblok blocklist blacklist report2 sued suing prosecute complains
    """,
    "AUTHORITY": """
        jpdp pdp pdpa mcmc skmm ico police polis gdpr authority suruhanjaya pesuruhjaya commissioner kominfo lawyer
        peguam regulator kpdn tribunal court mahkamah ombudsman polisi bareskrim kpdnhep kpdnkk
        dpo ofcom cnil ftc imda pdpc
    """,
    "OBJECT": "object bantah membantah objection keberatan bantahan",
    "ORDER": """
        order orders orderan tempahan pesanan booking bookings appointment appointments temujanji reservation tempah
        tiket ticket tickets kelas class classes pembelian purchase slot meeting flight cart troli table meja invois
        invoice item items janji book beli buy trip lesson seat delivery kursus course quotation tempahannya pesananku
        pesanannya ordernya bookingan reservasi tempahanku janjitemu consultation konsultasi checkup appoinment appt
        appts temujanjinya kelasnya preorder quotations sebutharga kuotasi penerbangan
        tiketnya bilik room rooms homestay chalet villa viewing servis servicing
        
    """,
    "THING": """
        rosak broken pecah basi alamat address barang parcel paket pakej rumah makanan food bunga kunci bayaran duit
        money kurier courier resit receipt sambal sayur warna colour color saiz size posmen jnt poslaju grab lori
        lalamove lambat location lokasi akaun account otp kod code transfer refund guard door pintu bell jiran
        neighbour cash bas bus hentian perhentian pemberhentian operasi niaga hujan rain raining jam stesen station
        tren train lrt mrt ktm komuter jauh working works work bateri battery enjin engine kereta car motor
        sale sales kerja sekolah school merokok smoking smoke rokok lampu ubat medicine game haltestelle minum makan
        eat eating drink serving serve taking sugar gula kopi coffee rehat break lif lift tingkat cuci sign kontrak
        contract tempoh bekalan kacang bawang cili ais ice plastik plastic bag sudu garfu sos pedas manis merah biru
        hitam putih red blue green black white lampin sampah garbage laughing smiling talking playing crying gelak
        ketawa menangis nangis breakfast lunch dinner dessert mouth counter bulb lights jalan road tol simpang highway
        parking spot brake brek jantung heart darah bleeding susu milk telur ayam nasi mee roti lemak minyak garam
        salt butter nuts peanuts onion onions chilli spicy barangan produk product products stok stock harga price
        prices deposit baki balance busnya bisnya bis paketnya belok u-turn trafik traffic borang form forms surat
        letter document dokumen pinjaman loan insurans insurance elektrik electricity wifi internet app apps website
        production produksi hospital diet exercise training latihan tugasan homework peperiksaan lollies buses date
        tarikh flavour topping container box boxes gift hadiah cookie cookies cake kek kuih biskut music lagu movie
        drama tv show pipe leak bocor fever demam batuk cough hiccups selsema penyakit merungut lovepdf discount
        diskaun cheque deliveryman rider driver pemandu lorong taman lot unit tower pump pam petrol pesawat kapal
        ferry feri teksi taxi uber jawatan jawab job bonus gaji salary salesman chocolate fries burger pizza snack
        snacks durian mangga buah buahan ikan udang sotong daging santan sirap teh straw lid tapau bungkus wrapping
        sleeve kolar lengan stroller bola football badminton swimming renang berenang lari running walking jogging
        mengaji study studying nafas breathing growing pertumbuhan period haid kapas cukai tax zakat derma sedekah
        kilang factory mesin machine printer laptop komputer computer screen skrin clock watch pagar gate tangga
        stairs calendar kalendar lobby kehadiran attendance queue queues jadual schedule masalah piano violin
        guitar gitar  obat obatnya ubatnya pil tablet antibiotik antibiotics antibiotic insulin salep salap vitamin
        suplemen supplement supplements medicines medication meds pills ubatan tugas bertugas sewa rental rent rawatan
        treatment terapi therapy physio fisioterapi puasa menyusu menyusukan breastfeeding susuan bermain bekerja
        mengajar teaching muntah vomiting merokoknya vape vaping alkohol alcohol parkir suddenly tiba2
        mendadak tugasnya treadmill escalator eskalator kipas aircon aircond penghawa mesinnya
        hujannya hujan2 sewaan kontrakan komuter2 keretapi bas2 busway gojek gosend gdex ninjavan jne sicepat
        tiki menjual jual selling sold sell penjualan bising2 banjir ribut salji snow snowing raining2
        pekerjaan resign2 sunat bersukan senaman gymming yoga pilates zumba silat taekwondo ballet balet tarian
        dance dancing lukisan drawing bleed bleed2 allergic alergi gatal itching itchy pendarahan darahnya degupan
        heartbeat nadi cramp cramps diarrhoea cirit birit pregnant hamil mengandung gluten tepung flour santannya
        cheese keju daun herba sayuran timun tomato bawangnya cilinya mayo mayonis mayonnaise cucumber ketchup kicap
        siren alarm penggera leaking bocornya paip gas dapur oven mixer peti fridge freezer freezing
        charger  lampunya roadblock sekatan tolnya rnr
        petronas shell stopover stopwatch stopper stoppage stoplight shortstop doorstop
    """,
    "DAY": """
        today esok tomorrow yet semalam yesterday tonight monday sunday isnin ahad hujung besok before until sampai
        smp sebelum belum dulu pukul pkl
    """,
    "TIME": """
        malam malam2 night nights after selepas slps lepas time waktu masa week minggu month bulan tahun year weekend
        pagi petang tengahari tgh raya december january march ramadan puasa nanti nnt later kelak depan temporarily
        sementara awhile days evening next meantime siang sebulan seminggu setahun weeks months weekdays weekday
        weekends during semasa ketika malem sore subuh midnight late
        
    """,
    "FORGET": """
        lupa forget risau worry worries hesitate segan malu ragu takut bimbang khuatir panic miss lepaskan
        ketinggalan tertinggal terlepas mind sungkan lupakan mention nampak faham fhm paham open buka find jumpa
        remember ingat think ricevuto recibido
    """,
    "WHO": "siapa sape sapa who whos saper syapa sapo sapokah siapakah sapew sapelah spe",
    "WHY": """
        kenapa knp knapa napa why apsal apasal kok mengapa ngapain whyy pasaipa pasepa bakpo bakpe
        nyapo kenape knape ngape nape napew napa2 whyyy
    """,
    "HOW": "mana how camne cmne cana gimana bagaimana cemana",
    "WHEN": "when bila bilakah where dimana kapan which",
    "ONLY": """
        only hanya cuma sahaja saja shj sje except kecuali aje ajelah doang je jer jerr sajalah jew jeh thok
    """,
    "THEY": """
        dia isteri bini suami wife husband he she her him his son daughter kawan friend they mereka ibu bapa mother
        father anak emak atuk nenek doktor doctor bapak adikku kakakku mum mom dad
    """,
    "SAY": """
        kata cakap ckp said say says told tell bagitahu bagitau suruh asked ask asks bilang katakan meminta telling
        bagi beri kasi give gave giving given
    """,
    "REPLY": """
        balas reply taip type ketik tekan press replying replied membalas click klik typing typed taipkan menaip
        ditaip mengetik ketikkan
    """,
    "IF": "kalau kalu klu if jika sekiranya maybe mungkin might perhaps klo kalo whether kalaulah unless",
    "CAN": "boleh can could bolehkah leh bisa blh may should kena harus must able bolehlah boley perlukah",
    "CANNOT": "cannot cant couldnt xboleh takboleh xleh tkboleh unable",
    "OFTEN": """
        selalu asyik often everyday daily hari2 banyak bnyk banyaknya byk many frequent frequently less fewer
        kurangkan sering seringkali berkali kerap tiap2 setiap every berlebihan kurangi asyik2 constantly hate benci
        weekly overload lots monthly mingguan kurang reduce frequency sepanjang sentiasa constant nonstop berlambak
        melambak bertubi berterusan hourly sokmo acap kekerapan
    """,
    "ANGER": """
        rimas serabut menyemak menyampah meluat annoying annoyed bodoh spammer spammers scam scammer scammers penipu
        tipu fraud bosan muak jemu sebal kapok menyusahkan harassment fuck fucking shit bullshit celaka sial babi
        idiot lanjiao diam pekak deaf nuisance irritating nyampah jengkel kesal disgusting menjengkelkan mengarut
        merepek mengganggunya fed bising fake ridiculous bosen palsu wtf wth ffs stfu smh seriously srsly kurangajar
        sialan anjing anjir bangsat kampret goblok tolol babi2 pukimak lancau cibai kimak mampus jijik
        menyirap bengang bengkek geram gerammm stres annoyin annoys rubbish
        crap crappy bullcrap damnit dammit jerk jerks moron stupid penyemak penyibuk menyibuk kepochi bebal
        hampeh pissed piss
    """,
    "REFUSE": """
        nope nah tolak reject refuse ogah malas males cukup cukuplah enough sudahlah pass ugh taubat neither nehi nyet
        enoughla cukup2 sudahla dahla dahlah r mohlah malasnya ogahh kagaklah nahh naw naww pasla enuf enuff
        dahler
    """,
    "WRONG": "salah wrong silap tersalah tersilap silapp kesilapan keliru",
    "DEAD": "arwah meninggal died deceased almarhum allahyarham dead",
    "COPY": "salinan copy access akses salinannya portability show tunjuk tunjukkan view",
    "ISNT": "isnt bukan wasnt arent bukanlah",
    "SUBSCRIPTION AGAIN": "resubscribe resub",
    "AGAIN": "semula balik kembali marubadiyum",
    "PAUSE": """
        pause paused jeda snooze tangguh tangguhkan postpone tunda tundakan
        berehat
    """,
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
    "MOVED": "pindah berpindah pindahan relocated relocating relocate",
    "MISTAKE": "accidentally mistakenly accident tersilap terpencet tertekan kepencet unintentionally",
}
