import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pressValue, readPress, render, shorten } from '../../../src/channels/render.ts';
import type { ChannelCapabilities, Choice } from '../../../src/core/messaging.ts';

// developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object
const whatsapp: ChannelCapabilities = {
  text: 4096,
  caption: 1024,
  buttons: { max: 3, label: 20, text: 1024 },
  list: { rows: 10, label: 24, description: 72 },
  media: true,
  ambiguity: 'receipt',
};
const sms: ChannelCapabilities = { text: 1530, media: false, ambiguity: 'receipt' };
const choices = (...labels: string[]): Choice[] => labels.map((label) => ({ label, value: `v:${label}` }));
const ask = (text: string, ...labels: string[]) =>
  render({ kind: 'text', text, choices: choices(...labels) }, whatsapp);

describe('rendering to what a channel can show', () => {
  it('uses buttons for up to three short choices', () => {
    expect(ask('A demo?', 'Yes', 'No')).toMatchObject({
      kind: 'buttons',
      text: 'A demo?',
      buttons: [{ label: 'Yes' }, { label: 'No' }],
    });
  });

  it('uses a list for more, or for labels of up to 24 characters', () => {
    expect(ask('Which?', 'A', 'B', 'C', 'D')).toMatchObject({ kind: 'list' });
    expect(ask('Which?', 'x'.repeat(21), 'B')).toMatchObject({ kind: 'list' });
  });

  it('numbers more choices than a list holds', () => {
    expect(ask('Which?', ...'ABCDEFGHIJK')).toMatchObject({
      kind: 'text',
      text: expect.stringMatching(/^Which\?\n\n1\. A\n2\. B\n[\s\S]*\n11\. K$/),
    });
  });

  it('numbers choices where there are neither buttons nor lists', () => {
    expect(render({ kind: 'text', text: 'A demo?', choices: choices('Yes', 'No') }, sms)).toEqual({
      kind: 'text',
      text: 'A demo?\n\n1. Yes\n2. No',
      choiceMap: { 1: 'v:Yes', 2: 'v:No', yes: 'v:Yes', no: 'v:No' },
    });
  });

  it('keeps a description by using a list', () => {
    const content = {
      kind: 'text' as const,
      text: 'Which?',
      choices: [
        { label: 'CRM', value: 'crm', description: 'Leads and calls' },
        { label: 'ERP', value: 'erp' },
      ],
    };
    expect(render(content, whatsapp)).toMatchObject({
      kind: 'list',
      rows: [{ label: 'CRM', description: 'Leads and calls' }, { label: 'ERP' }],
    });
  });

  it('understands a label that is itself a number before the row’s number', () => {
    expect(render({ kind: 'text', text: 'How many?', choices: choices('2', '1') }, whatsapp)).toMatchObject({
      choiceMap: { 1: 'v:1', 2: 'v:2' },
    });
  });

  it('does not offer two choices that would read the same', () => {
    expect(ask('Which?', `${'x'.repeat(30)}a`, `${'x'.repeat(30)}b`)).toMatchObject({
      kind: 'text',
      text: expect.stringContaining(`2. ${'x'.repeat(30)}b`),
    });
  });

  it('shows a staff card as text with its buttons numbered, and reads the answer back', () => {
    const card = {
      title: '#12 Priya',
      fields: [{ label: 'Phone', value: '+9198' }],
      buttons: [{ label: 'RNR', command: 'call.log', input: { leadId: '1', outcome: 'rnr' } }],
    };
    const shown = render({ kind: 'card', card }, sms);
    expect(shown).toMatchObject({ kind: 'text', text: '#12 Priya\nPhone: +9198\n\n1. RNR' });
    expect(readPress((shown as { choiceMap: Record<string, string> }).choiceMap.rnr!)).toEqual({
      command: 'call.log',
      input: { leadId: '1', outcome: 'rnr' },
    });
  });

  it('names a file where it cannot be sent', () => {
    expect(
      render(
        {
          kind: 'media',
          media: { type: 'document', url: 'https://x.example/b.pdf', filename: 'b.pdf' },
          caption: 'Brochure',
        },
        sms,
      ),
    ).toEqual({ kind: 'text', text: 'Brochure\nb.pdf\nhttps://x.example/b.pdf' });
  });

  it('asks a form’s fields in words where there are no modals', () => {
    const form = {
      title: 'Call back',
      command: 'x',
      fixed: {},
      fields: [{ name: 'at', label: 'When', type: 'datetime' as const, hint: 'e.g. tomorrow 5pm' }],
    };
    expect(render({ kind: 'form', form }, sms)).toEqual({
      kind: 'text',
      text: 'Call back\nPlease give:\n• When (e.g. tomorrow 5pm)',
    });
  });

  it('never exceeds a limit, and never loses a choice', () => {
    const label = fc
      .string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(
        fc.string({ maxLength: 6000, unit: 'grapheme' }),
        fc.uniqueArray(label, { maxLength: 14 }),
        (text, labels) => {
          const shown = render({ kind: 'text', text, choices: choices(...labels) }, whatsapp);
          if (shown.kind === 'buttons') {
            expect(shown.text.length).toBeLessThanOrEqual(1024);
            expect(shown.buttons.every((button) => button.label.length <= 20)).toBe(true);
          }
          if (shown.kind === 'list')
            expect(
              shown.rows.every((row) => row.label.length <= 24 && (row.description ?? '').length <= 72),
            ).toBe(true);
          expect((shown as { text: string }).text.length).toBeLessThanOrEqual(4096);
          const understood = Object.values('choiceMap' in shown ? (shown.choiceMap ?? {}) : {});
          expect(understood).toEqual(expect.arrayContaining(labels.map((one) => `v:${one}`)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cuts between letters, never inside an emoji or a Devanagari syllable', () => {
    expect(shorten('👩🏽‍💻👩🏽‍💻', 8)).toBe('👩🏽‍💻…');
    expect(shorten('नमस्ते दुनिया', 5)).toBe('नम…');
    expect(shorten('one two three', 9)).toBe('one two…');
    expect(shorten('short', 5)).toBe('short');
  });

  it('reads no button out of other text', () => {
    for (const text of ['', 'yes', '[]', '{"command":1,"input":{}}', '{"command":"x"}', 'null'])
      expect(readPress(text)).toBeUndefined();
    const button = { label: 'x', command: 'c', input: { a: 1 }, form: true };
    expect(readPress(pressValue(button))).toEqual({ command: 'c', input: { a: 1 }, form: true });
  });
});
