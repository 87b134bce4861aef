/** The rows of the conversation: days, bubbles, choices, dots. */
import type { Chat, ChatState } from './chat.ts';
import { h, icon, type Row } from './dom.ts';
import { clean, link, safeUrl, showText } from './text.ts';
import type { Choice, Item, Media, Pending } from './types.ts';
import type { Words } from './words.ts';

type View = {
  state: ChatState;
  greeting?: string;
  maxBytes: number;
  starters: string[];
  words: Words;
  language: string;
  host: string;
  chat: Chat;
  now: Date;
};

/** A longer text is folded. */
const foldAt = 1_500;

export function rowsOf(view: View): Row[] {
  const { state, greeting, words } = view;
  const isEmpty = state.items.length === 0 && state.pending.length === 0;
  const rows: Row[] = [];
  if (greeting && state.items[0]?.direction !== 'out') {
    rows.push({
      key: 'greeting',
      version: greeting,
      make: () => h('div', { class: 'row out last' }, bubble(greeting, words)),
    });
  }
  rows.push(...itemRows(view), ...state.pending.map((message) => pendingRow(message, view)));
  const choices = isEmpty ? view.starters.map((label) => ({ label, value: '' })) : offered(state);
  if (choices.length && state.loaded) rows.push(choicesRow(choices, isEmpty, view));
  if (state.awaiting)
    rows.push({
      key: 'dots',
      version: '',
      make: () =>
        h(
          'div',
          { class: 'row out', 'aria-hidden': 'true' },
          h('div', { class: 'bubble dots' }, h('i'), h('i'), h('i')),
        ),
    });
  return rows;
}

function itemRows(view: View): Row[] {
  const rows: Row[] = [];
  // A conversation of today alone needs no date.
  let day = view.now.toDateString();
  view.state.items.forEach((item, index, items) => {
    const itsDay = new Date(item.at).toDateString();
    if (itsDay !== day) {
      rows.push({
        key: `day:${itsDay}`,
        version: '',
        make: () => h('div', { class: 'day', role: 'separator' }, dayName(item.at, view)),
      });
      day = itsDay;
    }
    const before = items[index - 1];
    const after = items[index + 1];
    const isFirst = !before || !goTogether(before, item);
    const isLast = !after || !goTogether(item, after);
    rows.push({
      key: item.clientMessageId ? `own:${item.clientMessageId}` : item.id,
      version: `${isFirst}${isLast}`,
      make: () => itemRow(item, isFirst, isLast, view),
    });
  });
  return rows;
}

function itemRow(
  item: Item,
  isFirst: boolean,
  isLast: boolean,
  { words, language, host }: View,
): HTMLElement {
  const element = h('div', { class: `row ${item.direction}${isLast ? ' last' : ''}` });
  if (item.direction === 'out' && isFirst && item.author?.kind === 'user' && item.author.name)
    element.append(h('div', { class: 'name' }, clean(item.author.name)));
  if (item.text || !(item.media || item.files || item.location || item.contact))
    if (!item.location) element.append(bubble(item.text, words));
  for (const file of item.files ?? []) element.append(mediaCard(file, host, words));
  if (item.contact) element.append(contactCard(item.contact));
  if (item.media) element.append(mediaCard(item.media, host, words));
  if (item.location) element.append(placeCard(item.location, words));
  if (isLast)
    element.append(
      h(
        'time',
        { datetime: item.at },
        new Date(item.at).toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' }),
      ),
    );
  return element;
}

function pendingRow(message: Pending, { words, chat, maxBytes }: View): Row {
  const { state, problem, file } = message;
  const percent = Math.round((file?.done ?? 0) * 100);
  return {
    key: `own:${message.clientMessageId}`,
    version: `pending ${state} ${percent}`,
    make() {
      const shown = file
        ? mediaCard({ type: 'document', filename: file.name }, '', words)
        : bubble(message.text, words);
      const element = h('div', { class: `row in last ${state}` }, shown);
      if (state === 'sending')
        element.append(
          file && !file.id
            ? h(
                'div',
                { class: 'note' },
                h('progress', { max: '100', value: String(percent), 'aria-label': file.name }),
                ` ${words.uploading(percent)}`,
              )
            : h('div', { class: 'note' }, words.sending),
        );
      if (state === 'failed')
        element.append(
          h(
            'div',
            { class: 'note bad' },
            `${words.notSent} `,
            h('button', { type: 'button', class: 'retry', onclick: chat.retryAll }, words.retry),
          ),
        );
      if (state === 'refused')
        element.append(
          h('div', { class: 'note bad' }, `${words.notSent} ${wordsOf(problem, words, maxBytes)}`),
        );
      return element;
    },
  };
}

function wordsOf(problem: string | undefined, words: Words, maxBytes: number): string {
  if (problem === 'fileTooLarge') return words.fileTooLarge(Math.floor(maxBytes / 1_000_000));
  return problem === 'tooLong' || problem === 'fileType' || problem === 'fileHarmful'
    ? words[problem]
    : words.refused;
}

function bubble(text: string, words: Words): HTMLElement {
  const element = h('div', { class: 'bubble', dir: 'auto' });
  const isLong = text.length > foldAt;
  showText(element, isLong ? `${text.slice(0, foldAt - 300)}…` : text);
  if (isLong) {
    element.append(
      h(
        'button',
        {
          type: 'button',
          class: 'more',
          onclick() {
            element.textContent = '';
            showText(element, text);
          },
        },
        words.showAll,
      ),
    );
  }
  return element;
}

function contactCard({ name, company, phones, emails }: NonNullable<Item['contact']>): HTMLElement {
  const addresses = [
    ...phones.map((phone) => ['tel:', phone] as const),
    ...emails.map((email) => ['mailto:', email] as const),
  ].map(([scheme, address]) => {
    const anchor = h('a', { href: scheme + encodeURI(address.replace(/\s/g, '')) }, clean(address));
    return h('small', {}, anchor);
  });
  return h(
    'div',
    { class: 'card' },
    icon('person'),
    h(
      'span',
      {},
      h('b', {}, clean(name)),
      ...(company ? [h('small', {}, clean(company))] : []),
      ...addresses,
    ),
  );
}

function mediaCard(media: Media, host: string, words: Words): HTMLElement {
  const url = safeUrl(media.url, host);
  const name = clean(media.filename ?? media.type);
  if (url && media.type === 'image') {
    const image = h('img', { src: url, alt: name, loading: 'lazy' });
    const anchor = link(url, '');
    anchor.className = 'picture';
    anchor.append(image);
    return anchor;
  }
  if (url && (media.type === 'audio' || media.type === 'video'))
    return h(media.type, {
      src: url,
      controls: true,
      preload: 'metadata',
      'aria-label': name,
      class: 'player',
    });
  const card = url ? link(url, '') : h('div');
  card.className = 'card';
  const kind = name.includes('.') ? name.split('.').pop()!.toUpperCase().slice(0, 5) : media.type;
  card.append(
    icon('file'),
    h('span', {}, h('b', {}, name), h('small', {}, url ? `${kind} · ${words.openFile}` : kind)),
  );
  return card;
}

function placeCard(
  { name, address, latitude, longitude }: NonNullable<Item['location']>,
  words: Words,
): HTMLElement {
  const card = link(
    `https://www.google.com/maps/search/?api=1&query=${Number(latitude)},${Number(longitude)}`,
    '',
  );
  card.className = 'card';
  card.append(
    icon('pin'),
    h(
      'span',
      {},
      h('b', {}, clean(name)),
      h('small', {}, clean(address)),
      h('small', { class: 'go' }, words.openMap),
    ),
  );
  return card;
}

function choicesRow(choices: Choice[], areStarters: boolean, { chat, words }: View): Row {
  return {
    key: 'choices',
    version: JSON.stringify(choices),
    make: () =>
      h(
        'div',
        { class: 'choices', role: 'group', 'aria-label': words.choose },
        ...choices.map(({ label, value, description }) =>
          h(
            'button',
            {
              type: 'button',
              class: 'choice',
              onclick: () => (areStarters ? chat.send(label) : chat.send(label, { value, label })),
            },
            h('span', {}, clean(label)),
            ...(description ? [h('small', {}, clean(description))] : []),
          ),
        ),
      ),
  };
}

/** Only the newest question can still be answered by a button. */
function offered({ items, pending }: ChatState): Choice[] {
  if (pending.length) return [];
  const lastOwn = items.findLastIndex(({ direction }) => direction === 'in');
  return items.slice(lastOwn + 1).findLast(({ choices }) => choices?.length)?.choices ?? [];
}

const goTogether = (a: Item, b: Item): boolean =>
  a.direction === b.direction &&
  a.author?.name === b.author?.name &&
  Date.parse(b.at) - Date.parse(a.at) < 120_000 &&
  new Date(a.at).toDateString() === new Date(b.at).toDateString();

function dayName(at: string, { words, language, now }: View): string {
  const date = new Date(at);
  const days = Math.round(
    (new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000,
  );
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  return date.toLocaleDateString(language, { weekday: 'short', day: 'numeric', month: 'long' });
}
