import { clean, distance } from '../text.ts';

const NAMES = `Mumbai|Bombay|Delhi|New Delhi|Bangalore|Bengaluru|Blore|Hyderabad|Secunderabad|Ahmedabad|Ahmadabad|Amdavad|Chennai|Madras|Kolkata|Calcutta|Surat|Pune|Poona|Jaipur|Lucknow|Kanpur|Nagpur|Indore|Thane|Bhopal|Visakhapatnam|Vizag|Patna|Vadodara|Baroda|Ghaziabad|Ludhiana|Agra|Nashik|Nasik|Faridabad|Meerut|Rajkot|Varanasi|Banaras|Benares|Srinagar|Aurangabad|Dhanbad|Amritsar|Allahabad|Prayagraj|Ranchi|Howrah|Coimbatore|Kovai|Jabalpur|Gwalior|Vijayawada|Jodhpur|Madurai|Raipur|Kota|Guwahati|Chandigarh|Solapur|Hubli|Hubballi|Dharwad|Mysore|Mysuru|Tiruchirappalli|Trichy|Tiruppur|Tirupur|Bareilly|Aligarh|Moradabad|Gurgaon|Gurugram|Noida|Greater Noida|Navi Mumbai|Bhubaneswar|Bhubaneshwar|Cuttack|Salem|Warangal|Guntur|Bhiwandi|Saharanpur|Gorakhpur|Bikaner|Amravati|Jamshedpur|Tatanagar|Bhilai|Firozabad|Kochi|Cochin|Ernakulam|Thrissur|Trivandrum|Thiruvananthapuram|Calicut|Kozhikode|Kannur|Kollam|Nellore|Bhavnagar|Dehradun|Durgapur|Asansol|Rourkela|Nanded|Kolhapur|Ajmer|Akola|Gulbarga|Kalaburagi|Jamnagar|Ujjain|Loni|Siliguri|Jhansi|Ulhasnagar|Jammu|Sangli|Mangalore|Mangaluru|Erode|Belgaum|Belagavi|Ambattur|Tirunelveli|Malegaon|Gaya|Jalgaon|Udaipur|Davanagere|Kurnool|Rajahmundry|Rajamundry|Kakinada|Bokaro|Bellary|Ballari|Patiala|Agartala|Bhagalpur|Muzaffarnagar|Muzaffarpur|Latur|Dhule|Rohtak|Korba|Bhilwara|Berhampur|Ahmednagar|Panipat|Karnal|Sonipat|Hisar|Ambala|Panchkula|Mohali|Zirakpur|Bathinda|Jalandhar|Shimla|Solan|Baddi|Haridwar|Rishikesh|Roorkee|Rudrapur|Haldwani|Mathura|Vrindavan|Etawah|Rampur|Shahjahanpur|Satara|Ratnagiri|Panvel|Kalyan|Dombivli|Vasai|Virar|Palghar|Vapi|Valsad|Daman|Silvassa|Bharuch|Ankleshwar|Anand|Nadiad|Gandhinagar|Mehsana|Morbi|Junagadh|Gandhidham|Bhuj|Mundra|Goa|Panaji|Panjim|Margao|Vasco|Hosur|Vellore|Kanchipuram|Chengalpattu|Pondicherry|Puducherry|Cuddalore|Thanjavur|Dindigul|Karur|Namakkal|Sivakasi|Tuticorin|Thoothukudi|Nagercoil|Palakkad|Malappuram|Kottayam|Alappuzha|Alleppey|Tirupati|Anantapur|Kadapa|Ongole|Eluru|Karimnagar|Nizamabad|Khammam|Sangareddy|Shillong|Imphal|Aizawl|Kohima|Gangtok|Itanagar|Dimapur|Silchar|Dibrugarh|Jorhat|Tezpur|Port Blair|Leh|Manali|Alwar|Bhiwadi|Neemrana|Sikar|Pali|Satna|Rewa|Sagar|Dewas|Ratlam|Pithampur|Bilaspur|Durg|Sambalpur|Haldia|Kharagpur|Hapur|Manesar|Rewari|Bahadurgarh|Darbhanga|Begusarai|Hazaribagh|Deoghar|Tumkur|Tumakuru|Hassan|Shimoga|Shivamogga|Udupi|Manipal|Bidar|Raichur|Hospet|Bijapur|Chittoor|Hindupur|Sriperumbudur|Chakan|Pimpri|Chinchwad|Hinjewadi|Andheri|Borivali|Bandra|Powai|Ghatkopar|Mulund|Dadar|Whitefield|Koramangala|Indiranagar|Gachibowli|Dwarka|Rohini|Saket|Okhla|
London|Manchester|Birmingham|Leeds|Glasgow|Edinburgh|Liverpool|Bristol|Cardiff|Belfast|Dublin|Leicester|Sheffield|Nottingham|New York|Los Angeles|Chicago|Houston|Dallas|Austin|San Francisco|San Jose|Seattle|Boston|Atlanta|Miami|Denver|Phoenix|Toronto|Vancouver|Montreal|Calgary|Brampton|Dubai|Abu Dhabi|Sharjah|Ajman|Doha|Riyadh|Jeddah|Dammam|Muscat|Kuwait|Bahrain|Manama|Singapore|Kuala Lumpur|Bangkok|Jakarta|Hong Kong|Tokyo|Shanghai|Beijing|Sydney|Melbourne|Brisbane|Perth|Adelaide|Auckland|Kathmandu|Dhaka|Colombo|Karachi|Lahore|Islamabad|Nairobi|Lagos|Accra|Johannesburg|Cape Town|Cairo|Berlin|Munich|München|Hamburg|Frankfurt|Köln|Cologne|Stuttgart|Düsseldorf|Leipzig|Wien|Vienna|Zürich|Zurich|Genf|Geneva|Madrid|Barcelona|Valencia|Sevilla|Málaga|Bilbao|Paris|Lyon|Marseille|Toulouse|Bordeaux|Lille|Nantes|Strasbourg|Bruxelles|Brussels|Amsterdam|Rotterdam|Rome|Milan|Lisbon|Porto|Warsaw|Prague|Stockholm|Oslo|Copenhagen|Helsinki|Mexico City|Bogotá|Lima|Buenos Aires|Santiago|São Paulo`;

const HINDI =
  'मुंबई:Mumbai|मुम्बई:Mumbai|दिल्ली:Delhi|नई दिल्ली:New Delhi|बेंगलुरु:Bengaluru|बैंगलोर:Bangalore|बंगलौर:Bangalore|हैदराबाद:Hyderabad|अहमदाबाद:Ahmedabad|चेन्नई:Chennai|कोलकाता:Kolkata|सूरत:Surat|पुणे:Pune|जयपुर:Jaipur|लखनऊ:Lucknow|कानपुर:Kanpur|नागपुर:Nagpur|इंदौर:Indore|इन्दौर:Indore|ठाणे:Thane|भोपाल:Bhopal|पटना:Patna|वडोदरा:Vadodara|गाजियाबाद:Ghaziabad|गाज़ियाबाद:Ghaziabad|लुधियाना:Ludhiana|आगरा:Agra|नासिक:Nashik|नाशिक:Nashik|फरीदाबाद:Faridabad|मेरठ:Meerut|राजकोट:Rajkot|वाराणसी:Varanasi|बनारस:Banaras|रांची:Ranchi|राँची:Ranchi|चंडीगढ़:Chandigarh|गुड़गांव:Gurgaon|गुरुग्राम:Gurugram|नोएडा:Noida|जोधपुर:Jodhpur|रायपुर:Raipur|कोटा:Kota|गुवाहाटी:Guwahati|देहरादून:Dehradun|जबलपुर:Jabalpur|ग्वालियर:Gwalior|प्रयागराज:Prayagraj|उदयपुर:Udaipur|अजमेर:Ajmer|गोवा:Goa|अमृतसर:Amritsar|मथुरा:Mathura|गोरखपुर:Gorakhpur|बरेली:Bareilly|अलीगढ़:Aligarh';

/** Folded name → name. */
const CITIES = new Map<string, string>();
for (const name of NAMES.replace(/\n/g, '').split('|')) CITIES.set(name.toLowerCase(), name);
for (const pair of HINDI.split('|')) {
  const [hindi, name] = pair.split(':');
  CITIES.set(hindi!, name!);
}
const LONG = [...CITIES.keys()].filter((name) => name.length >= 7 && /^[a-z]+$/.test(name));

/** Cities that are everyday words too: they count only after "in", "from" and the like, or capitalised. */
const WEAK = new Set([
  'sagar',
  'anand',
  'salem',
  'pali',
  'gaya',
  'loni',
  'kota',
  'durg',
  'kalyan',
  'hassan',
  'vasco',
  'perth',
  'lima',
  'porto',
  'nice',
  'leh',
  'rohini',
  'mundra',
  'santiago',
  'valencia',
  'austin',
  'phoenix',
  'daman',
  'erode',
  'rewa',
  'alwar',
  'hosur',
  'denver',
  'florence',
  'sydney',
  'saket',
]);
/** Of these, the ones that nobody is called: ", Erode." is a place. */
const UNNAMED = new Set(['erode', 'hosur', 'rewa', 'alwar', 'mundra', 'salem', 'durg', 'leh']);
const PLACE_BEFORE =
  /(?:\b(?:in|from|at|near|to|city|location|based in|located in|area|district|dist|place|town|for|of|se|aus|en|de|à|einem|bei)|शहर|में)\s*(?:is|:|-|hai)?\s*$/i;
const PLACE_AFTER = /^\s*(?:me\b|mein\b|main\b|mai\b|se\b|ka\b|ki\b|ke\b|में|से|city|branch|area|wala)/i;

export function isCity(name: string): boolean {
  return CITIES.has(name.toLowerCase());
}

/** The last city named, in the customer's own spelling ("Bombay" stays); "city is X" counts for unknown towns too. */
export function readCity(input: string, options: { expecting?: boolean } = {}): string | undefined {
  const text = clean(input);
  const pieces = [...text.matchAll(/[\p{L}\p{M}]+/gu)].slice(0, 200);
  let found: string | undefined;
  for (let i = 0; i < pieces.length; i++) {
    for (let length = Math.min(3, pieces.length - i); length >= 1; length--) {
      const start = pieces[i]!.index;
      const last = pieces[i + length - 1]!;
      const end = last.index + last[0].length;
      const key = text
        .slice(start, end)
        .toLowerCase()
        .replace(/[\s-]+/g, ' ');
      const name = CITIES.get(key) ?? (length === 1 ? misspelt(key) : undefined);
      if (!name) continue;
      const placed =
        PLACE_BEFORE.test(text.slice(Math.max(0, start - 20), start)) ||
        PLACE_AFTER.test(text.slice(end, end + 10)) ||
        (UNNAMED.has(key) && /,\s*$/.test(text.slice(0, start)) && /^\s*(?:[.,;|]|$)/.test(text.slice(end)));
      if (WEAK.has(key) && !placed && !options.expecting) continue;
      if (
        /^\s*(?:road|rd|street|market|highway|express|silk|bypass|chowk|masala|tea|hotel)\b/i.test(
          text.slice(end, end + 12),
        )
      )
        continue;
      if (/\b(?:not|nahi|except)\s+(?:in |from )?$/i.test(text.slice(Math.max(0, start - 12), start)))
        continue;
      found = name;
      i += length - 1;
      break;
    }
  }
  return found ?? named(text);
}

function misspelt(word: string): string | undefined {
  if (word.length < 7 || word.length > 14 || !/^[a-z]+$/.test(word)) return;
  for (const city of LONG) if (city[0] === word[0] && distance(word, city, 1) <= 1) return CITIES.get(city);
}

function named(text: string): string | undefined {
  const match =
    /\b(?:my city(?: is)?|city|town|sheher|shehar)\s?(?:is|:|-|=)?\s+(\p{L}{3,20})\s*(?:hai|h)?(?=$|[,.;!])/iu.exec(
      text,
    );
  if (!match || /^(?:is|name|limits|area|branch|centre|center|please|and)$/i.test(match[1]!)) return;
  return match[1]![0]!.toUpperCase() + match[1]!.slice(1);
}
