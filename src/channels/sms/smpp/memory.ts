/**
 * What must be remembered of messages that came in, durably and little: a message has no id, so that one sent again is
 * known by its words; and a long one comes in parts.
 *
 * An SMSC sends again what it holds to be unanswered. As long as it may do so for an acknowledged message, the same
 * words are that message; once it has answered something that we sent later, it has had our acknowledgement, and the
 * same words are said anew: "1", twice within a minute, are two answers to two questions.
 */
import type { ChannelPort } from '../../../core/define.ts';

type Heard = { hash: string; id: string; at: number; open: boolean };
type Part = { key: string; place: number; of: number; text: string; hash: string; at: number };
type Kept = { heard: Heard[]; parts: Part[] };
export type Whole = { key: string; text: string; hash: string; at: number };

/** Pressed twice, or sent twice by the network: nobody answers twice in so short a time. */
const twiceMs = 5_000;
const openMs = 24 * 3_600_000;
const patienceMs = 10 * 60_000;
const most = 500;

export function createMemory({ state, clock }: Pick<ChannelPort, 'state' | 'clock'>) {
  let chain: Promise<unknown> = Promise.resolve();
  /** Other processes hold lines of the same account: what is kept is read anew each time, and changed in turn. */
  function change<T>(how: (kept: Kept, now: number) => T): Promise<T> {
    const next = chain.then(async () => {
      const now = clock.now().getTime();
      const found = (await state.get<Kept>('inbound')) ?? { heard: [], parts: [] };
      const kept = {
        heard: found.heard.filter(({ at }) => now - at < openMs).slice(-most),
        parts: found.parts.slice(-most),
      };
      const before = JSON.stringify(found);
      const answer = how(kept, now);
      if (JSON.stringify(kept) !== before) await state.set('inbound', kept);
      return answer;
    });
    chain = next.catch(() => undefined);
    return next;
  }

  return {
    /** The id of a message with these words: an earlier one's where this is that one, sent again. */
    idOf: (hash: string): Promise<string> =>
      change(({ heard }, now) => {
        const known = heard.findLast((one) => one.hash === hash);
        if (known && (known.open || now - known.at < twiceMs)) return known.id;
        const id = `${hash}-${now.toString(36)}`;
        heard.push({ hash, id, at: now, open: true });
        return id;
      }),

    /** The SMSC surely knows that we have them. */
    settled: (ids: string[]): Promise<void> =>
      change(({ heard }) => {
        for (const one of heard) if (ids.includes(one.id)) one.open = false;
      }),

    /** Keeps a part. @returns the message when this was the last of its parts. */
    addPart: (part: Omit<Part, 'at'>): Promise<Whole | undefined> =>
      change(({ parts }, now) => {
        if (!parts.some(({ key, place }) => key === part.key && place === part.place))
          parts.push({ ...part, at: now });
        const own = parts.filter(({ key }) => key === part.key);
        return own.length >= part.of ? whole(own) : undefined;
      }),

    dropParts: (keys: string[]): Promise<void> =>
      change((kept) => {
        kept.parts = kept.parts.filter(({ key }) => !keys.includes(key));
      }),

    /** Messages whose missing parts will hardly come any more: what is there is said. */
    incomplete: (): Promise<Whole[]> =>
      change(({ parts }, now) =>
        [...Map.groupBy(parts, ({ key }) => key).values()]
          .filter((own) => own.every(({ at }) => now - at > patienceMs))
          .map(whole),
      ),
  };
}

function whole(parts: Part[]): Whole {
  const sorted = parts.toSorted((a, b) => a.place - b.place);
  const { key, of } = sorted[0]!;
  const text = Array.from(
    { length: of },
    (_, n) => sorted.find(({ place }) => place === n + 1)?.text ?? '[…]',
  );
  return { key, text: text.join(''), hash: sorted.map(({ hash }) => hash).join(), at: sorted[0]!.at };
}
