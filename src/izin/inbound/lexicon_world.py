"""The words of Tamil, the languages of the European Union and a few of Malaysia's guests. Pure data.

Written with dictionaries by people who do not speak most of these languages: native review is wanted. The kinds are
those of ``lexicon.KINDS``. A Tamil or inflected word is known by its
beginning (``OTHER_PREFIXES``).
"""

OTHER_LANGUAGES = {
    "": """
        sind ar requesting apo tin mu sas bitte bedankt il lo est ειναι da z ha have hat habe j ai c agam mil am s il
        vous plait dziekuje merci danke gracias grazie obrigado tack kiitos prosim prosze de d le la les des der die
        das dem den l zu auf du je ich io yo eu ik ja vi noi nous wij su los las se per por para til med at att och
        und et y e o te na w do kerlek palun ludzu prasau venligst graag cortesia nandri konjam irunthu irundhu காட்டு
        தயவு செய்து தயவுசெய்து நன்றி என இனி இனிமேல் எனக்கு என்னை என் en pa anna akka bro noch einmal nochmal bin ist
        es ευχαριστω multumesc koszonom dekuji dakujem hvala aciu paldies aitah grazzi tak blagodaria благодаря
        спасибо zo pani pan panstwo sir herr frau monsieur madame senor senora senhor signor haluaisin siz va oso al
        nei sulle dei degli delle dello gli i una uno einen eine ein einem een det ett min mina mitt sig si sa ca ce
        cela esto eso isto isso questo questi diese dieses dit dat deze dessa disse nama neid nema acest aceste tyto
        tieto ove ova ta ezt ezeket tas sias autous αυτα αυτο τα τις της του στο vos votre ihre ihren ihrer jullie uw
        dina era teie jusu vasa vase vasi ரொம்ப இந்த அந்த எல்லா எந்த ஒரு மேலும் dhan thaan inimel inimey 
        teacher டீச்சர் சார் மேடம் அண்ணா அக்கா ப்ளீஸ் intha indha antha andha ellam ella za van
    """,
    "NOT": "",
    "WRONG": "sbagliato equivocado errado falsche verkeerd fel mauvais pomylka",
    "OUT": "aus uit ",
    "LIKE": """
        interesse interessiert interessato interesado interessado zainteresowany zainteresowana intresserad
        interesseret kiinnosta zajem zaujem erdekel interesa interesseaza intereseaza интересува ενδιαφερομαι zanima
        huvita suim interessa viruppam bedarf
    """,
    "STOP": """
        niruthu nirutthu niruthungal nirutthungal niruthunga nirutthunga niruthavum nippattu niruththu arret arreter
        arretez arrete stopper stopp stoppen hor aufhoren stoppt detener detengan parad smettete smettetela smettila
        smetti fermate fermatevi sluta stoppa avsluta ophoud ophouden przestancie przestan lopeta lopettakaa lopettaa
        lopettaminen prestante prestan prestanite nehajte opriti opreste oprire спрете стоп спри σταματηστε σταματα
        στοπ lopetage partrauciet beidziet nustokite liaukites waqqfu waqqaf deixem отстаньте хватит прекратите قف
        توقف ايقاف إيقاف اوقفوا बंद बन्द रोको বন্ধ หยุด ยกเลิก ရပ်ပါ tigil itigil dung huy 중지 بند heit hagyjak
        zastavte zastavite zaustavite cessez cesser incetati przestac prestani prenehajte sustokite waqfu paren horen
        allj stopt gestopt chega detengase deten dejadme detente  pare arreteront fermatela piantatela
        piantala finitela finiscila ophoepelen hoert lasst lass lassen skluta lopettakaapa
        loppu elég eleg dosta prosta dost dovolj dosti gana piisab aitab pietiek uzteks sufficit sufficient cosstop
        zatrzymac zatrzymajcie stopnij wstrzymac wstrzymajcie zaprzestac zaprzestancie przestanice перестаньте
        прекрати престани стига достатъчно αρκετα φτανει παυση incetez terminati gata ajunge stopujte
        prestat prestaneste stopnite stopirajte obustavite
    """,
    "LEAVE": """
        td abmelden abmeldung abbestellen austragen cancellami cancellatemi cancellarmi cancellateci afmeld afmelden
        uitschrijven wypisz wypiszcie wypisac odjava odjavi odjavite odhlasit odhlaste odhlas odhlasenie odhlaseni
        odjaviti atsisakau atsisakyti atsisakykite atteikties atteikt loobun отпиши отпишете отписване отпишитесь
        отписаться отпишите leiratkozas leiratkozom leiratkoznek διαγραφη διαγραψτε διαγραψε διακοπη απεγγραφη
        dezabonare rezygnuje kuzhuvilagu 수신거부 ไม่ต้องส่งมาอีก tanggalin kundigen diliostail disiscrivo desabonner
        desabonnez uitschrijving afmeldn abmelde abgemeldet abmeldn desuscribir desuscribirme desuscribirse
        desuscripcion desinscribir desinscribirme borrame bajas descadastrar descadastre descadastrem descadastro
        desinscrever desinscrevam desassinar disdetta disdico disiscrizione disiscrivermi
        disiscrivetemi cancellazione kundigung kundige abbestelle abbestelln opzeggen opzegging zegop
        odhlasovani odhlasujem odhlasuji unsubskrybuj odsubskrybuj wyrejestruj wyrejestrowac avregistrera
        avslutaprenumeration avprenumerera avmelding afmelding afmeldes frameld framelding frameldt peruutatilaus
        poistukaa eroan irtisanon leiratkozni leiratkozás torlesetkerem leiratkoznék отписвам откажи отказ
        отказвам αποχωρω αποχωρηση απεγγραφω διαγραφειτε dezaboneaza dezabonati dezabonez odjavljujem odjavljam
        odjavitev odjavim atsakau tuhistada tuhista lahkun lahkuda tellimusest atrakstities atrakstos atrakstit
        atrakstisanas izrakstities
    """,
    "CANCEL": """
        baja alto basta annulla annullare fin parar pare parem sair remover cancelar cancela cancelem annuler peruuta
        peruuttakaa peru loobu stad stadaigi ieqaf ieqfu zrusit zruste ukini prekid anuluj anulare avbryt annullere
        afslut avslut ende schluss fim koniec finito einde cancellare disdire stornieren stornier absagen absage
        odwolac odwolaj zrusim storno ακυρωση ακυρωστε ακυρωσε отмена отмени отмените анулирай анулирайте otkazati
        otkazite otkazi preklici preklicite perun atcelt atsaukt atsaukti tuhistan tuhistage tyhista anuleaza anulati
        annulleren annuleer annulleer lemondani lemondas
    """,
    "DONT": "لا मत না mat",
    "NO": """
        keine keinen kein keinerlei aucun aucune nessun geen inga ingen zadne ziadne żadnych zadnych ninguno sem ohne
        sans sin senza zonder utan uden ilman bez nelkul без χωρις fara brez ilma 
    """,
    "WISH": """
        veux voudrais souhaite quiero deseo queremos voglio desidero quero desejo mochte wil wens chce chcemy vill
        onskar vil onsker haluan chci chcem akarok kerek kerem vreau doresc искам желая θελω zelim hocu soovi soovin
        vēlos velos noriu rrid nixtieq iarraidh virumbukiren
    """,
    "NOT WISH": "nevelos nebenoriu nenoriu nechci nechcem necem",
    "SEND": """
        envoyez envoyer envoie ecrivez ecrire ecris schreibt schreiben schreib schickt schicken schicke sendet senden
        manden mandes mande mandarme mandar envien envies enviar enviarme escriban escribas escribir escribirme
        scrivetemi scrivermi scrivere scrivete mandatemi mandate mandare mandarmi inviatemi inviare inviarmi enviem
        envie mandem escrevam sturen stuur stuurt schrijf schrijven pisac piszcie pisz wysylac wysylajcie wysylaj
        przysylac przysylajcie skicka skriva skriv sende skrive lahettako lahettaa lahettaminen lahettamasta psat
        pisat posilat kuldjenek kuldjon kuldeni irjanak irni scrieti scrie trimiteti trimite пращайте пишете
        изпращайте пращате пишите шлите στελνετε στειλετε στελνεις slati posiljati saljite saljete posiljajte
        posiljate pisati pisite saatmine saatmast saatke saata sutit rakstit siusti siuskite rasyti gui gửi ترسلوا
        anuppa anupa anuppu anuppuvathai anupurathu anupparatha contactez contacteer contacten skickar kirjoittaa
        contacter contactem contactati kontaktujcie kontakta kontaktovat irjatok търсете ξαναστειλετε kirjutage
        contacteren kontaktieren kontakt kontaktiert panringa panreenga
    """,
    "MESSAGE": """
        nachrichten nachricht mensajes mensaje messaggi messaggio mensagens mensagem berichten bericht berichtjes
        wiadomosci wiadomosc meddelanden meddelande beskeder besked beskederne viesteja viestit viestien viestia
        zpravy zprava spravy sprava uzenetet uzenetek uzeneteket mesaje mesajele mesaj съобщения съобщението
        съобщенията μηνυματα μηνυμα poruke poruka sporocila sporocil sonumeid sonumid sonumite sonumit zinas zinutes
        zinuciu pranesimu kontaktieren contacten storen contactar molestar molesten disturbare disturbate stora
        derangez deranger مسجات رسائل tontharavu molestarme contattatemi contattate
    """,
    "ADVERT": """
        werbung publicite publicites publicidad pubblicita publicidade reclame reklam reklama reklame reklamy reklami
        reklamas mainoksia mainokset anuncios propaganda vilambaram newsletterow pub mainos oglasy angebote angebot
        offres ofertas oferta offerte aanbiedingen aanbieding oferty erbjudanden tilbud tarjoukset tarjouksia nabidky
        ponuky ajanlatok ajanlatokat oferte оферти промоции προσφορες ponude pakkumised pakkumisi piedavajumi
        pasiulymai pasiulymu offerti tairiscinti promocje promociones promozioni promocoes promotii akcie akce
        rabatte nyhetsbrev nyhedsbrev uutiskirje hirlevel mainonta reclames pubs spots bulletin noticias bolet
        reklamos ogłoszenia διαφημισεις реклама реклами рекламу
    """,
    "GET": """
        recevoir recibir ricevere receber erhalten bekommen ontvangen otrzymywac modtage saada dostavat primati
        prejemati sanemt gauti nircievi mottaga recibiendo ricevo consiguieron கிடைத்தது கிடைத்த கிடைக்கும் kedachathu
        kidaithathu recois recoit recevez erhalte bekomme kriege krijg ontvang recibo recebo dostaje dostavam kapom
        far faar modtager saan primesc получавам получаю λαμβανω primam prejemam gaunu sanemu receba kriegen krijgen
        otrzymuje dostane fa dostawac otrzymywania empfangen erhaltet
    """,
    "SUBSCRIPTION": """
        suscripcion subscricao abonnement abonnemang tilaus prenumerata abbonamento assinatura iscrizione predplatne
        odber prenumeration prenumerationen
    """,
    "TAKE": """
        supprimez supprimer retirez retirer effacez enlevez loschen loscht losche entfernen entfernt borrenme borren
        borrar eliminen eliminar elimina quitenme quiten toglietemi togliete rimuovetemi rimuovete eliminate retirem
        tirem apaguem apagar removam verwijder verwijderen usuncie usun skresl slet slett poistakaa poista smazte
        vymazte toroljek torolje stergeti sterge изтрийте премахнете izbrisite obrisite kustutage dzesiet istrinkite
        salbam kustuta ištrinkite haal usunac fjern toroljenek махнете βγαλτε eemaldage iznemiet isbraukite nehhuni
        bain skippa skippe skip weg
    """,
    "LIST": """
        liste lista seznam lijst listy listan luettelosta zoznam списка verteiler listalta списъка λιστα popisa
        nimekirjast saraksta listen
    """,
    "NUMBER": """
        numero nummer numer numeroni cislo szamomat szamom numarul номера broj numbrit numurs numeri stevilko
        telefonnummer numarului uimhir
    """,
    "DATA": "daten donnees datos dati dados gegevens dane tiedot udaje",
    "ME": """
        imi mich mir moi m mi mij mig mna mnie mne nekem mie ми ме мен μου mulle mani enna ennai enakku enaku minut
        mind mane ma til mal செய்வேன் seiven
    """,
    "MY": "mon ma meine mein mio mia mijn moj moje mitt το μας",
    "YOU": "sie ihr vous நீங்கள் நீ neenga ungaluku நீங்க",
    "IT": "ithu idhu இது rien nada niente det tama ez",
    "MORE": """
        mehr plus mas piu mais meer wiecej mer mere fler flere enaa enaada uz tobbet tobb mai повече более αλλα πλεον
        vise vec več enam vairs daugiau izjed aris inimel inime inimae još dalsi dalsie veche больше iżjed weiteren
        weitere
    """,
    "CONSENT": """
        consentement einwilligung consentimiento consenso consentimento toestemming zgode zgody samtycke samtykke
        souhlas
    """,
    "BACK": "retire revoque widerrufe widerruf revoco revogo cofam wycofuje aterkallar odvolavam zuruckziehe intrek",
    "OBJECT": "widerspreche widerspruch oppose opongo",
    "REPORT": "beschwerde denuncio reclamation denuncia pukaar",
    "THING": """
        bushaltestelle haltestelle bushalte parada planta pagare pizza zucker azucar zucchero suiker cukru sucre
        zwiebeln problemu metro places hallplats busshallplatsen bussipysakki zastavka megallo statia stanica спирката
        σταση arretdebus nagare così cosi kaaram karam sakkarai sarkarai seeni upu uppu vengayam vandi kadai mazhai
        saapadu sapadu arisi panam velai autocarro onibus dieta regime 
    """,
    "WHO": "wer kto yaar yaaru yaru qui ποιος кой kuka vem kdo ki tko cine kas kes kim",
    "WHY": """
        pourquoi warum waarom perche dlaczego varfor ethukku edhukku yen proc preco kodel kapec miks miksi hvorfor
        zasto zakaj защо почему γιατι miert cen 
    """,
    "HOW": """
        wie comment como hoe jak hur epdi eppadi wo où donde onde hvordan woher come ou skad odkud odkial odakle
        honnan откъде откуда dou mista kust hogyan cum kako как πως miten kuidas
    """,
    "WHEN": """
        wann quand cuando quando eppo eppozhuthu hvornar kiedy kdy kedy kada kdaj mikor cand кога когда ποτε millal
        milloin unde gdzie kde gdje kje къде где missa
    """,
    "CAN": "svp favor prego kann konnen puede podes pode",
    "KEEP": "",
    "VENDAM": """
        vendam vendaam venam venaam venda vena வேண்டாம் வேணாம் வேண்டா thevaillai thevaiyillai thevaillay thevayillai
        thevailla thevailai வேணா வேண்டாங்க வேணாங்க vendamnga vendaanga venanga venaanga venumilla veenam vendaa vennam
        vendama தேவையில்லை தேவைஇல்லை தேவையில்ல
    """,
    "REFUSE": """
        nein nej nee ei nahi niedziekuje nahin tidakk illai illa இல்லை    οχι
        neinterese nedomina όχι
    """,
    "OFTEN": """
        romba adikadi trop souvent oft haufig oefter ofter vaker vaak seltener weniger spesso minder czesto rzadziej
        ofta sallan mindre ofte harvemmin gyakran ritkabban casto zridka често реже rar rareori moins menos meno mniej
        manj manje vahem mazak reciau rjeđe rjede redkeje chaque cada ogni jeden taglich taeglich dagelijks codziennie
        varje hver joka minden kazdy denne ежедневно каждый fiecare zilnic svaki vsak iga katru kasdien zuviel veel
        troppi troppo demasiados demasiado muitas demais tanti tante zbyt liian liiga tul prea
    """,
    "NEGATE": """
        nicht ne nie pas não nao nu nem inte ikke alkaa ala arge ara non hindi jamas jamais nunca nikada nikdy
        nemojte nemoj не μη μην δεν niet aldrig nemam nil
    """,
}

OTHER_PREFIXES = {
    "LIKE": "விருப்ப ஆர்வ",
    "LIST": """
        பட்டியல listar listaj listad listast verteil mailinglist seznam zoznam nimekirj luettelo lijst elenco rubrica
        adressliste bazy baze databas bazei spis список рассыл καταλογ λιστ
    """,
    "STOP": """
        நிறுத்து நிறுத்த நிப்பாட்டு beendet niruth nirutth nirut போதும் podhum pothum nippat niruthid niruthuda
        நிப்பாட்ட நிறுத்திவிட நிறுத்திட
    """,
    "KEEP": """
        நிறுத்தாத நிறுத்திவிடாத niruthatha niruthathi nirutthatha nirutthathi niruthaadh niruthaath niruthadh
        nirutthadh
    """,
    "THING": """
        நிறுத்தம் நிறுத்தத்த சர்க்கரை வெங்காய காரம் சிவப்பு விலை முகவரி haltestell bushalt buss parad வண்டி கார் பஸ்
        பேருந்து ரயில் கடை மழை ஆர்டர் டெலிவரி பார்சல் பணம் பில் அரிசி சாப்பா autobus autobuz zug train bahn tram
        strassenbahn tramw trein tåg juna vonat vlak avtobus автобус поезд влак τρενο λεωφορει regen pluie lluvia
        pioggia chuva desz esik deszcz дъжд дожд βροχη musik musica music ausverkauf rebajas saldi soldes
        udsalg alennusmyyn wyprzedaz leárazás vyprodej medikament medicament medicin medicijn lekarz lekar médic
        arzt docteur orvos gluten cipoll oignon cebolla cebola locuk cebul hagyma cibul ceapa csokolade
        chocolat cioccolat schokolad fumer rauchen fumar fumare roken palic palen rygning tupakoi dohanyz kour fajci
        motor moteur motore motoren reloj orologio croissant மருந்து மருந்த வீட்டு வீட்ட சாப்பிட saapid saapad
        veetu veettu marund marunth குழந்த படிப்ப வேலை velaiy பள்ளி மாத்திர mathirai ஊசி சமை சீனி கல்யாண வகுப்ப
    """,
    "LEAVE": """
        desabonn desinscr abmeld abbestell disiscri dezabon wypis odhlas odjav afmeld avregistr uitschrijv leiratkoz
        atsisak отпис rezygnac விலக குழுவிலக atteikt avanmal avmeld avmäld απεγγρα διαγρα atrakst izrakst desubscri
        descadastr desuscri tuhist αποχωρ отказв kundig opzeg framel odhl நீக்கிவிட நீக்கிட eduthudu eduthidu eduthuru
    """,
    "DONT SEND": """
        அனுப்பாத அனுப்பவேண்டாம் அனுப்பவேணா அனுப்பிடாத anupath anupadh anupat anuppath anuppadh anuppat anuppaath
        anuppaadh anupaath anupaadh neposil nepos nepis nepiss nesut nesius nebesius nerasyk neberas nerakst tibghat
        tikteb kollatheenga kollaadh neras neatsiu nesusti nesuti nesutij neraksti nepost nezasil neposl nekirj
        anupaatheen anupathing anupadhing anuppathing அனுப்பாம அனுப்பக்கூடாது podathing podadhing
    """,
    "DONT MESSAGE": """
        கொள்ளாதீ கொள்ளாத செய்யாதீ pannathinga pannatheenga pannadhinga pannaadh pannaath nekontakt pannath pannadh
        podath podadh podaath பண்ணாத netrukdy netrauc nerusi nerust neobtaz neotravuj neotravujt neobtez nerusz
        neuznemir
    """,
    "SEND": """
        அனுப்ப அனுப்பு anup anupp schick schreib envoy envie enviar escrib scrivet skick skriv wysyl przysyl piszc
        posiel posilat posilj trimit пращ изпращ пишет στελν στειλ saljit kuldj irjan envi verschick zuschick zusend
        uebersend ubersend wysł przesyl nadsyl lahett lahet kuld küld irjat zasil zasiel rassyl присыл рассыл отправл
        isprat skicka stur verstuur verzend invia mand escrev manda napisz
    """,
    "MESSAGE": """
        மெசேஜ் மெஸேஜ் செய்தி குறுஞ்செய்தி தொடர்பு messagg teachtaireacht wiadomosc mensaje mensage
        nachricht bericht viest uzenet sporocil poruk sonum zinut съобщен μηνυμα meddelande besked zprav contact
        kontakt wiadom meldung spravy sprav sms mesaj сообщен письм beskje sonumi zinoj zinas pranesim teated teavitus
        derang molest disturb belast беспоко безпоко ενοχλ niepoko przeszkad heirt hair hairi hairio hairits zaklat
        zavar obtez obtaz
    """,
    "ADVERT": """
        விளம்பர promo reklam reclam publici offert ofert newslett werb advert iklan erbjudand tilbud tarjou werbe
        rabatt angebot aanbied pubbl pubblicit propagand mainos hirdet akci akcij akcni nabid nabidk ponuk ponudb
        razprod reklaam pakkum kampan παραφ διαφημ προσφορ рекл рассылк скидк акци оферт промоц ogłosz oglosz
    """,
    "TAKE": """
        நீக்க நீக்கு அழிக்க அழித்து eduthu எடுத்து losch entfern streich supprim retir effac borr elimin quit rimuov
        cancellat rimuove apag remov verwijd usun skresl wykresl slett radera fjern poist torol tavolit vymaz
        smaz odstran vyrad sterg sterge изтри премахн удал убер διαγραψ αφαιρ izbris obris brisi ukloni uklon kustut
        eemald dzes izdzes istrin pasalin ισβησ σβησ
    """,
    "NUMBER": "எண் நம்பர் நம்பரை பெயர் பெயரை எண்ணை",
    "CONSENT": "ஒப்புத சம்மத",
    "BACK": "திரும்ப",
    "REPORT": "புகார் போலீஸ் laporkan reklamier",
    "WHO": "யார் யார",
    "HOW": "எப்படி",
    "WRONG": "தவறான தப்பான",
    "WHY": "ஏன்",
    "NEGATE SEND": "",
    "ORDER": """
        termin afspraak appuntament rendez cita bestell bestill bokning varau idopont rezerv objednav zamowien naroc
        narud pedido encomend commande reserv prenotazion buchung ordin ραντεβ παραγγελ заказ поръч comand broneer
        tellimus uzsakym pasutijum
    """,
    "SUBSCRIPTION": "சந்தா சந்தாவ உறுப்பின",
    "CANCEL": "ரத்து ரத்த",
    "BOTHER": "தொந்தரவு தொல்லை thollai tholla thondhara thontharav",
    "GET": "வருது வருகிற வருகுது varuthu varudhu varugir varuginr",
    "HOLD": "வச்சிருக்க வைத்திருக்க vachirukk vechirukk",
    "DATA": "தகவல் thagaval",
    "DONT": "கூடாது koodathu koodadhu kudathu",
    "CANNOT": "முடியல முடியவில்லை mudiyala mudiyavillai mudiyathu mudiyadhu",
    "AGAIN": "மீண்டும் மறுபடி meendum marubadi",
    "MISTAKE": "தவறுதல thavaruthal thavarudhal தெரியாம",
}

OTHER_PHRASES = {
    "STOP": """
        hort auf|dejen de|deja de|dejad de|parem de|pare de|stop met|ta slut|prestante mi|hor auf|hoert auf|lass das|
        lasst das|genug davon|jetzt reicht|es reicht|ca suffit|ca suffit maintenant|assez de|arretez de|arrete de|
        deje de|ya basta|ya esta bien|basta ya|basta con|smettila di|smettetela di|smetta di|finitela di|chega de|
        deixem de|deixe de|parem com|houd op|hou op|ophouden met|stop ermee|hou ermee op|genoeg ervan|sluta med|
        sluta skicka|nu racker det|hold op|hold opp|slut med|nok nu|lopeta jo|riittaa jo|riitti|daj spokoj|
        dajcie spokoj|dosc tego|dosc juz|uz dost|uz staci|eleg volt|elég volt|hagyd abba|hagyjak abba|hagyjak bekem|
        hagyjon beken|hagyjanak beken|destul cu|ajunge cu|lasati ma|lasa ma|оставете ме|стига вече|оставьте меня|
        хватит уже|αφηστε με|φτανει πια|ostavite me|pustite me|pusti me|dosta je|dovolj je|jatke mind|
        jatke mind rahule|liecieties miera|lieciet mani miera|palikite mane|atstokit|ħalluni|halluni|hallini|lig dom|
        niruthi vidungal|நிறுத்தி விடுங்கள்|நிறுத்தி விடவும்|நிறுத்த வேண்டும்|niruththa vendum|stop pannunga|
        stop pannu|stop seiyavum|stop seyyungal|ஸ்டாப் பண்ணுங்க
    """,
    "KEEP": """
        நிறுத்த வேண்டாம்|niruttha vendam|nirutha vendam|niruththa vendam|hort nicht auf|n arretez pas|nicht aufhoren|
        no paren|no pares|non smettete|non smettere|n arrete pas|nao parem|nao pare|nie przestawajcie|nie przestawaj|
        hor nicht auf|stop niet|niet stoppen|nicht stoppen|sluta inte|stop ikke|stopp ikke|alkaa lopettako|ala lopeta|
        ne hagyjatok abba|neprestavejte|neprestavajte|nu va opriti|nu te opri|не спирайте|не спирай|
        не останавливайтесь|μη σταματησετε|μην σταματατε|ne prestajte|ne nehajte|arge lopetage|nebeidziet|nesustokite
    """,
    "LEAVE": """
        le iratkozni|schrijf me uit|laat me met rust|met rust|in ruhe|doy de baja|darme de baja|denme de baja|
        dar de baja|dame de baja|meld mig fra|let me be|mi alone|foutez moi la paix|fichez moi la paix|lachez moi|
        lasst mich in ruhe|lassen sie mich in ruhe|dejenme en paz|dejadme en paz|dejame en paz|lasciatemi in pace|
        lasciami in pace|deixem me em paz|deixe me em paz|lamna mig ifred|lat mig vara|lad mig vaere|la meg vaere|
        jattakaa rauhaan|antakaa olla|nechte me byt|nechajte ma|dejte mi pokoj|daj mi spokoj|dajcie mi spokoj|
        zostawcie mnie|wypiszcie mnie|chce sie wypisac|lasati ma in pace|zapomnijcie o mnie|meld mij af|
        schrijf mij uit|zeg op|avsluta prenumerationen|opsig abonnement|austragen bitte|trag mich aus|
        tragen sie mich aus|nehmt mich raus|nehmen sie mich raus|raus aus|raus hier|retirez moi|enlevez moi|
        desinscrivez moi|dar baja|dame baja|dese de baja|baja por favor|quiero baja|tirem me|tire me|me tira|me tirem|
        me remova|me removam|me descadastre|toglimi|toglietemi|cancellatemi|levatemi|fuori da|skratt mig|stryk mig|
        slet mig|fjern mig|ta bort mig|poistakaa minut|vyskrtnete me|vymazte me|vyskrtnite ma|odhlaste me|odhlaste ma|
        toroljenek|iratkoznek le|leiratkoznek|iratkozzak le|scoateti ma|scoate ma|stergeti ma|махнете ме|изтрийте ме|
        отпишете ме|удалите меня|отпишите меня|βγαλτε με|διαγραψτε με|σβηστε με|obrisite me|izbrisite me|uklonite me|
        odjavite me|kustutage mind|votke mind maha|izsvitrojiet mani|dzesiet mani|isbraukite mane|istrinkite mane|
        nehhuni|le akarok iratkozni|le szeretnek iratkozni|iratkoztassanak le
    """,
    "NOT WISH": """
        en halua|ei soovi|ma rridx|nil me ag iarraidh|ni theastaionn|ne zelim|no quiero|non voglio|nao quero|
        ne veux plus|nu vreau|nem kerek|nie chce|nem akarok|δεν θελω|не искам|vill inte|vil ikke|wil geen|es nevelos|
        ma ei taha|no deseo|rridx|ne souhaite plus|ne veux pas|ne souhaite pas|je ne veux|will keine|mochte keine|
        mochte nicht|will nicht|mochte das nicht|wil niet|wil dit niet|ya no quiero|no me interesan|non desidero|
        nao desejo|nie zycze sobie|onskar inte|vill inte ha|onsker ikke|en tahdo|nechci|neprajem si|nepreji si|
        nezelam si|neprajem|nem szeretnek|nem kivanok|nu doresc|не желая|не хочу|не желаю|δεν επιθυμω|nocem|ei taha|
        negribu|nevelos|nenoriu|nepageidauju|ma rridtx|nil uaim
    """,
    "NO MORE": """
        plus de|ingen flere|inga fler|basta de|no mas|nada de|nada de mas|niente piu|nichts mehr|keine mehr|plus rien|
        plus jamais|nunca mas|mai piu|nunca mais|nigdy wiecej|aldrig mer|aldrig mere|ei enaa|enaa koskaan|soha tobbe|
        nikdy vic|nikdy viac|niciodata|никога повече|больше не|ποτε ξανα|nikad vise|nikoli vec|enam mitte|vairak ne|
        daugiau ne|never more|meg mer|intet mere|inget mer|basta con|niets meer|nie meer
    """,
    "TAKE": "ta bort|nehmen sie|nimm mich|sacame de|sáquenme de",
    "DONT SEND": "na seol|na cuir|huwag na kayong mag text|ne plus recevoir",
    "REFUSE": """
        kein interesse|geen interesse|pas interesse|no me interesa|non mi interessa|no gracias|non merci|nein danke|
        no grazie|nie dziekuje|nej tack|ei kiitos|nee dank je|nie dzieki|nej tak|ne hvala|ne dekuji|nie dakujem|
        nem koszonom|nu multumesc|nao obrigado|no thanks|no thank you|pas besoin|
        δεν ενδιαφερομαι|ne domina|ca ne m interesse pas|ca m interesse pas|ne m interesse pas|pas interessee|
        kein bedarf|nicht interessiert|bin nicht interessiert|niet geinteresseerd|no estoy interesado|
        no estoy interesada|non sono interessato|non sono interessata|nao tenho interesse|nao estou interessado|
        nao estou interessada|nie jestem zainteresowany|nie jestem zainteresowana|inte intresserad|ikke interesseret|
        en ole kiinnostunut|ei kiinnosta|nemam zajem|nemam zaujem|nezajima me|nem erdekel|nu ma intereseaza|
        nu sunt interesat|nu sunt interesata|не ме интересува|не интересува|не интересно|не интересует|
        δεν με ενδιαφερει|ne zanima me|me ne zanima|ei huvita|mani neinteresē|mani neinterese|neidomu|
        m inix interessat|nil suim agam|ni hea|non mi serve|no lo necesito|brauche ich nicht|heb ik niet nodig|
        όχι ευχαριστω|οχι ευχαριστω|не благодаря|нет спасибо|ei aitah|ne aciu|ne paldies
    """,
    "WHO": """
        qui etes|quien eres|chi sei|quem e|wie bent u|wie is dit|nee yaaru|neenga yaaru|wer ist|vem ar|qui est ce|
        qui etes vous|c est qui|quien es|de parte de quien|chi e|chi siete|quem fala|wer ist das|wer sind sie|
        wer bist du|wie ben je|vem ar det|vem ar ni|hvem er det|hvem er du|kuka tama|kuka siella|kdo jste|kto ste|
        kto to|tko ste|tko je|kdo ste|kas jus|kas cia|kas jus esat|kes te|kes see|ki ez|ki vagy|cine esti|cine sunteti|
        кой сте|кой е|кто это|кто вы|ποιος ειναι|ποιοι ειστε|min int|ce thu|kdo je|kto je|யார் நீங்க|யாரு நீங்க|
        neenga yaru|nee yaru|yaru ithu|yar neenga|yaar neenga
    """,
    "HOW": "wie kann",
    "THING": "planta baja|basta cosi|ei ole",
    "WRONG NUMBER": "numero equivocado|falsche nummer|mauvais numero|wrong number",
    "GET NUMBER HOW": "number epdi|நம்பர் எப்படி|எண் எப்படி",
    "COPY": """
        有我|有关我的|關於我|sur moi|uber mich|over mij|su di me|sobre mi|sobre mim|o mnie|om mig|om mej|minusta|rolam|
        despre mine|за мен|για μενα|o meni|o mne|minu kohta|apie mane|par mani|obo mnie
    """,
    "NO ADVERT": """
        niente promozioni|niente pubblicita|niente offerte|niente messaggi|pas de pub|pas de publicite|pas de promos|
        nada de publicidad|nada de promociones|nada de anuncios|ingen reklam|inga erbjudanden|ei mainoksia|
        ei mainontaa|zadnych reklam|keine werbung|geen reclame|ingen reklame|nula reklam
    """,
    "VENDAM": """
        thevai illa|thevai illai|தேவை இல்லை|தேவை இல்ல|வேண்டாம் இல்லை|venam da|vendam da|pudikala|viruppam illai|
        விருப்பம் இல்லை|thevai kedaiyathu
    """,
    "WISH": "je voudrais|je veux|je souhaite",
    "": "je suis|j ai|je te|je vous|est ce que",
}
