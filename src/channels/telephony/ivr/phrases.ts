/** What a menu says of itself, by language; everything else is the flow's own text. */
export type Language = 'en' | 'hi';

export const phrases: Record<
  Language,
  {
    option(label: string, digit: string): string;
    person(digit: string): string;
    silent: string;
    closing: string;
    leave: string;
    kept: string;
    busy: string;
  }
> = {
  en: {
    option: (label, digit) => `For ${label}, press ${digit}.`,
    person: (digit) => `To speak to a person, press ${digit}.`,
    silent: 'I did not hear anything.',
    closing: 'Thank you for calling. Goodbye.',
    leave: 'Please leave a message after the tone, and press hash when you are done.',
    kept: 'Thank you. We have your message and will call you back.',
    busy: 'One moment, please.',
  },
  hi: {
    option: (label, digit) => `${label} के लिए ${digit} दबाइए।`,
    person: (digit) => `किसी व्यक्ति से बात करने के लिए ${digit} दबाइए।`,
    silent: 'मुझे कुछ सुनाई नहीं दिया।',
    closing: 'कॉल करने के लिए धन्यवाद। नमस्ते।',
    leave: 'कृपया बीप के बाद अपना संदेश बोलिए, और पूरा होने पर हैश दबाइए।',
    kept: 'धन्यवाद। आपका संदेश मिल गया, हम आपको फ़ोन करेंगे।',
    busy: 'कृपया एक क्षण रुकिए।',
  },
};

export const languageOf = (text: string, otherwise: Language): Language =>
  /\p{Script=Devanagari}/u.test(text) ? 'hi' : otherwise;
