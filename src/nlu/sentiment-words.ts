/** Words by their value, −5 to 5: Hindi, Hinglish, the trade's own, and English words that mean nothing there (0). */
export const SENTIMENT_WORDS: Record<string, string> = {
  '-4': 'ghatiya ghatia bakwas bakwaas wahiyat wahiyaat dhokha dhoka fraud chor lutere thag घटिया बकवास धोखा चोर लुटेरे besharam badtameez badtameezi बदतमीज़ बदतमीजी बेशर्म harami kamine',
  '-3': 'kharab khrab bekar bekaar pareshan preshan gussa naraz naraaz bura buri jhooth jhoota galat tang खराब बेकार परेशान गुस्सा नाराज़ नाराज बुरा झूठ गलत ग़लत तंग schlecht furchtbar enttauscht malo pesimo horrible mauvais nul decu defective rude unprofessional careless',
  '-2': 'dikkat samasya shikayat problem mushkil toota tuta toot band deri late dukh nuksan mehnga दिक्कत समस्या शिकायत मुश्किल टूटा देरी दुख नुकसान महंगा kaputt defekt roto averiado casse broken leaking leak crash crashes hangs delayed overcharged misled pathetic unanswered costly expensive waste',
  '1': 'theek thik sahi okay ठीक सही chalega dhanyavad dhanyawad shukriya धन्यवाद शुक्रिया danke gracias merci dilchasp interested',
  '2': 'accha acha achha achchha acchi achi pasand madad khush sasta jaldi अच्छा अच्छी पसंद मदद खुश gut schon bueno bien polite prompt smooth recommend recommended satisfied',
  '3': 'badhiya badiya behtareen mast mazedar shandar shaandar zabardast jabardast kamaal बढ़िया बेहतरीन मस्त शानदार ज़बरदस्त कमाल khushi खुशी sehr toll super excelente parfait superb',
  '4': 'lajawab lajawaab laajawab लाजवाब dil',
  '0': 'please pls want need no yes like matter share free pay dear join stop cancel cancelled cancelling demo solar hard drop block reach clean clear forced fine solution solutions demand demands charge charges top ability accept agree apply trust growth support supports supported interest grant grants promote promotes ensure cover chance active capable benefit benefits join opportunity original natural greeting greetings hope approved approval safe secure secured security warm heavy dirty cut fire ready warranty sexual shares huge ill lowest lack number protect protection validate visionary yeah',
};
