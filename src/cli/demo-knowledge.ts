/** What the demo company answers to questions, and who asks: most find their answer, some ask what nobody has written. */
import type { z } from 'zod';
import type { App } from '../app.ts';
import type { Caller } from '../core/bus.ts';
import type { FakeClock } from '../core/clock.ts';
import { createEntry } from '../domain/knowledge/contract.ts';
import { enquirers } from './demo-data.ts';
import { say } from './demo-said.ts';

type Entry = z.input<typeof createEntry.input>;

const entries: (Entry & { hindi?: Pick<Entry, 'title' | 'text'> })[] = [
  {
    title: 'Is there a free trial?',
    wordings: ['Can I try it before buying?', 'free me try kar sakte hai kya'],
    text: 'Yes: 14 days with everything, without a card. Nothing is charged when it ends.',
    hindi: {
      title: 'क्या मुफ़्त ट्रायल मिलता है?',
      text: 'हाँ: 14 दिन, सब कुछ के साथ, बिना कार्ड के। ख़त्म होने पर कोई शुल्क नहीं लगता।',
    },
  },
  {
    title: 'Does it work with Tally?',
    wordings: ['Tally integration', 'tally se connect hota hai kya'],
    text: 'Yes. Invoices and receipts go to Tally Prime every night.',
    products: ['RSoft ERP', 'RSoft CRM'],
  },
  {
    title: 'Is training included?',
    wordings: ['Who trains our team?', 'training kaun dega'],
    text: 'Two online sessions of 90 minutes are included. A day on site costs ₹ 8,000.',
    hindi: {
      title: 'क्या ट्रेनिंग शामिल है?',
      text: '90 मिनट के दो ऑनलाइन सत्र शामिल हैं। दफ़्तर पर एक दिन की ट्रेनिंग ₹ 8,000 की है।',
    },
  },
  {
    title: 'How long does the setup take?',
    wordings: ['How soon can we start?', 'setup me kitne din lagenge'],
    text: 'Three working days from the order, with your data imported. Teams of more than fifty take up to two weeks.',
  },
  {
    title: 'Can we import our contacts from Excel?',
    wordings: ['Can I upload our old data?', 'excel se data import ho sakta hai kya'],
    text: 'Yes, from Excel or CSV, up to 1,00,000 rows. Columns are matched for you, and duplicates are shown first.',
  },
  {
    title: 'Is there a mobile app?',
    wordings: ['Does it run on Android and iPhone?', 'mobile pe chalta hai kya'],
    text: 'It runs in the browser of any phone; nothing has to be installed.',
    hindi: {
      title: 'क्या यह मोबाइल पर चलता है?',
      text: 'हाँ, किसी भी फ़ोन के ब्राउज़र में; कुछ इंस्टॉल नहीं करना पड़ता।',
    },
  },
  {
    title: 'Where is our data stored?',
    wordings: ['Is our data safe?', 'data kahan rehta hai'],
    text: 'On servers in Mumbai, encrypted, with a backup every hour. If you leave, you take all of it along as Excel.',
  },
  {
    title: 'Do we get our money back?',
    wordings: ['What is your refund policy?', 'refund milega kya'],
    text: 'Within 30 days of the order in full, no reason needed.',
  },
  {
    title: 'Can we pay monthly?',
    wordings: ['Is EMI possible?', 'kist me de sakte hai kya'],
    text: 'From ten users on. Monthly payment costs 10 % more than yearly.',
  },
  {
    title: 'Do we get a GST invoice?',
    wordings: ['GST bill milega kya'],
    text: 'Yes, with your GSTIN on it. 18 % GST is added to all prices.',
  },
  {
    kind: 'article',
    title: 'Moving to RSoft from another software',
    text: '## What we need from you\nAn export of your contacts and open leads as Excel or CSV, and a list of your team.\n\n## What happens on the day of the move\nWe import in the evening, your team works with RSoft the next morning. The old software stays open for reading.\n\n## What it costs\nNothing up to 50,000 contacts.',
    wordings: ['How do we migrate?'],
  },
  {
    title: 'Do you give discounts to charities and schools?',
    text: '30 % off the yearly price, against the registration certificate.',
    state: 'draft',
  },
];

export async function writeKnowledge(app: App, author: Caller): Promise<void> {
  for (const { hindi, ...entry } of entries) {
    const fields = { state: 'published' as const, ...entry };
    const made = await app.bus.command(createEntry, fields, author);
    if (hindi)
      await app.bus.command(
        createEntry,
        { ...hindi, language: 'hi', translationOf: made.entry.id, state: 'published' },
        author,
      );
  }
}

/** By the place of whoever asks among the enquirers. */
const asked: [number, string][] = [
  [1, 'is training included?'],
  [2, 'kya ye mobile pe chalta hai?'],
  [4, 'Does it work with Tally?'],
  [5, 'Do you integrate with SAP?'],
  [7, 'sap se integrate hota hai kya?'],
  [8, 'refund milega kya?'],
  [10, 'does it integrate with SAP business one?'],
  [11, 'क्या ट्रेनिंग शामिल है?'],
  [14, 'Do you have customers in the textile industry?'],
  [16, 'Can we host it on our own server?'],
  [17, 'how long does the setup take?'],
  [17, 'that is not what i asked'],
];

export async function askAround(app: App, clock: FakeClock): Promise<void> {
  for (const [at, text] of asked) {
    clock.advance(60_000);
    await say(app, clock, enquirers[at]!, text, `demo-question-${at}`);
  }
}
