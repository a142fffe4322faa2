"""The words of Chinese, Tamil, the languages of the European Union and a few of Malaysia's guests. Pure data.

Written with dictionaries by people who do not speak most of these languages: native review is wanted. The kinds are
those of ``lexicon.KINDS``. Chinese is cut into its longest known words; a Tamil or inflected word is known by its
beginning (``OTHER_PREFIXES``).
"""

HAN_WORDS = {
    "UNKNOWN": "先生 小姐 太太",
    "LIKE": "兴趣 興趣 考虑 考慮 感兴趣 打算",
    "GET NUMBER HOW": "有我电话 有我的电话 有我的号码 有我号码 知道我的电话 知道我电话 知道我的号码 知道我号码",
    "BOTHER": "烦 煩 吵 闹 搵",
    "STOP": "停 停止 停咗 停掉 停下 终止 終止 中止 收手",
    "LEAVE": "退订 退訂 取消订阅 取消訂閱 取消我的订阅 取消我的訂閱 拒收 勿扰 勿擾 退群 配信停止 停止して 解約 滚 滾 走开 走開 退出 取消关注 取消關注 取消接收 退出订阅",
    "CANCEL": "取消",
    "DONT NEED": "不要再 不要 唔要 不需要 不用 不必",
    "DONT": "别 別 勿 请勿 請勿 唔好 不许 不准 毋須 无需 無需 莫 别再 别给 唔使 咪 严禁 不能再",
    "NOT": "不 没 没有 沒 沒有 冇",
    "NOT WISH": "不想 唔想 不愿 不願 不愿意 不願意 不希望 不想要 不喜欢",
    "WISH": "想 要 想要 希望 愿意",
    "SEND": "发 發 传 傳 寄 发送 發送 传送 傳送 推送 发给 發給 传给 傳給 寄给",
    "MESSAGE": "信息 訊息 讯息 短信 消息 簡訊 简讯 联系 聯繫 联络 聯絡 打扰 打擾 骚扰 騷擾 烦我 煩我 吵我 搞我 烦着我 打搅 打攪 邮件 電郵 私信 留言 嘈",
    "CALL": "打电话 打電話 来电 來電 致电",
    "ADVERT": "广告 廣告 促销 促銷 推销 推銷 推广 推廣 宣传 宣傳 优惠 優惠 优惠券 群发 群發 通知 营销 行銷 活動訊息 特价",
    "GET": "收 收到 接收 接到 收取",
    "SUBSCRIPTION": "订阅 訂閱 会员 會員",
    "TAKE": "删除 刪除 删掉 刪掉 移除 移出 删 刪 踢出去 踢出 踢走 去掉 除名 剔除 注销 註銷 清除 拿掉 剔走",
    "LIST": "名单 名單 群 列表 清单 清單 资料库 資料庫 系统 系統 数据库 群组 通讯录",
    "NUMBER": "号码 號碼 电话号码 電話號碼 名字 姓名 电话 電話 手机号 联系方式",
    "DATA": "资料 資料 数据 數據 个人资料 個人資料",
    "COPY": "有我 副本",
    "HOLD": "保存 储存 儲存 存了 收集 保留",
    "ME": "我 俾我 给我 給我 我们 我們 咱",
    "YOU": "你 你们 你們 您 你哋 贵公司 你的 你们的 是",
    "IT": "这 這 这些 這些 呢啲 这个 這個 那些 全部 所有 任何 再次 佢",
    "MORE": "再 了 一直 以后 以後 今后 再也 啦 已经 已經 都 又 还 還 每次 总是 總是",
    "CONSENT": "同意 许可 許可 授权 授權",
    "BACK": "撤回 撤销 撤銷 收回",
    "REPORT": "投诉 投訴 举报 舉報 报警 報警 报案 拉黑 封锁 封鎖 黑名单 黑名單 告你 告你们 起诉 屏蔽 屏蔽你",
    "OBJECT": "反对 反對 拒绝 拒絕 抗议",
    "ORDER": "订单 訂單 预约 預約 预订 預訂 课 課 会议 票 班 位子 订位 訂位 订 訂 座位 外卖 外賣 房间",
    "THING": """
        地址 货 貨 公司 家里 家裡 包裹 快递 快遞 车 車 停车 停車 停车场 停車場 停电 停電 停水 雨 站 公交 地铁 巴士 营业 營業 错 錯 发票 發票 收据 收據 付款 钱 錢 验证码 驗證碼 照片 图片
        圖片 辣 糖 冰 葱 香菜 甜 颜色 顏色 红色 紅色 蓝色 藍色 太甜 问题 問題 客气 客氣 迟到 遲到 关系 關係 担心 擔心 见 吃 喝 抽烟 吸烟 戒烟 工作 学校 上班 上课 暖 电梯 電梯 机器 心跳
        袋子 塑料 发货 發貨 送货 送貨 停机 停機 停播 停留 停产 停業 停业 停售 停薪 停靠 停工 停课 停課 下雨 停泊
    """,
    "DAY": "今天 明天 现在 先 目前 还没",
    "TIME": "晚上 早上 半夜 上班时间 下个月 下個月 下周 暂时 暫時 之前 之后 点后",
    "FORGET": "忘 忘记 忘記 忘了 介意 错过 錯過",
    "WHY": "为什么 為什麼 为何 為何 干嘛 点解 點解 怎么会 凭什么",
    "HOW": "怎么 怎麼 怎样 怎樣 如何 点样 點樣 哪里 哪裡",
    "WHEN": "几点 幾點 什么时候 什麼時候 何时",
    "ONLY": "只 只要 只想 仅 除了",
    "THEY": "他 她 老公 老婆 妈妈 媽媽 爸爸 儿子 女儿 朋友 他们",
    "SAY": "说 說 叫 讲 講 说过",
    "REPLY": "回复 回覆 回",
    "IF": "如果 要是 也许 可能 假如 万一",
    "CAN": "可以 能 能不能 可不可以 可否 能否 麻烦 麻煩 拜托 拜託 帮 幫 帮忙 请 請 求",
    "OFTEN": "太多 少 一点 每天 天天 整天 老是 日日 成日 太频繁 频繁 每周 每星期 一次 一星期一次 一个星期一次 每周一次 一个月一次",
    "ANGER": "烦死 煩死 讨厌 討厭 骗子 騙子 诈骗 詐騙 垃圾 好烦 很烦 烦死了 有病 神经病",
    "REFUSE": "没兴趣 沒興趣 不感兴趣 不感興趣 够 够了 夠 夠了 没需要 免了 罢了 算了 無興趣 冇興趣",
    "WRONG": "打错 打錯 认错 弄错",
    "WRONG NUMBER": "打错了 打錯了 打错电话 不是本人 号码换了",
    "DEAD": "去世 过世 過世 逝世",
    "WHO": "谁 誰 哪位 边个 邊個 不认识 不認識",
    "PAUSE": "暂停 暫停",
    "KEEP": "不要停 别停 別停 不能停 唔好停",
    "": "来 來 真 会 有 问 就好 这种 東西 东西 的 在 啊 吧 呀 谢谢 謝謝 多谢 多謝 俾 给 給 把 从 從 和 与 跟 也 就 很 好 对 過 过 得 不好意思 一下 會 掉 嘅 啲 唔该",
    "COLLECT": "拿 取 自取 自己",
    "PERCEIVE": "看 看到 见到 听",
}

OTHER_LANGUAGES = {
    "": """
        sind ar requesting apo tin mu sas bitte bedankt il lo est ειναι da z ha have hat habe j ai c agam mil am s il
        vous plait dziekuje merci danke gracias grazie obrigado tack kiitos prosim prosze de d le la les des der die
        das dem den l zu auf du je ich io yo eu ik ja vi noi nous wij su los las se per por para til med at att och
        und et y e o te za na w do kerlek palun ludzu prasau venligst graag cortesia nandri konjam irunthu irundhu
        காட்டு தயவு செய்து தயவுசெய்து நன்றி என இனி இனிமேல் எனக்கு என்னை என் en pa anna akka bro noch einmal nochmal
        bin ist es
    """,
    "NOT": "",
    "WRONG": "sbagliato equivocado errado falsche verkeerd fel mauvais ",
    "OUT": "aus uit van",
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
        allj
    """,
    "LEAVE": """
        td abmelden abmeldung abbestellen austragen cancellami cancellatemi cancellarmi cancellateci afmeld afmelden
        uitschrijven wypisz wypiszcie wypisac odjava odjavi odjavite odhlasit odhlaste odhlas odhlasenie odhlaseni
        odjaviti atsisakau atsisakyti atsisakykite atteikties atteikt loobun отпиши отпишете отписване отпишитесь
        отписаться отпишите leiratkozas leiratkozom leiratkoznek διαγραφη διαγραψτε διαγραψε διακοπη απεγγραφη
        dezabonare rezygnuje kuzhuvilagu 수신거부 ไม่ต้องส่งมาอีก tanggalin kundigen diliostail disiscrivo
    """,
    "CANCEL": """
        baja alto basta annulla annullare fin parar pare parem sair remover cancelar cancela cancelem annuler peruuta
        peruuttakaa peru loobu stad stadaigi ieqaf ieqfu zrusit zruste ukini prekid anuluj anulare avbryt annullere
        afslut avslut ende schluss fim koniec finito einde
    """,
    "DONT": "لا मत না mat",
    "BOTHER": "tholla thollai tontharavu",
    "NO": "keine keinen kein keinerlei aucun aucune nessun geen inga ingen zadne ziadne żadnych zadnych ninguno sem",
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
        derangez deranger مسجات رسائل    molestarme contattatemi contattate
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
        prejemati sanemt gauti nircievi mottaga recibiendo ricevo consiguieron கிடைத்தது கிடைத்த கிடைக்கும்
        kedachathu kidaithathu
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
        bain
    """,
    "LIST": """
        liste lista seznam lijst listy listan luettelosta zoznam списка verteiler listalta списъка λιστα popisa
        nimekirjast saraksta  
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
        vise vec več   vairs daugiau izjed aris inimel inime inimae još dalsi dalsie veche больше iżjed weiteren
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
        zwiebeln problemu metro places hallplats busshallplatsen bussipysakki zastavka megallo statia stanica
        спирката σταση arretdebus nagare così cosi kaaram karam sakkarai sarkarai seeni upu uppu vengayam vandi kadai
        mazhai saapadu sapadu arisi panam velai
    """,
    "WHO": "wer kto yaar yaaru yaru qui ποιος кой kuka vem kdo ki",
    "WHY": "pourquoi warum waarom perche dlaczego varfor ethukku edhukku yen",
    "HOW": "wie comment como hoe jak hur epdi eppadi wo où donde onde hvordan woher   ou",
    "WHEN": "wann quand cuando quando eppo eppozhuthu",
    "CAN": "svp favor prego kann konnen puede podes pode",
    "KEEP": "",
    "VENDAM": "vendam vendaam venam venaam venda vena வேண்டாம் வேணாம் வேண்டா thevaiyillai தேவையில்லை தேவைஇல்லை",
    "REFUSE": """
        nein nej nee ei nahi niedziekuje nahin tidakk illai illa இல்லை οχι
        neinterese nedomina όχι
    """,
    "OFTEN": "romba ரொம்ப adikadi trop",
    "NEGATE": """
        nicht ne nie pas não nao nu nem inte ikke alkaa ala arge ara non hindi jamas jamais nunca nikada nikdy
        nemojte nemoj не μη μην δεν niet aldrig nemam nil
    """,
}

OTHER_PREFIXES = {
    "LIKE": "விருப்ப ஆர்வ",
    "BOTHER": "தொந்தரவு தொல்லை",
    "LIST": "பட்டியல",
    "STOP": "நிறுத்து நிறுத்த நிப்பாட்டு beendet niruth nirutth nirut",
    "KEEP": """
        நிறுத்தாத நிறுத்திவிடாத niruthatha niruthathi nirutthatha nirutthathi niruthaadh niruthaath niruthadh
        nirutthadh
    """,
    "THING": """
        நிறுத்தம் நிறுத்தத்த சர்க்கரை வெங்காய காரம் சிவப்பு விலை முகவரி haltestell bushalt buss parad வண்டி கார் பஸ்
        பேருந்து ரயில் கடை மழை ஆர்டர் டெலிவரி பார்சல் பணம் பில் அரிசி சாப்பா
    """,
    "LEAVE": """
        desabonn desinscr abmeld abbestell disiscri dezabon wypis odhlas odjav afmeld avregistr uitschrijv leiratkoz
        atsisak отпис rezygnac விலக குழுவிலக atteikt avanmal avmeld avmäld απεγγρα διαγρα
    """,
    "DONT SEND": """
        அனுப்பாத அனுப்பவேண்டாம் அனுப்பவேணா அனுப்பிடாத anupath anupadh anupat anuppath anuppadh anuppat anuppaath
        anuppaadh anupaath anupaadh neposil nepos nepis nepiss nesut nesius nebesius nerasyk neberas nerakst tibghat
        tikteb kollatheenga kollaadh
    """,
    "DONT MESSAGE": """
        கொள்ளாதீ கொள்ளாத செய்யாதீ pannathinga pannatheenga pannadhinga pannaadh pannaath nekontakt pannath pannadh
        podath podadh podaath பண்ணாத போடாத
    """,
    "SEND": """
        அனுப்ப அனுப்பு anup anupp schick schreib envoy envie enviar escrib scrivet skick skriv wysyl przysyl piszc
        posiel posilat posilj trimit пращ изпращ пишет στελν στειλ saljit kuldj irjan
    """,
    "MESSAGE": """
        மெசேஜ் மெஸேஜ் செய்தி குறுஞ்செய்தி தொடர்பு messagg teachtaireacht wiadomosc mensaje mensage
        nachricht bericht viest uzenet sporocil poruk sonum zinut съобщен μηνυμα meddelande besked zprav
    """,
    "ADVERT": "விளம்பர promo reklam reclam publici offert ofert newslett werb advert iklan",
    "TAKE": "நீக்க நீக்கு அழிக்க அழித்து eduthu எடுத்து",
    "NUMBER": "எண் நம்பர் நம்பரை பெயர் பெயரை எண்ணை",
    "CONSENT": "ஒப்புத சம்மத",
    "BACK": "திரும்ப",
    "REPORT": "புகார் போலீஸ் laporkan reklamier",
    "WHO": "யார் யார",
    "HOW": "எப்படி",
    "WRONG": "தவறான தப்பான",
    "WHY": "ஏன்",
    "NEGATE SEND": "",
}

OTHER_PHRASES = {
    "STOP": "hort auf|dejen de|deja de|dejad de|parem de|pare de|stop met|ta slut|prestante mi",
    "KEEP": """
        நிறுத்த வேண்டாம்|niruttha vendam|nirutha vendam|niruththa vendam|hort nicht auf|n arretez pas|nicht aufhoren
    """,
    "LEAVE": """
        le iratkozni|schrijf me uit|laat me met rust|met rust|in ruhe|doy de baja|darme de baja|denme de baja|
        dar de baja|dame de baja|meld mig fra|let me be|mi alone
    """,
    "NOT WISH": """
        en halua|ei soovi|ma rridx|nil me ag iarraidh|ni theastaionn|ne zelim|no quiero|non voglio|nao quero|
        ne veux plus|nu vreau|nem kerek|nie chce|nem akarok|δεν θελω|не искам|vill inte|vil ikke|wil geen|es nevelos|
        ma ei taha|no deseo|rridx
    """,
    "NO MORE": "plus de|ingen flere|inga fler|basta de|no mas|nada de",
    "TAKE": "ta bort|nehmen sie|nimm mich|sacame de|sáquenme de",
    "DONT SEND": "na seol|na cuir|huwag na kayong mag text|ne plus recevoir",
    "REFUSE": """
        kein interesse|geen interesse|pas interesse|no me interesa|non mi interessa|no gracias|non merci|nein danke|
        no grazie|nie dziekuje|nej tack|ei kiitos|nee dank je|nie dzieki|nej tak|ne hvala|ne dekuji|nie dakujem|
        nem koszonom|nu multumesc|nao obrigado|no thanks|no thank you|pas besoin|
        δεν ενδιαφερομαι|ne domina
    """,
    "WHO": "qui etes|quien eres|chi sei|quem e|wie bent u|wie is dit|nee yaaru|neenga yaaru|wer ist|vem ar",
    "HOW": "wie kann",
    "THING": "planta baja|basta cosi|ei ole",
    "WRONG NUMBER": "numero equivocado|falsche nummer|mauvais numero|wrong number",
    "GET NUMBER HOW": "number epdi|நம்பர் எப்படி|எண் எப்படி",
    "COPY": "有我|有关我的|關於我",
}
