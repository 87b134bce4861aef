import { EUROPE } from './concepts-europe.ts';
import { fold } from './text.ts';

/**
 * Words by what they mean, across English, Hinglish and Hindi (German, Spanish and French in concepts-europe.ts): sentences that share no word still share concepts
 * ("what is the tariff", "kitna kiraya", "किराया कितना है"). The trained heads see them as features, singly and in
 * pairs. A word may stand in several rows. To teach a synonym, add it to its row and train again.
 */
const TABLE: Record<string, string> = {
  WHERE: 'where whereabouts kahan kaha kidhar kis jagah कहाँ कहां किधर',
  WHEN: 'when whens kab कब eta by',
  HOWMUCH: 'kitna kitne kitni kitta कितना कितने कितनी',
  HOWLONG: 'duration until till tak तक',
  WHO: 'who whos whose whom kaun kon कौन किस',
  WHICH: 'which konsa kaunsa kaunsi konsi कौनसा कौनसी',
  WHY: 'why kyu kyun kyon क्यों',
  HOW: 'how kaise kese कैसे',
  I: 'i im ive me my mine main mai mein mera meri mere mujhe muje mujhko मैं मेरा मेरी मेरे मुझे',
  WE: 'we our us hum ham hamara hamari hamare humein hume hame humne हम हमारा हमारी हमारे हमें',
  YOU: 'you your yours u ur aap aapka aapki aapke apka apki apke tum tumhara tu tera tere आप आपका आपकी आपके तुम',
  WANT: 'want need require required requirement looking wish chahiye chaiye chahie chahta chahti lena leni lene चाहिए चाहता चाहती लेना लेनी wanna would like keen interested seeking',
  NOT: 'not no dont don donot doesnt didnt isnt wont cant cannot never nahi nahin nhi nai mat na नहीं मत ना न without neither stop',
  GIVE: 'give send share forward provide mail email whatsapp furnish bhejo bhej bhejna bhejiye bhejiyega dijiye dedo dena do भेजो भेज भेजें भेजिए दीजिए दो दे drop ping submit supply',
  SHOW: 'show see view look dikhao dikha dikhaiye dekhna dekh dekhne दिखाओ दिखाइए देखना देखने',
  TELL: 'tell explain batao bataiye bata samjhao samjha inform बताओ बताइए बताएं advise intimate',
  PRICE:
    'price prices pricing cost costs costing rate rates charge charges fee fees tariff premium rent fare amount mrp emi expensive cheap cheapest costly budget daam dam bhav bhaav kimat keemat kiraya bhada kharcha kharch mehnga sasta कीमत दाम रेट किराया खर्च भाव प्राइस फीस सस्ता महंगा subscription',
  DISCOUNT:
    'discount offer offers deal negotiable negotiate reduce less lower off cashback kam छूट डिस्काउंट ऑफर festive bargain lowest',
  MONEY:
    'money rupees rs rupee paisa paise rupaye rupay rupya lakh lakhs lac lacs crore cash पैसे पैसा रुपये रुपए लाख dollars euros inr usd',
  QUOTE:
    'quote quotes quotation quotations quot qtn estimate estimates proforma pi bid bids tender rfq commercials coteshan kotation कोटेशन एस्टीमेट boq offer proposal',
  DOCUMENT:
    'brochure brochures broucher catalogue catalog catlog pdf ppt deck leaflet pamphlet flyer datasheet sheet spec specification specifications photo photos pic pics picture pictures image images video videos drawing drawings prospectus menu itinerary portfolio literature manual layout plan syllabus tasveer ब्रोशर फोटो तस्वीर तस्वीरें वीडियो कैटलॉग पीडीएफ chart diagram presentation samples collection designs design डिज़ाइन नक्शा naksha certificate',
  PLACE:
    'address location located branch branches office offices showroom store stores shop shops outlet outlets centre center site venue godown warehouse factory clinic building floor gate area city map pin landmark directions route pata dukaan dukan jagah पता दुकान ऑफिस शोरूम जगह ब्रांच कारखाना कारखाने premises',
  NEAR: 'near nearest nearby closest close around distance far paas najdeek nazdeek door dur reach walk walkable walking bus metro station airport पास नज़दीक दूर',
  COME: 'come coming visit visiting reach arrive aana aau aaun aata aate aaunga aayenge aaiye aa jao आना आऊँ आइए आएँ arriving pickup',
  HOURS:
    'open opens opening close closes closed closing shut shuts timing timings hours working holiday holidays chutti khula khulta khulti khulte khulega band khuli weekly sunday weekends manned staffed खुला खुलता खुलती बंद छुट्टी timetable reception 24x7 operate',
  APPOINTMENT:
    'appointment appointments demo demos visit visits meeting meetings slot slots trial session sessions consultation survey inspection demonstration webinar tour walkthrough checkup test drive servicing installation measurement counselling interview milna milne mulakat अपॉइंटमेंट डेमो मीटिंग मिलना विजिट स्लॉट मुलाकात',
  BOOK: 'book booking schedule arrange fix reserve block register set organise plan rakho rakh rakhiye rakhna बुक रखिए रख pencil confirm',
  CHANGE:
    'change changed shift move moved reschedule rescheduled postpone postponed prepone push pushed delay delayed defer deferred advance earlier later instead swap different another badal badlo badha badhao aage peeche jagah बदल बदलें आगे शिफ्ट rather forward rebook switch dusra dusri दूसरा दूसरी',
  CANCEL:
    'cancel cancelled canceled cancelling cancellation scrap drop withdraw withdrawn scratch release hatao hata rehne रद्द कैंसिल हटा हटाइए forget off call',
  BROKEN:
    'broken broke break breaking damaged damage defective defect faulty fault crack cracked leak leaks leaking leakage burnt burning jam jams jammed stuck slip slips loose torn tore peeling faded fading rust rusted noise noisy smoke dead died dies hang hangs hanging freeze freezes crash crashes crashing error errors failed fails failing failure trip trips tripping overheating bug glitch kharab khrab toota tuta toot tut phat fata bekar khatam jal खराब टूटा टूट टूटी chipped bent scratch dripping drips tapak leaks blank blinking flickering stopped malfunction malfunctioning',
  PROBLEM:
    'problem problems issue issues trouble complaint complaints complain complained grievance dikkat pareshani samasya shikayat shikayet शिकायत समस्या दिक्कत परेशानी कंप्लेंट ticket case tkt sr fault reported raised lodged logged request',
  BADSERVICE:
    'worst pathetic poor terrible horrible awful bad unacceptable disappointed disappointing upset unhappy frustrated angry rude misbehaved cheated cheat promised promise promises false ghatiya bekaar bura wahiyat dhokha badtameez badtameezi घटिया बदतमीज़ी धोखा unprofessional careless negligent nobody smoking shouted late',
  WRONG:
    'wrong incorrect mistake missing short instead galat galti kam गलत गलती mismatch duplicate fake used expired nakli नकली',
  NOTCOME: 'nobody noone didnt haven yet abhi pending waiting overdue अभी अब',
  FIXIT:
    'fix fixed repair repaired repairing replace replacement resolve resolved solve solved rectify rectified theek thik repairing ठीक सर्विस servicing exchange badlo',
  STATUS:
    'status update updates progress news headway happened happening going track tracking position stage follow followup pending hua kya scene pahucha pahuncha स्टेटस हुआ पहुँचा पहुंचा स्थिति eta closure reminder',
  ORDER:
    'order orders ordered parcel package shipment consignment delivery deliver delivered dispatch dispatched despatch shipped ship ships shipping courier awb truck transport lr docket material goods saman samaan maal mal saamaan order ऑर्डर सामान डिलीवरी पार्सल माल po purchase production ready',
  PAY: 'pay paid payment payments paying invoice invoices bill bills receipt receipts refund refunded upi gpay paytm phonepe neft rtgs imps cheque cash card bank account transfer transferred debited deducted credited charged instalment instalments installments emi dues due outstanding balance advance deposit ledger statement scanner qr kist raseed hisaab udhaar पेमेंट बिल रसीद रिफंड किस्त खाता बैंक बकाया एडवांस wallet bounce invoice foreclosure',
  PERSON:
    'human person someone somebody anybody agent agents representative rep executive manager supervisor staff boss owner senior operator colleague team insaan insan aadmi admi banda bande malik sahab adhikari insaano इंसान व्यक्ति आदमी एजेंट मैनेजर स्टाफ अधिकारी साहब director advisor individual people being',
  TALK: 'talk speak chat connect transfer discuss conversation conversing converse baat bat baatcheet connect jodo jod milwao बात जोड़िए handover forward escalate deal dealing reading reply',
  BOT: 'bot robot machine automated automatic computer chatbot ai menu options बॉट रोबोट मशीन',
  PHONECALL:
    'call calls phone ring dial buzz telephone telephonic callback fone ghanti missed कॉल फोन फ़ोन tinkle mobile voice dialled',
  STOPIT:
    'stop stopped quit unsubscribe unsubscribed remove delete opt off out end enough disturb disturbing spam spamming bother block band hatao nikalo nikal tang pareshan discontinue cease strike alone fed mute बंद हटा निकाल परेशान रोको',
  MESSAGES:
    'message messages messaging msg msgs sms text texts texting whatsapp mail mails email emails newsletter newsletters promo promos promotional promotion promotions marketing alerts alert updates notification notifications offers circulars circular list inbox broadcast forwards communication ads tips मैसेज संदेश मेसेज ऑफर लिस्ट सूची subscription deals',
  STARTIT:
    'start subscribe resume restart reactivate again back rejoin join add enable activate on shuru chalu jodo जोड़ शुरू चालू वापस agree consent permission allow welcome happy sign',
  DEALER:
    'dealer dealers dealership distributor distributors distributorship franchise franchisee agency stockist stockists reseller resell resale retailer wholesaler partner partnership affiliate commission margin referral refer brokerage broker royalty finder incentive stock bechna बेचना डीलर डीलरशिप एजेंसी फ्रेंचाइजी वितरक कमीशन मार्जिन c&f appointed represent outlet',
  GOOD: 'good great nice excellent awesome superb amazing best wonderful fantastic lovely loved love perfect happy satisfied impressed pleased polite friendly helpful recommend badhiya badiya accha acha achha acchi mast zabardast pasand khush santusht बढ़िया अच्छा अच्छी पसंद खुश सुंदर commend kudos brilliant artist star stars thumbs rating rate appreciate professional tasty delicious clean neat worth swadisht swad',
  SUGGEST:
    'suggest suggestion suggestions feedback review improve improvement better maybe consider should could wish sudhar sujhav सुझाव',
  THANK:
    'thanks thank thankyou thx thnx ty tysm cheers grateful obliged appreciated shukriya dhanyavad dhanyawad dhanyawaad meherbani abhari ehsaan धन्यवाद शुक्रिया आभार',
  GREETING:
    'hi hello hey hii namaste namaskar pranam salaam adaab morning evening afternoon greetings welcome नमस्ते नमस्कार प्रणाम हेलो हैलो',
  YES: 'yes yeah yep yup ok okay sure correct right fine haan han haa ji bilkul theek thik sahi done confirm confirmed agreed हाँ हां जी ठीक सही बिल्कुल',
  BOUGHT:
    'bought purchased finalised finalized sourced taken elsewhere already another competitor le liya kharid lia खरीद लिया ले',
  WITHDRAWN: 'dropped hold interested interest later someday needed fulfilled closed decided against decline',
  NAME: 'name naam nam नाम surname spelling spelt spelled called myself',
  ADDRESSPART:
    'flat house plot street road sector nagar colony pincode pin village gaon lane gali tower h.no block district jila near गाँव गली',
  NUMBER:
    'number no mobile contact email id mail gst gstin pan aadhaar customer serial policy vehicle नंबर pincode',
  FAMILY:
    'mother father mom dad mummy papa wife husband son daughter brother sister uncle aunty bhai bhabhi beta beti dost friend girlfriend boyfriend माँ पापा मम्मी बेटा',
  WORLD:
    'weather rain match score ipl cricket movie song joke poem story capital president minister prime planet moon sun earth history science gravity invented discovered war election politics stock share bitcoin gold dollar currency convert horoscope rashifal recipe cook translate meaning essay homework exam result passport visa train flight pnr bus cab pizza netflix airtel jio sim hotspot temperature god life love marry मौसम मैच चुटकुला राजधानी कविता सोना राशिफल चाय shayari गाना',
  OTHERFIRM:
    'amazon flipkart swiggy zomato uber ola netflix airtel jio vodafone sbi hdfc icici irctc paytm google facebook instagram bsnl youtube',
  PRODUCT:
    'chair chairs table tables desk sofa bed mattress cupboard cupboards wardrobe furniture door doors window windows tile tiles curtain curtains fan fans ac fridge geyser washing machine machines pump pumps motor inverter battery generator genset compressor tractor scooter bike car treadmill laptop printer camera cctv software crm erp app module solar panel purifier filter lift elevator flat flats plot bhk villa project course courses class classes batch hall room rooms shirt shirts saree fabric bag bags box boxes bottle pipe pipes wire cable paint plywood steel cement bearing valve switch bulb light lights mobile phone watch shoe oil lubricant medicine implant treatment insurance loan kitchen oven mixer cooler heater heating tv tyre kursi मशीन पंखा कुर्सी फ्लैट गाड़ी पंप एसी मोबाइल gate tap nal parquet',
  FEATURE:
    'feature features warranty guarantee size sizes colour color colours capacity weight mileage range support works work compatible suitable suit available availability stock model models brand material spare spares install delivery lead difference compare recommend better best include included certified original which milega मिलेगा वारंटी गारंटी उपलब्ध quality thickness age group run',
  BUY: 'buy buying purchase purchasing order interested enquire enquiry inquiry looking planning require kharidna kharidni खरीदना lena',
  SELLTOYOU:
    'offer offers offering provide provides providing supply supplies supplying specialise specialize specialist manufacturers leading solutions services agency agencies company proposal portfolio introduce introducing clients boost grow increase rank ranking website seo leads traffic marketing outsource outsourcing developers freelance freelancer vendor vendors empanel partner competitive rates affordable cheapest banate karte dete lagate बनाते करते सप्लाई दुकान चलाते ठेका theka packages present presentation call minutes attractive freight',
  JOB: 'job jobs vacancy vacancies opening openings hiring hire recruit recruitment recruiting resume cv biodata bio-data internship intern fresher freshers salary ctc naukri kaam joining interview walkin walkins walk-in candidate candidates career careers employment apply applying applied application position post bharti experience qualification gig shift employed unemployed berojgar placement role नौकरी काम वैकेंसी भर्ती बायोडाटा इंटरव्यू supervisor helper pass',
  GETRICH:
    'earn earning earnings income profit profits win won winner winning prize lottery jackpot bonus reward free claim double guaranteed invest investment investing returns crypto bitcoin trading forex casino betting bet satta rummy loan loans cibil kamao kamaye kamaiye paisa lakhpati crorepati millionaire rich jackpot gift voucher लॉटरी इनाम कमाएं लोन कमाई mlm passive figures gains airdrop fund inheritance million',
  BAIT: 'click link urgent urgently immediately limited last hurry now today tonight expire expires blocked suspended verify kyc otp password account update login telegram group join channel forward share subscribe seats vip registration download app link लिंक फॉरवर्ड',
  MIRACLE:
    'miracle cure astrologer vashikaran baba guru pandit jadu tona upay black magic kismat totka weight fat hair height power herbal ayurvedic sugar diabetes motapa charbi ilaj dawa बाबा वशीकरण चमत्कार lal kitab horoscope blessing bhagwan jai mata',
  INSULT:
    'idiot idiots stupid fool fools moron morons bastard bastards bitch fuck fucking shit asshole scum rascal loser losers clown clowns dog dogs pig pigs donkey donkeys liar liars thief thieves crook crooks fraud frauds cheater cheaters pathetic useless garbage trash dumb brainless cretin muppets vermin lowlife lowlifes imbecile wanker wankers prick pricks kutta kutte kamina kamine kaminey harami gadha gadhe ullu bewakoof bewkuf pagal chutiya chutiye saala saale saalo sala madarchod behenchod bhosdike gandu randi nalayak nikamma nikamme besharam chor lutere gawar कुत्ते कमीने हरामी गधे बेवकूफ साले चोर नालायक निकम्मे बेशर्म',
  THREATEN:
    'kill beat break burn smash slap shoot destroy die dead hell regret maar maarunga marunga marenge dunga tod goli jaan aag joota joote juta thappad chappal मार गोली जूते धमकी rot bent',
  TESTWORD:
    'test testing tester dummy sample lorem ipsum foo bar asdf qwerty abc xyz placeholder check checking ignore टेस्ट जांच',
  TIMEWORD:
    'today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday week month morning evening afternoon noon night kal aaj parso subah shaam dopahar raat baje somvar mangalwar budhwar guruwar shukravar shaniwar ravivar कल आज परसों सुबह शाम बजे सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार am pm',
  RECEIVED: 'received receive got get reached mil mila mili milegi mil gaya मिला मिली मिल',
};

const CONCEPTS = new Map<string, string[]>();
for (const [concept, list] of [...Object.entries(TABLE), ...Object.entries(EUROPE)])
  for (const word of list.split(' ')) {
    const key = fold(word);
    const known = CONCEPTS.get(key) ?? [];
    if (!known.includes(concept)) CONCEPTS.set(key, [...known, concept]);
  }

/** The concepts of a text's words in order (of each word at most three), each only once, twenty at most. */
export function conceptsOf(tokens: string[]): string[] {
  const found: string[] = [];
  for (const token of tokens) {
    const concepts =
      CONCEPTS.get(token) ??
      (token.length > 4 && token.endsWith('s') ? CONCEPTS.get(token.slice(0, -1)) : undefined);
    for (const concept of concepts ?? []) if (!found.includes(concept)) found.push(concept);
    if (found.length >= 20) break;
  }
  return found;
}
