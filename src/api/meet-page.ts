/** The page behind an invitation's link, in the reader's language. Pure. */
import { readableDate, readableTime } from '../core/zone.ts';

type Language = 'en' | 'hi';
export type Word = 'confirmed' | 'moved' | 'notPossible';
export type MeetView = {
  found: boolean;
  kind?: string | undefined;
  status?: string | undefined;
  startsAt?: string | undefined;
  minutes?: number | undefined;
  location?: string | undefined;
  agenda?: string | undefined;
  open: boolean;
  slots: string[];
  token: string;
  said?: Word | undefined;
  language: Language;
  organisation: { name: string; timezone: string };
};

export function languageOf(accepted: string | undefined, fallback: Language): Language {
  const first = accepted?.trim().slice(0, 2).toLowerCase();
  return first === 'hi' || first === 'en' ? first : fallback;
}

export function meetPage(view: MeetView): string {
  const say = texts[view.language];
  const { name, timezone: zone } = view.organisation;
  const date = (iso: string) => readableDate(new Date(iso), zone, view.language);
  const time = (iso: string) => readableTime(new Date(iso), zone, view.language);
  const title = view.found ? `${say.kinds[view.kind ?? ''] ?? say.kinds.meeting} · ${name}` : name;
  const body = view.found ? details() : `<h1>${asHtml(name)}</h1><p>${say.nothing}</p>`;
  return `<!doctype html>
<html lang="${view.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${asHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;

  function details(): string {
    const { startsAt = '', minutes = 0, status = '', location, agenda, open, said } = view;
    const facts: [string, string | undefined][] = [
      [say.when, `${date(startsAt)}, ${time(startsAt)}`],
      [say.zone, zone],
      [say.duration, `${minutes} ${say.minutes}`],
      [say.where, location],
      [say.agenda, agenda],
      [say.status, say.statuses[status]],
    ];
    return `<h1>${asHtml(title)}</h1>
${said ? `<p role="status" class="said ${said === 'notPossible' ? 'no' : ''}">${say[said]}</p>` : ''}
<dl>${facts.map(([label, value]) => (value ? `<dt>${label}</dt><dd>${asHtml(value)}</dd>` : '')).join('')}</dl>
${open ? actions() : `<p>${say.over}</p>`}`;
  }

  function actions(): string {
    const days = Map.groupBy(view.slots, (slot) => date(slot));
    const confirm =
      view.status === 'booked'
        ? `<form method="post"><button class="main">${say.confirm}</button></form>`
        : '';
    const times = [...days]
      .map(
        ([day, slots]) =>
          `<h3>${asHtml(day)}</h3><form method="post" class="slots">${slots
            .map((slot) => `<button name="startsAt" value="${asHtml(slot)}">${asHtml(time(slot))}</button>`)
            .join('')}</form>`,
      )
      .join('');
    return `${confirm}
<p><a href="/meet/${encodeURIComponent(view.token)}/invite.ics">${say.add}</a></p>
<h2>${say.other}</h2>${times || `<p>${say.none}</p>`}`;
  }
}

const asHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

type Texts = Record<
  | 'when'
  | 'zone'
  | 'duration'
  | 'minutes'
  | 'where'
  | 'agenda'
  | 'status'
  | 'confirm'
  | 'add'
  | 'other'
  | 'none'
  | 'over'
  | 'nothing'
  | Word,
  string
> & { kinds: Record<string, string>; statuses: Record<string, string> };

const texts: Record<Language, Texts> = {
  en: {
    when: 'When',
    zone: 'Time zone',
    duration: 'Duration',
    minutes: 'minutes',
    where: 'Where',
    agenda: 'About',
    status: 'Status',
    confirm: 'Confirm',
    add: 'Add to my calendar',
    other: 'Choose another time',
    none: 'No other time is free in the next days. Please write to us.',
    over: 'This appointment cannot be changed any more. Please write to us for another one.',
    nothing: 'This link leads nowhere (any more). Please check that you have the whole of it.',
    confirmed: 'Thank you. Your appointment is confirmed.',
    moved: 'Thank you. Your appointment has moved; we confirm the new time shortly.',
    notPossible:
      'That did not work: the time has been taken, or the appointment was changed meanwhile. This is how it stands.',
    kinds: { demo: 'Demo', meeting: 'Meeting', training: 'Training', personal: 'Appointment' },
    statuses: {
      booked: 'Not confirmed yet',
      confirmed: 'Confirmed',
      completed: 'Took place',
      'no-show': 'Did not take place',
      cancelled: 'Cancelled',
    },
  },
  hi: {
    when: 'कब',
    zone: 'समय क्षेत्र',
    duration: 'अवधि',
    minutes: 'मिनट',
    where: 'कहाँ',
    agenda: 'विषय',
    status: 'स्थिति',
    confirm: 'पुष्टि करें',
    add: 'मेरे कैलेंडर में जोड़ें',
    other: 'दूसरा समय चुनें',
    none: 'अगले दिनों में कोई दूसरा समय खाली नहीं है। कृपया हमें लिखें।',
    over: 'यह अपॉइंटमेंट अब बदला नहीं जा सकता। नए समय के लिए कृपया हमें लिखें।',
    nothing: 'यह लिंक अब काम नहीं करता। कृपया देखें कि आपके पास पूरा लिंक है।',
    confirmed: 'धन्यवाद। आपके अपॉइंटमेंट की पुष्टि हो गई है।',
    moved: 'धन्यवाद। आपका अपॉइंटमेंट बदल दिया गया है; नए समय की पुष्टि हम जल्द करेंगे।',
    notPossible: 'यह नहीं हो सका: वह समय अब खाली नहीं है, या अपॉइंटमेंट बदल गया है। अभी की स्थिति यह है।',
    kinds: { demo: 'डेमो', meeting: 'मीटिंग', training: 'प्रशिक्षण', personal: 'अपॉइंटमेंट' },
    statuses: {
      booked: 'अभी पुष्टि नहीं हुई',
      confirmed: 'पुष्टि हो गई',
      completed: 'हो चुका',
      'no-show': 'नहीं हुआ',
      cancelled: 'रद्द',
    },
  },
};

const style = `body{margin:0;background:#f4f5f7;color:#1c2430;font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem}
@media(min-width:600px){main{margin:2.5rem auto;background:#fff;border-radius:12px;padding:2rem 2.5rem 2.5rem;box-shadow:0 1px 3px #0002}}
h1{font-size:1.4rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:1.8rem 0 .3rem}h3{font-size:.95rem;margin:1rem 0 .4rem;color:#4a5566}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem;margin:0 0 1.2rem}dt{color:#5b6675}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
button{font:inherit;padding:.5rem .9rem;min-height:44px;border:1px solid #b8c0cc;border-radius:8px;background:#fff;color:inherit;cursor:pointer}
button:hover,button:focus-visible{border-color:#1456c4}.main{background:#1456c4;border-color:#1456c4;color:#fff;width:100%}
.slots{display:flex;flex-wrap:wrap;gap:.5rem}.said{background:#e5f4e8;border-radius:8px;padding:.6rem .9rem}.said.no{background:#fdecea}a{color:#1456c4}`;
