-- How texts are searched, for every owner that has texts to search: words by their English stems, Chinese by pairs of characters.
-- All of it is immutable, so that a column can be GENERATED from it; what is asked goes through the same functions.
-- Chinese needs pairs of our own: PostgreSQL's parser takes a sentence without spaces for one word.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE SCHEMA IF NOT EXISTS "search";

-- Lower case, one width, and Simplified characters: whoever types 退货 finds 退貨. (Towards Simplified, because many
-- Traditional characters share one there, and hardly ever the other way round. The pairs are those of Unicode CLDR's
-- transform Hant-Hans for the characters of Big5 that have one of GB 2312, and a few variants in daily use.)
CREATE FUNCTION "search"."fold"("said" text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  -- Spares Latin texts the table, which costs half a millisecond.
  WHEN "said" ~ '[㐀-鿿]' THEN translate(
    lower(normalize("said", NFKC)),
    '內勻弔戶冊氾丟亙兇吒汙汎佇佔佈兌別刪吳呂吶囪壯夾妝決沖沒沍災禿見貝車阪並亞來併侖兒兩協卹姍姊屆岡彿拋於昇東歿況爭狀秈糾羋臥軋長門俠侶係侷兗剎剋則勁卻奐姪姦屍帥彥後恆柵洶洩為盃紂紅紀紉紇約紆苧計訂訃貞負軍軌閂韋頁風飛倣倖倆們倀俱個倫倉凍剛剝員娛孫宮峽島峴師庫徑恥悅挾時晉書氣涇浹烏狹狽畝皰砲祕紡紗紋純紐紕級紜納紙紛脅脈芻荊茲記訐討訌訕訊託訓訖豈財貢軒軔迴釘針釗釙閃陣陝陘陞隻飢馬鬥乾偽偉偵側務動區參啞問唸國堅堊執夠婁婦專將屜崢崑崙崗帶帳張強從徠悽悵捲掃掛捫掄掙採捨敗啟敘斬晝勗桿棄梔條梟殺毬氫涼淺淵淒淚淪淨牽猙現產畢異眾絆絃統紮紹紼絀細紳組終紲紱缽習脣脫莢莖莊莧處術袞覓規訪訝訣訥許設訟訛販責貫貨貪貧軛軟這連逕釵釦釣釧釩閉陳陸陰頂頃魚鳥鹵麥傢備傑傖傘凱剴創勞勝勛喪單喲喚喬喫圍堯場報堝壺媧尋嵐幀幃幾廁廂廄復惡悶愜惻惱揀揮換揚棗棟棧棲欽殘殼氬湧湊減渦湯測渾渙無猶琺畫痙痠發盜睏硯稈稅筆筍絞結絨絕絲絡給絢絳肅腎脹菸華著萊萇虛視註詠評詞証詁詔詛詐詆訴診訶貯貼貳貽賁費賀貴買貶貿貸軻軸軼週進郵鄉鈔鈕鈣鈉鈞鈍鈐鈑閔閏開閑間閒閎隊階陽隄雲韌項順須飪飯飩飲飭馮馭黃亂傭債傳僅傾傷傯僇剷勢匯嗎嗇嗚嗆園圓塗塚塊塢塒塋奧媽媼幹廈弒彙徬愛慄慍愾愴愷搾損搶搖搗搆暉暈會業極楊楨楓歲毀溝滅溼溫準滄煙煩煉煬煥爺獅瑯琿當盞睞睪睜祿萬稜稟節筧粵經絹綑綁綏絛義羨聖腸腳腫腦葷葦葉萵虜號蛻蜆補裝裡裊詫該詳試詩詰誇詼詣誠話誅詭詢詮詬賊資賈賄貲賃賂賅跡跤較載軾輊農運遊達違過鄒鈷鉗鈸鈽鉀鈾鉛鉤鉑鈴鉉鉍鉅鈹鈿鉚閘隕雋電預頑頓頊頒頌飼飴飽飾馳馱馴鳩僥僕僑僱劃匱厭嘗嘔嘆嘍嘖嗶團圖塵墊塹壽夥夢奪奩嫗寧實寢對屢嶄嶇幣幗彆徹慇態慣慟慚慘摟摺摑摻暢榮槓構槍氳滾漬漢滿滯漸漲漣滬漁滲滌滷熒爾犖獄瑤瑣瑪瘧瘍瘋瘓盡監碩禎禍種稱窪窩箋箝箏箇綻綰綜綽綾綠緊綴網綱綺綢綿綵綸維緒緇綬罰聞臺與蓆蒞蓋蓀蒐蒼蝕製誦誌語誣認誡誤說誥誨誘誑誚貍賓賑賒趙趕跼輔輒輕輓遠遜遙遞鉸銀銅銘銖鉻銓銜銨銑閡閨閩閣閥際頗領颯颱餃餅餌餉駁骯鳴鳶鳳麼齊億儀價儂儈儉凜劇劉劍劊厲嘮嘩噓噴嘯嘰墳墜墮嫻嬋嫵嬌嬈寬審寫層幟廢廚廟廝廣廠彈徵慶慮憂慼慫慾憐憫憚憤憮摯撲撈撐撥撓撫撚撢撳敵數暫暱樣槨樁樞標樓槳樂樅樑歐歎殤毆漿潑潔澆潛潰潤澗潯熱獎瑩瘡皚皺盤瞇確碼穀窯窮範締練緯緻緘緬緝編緣線緞緩綞緙緲緹罵罷膠膚蓮蔭蔣蔔蔥蝦蝸蝨衛衝複誼諒談諄誕請諸課諉諂調誰論諍誶誹諛豎豬賠賞賦賤賬賭賢賣賜質賡踐踡輝輛輟輩輦輪輜輞輥適遷鄰鄭鄧醃鋅銻銷鋪銬鋤鋁銳銼鋒鋇鋰銲閭閱鞏頡頜颳養餓餒餘駝駐駟駛駑駕駒駙髮鬧魷魯鴆鴉麩齒儘儔儐儕冪劑勳噹噸噥噯墾壇奮嬝學導憲憑憊懍憶戰擁擋撻據擄擇撿擔撾曆曉曄曇樸樺橫樹橢橋機橈歷澱濃澤濁澠熾燉燐燒燈燙燜燄獨璣甌瘺盧瞞磚磧禦積穎穌窺築篤篩縊縑縈縛縣縞縝縉縐膩興艙蕩蕭蕪螞螢褲親覦諦諺諫諱謀諜諧諮諾謁謂諷諭諳諶諼貓賴踴輻輯輸輳辦選遲遼遺鄴錠錶鋸錳錯錢鋼錫錄錚錐錦錕錮錙閻隨險霑靜靦頰頸頻頷頭頹頤館餞餛餡餚駭駢駱鬨鮑鴕鴣鴦鴨鴛龍龜優償儲勵嚀嚐嚇壓壎嬰嬪嬤尷屨嶼嶺嶸幫彌應懇戲擊擠擰擬擱斂斃曖檔檢檜櫛檣殮氈濘濱濟濤濫澀濬濕濰營燦燭燬燴牆獰獲環璦癆療盪瞭矯磯禪簍糞糝縮績繆縷縲繃縫總縱繅縴縹縵聲聰聯聳膿膽臉膾臨舉艱薑薔薊虧螻蟈褻褸覬謎謗謙講謊謠謝謄謐賺賽購賸賻趨轄輾轂轅輿還邁醞醜鍍鎂錨鍵鍊鍥鍋錘鍾鍬鍛鍰鍔闊闋闌闈闆隱隸雖韓顆颶餵騁駿鮮鮫鮪鮭鴻鴿點齋叢嚕嚮壙壘嬸懣擴擲擾攆擺擻擷斷檳櫃檻檸檯歟歸殯瀉瀋濾瀆濺瀏燻燼燾獷獵甕癘癒瞼礎禮穡穢竄竅簫簞簣簡糧織繕繞繚繡繒罈翹職聶臍臏舊薩藍藉薺薦蟯蟬蟲覲觴謨謹謬謫豐贅蹣蹤蹟蹕軀轉轍邇醫醬釐鎊鎖鎢鎳鎮鎬鎰鎘鎚鎗闔闖闐闕離雜雙雛雞額顏題顎顓餾餿餽騎鬆魎鯊鯉鯽鯀鵑鵝鵠鼕嚥壞壟壢寵龐廬懲懷懶攏曠櫥櫝櫚櫓瀟瀨瀝瀕瀘爍牘犢獸獺璽瓊疇癟癡礙禱穫穩簾簽簷繫繭繹繩繪羅繳羶臘藝藪藥藷蟻蠅蠍襠襖譁譜識證譚譎譏譙贈贊蹺轔轎辭邊鏡鏑鏟鏃鏈鏜鏝鏢鏍鏘鏤鏗鏨關隴難霧韜韻類願顛颼饅饉騖騙鬍鯨鯧鯖鯛鶉鵡鵲鵪鵬麗勸嚨嚶嚴孃寶懸懺攔攙朧櫬瀾瀰瀲爐獻瓏癢癥礦礪礬礫竇競籌籃糰辮繽繼罌臚艦藹藺蘆蘋蘇蘊蠔襤覺觸議譯譟譫贏贍躉釋鐘鐃鏽闡飄饒饑騫騰騷鰓鰍鹹麵黨齟齣齡儷囁囀囂屬懼懾攝攜斕櫻欄櫺殲爛犧瓔癩籐纏續蘭蘚蠣蠟襪覽譴護譽贓躊躍躋轟辯鐮鐳鐵鐺鐸鐲鐫闢響顧顥饗驅驃驀騾髏鰭鰥鶯鶴鷂齜齦齧儼儻囈孿巔巒彎攤權歡灑灘玀疊癮癬籠籟聾聽臟襲襯讀贖贗躑躓轡酈鑄鑑鑒霽韃韁顫驕驍髒鬚鱉鰱鰾鰻鷓鷗鼴齬齪龔巖戀攣攪曬瓚竊籤纓纖纔蘿蠱變邐邏鑣鑠靨顯饜驚驛驗體鱔鱗鱖鷥黴囑壩攬癱癲羈蠶讓讒讖艷贛釀靂靈靄顰驟鬢魘鱟鷹鷺鹼鹽鼇齷齲廳欖灣籬籮蠻觀躡釁鑲鑰顱饞髖黌灤矚讚鑷韉驢驥纜讜躪釅鑽鑾鑼鱷鱸黷豔鑿鸚驪鬱鸛鸞籲奼皁阨戔枒虯俁俬剄厙咷咼垵紈釔釓凈唚唄弳痀紓郟釕剮匭圇埡埰婭崍淶淥烴眥紺紿罣脛荳釤釹釷閆喨媯惲椏棖溈湞牋硤硨絎覘詎詘詒貺貰軺軹軫鄆鈁鈥鈦鈀鈄鈧閌隉頇飫傴僂僉嗩塤塏嫋巰搨摀搥搧煒煢猻瑋痾綈綆綃羥腡葒葯蛺誆詿詡誄詵輅輇鄖鄔鉈鈰鈺鉦鈳鉞銃鈮鉭鉬頏頎鳧黽僨嘜嶁幘愨慳慪戩戧摶摳摜榖榿榪殞滎滸漚漵熗獃皸碭箎綣緄緋綹膃蒔覡誒賕銥鉺銠銪銦銚銫鉿銣鋮銩鞀颮劌勱嘵嘸嶗嶠廡憒撣撟槧毿氂潁澇潿潷璉瘞篋緗緡緦緶緱翫舖蓽蔞蔦蓯蝟衚諏諑諗賚賧遯鄲鋃鋏鋱鋟鋝鋌鋯鋨鋦閬閫靚頦餑駔駘魴鴇噠噦噲嬙嬡嶧嶴廩懌曏殫澮燁獫獪磣窶縟縋蕓蕘蕆蕁蕢蕎蕕薌螄諢謔諤諞諡踰鄶錈錟錆鍺錸錛錒錁鍆閼閾閹閶閿閽鮒鮐鴝鴟嚌幬懃懨懞擯擣檁檉歛澩癉癇磽簀篳簆縭縶耬蕷薈薟蟄褳覯謖謅謚蹌鍤鍇鍘鍶闇闃鞝餬餳餱鮚鮞鴯鴰鵂黿齔嚙懟懮攄擼瀅瀦濼燿癤繢聵藎蟣謳謾賾贄蹧轆鄺鎵鎧鎪鎦鎣韙餼騏騍騅鬩鯇鯁鵜鵓鵒厴嚦壚櫧櫟櫫櫞氌瀧瀠礡禰繰繯羆艤蟶蠆襝覈覷觶譖鏞鏇鏹鏌鎩韞顙饈饃鯪鯫鯤鯢鯰鯔鯡鵯鶇嚳攖櫳櫪櫨櫱獼穭繾聹蘢藶蘄蠐蠑鐋鐓鐠鐔鐐鐨鐙鏵鏷鐒闞顢饌饋騶騮騸騭鰈鰒鰉鶘鶚鶩齠齙儺巋攛櫸灃灄礱糲纊纈纍蘞衊贐轝鐿闥飆驄驂驁鰣鰨鰩鶼鶻鹺齎囅孌攢灕癭籜糴艫覿譾躕躚躒轢鑌鑊驏驊鱈鰹鰳鰷鰲鷚鷙龕欒欏癰蘺讎轤醼鱒鱘鷯鷸鷦鷲鷳黲齏囓囍灝灠籪讕髕鱧齶籩糶纘臠躥鑭鱭鼉趲躦釃讞顳顴驤鸕戇欞鬮鱺鸝麤账裏羣',
    '内匀吊户册泛丢亘凶咤污泛伫占布兑别删吴吕呐囱壮夹妆决冲没冱灾秃见贝车坂并亚来并仑儿两协恤姗姐届冈佛抛于升东殁况争状籼纠芈卧轧长门侠侣系局兖刹克则劲却奂侄奸尸帅彦后恒栅汹泄为杯纣红纪纫纥约纡苎计订讣贞负军轨闩韦页风飞仿幸俩们伥具个伦仓冻刚剥员娱孙宫峡岛岘师库径耻悦挟时晋书气泾浃乌狭狈亩疱炮秘纺纱纹纯纽纰级纭纳纸纷胁脉刍荆兹记讦讨讧讪讯托训讫岂财贡轩轫回钉针钊钋闪阵陕陉升只饥马斗干伪伟侦侧务动区参哑问念国坚垩执够娄妇专将屉峥昆仑岗带帐张强从徕凄怅卷扫挂扪抡挣采舍败启叙斩昼勖杆弃栀条枭杀球氢凉浅渊凄泪沦净牵狰现产毕异众绊弦统扎绍绋绌细绅组终绁绂钵习唇脱荚茎庄苋处术衮觅规访讶诀讷许设讼讹贩责贯货贪贫轭软这连迳钗扣钓钏钒闭陈陆阴顶顷鱼鸟卤麦家备杰伧伞凯剀创劳胜勋丧单哟唤乔吃围尧场报埚壶娲寻岚帧帏几厕厢厩复恶闷惬恻恼拣挥换扬枣栋栈栖钦残壳氩涌凑减涡汤测浑涣无犹珐画痉酸发盗困砚秆税笔笋绞结绒绝丝络给绚绛肃肾胀烟华着莱苌虚视注咏评词证诂诏诅诈诋诉诊诃贮贴贰贻贲费贺贵买贬贸贷轲轴轶周进邮乡钞钮钙钠钧钝钤钣闵闰开闲间闲闳队阶阳堤云韧项顺须饪饭饨饮饬冯驭黄乱佣债传仅倾伤偬戮铲势汇吗啬呜呛园圆涂冢块坞埘茔奥妈媪干厦弑汇彷爱栗愠忾怆恺榨损抢摇捣构晖晕会业极杨桢枫岁毁沟灭湿温准沧烟烦炼炀焕爷狮琅珲当盏睐睾睁禄万棱禀节笕粤经绢捆绑绥绦义羡圣肠脚肿脑荤苇叶莴虏号蜕蚬补装里袅诧该详试诗诘夸诙诣诚话诛诡询诠诟贼资贾贿赀赁赂赅迹交较载轼轾农运游达违过邹钴钳钹钸钾铀铅钩铂铃铉铋钜铍钿铆闸陨隽电预顽顿顼颁颂饲饴饱饰驰驮驯鸠侥仆侨雇划匮厌尝呕叹喽啧哔团图尘垫堑寿伙梦夺奁妪宁实寝对屡崭岖币帼别彻殷态惯恸惭惨搂折掴掺畅荣杠构枪氲滚渍汉满滞渐涨涟沪渔渗涤卤荧尔荦狱瑶琐玛疟疡疯痪尽监硕祯祸种称洼窝笺钳筝个绽绾综绰绫绿紧缀网纲绮绸绵彩纶维绪缁绶罚闻台与席莅盖荪搜苍蚀制诵志语诬认诫误说诰诲诱诳诮狸宾赈赊赵赶局辅辄轻挽远逊遥递铰银铜铭铢铬铨衔铵铣阂闺闽阁阀际颇领飒台饺饼饵饷驳肮鸣鸢凤么齐亿仪价侬侩俭凛剧刘剑刽厉唠哗嘘喷啸叽坟坠堕娴婵妩娇娆宽审写层帜废厨庙厮广厂弹征庆虑忧戚怂欲怜悯惮愤怃挚扑捞撑拨挠抚捻掸揿敌数暂昵样椁桩枢标楼桨乐枞梁欧叹殇殴浆泼洁浇潜溃润涧浔热奖莹疮皑皱盘眯确码谷窑穷范缔练纬致缄缅缉编缘线缎缓缍缂缈缇骂罢胶肤莲荫蒋卜葱虾蜗虱卫冲复谊谅谈谆诞请诸课诿谄调谁论诤谇诽谀竖猪赔赏赋贱帐赌贤卖赐质赓践蜷辉辆辍辈辇轮辎辋辊适迁邻郑邓腌锌锑销铺铐锄铝锐锉锋钡锂焊闾阅巩颉颌刮养饿馁余驼驻驷驶驽驾驹驸发闹鱿鲁鸩鸦麸齿尽俦傧侪幂剂勋当吨哝嗳垦坛奋袅学导宪凭惫懔忆战拥挡挞据掳择捡担挝历晓晔昙朴桦横树椭桥机桡历淀浓泽浊渑炽炖磷烧灯烫焖焰独玑瓯瘘卢瞒砖碛御积颖稣窥筑笃筛缢缣萦缚县缟缜缙绉腻兴舱荡萧芜蚂萤裤亲觎谛谚谏讳谋谍谐谘诺谒谓讽谕谙谌谖猫赖踊辐辑输辏办选迟辽遗邺锭表锯锰错钱钢锡录铮锥锦锟锢锱阎随险沾静腼颊颈频颔头颓颐馆饯馄馅肴骇骈骆哄鲍鸵鸪鸯鸭鸳龙龟优偿储励咛尝吓压埙婴嫔嬷尴屦屿岭嵘帮弥应恳戏击挤拧拟搁敛毙暧档检桧栉樯殓毡泞滨济涛滥涩浚湿潍营灿烛毁烩墙狞获环瑷痨疗荡了矫矶禅篓粪糁缩绩缪缕缧绷缝总纵缫纤缥缦声聪联耸脓胆脸脍临举艰姜蔷蓟亏蝼蝈亵褛觊谜谤谦讲谎谣谢誊谧赚赛购剩赙趋辖辗毂辕舆还迈酝丑镀镁锚键炼锲锅锤钟锹锻锾锷阔阕阑闱板隐隶虽韩颗飓喂骋骏鲜鲛鲔鲑鸿鸽点斋丛噜向圹垒婶懑扩掷扰撵摆擞撷断槟柜槛柠台欤归殡泻沈滤渎溅浏熏烬焘犷猎瓮疠愈睑础礼穑秽窜窍箫箪篑简粮织缮绕缭绣缯坛翘职聂脐膑旧萨蓝借荠荐蛲蝉虫觐觞谟谨谬谪丰赘蹒踪迹跸躯转辙迩医酱厘镑锁钨镍镇镐镒镉锤枪阖闯阗阙离杂双雏鸡额颜题颚颛馏馊馈骑松魉鲨鲤鲫鲧鹃鹅鹄冬咽坏垄坜宠庞庐惩怀懒拢旷橱椟榈橹潇濑沥濒泸烁牍犊兽獭玺琼畴瘪痴碍祷获稳帘签檐系茧绎绳绘罗缴膻腊艺薮药薯蚁蝇蝎裆袄哗谱识证谭谲讥谯赠赞跷辚轿辞边镜镝铲镞链镗镘镖镙锵镂铿錾关陇难雾韬韵类愿颠飕馒馑骛骗胡鲸鲳鲭鲷鹑鹉鹊鹌鹏丽劝咙嘤严娘宝悬忏拦搀胧榇澜弥潋炉献珑痒症矿砺矾砾窦竞筹篮团辫缤继罂胪舰蔼蔺芦苹苏蕴蚝褴觉触议译噪谵赢赡趸释钟铙锈阐飘饶饥骞腾骚鳃鳅咸面党龃出龄俪嗫啭嚣属惧慑摄携斓樱栏棂歼烂牺璎癞藤缠续兰藓蛎蜡袜览谴护誉赃踌跃跻轰辩镰镭铁铛铎镯镌辟响顾颢飨驱骠蓦骡髅鳍鳏莺鹤鹞龇龈啮俨傥呓孪巅峦弯摊权欢洒滩猡叠瘾癣笼籁聋听脏袭衬读赎赝踯踬辔郦铸鉴鉴霁鞑缰颤骄骁脏须鳖鲢鳔鳗鹧鸥鼹龉龊龚岩恋挛搅晒瓒窃签缨纤才萝蛊变逦逻镳铄靥显餍惊驿验体鳝鳞鳜鸶霉嘱坝揽瘫癫羁蚕让谗谶艳赣酿雳灵霭颦骤鬓魇鲎鹰鹭碱盐鳌龌龋厅榄湾篱箩蛮观蹑衅镶钥颅馋髋黉滦瞩赞镊鞯驴骥缆谠躏酽钻銮锣鳄鲈黩艳凿鹦骊郁鹳鸾吁姹皂厄戋丫虬俣私刭厍啕呙埯纨钇钆净吣呗弪佝纾郏钌剐匦囵垭采娅崃涞渌烃眦绀绐挂胫豆钐钕钍闫亮妫恽桠枨沩浈笺硖砗绗觇讵诎诒贶贳轺轵轸郓钫钬钛钯钭钪闶陧顸饫伛偻佥唢埙垲袅巯拓捂捶扇炜茕狲玮疴绨绠绡羟脶荭药蛱诓诖诩诔诜辂辁郧邬铊铈钰钲钶钺铳铌钽钼颃颀凫黾偾唛嵝帻悫悭怄戬戗抟抠掼谷桤杩殒荥浒沤溆炝呆皲砀篪绻绲绯绺腽莳觋诶赇铱铒铑铕铟铫铯铪铷铖铥鼗飑刿劢哓呒崂峤庑愦掸挢椠毵牦颍涝涠滗琏瘗箧缃缗缌缏缑玩铺荜蒌茑苁猬胡诹诼谂赉赕遁郸锒铗铽锓锊铤锆锇锔阆阃靓颏饽驵骀鲂鸨哒哕哙嫱嫒峄岙廪怿向殚浍烨猃狯碜窭缛缒芸荛蒇荨蒉荞莸芗蛳诨谑谔谝谥逾郐锩锬锖锗铼锛锕锞钔阏阈阉阊阌阍鲋鲐鸲鸱哜帱勤恹蒙摈捣檩柽敛泶瘅痫硗箦筚筘缡絷耧蓣荟莶蛰裢觏谡诌谥跄锸锴铡锶暗阒绱糊饧糇鲒鲕鸸鸹鸺鼋龀啮怼忧摅撸滢潴泺耀疖缋聩荩虮讴谩赜贽糟辘邝镓铠锼镏蓥韪饩骐骒骓阋鲩鲠鹈鹁鹆厣呖垆槠栎橥橼氇泷潆礴祢缲缳罴舣蛏虿裣核觑觯谮镛镟镪镆铩韫颡馐馍鲮鲰鲲鲵鲶鲻鲱鹎鸫喾撄栊枥栌蘖猕稆缱聍茏苈蕲蛴蝾铴镦镨镡镣镄镫铧镤铹阚颟馔馈驺骝骟骘鲽鳆鳇鹕鹗鹜龆龅傩岿撺榉沣滠砻粝纩缬累蔹蔑赆舆镱闼飙骢骖骜鲥鳎鳐鹣鹘鹾赍冁娈攒漓瘿箨籴舻觌谫蹰跹跞轹镔镬骣骅鳕鲣鳓鲦鳌鹨鸷龛栾椤痈蓠雠轳宴鳟鲟鹩鹬鹪鹫鹇黪齑啮禧灏漤簖谰髌鳢腭笾粜缵脔蹿镧鲚鼍趱躜酾谳颞颧骧鸬戆棂阄鲡鹂粗帐里群'
  )
  ELSE lower(normalize("said", NFKC))
END;

-- The pairs of neighbouring Chinese characters of a folded text, with their places; a character that stands alone is kept.
CREATE FUNCTION "search"."bigrams"("folded" text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(string_agg("pair" || ':' || least("place", 16383), ' '), '')::tsvector
  FROM (
    SELECT substr("run", "at", 2) AS "pair", row_number() OVER () AS "place"
    FROM regexp_matches("folded", '[㐀-鿿]+', 'g') AS "found"("runs"),
      unnest("runs") AS "run",
      generate_series(1, greatest(length("run") - 1, 1)) AS "at"
  ) AS "pairs";
END;

-- What a folded text can be found by.
CREATE FUNCTION "search"."folded_lexemes"("folded" text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('pg_catalog.english', regexp_replace("folded", '[㐀-鿿]+', ' ', 'g')) || "search"."bigrams"("folded");

-- What a text can be found by.
CREATE FUNCTION "search"."lexemes"("said" text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN "search"."folded_lexemes"("search"."fold"("said"));

-- A searchable entry: what it is called (A), words given by hand (B), what it says (C).
CREATE FUNCTION "search"."document"("title" text, "keywords" text[], "body" text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN setweight("search"."lexemes"("title"), 'A')
  || setweight("search"."lexemes"(array_to_string("keywords", ', ')), 'B')
  || setweight("search"."lexemes"("body"), 'C');

-- Words that say nothing of what is asked, beyond PostgreSQL's own for English; the Chinese ones are folded.
CREATE FUNCTION "search"."english_stop_words"() RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_split_to_array(
  'able already also anything arent ask cannot cant could couldnt dear didnt doesnt dont even explain find
   get gets getting go goes going got happen happened happening hasnt havent hello help hey hi hows im
   isnt ive know let like look looking many may maybe might much must need needs now one ones please possible
   question really say see shall something still sure tell thank thanks thats theres thing things today tried
   try trying us want wanted wants wasnt way whats wheres wonder wondering wont would wouldnt yet youre',
  '\s+'
);

CREATE FUNCTION "search"."chinese_stop_words"() RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_split_to_array(
  '有没有办法 可不可以 想请问 我想要 想知道 贵公司 能不能 是不是 有没有 怎么办 怎么样 该怎么 要怎么
   要如何 为什么 告诉我 不知道 请问 想问 我想 想要 我要 我们 你们 您们 贵店 请教 麻烦 谢谢 你好
   您好 哈啰 可以 能够 办法 是否 怎么 怎样 如何 什么 为何 哪里 哪些 哪个 这个 那个 这些 那些 一下
   帮我 帮忙 已经 因为 所以 如果 但是 可是 然后 就是 需要 应该 必须 有人 真的 现在 目前 上面 里面
   的话 之后 以后 知道 我的 的 了 吗 呢 吧 啊 呀 喔 哦 耶 我 你 您 他 她 它 请 这 那 就 也
   都 和 跟 与 或 在 是 把 被 让 嘛 啦 很 想 会 要 有 做 该 说 看 们',
  '\s+'
);

-- A folded text without them.
CREATE FUNCTION "search"."essence"("folded" text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
  regexp_replace("folded", '\m(?:' || array_to_string("search"."english_stop_words"(), '|') || ')\M', ' ', 'g'),
  '(?:' || array_to_string("search"."chinese_stop_words"(), '|') || ')', ' ', 'g'
);

-- The title and each keyword, folded, one a line. Misspelt words are compared with these.
CREATE FUNCTION "search"."phrases"("title" text, "keywords" text[]) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN "search"."fold"(array_to_string("title" || "keywords", E'\n'));

-- Each of them as its lexemes with spaces between: what tells a question that is met from one that is touched.
CREATE FUNCTION "search"."wordings"("title" text, "keywords" text[]) RETURNS text[]
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT array_agg(array_to_string(tsvector_to_array("search"."folded_lexemes"("search"."essence"("phrase"))), ' '))
  FROM unnest(string_to_array("search"."phrases"("title", "keywords"), E'\n')) AS "phrase";
END;

-- Words of a relation's phrases that look like a misspelt word. The threshold is lower than the extension's 0.6, at which
-- "cancle" does not find "cancel"; the caller compares letters.
CREATE FUNCTION "search"."words_like"("word" text, "relation" regclass) RETURNS SETOF text
  LANGUAGE plpgsql STABLE STRICT
  SET pg_trgm.word_similarity_threshold = 0.4
AS $$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT DISTINCT "candidate" FROM %s AS "entry", regexp_split_to_table("entry"."phrases", ''[^a-z0-9]+'') AS "candidate"
     WHERE $1 <%% "entry"."phrases" AND abs(length("candidate") - length($1)) <= 2',
    "relation"
  ) USING "word";
END
$$;
