import { describe, expect, it } from '@jest/globals';
import { cardOf, vcardOf } from '../../../src/channels/vcard.ts';
import { threadOf } from '../../../src/channels/whatsapp/linked/identity.ts';
import { createPace } from '../../../src/channels/whatsapp/linked/pace.ts';
import { afterClose, refusal } from '../../../src/channels/whatsapp/linked/rules.ts';
import { fakePort } from '../contract/fake-port.ts';

const before = { failures: 0, onlineMs: 0, isPaired: true, isOurs: true };
const minute = 60_000;

describe('a linked phone’s connection ends', () => {
  it.each([
    [515, 'connects again at once', { do: 'connect', afterMs: 0 }],
    [440, 'rests: another program has it', { do: 'rest', phase: 'taken over', forget: false }],
    [401, 'forgets the keys and asks for a new link', { do: 'rest', phase: 'logged out', forget: true }],
    [403, 'rests: the number is blocked', { do: 'rest', phase: 'banned', forget: false }],
    [428, 'connects again after a second', { do: 'connect', afterMs: 1000, failures: 1 }],
  ])('%i: %s', (code, _, next) => {
    expect(afterClose(code, before)).toMatchObject(next);
  });

  it('waits longer each time, five minutes at most, and begins anew after five stable minutes', () => {
    const wait = (failures: number, onlineMs = 0) =>
      (afterClose(0, { ...before, failures, onlineMs }) as { afterMs: number }).afterMs;
    expect([0, 1, 2, 3].map((failures) => wait(failures))).toEqual([1000, 2000, 4000, 8000]);
    expect(wait(30)).toBe(5 * minute);
    expect(wait(30, 5 * minute - 1)).toBe(5 * minute);
    expect(wait(30, 5 * minute)).toBe(1000);
  });

  it('leaves the account to whoever holds its lease now, whatever the server said', () => {
    expect(afterClose(440, { ...before, isOurs: false })).toEqual({ do: 'yield' });
  });

  it('shows no more codes when nobody has scanned one', () => {
    expect(afterClose(408, { ...before, isPaired: false })).toMatchObject({ do: 'rest', phase: 'unlinked' });
    expect(afterClose(408, before)).toMatchObject({ do: 'connect' });
  });
});

describe('a linked phone writes as a person would', () => {
  it('answers those who have written, and advertises to nobody', () => {
    const lastInboundAt = '2026-11-23T09:00:00Z';
    expect(refusal({ purpose: 'reply', lastInboundAt }, { replyOnly: true })).toBeUndefined();
    expect(refusal({ purpose: 'utility', lastInboundAt }, { replyOnly: true })).toBeUndefined();
    expect(refusal({ purpose: 'utility' }, { replyOnly: true })).toContain('only those who have written');
    expect(refusal({ purpose: 'marketing', lastInboundAt }, { replyOnly: true })).toContain('advertising');
    expect(refusal({ purpose: 'marketing' }, { replyOnly: false })).toBeUndefined();
  });

  it('pauses between two messages for as long as chance says', async () => {
    const port = fakePort();
    const pacing = { replyOnly: true, dailyCap: 100, minGapMs: 1000, maxGapMs: 3000 };
    const pace = createPace(pacing, port, () => 0.5);
    expect(await pace.take()).toBe(0);
    expect(await pace.take()).toBe(2000);
    port.clock.advance(1999);
    expect(await pace.take()).toBe(1);
    port.clock.advance(1);
    expect(await pace.take()).toBe(0);
  });

  it('keeps to the day’s share over a restart, and goes on the next day', async () => {
    const port = fakePort({ now: '2026-11-23T23:00:00Z' });
    const pacing = { replyOnly: true, dailyCap: 2, minGapMs: 0, maxGapMs: 0 };
    const first = createPace(pacing, port, () => 0);
    expect([await first.take(), await first.take()]).toEqual([0, 0]);
    const restarted = createPace(pacing, port, () => 0);
    expect(await restarted.take()).toBe(60 * minute);
    port.clock.advance(60 * minute);
    expect(await restarted.take()).toBe(0);
  });
});

describe('who a customer is to a linked phone', () => {
  it('keeps one conversation, whichever of number and hidden id comes', async () => {
    const { state } = fakePort();
    expect(await threadOf({ lid: '77' }, state)).toBe('77@lid');
    expect(await threadOf({ lid: '77', phone: '919812345678' }, state)).toBe('77@lid');
    expect(await threadOf({ phone: '919812345678' }, state)).toBe('77@lid');
    expect(await threadOf({ phone: '919800000000', lid: '88' }, state)).toBe('919800000000');
    expect(await threadOf({ lid: '88' }, state)).toBe('919800000000');
  });

  it('reads a contact card as phones write it', () => {
    // RFC 2426, with the folding of 2.6 and the groups of 3.8 that iPhones use.
    const shared =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Rao;Meera;;;\r\nFN:Meera Rao\r\nORG:Rao\\, Sons;\r\n' +
      'item1.TEL;waid=919812340000:+91 98123\r\n 40000\r\nEMAIL;TYPE=INTERNET:meera@example.com\r\nEND:VCARD';
    const card = {
      name: 'Meera Rao',
      company: 'Rao, Sons',
      phones: ['+91 9812340000'],
      emails: ['meera@example.com'],
    };
    expect(cardOf(shared)).toEqual(card);
    expect(cardOf(vcardOf(card))).toEqual(card);
  });
});
