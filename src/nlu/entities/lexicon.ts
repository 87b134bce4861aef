/** Everyday words that are no names, for telling "I am Priya" from "I am interested". Latin and Devanagari. */
export const COMMON_WORDS = new Set(
  `software softwares app website billing inventory a able about above abhi accept accha acha achha actually after again agent ahead ai all almost already also always am an and
  annoyed another any anybody anyone anything anyway appointment are area around as ask asking at available aware away back bad
  bahut baje balance bas be because been before begin below best better between bhai bhaiya bhi big bill bit block bolo book
  booking both bot bought brochure broken budget busy but buy buying by call called caller calling came can cancel cannot cant
  car careful cash catalog catalogue chahiye change charge cheap check chahta chahti clear close closed color colour come coming
  company complain complaint complete confirm confirmed confused contact correct cost could current customer cust d daily
  damaged date day days deal dealer delay delivery demo details did different direct disappointed discount do does doing done
  dont double down due dusra each early easy either ek else email end english enough enquire enquiry enquiry estimate even
  evening ever every everyone exact example excellent exchange expect expensive experience facing far fast fed feedback few final
  find fine first five fix for forget four free fresh friday friend from full further galat get getting give given glad go
  going gonna good got great guy guys had hai haan han hain half happy hard has hate have having he hello help helpful her here
  hey hi high him hindi his hm hmm hoga hold holiday home hour hours house how however hu hum hun hoon i idea if ill im image
  immediately important in india indian inform information inquiry instead interested into invoice is issue it item its ji job
  just kab kaha kahan kaise kal kam karna karo kar kariye ka kaun ke keep ki kind kindly know ko koi kripya kya kyu kyun last
  late later least leave less let level like line list little live local location lol long look looking lost lot love low machine
  made mail main make man manager many match may maybe mean me meet meeting mera meri mere message might mil mila min mind mine
  minute miss mistake mobile monday money month more morning most move much mujhe must my myself na nahi naam name near need
  never new next nice night nil no nobody none noon nope normal not note nothing now number of off offer office ok okay okk old
  on once one online only open option or order other our out over own owner paid pain part pay payment people per perfect person
  phone photo pic picture piece place plan planning please pls plz plus point poor possible post prefer present price pricing
  problem process product proper provide purchase purpose put quality quantity query question quick quite quotation quote rate
  rather read ready real really reason receive received refund regarding regards related repair repeat reply report request
  required return right rs run sab safe sahi said sale sales same sample saturday say school second see seems sell send sent
  service set several shall share she shop short should show sir site size small so some somebody someone something soon sorry
  sound speak speaking special start staff stay still stock stop stopped store student stuff such sunday support supplier sure
  system tak take taking talk tell test thank thanks that thats the their them then there these they thik theek thing things
  think third this those though three through thursday tick till time tired to today together told tomorrow tonight too took top
  total travelling true try trying tuesday two type u unable under unhappy unit until up update upset ur urgent us use used user
  using usual value vendor verify very video visit wait waiting walk wala want wanted wants warranty was way we website wednesday
  week welcome well went were what whatever whats whatsapp when where whether which while who whole whom why will wish with
  within without wont word work working worry would wow wrong wrote ya yaar yahan ye year yeh yep yes yesterday yet yo you your
  yours yup zero address city gst male female bro dude madam maam mam team hr admin accounts anonymous none nil na nan null
  undefined skip later private secret hii helo hlo hy heyy namaste namaskar start menu back exit quit unsubscribe yess yeah sure
  nope cool awesome super haa haanji hanji ha nah naa kuch kuchh batao bataiye bataye bhejo bhej dijiye chalo chalega mat nhi
  tum aap apka aapka apna unka iska uska wo woh jo toh to se par pe mein mai tha thi the raha rahi rahe karke liye lena dena
  बहुत परेशान दुखी नाराज खुश व्यस्त बीमार यहाँ वहाँ आपका आपके अभी कल आज एक ग्राहक डीलर
  wahi vahi wohi vohi yahi yehi ussi usi isi issi dono sabhi inhe unhe frm nd plzz tmrw tmr tomo wht wat hw okie okey jee arre arey oye
  bilkul pakka zaroor zarur jaroor oh ohh ah
  btw thx tx plss regards sincerely
  aaj parso subah sham dopahar raat ghar bahar thoda thodi bas ab jab tab itna kitna sirf keval soch
  क्यों क्यो क्यूं किसलिए मत बताना बताऊँ बताऊंगा जरूरत जरूरी पता फोन नंबर कोई कुछ भी मेरा मेरी मेरे आपको हमें हमारा
  हाँ हां जी नहीं ठीक है अच्छा कृपया मुझे आप मैं हम क्या कब कहाँ कैसे कितना कितने कीमत दाम नमस्ते धन्यवाद चाहिए बताओ बताइए
  fake bogus stupid idiot useless fraud cheat frustrated angry sick single married ill unwell abroad alone afraid new old senior
  junior ceo director founder engineer doctor teacher retired reseller distributor wholesaler retailer manufacturer trader
  exporter importer contractor builder architect developer designer freelancer consultant representing based located residing
  living staying currently presently seriously definitely totally absolutely basically simply honestly also two-wheeler inr usd
  asap eod etc ok? okay? ya? hai? guten ich bin habe nicht und der die das ein eine je suis pas un une le la les hola si no buenos
  gracias merci danke bitte bonjour hallo ja nein oui non soy es una estoy`
    .split(/\s+/)
    .filter(Boolean),
);

/** Titles that belong to a name but are none. */
export const TITLES = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'fr',
  'rev',
  'sr',
  'er',
  'prof',
  'smt',
  'shri',
  'shrimati',
  'adv',
  'ca',
  'maj',
  'cs',
  'capt',
  'col',
  'md',
  'mohd',
  'श्री',
  'श्रीमती',
  'डॉ',
  'herr',
  'frau',
  'senor',
  'señor',
  'senora',
  'señora',
]);
