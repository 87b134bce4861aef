/**
 * Requests as they really come: with a greeting before, a story around, a thanks behind. The act stays what it was:
 * a greeting or thanks with a request is the request. Used when the training data are spoken out.
 */
type Dress = { before: string[]; story: string[]; behind: string[] };

const EN: Dress = {
  before: [
    'Hi,',
    'Hello,',
    'hello sir,',
    'Hi team,',
    'Good morning,',
    'Good evening sir,',
    'hey',
    'Sir,',
    'Madam,',
    'hi there,',
    'Hello {name},',
    'Thanks for the reply.',
    'Thank you.',
    'ok',
    'Okay.',
    'yes',
    'sorry to bother,',
    'quick question:',
    'excuse me,',
    'one more thing,',
    'Dear Sir,',
    'Dear Team, hope you are well.',
    'Greetings from {company}.',
    'also',
    'btw',
    'so',
    'well,',
    'hmm ok,',
  ],
  story: [
    'I visited your stall at the expo.',
    'We spoke on {day}.',
    'I got your number from {name}.',
    'I saw your advertisement in the newspaper.',
    'We are a small firm in {city}.',
    'My brother bought one from you last year.',
    'I am {name} from {company}.',
    'We are shifting to a new place next month.',
    'I have been your customer for 3 years.',
    'My manager asked me to write.',
    'I tried calling but the line was busy.',
    'We run two shops in {city}.',
    'My parents stay alone in {city}.',
    'I filled the form on your website.',
    'Found you on google.',
    'A friend recommended you.',
    'I am travelling right now.',
    'It has been raining here.',
    'This is regarding {product}.',
    'I am writing on behalf of {company}.',
    'Your colleague was very helpful.',
    'I use it every day at work.',
    'We had a long meeting about this yesterday.',
    'I am a bit confused.',
  ],
  behind: [
    'thanks',
    'Thanks in advance.',
    'please reply',
    'pls',
    'Regards, {name}',
    'Thank you, {name}, {company}',
    'waiting for your reply',
    'asap',
    '🙏',
    'sir',
    'let me know',
    'Kindly revert.',
    'and sorry for the late message',
    'hope you can help',
    'have a nice day',
    '{name}',
    'Thanking you, yours faithfully',
    '!!',
  ],
};
const HINGLISH: Dress = {
  before: [
    'namaste,',
    'hello ji,',
    'bhai',
    'sir ji',
    'bhaiya',
    'hi sir,',
    'accha',
    'haan',
    'suno',
    'theek hai,',
    'ram ram ji,',
    'ek baat batao,',
    'madam',
    'ji',
    'thanks ji,',
  ],
  story: [
    'maine aapka ad dekha tha.',
    '{name} ne number diya.',
    'hum {city} se hain.',
    'kal baat hui thi.',
    'pichle saal aapse liya tha.',
    'ghar me kaam chal raha hai.',
    'meri dukaan hai {city} me.',
    'website pe form bhara tha.',
    'main abhi bahar hu.',
    'papa ke liye puch raha hu.',
  ],
  behind: [
    'please',
    'bhai',
    'ji',
    'sir',
    'batao',
    'jaldi',
    'thanks',
    'dhanyavad',
    'yaar',
    'na',
    'please jaldi batana',
    '🙏',
  ],
};
const HI: Dress = {
  before: ['नमस्ते,', 'नमस्कार जी,', 'सर,', 'भाई', 'जी', 'अच्छा', 'मैडम,', 'धन्यवाद,'],
  story: [
    'मैंने आपका विज्ञापन देखा था।',
    'हम {city} से हैं।',
    'कल बात हुई थी।',
    'मेरी दुकान है।',
    'वेबसाइट पर फॉर्म भरा था।',
  ],
  behind: ['जी', 'कृपया', 'धन्यवाद', 'सर', 'जल्दी', '🙏'],
};
const DE: Dress = {
  before: [
    'Hallo,',
    'Guten Tag,',
    'Guten Morgen,',
    'Moin,',
    'Sehr geehrte Damen und Herren,',
    'Eine Frage:',
    'Danke für die Antwort.',
  ],
  story: [
    'Ich habe Ihre Anzeige gesehen.',
    'Wir sind ein kleiner Betrieb in Köln.',
    'Wir haben letzte Woche telefoniert.',
    'Ein Bekannter hat Sie empfohlen.',
    'Ich bin schon lange Kunde bei Ihnen.',
  ],
  behind: ['Danke!', 'Vielen Dank im Voraus', 'bitte', 'Mit freundlichen Grüßen', 'LG', 'MfG {name}'],
};
const ES: Dress = {
  before: [
    'Hola,',
    'Buenos días,',
    'Buenas tardes,',
    'Buenas,',
    'Una pregunta:',
    'Perdone,',
    'Gracias por responder.',
  ],
  story: [
    'He visto su anuncio.',
    'Somos una pequeña empresa de Valencia.',
    'Hablamos la semana pasada.',
    'Me los recomendó un amigo.',
    'Soy cliente desde hace años.',
  ],
  behind: ['gracias', 'Muchas gracias', 'por favor', 'Un saludo', 'Saludos, {name}', 'gracias de antemano'],
};
const FR: Dress = {
  before: [
    'Bonjour,',
    'Bonsoir,',
    'Salut,',
    'Madame, Monsieur,',
    'Une question :',
    'Excusez-moi,',
    'Merci pour votre réponse.',
  ],
  story: [
    "J'ai vu votre annonce.",
    'Nous sommes une petite entreprise à Nantes.',
    'Nous avons parlé la semaine dernière.',
    "C'est un ami qui vous a recommandés.",
    'Je suis client depuis longtemps.',
  ],
  behind: ['merci', "merci d'avance", "s'il vous plaît", 'svp', 'Cordialement', 'Bien à vous, {name}'],
};
const DRESSES: Record<string, Dress> = { en: EN, hinglish: HINGLISH, hi: HI, de: DE, es: ES, fr: FR };

/** Another telling of a request, or nothing where the language has none. */
export function dressed(text: string, language: string, random: () => number): string | undefined {
  const dress = DRESSES[language];
  if (!dress) return;
  const pick = (list: string[]) => list[Math.floor(random() * list.length)]!;
  const parts = [text];
  const way = random();
  if (way < 0.35) parts.unshift(pick(dress.before));
  else if (way < 0.6) parts.push(pick(dress.behind));
  else if (way < 0.8) parts.unshift(pick(dress.story));
  else if (way < 0.9) parts.unshift(pick(dress.before), pick(dress.story));
  else {
    parts.unshift(pick(dress.before));
    parts.push(pick(dress.behind));
  }
  return parts.join(' ');
}
