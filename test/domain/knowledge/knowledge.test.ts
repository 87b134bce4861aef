import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/core/bus.ts';
import { listConversations } from '../../../src/domain/conversations/contract.ts';
import { tryFlow } from '../../../src/domain/flows/contract.ts';
import {
  createEntry,
  dismissQuestion,
  entryVersions,
  findAnswer,
  getEntry,
  getQuestion,
  importEntries,
  listEntries,
  listQuestions,
  noteInserted,
  noteKnowledge,
  readText,
  revertEntry,
  searchKnowledge,
  sendAnswer,
  updateEntry,
} from '../../../src/domain/knowledge/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

describe('the knowledge base', () => {
  let crm: TestApp;
  let manager: Caller;
  let caller: Caller;
  const config = mkdtempSync(join(tmpdir(), 'parley-knowledge-'));

  beforeAll(async () => {
    crm = await testApp();
    await crm.start();
    manager = await crm.user('Meera', 'manager');
    caller = await crm.user('Asha', 'tele-caller');
  });
  afterAll(() => crm.dispose());

  const answerTo = async (question: string, more: object = {}) =>
    (await crm.bus.query(findAnswer, { question, ...more }, asSystem)).answer;

  it('says only what is published, and no longer what was withdrawn [M126]', async () => {
    const { entry } = await crm.bus.command(
      createEntry,
      { title: 'Can I get my money back?', text: 'Within **30 days** of the order.' },
      manager,
    );
    expect(await answerTo('refund milega kya')).toBeUndefined();
    await crm.bus.command(updateEntry, { entryId: entry.id, state: 'published' }, manager);
    expect(await answerTo('refund milega kya')).toMatchObject({
      title: 'Can I get my money back?',
      text: 'Within 30 days of the order.',
    });
    await crm.bus.command(updateEntry, { entryId: entry.id, state: 'archived' }, manager);
    expect(await answerTo('refund milega kya')).toBeUndefined();
    await crm.bus.command(undoLast, {}, manager);
    expect(await answerTo('refund milega kya')).toBeDefined();
  });

  it('keeps every version, and goes back to one [M67]', async () => {
    const { entry } = await crm.bus.command(
      createEntry,
      { title: 'Is parking there?', text: 'Yes, ten places.', state: 'published' },
      manager,
    );
    await crm.bus.command(updateEntry, { entryId: entry.id, text: 'Twelve places.', expected: 1 }, manager);
    await expect(
      crm.bus.command(updateEntry, { entryId: entry.id, text: 'None.', expected: 1 }, manager),
    ).rejects.toMatchObject({ code: 'record.conflict' });
    const { items } = await crm.bus.query(entryVersions, { entryId: entry.id }, manager);
    expect(items.map(({ version, text }) => [version, text])).toEqual([
      [2, 'Twelve places.'],
      [1, 'Yes, ten places.'],
    ]);
    await crm.bus.command(revertEntry, { entryId: entry.id, version: 1 }, manager);
    expect((await answerTo('parking hai kya'))?.text).toBe('Yes, ten places.');
  });

  it('answers in the customer’s language where it was written in it, and of an article the section [M126]', async () => {
    const { entry } = await crm.bus.command(
      createEntry,
      { title: 'How is training done?', text: 'Online, twice.', state: 'published' },
      manager,
    );
    await crm.bus.command(
      createEntry,
      {
        title: 'ट्रेनिंग कैसे होती है?',
        text: 'ऑनलाइन, दो बार।',
        language: 'hi',
        translationOf: entry.id,
        state: 'published',
      },
      manager,
    );
    expect((await answerTo('training kaise hota hai', { language: 'hi' }))?.text).toBe('ऑनलाइन, दो बार।');
    expect((await answerTo('ट्रेनिंग कैसे होगी', { language: 'en' }))?.text).toBe('Online, twice.');
    const { translations } = await crm.bus.query(getEntry, { entryId: entry.id }, caller);
    expect(translations).toMatchObject([{ language: 'hi' }]);
    await crm.bus.command(
      createEntry,
      {
        kind: 'article',
        title: 'Moving your warehouse',
        text: '## Counting the stock\nCount it on a Sunday.\n\n## Printing barcode labels\nUse the label printer.',
        state: 'published',
      },
      manager,
    );
    expect((await answerTo('how do i print barcode labels'))?.text).toBe(
      'Printing barcode labels\nUse the label printer.',
    );
  });

  it('reads questions out of Markdown and plain text [M126]', async () => {
    const read = async (text: string) => (await crm.bus.query(readText, { text }, manager)).items;
    expect(
      await read('# Help\n## Is it safe?\nAlso: secure? | data safety\n\nVery.\n## Empty\n'),
    ).toMatchObject([
      { kind: 'question', title: 'Is it safe?', text: 'Very.', wordings: ['secure?', 'data safety'] },
    ]);
    expect(await read('Q: Open on Sunday?\nA: No.\nQ: And on Monday?\nA: Yes.')).toMatchObject([
      { title: 'Open on Sunday?', text: 'No.' },
      { title: 'And on Monday?', text: 'Yes.' },
    ]);
    expect(await read('Do you deliver?\nEverywhere.\n\nकितना समय लगता है?\nतीन दिन।')).toHaveLength(2);
    expect(await read('---\nkind: article\nlanguage: hi\n---\n# गाइड\nपहला\n## दूसरा\nतीसरा')).toMatchObject([
      { kind: 'article', title: 'गाइड', language: 'hi' },
    ]);
    await expect(crm.bus.command(importEntries, { text: 'Title only' }, manager)).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('takes files over, and again what changed in them, but not over a colleague’s words [M126]', async () => {
    crm.config.dir = config;
    mkdirSync(join(config, 'knowledge'), { recursive: true });
    const write = (answers: string[]) =>
      writeFileSync(
        join(config, 'knowledge', 'help.md'),
        answers.map((text, at) => `## Question number ${at} about zebras?\n${text}\n`).join('\n'),
      );
    write(['One.', 'Two.']);
    const first = await crm.bus.command(importEntries, { state: 'published' }, manager);
    expect(first).toMatchObject({ created: 2, changed: 0, kept: 0 });
    await crm.bus.command(updateEntry, { entryId: first.entryIds[0]!, text: 'Ours.' }, manager);
    write(['One, anew.', 'Two, anew.', 'Three.']);
    const again = await crm.bus.command(importEntries, { state: 'published' }, manager);
    expect(again).toMatchObject({ created: 1, changed: 1, kept: 1 });
    const texts = await Promise.all(
      again.entryIds.map(async (entryId) => (await crm.bus.query(getEntry, { entryId }, manager)).entry.text),
    );
    expect(texts).toEqual(['Ours.', 'Two, anew.', 'Three.']);
    expect((await crm.bus.query(listEntries, { search: 'zebra' }, caller)).total).toBe(3);
  });

  it('gathers what was asked in vain, without numbers, and sends the answer to those who wait [M126]', async () => {
    const talks: string[] = [];
    for (const thread of ['+919845000001', '+919845000002', '+919845000003']) {
      await crm.say('Hello', { thread });
      const { items } = await crm.bus.query(listConversations, {}, manager);
      talks.push(items.find((talk) => talk.thread === thread)!.id);
    }
    const ask = (conversationId: string, question: string) =>
      crm.bus.command(noteKnowledge, { conversationId, unknown: [{ question }] }, asSystem);
    await ask(talks[0]!, 'Do you rent out elephants? Call 98450 00001');
    await ask(talks[1]!, 'elephants rent?');
    await ask(talks[1]!, 'elephants on rent?');
    await ask(talks[2]!, 'Is there a helicopter pad?');
    await crm.idle();
    const { items, counts } = await crm.bus.query(listQuestions, {}, manager);
    expect(items.map(({ text, count, customers, waiting }) => [text, count, customers, waiting])).toEqual([
      ['Do you rent out elephants? Call …', 3, 2, 2],
      ['Is there a helicopter pad?', 1, 1, 1],
    ]);
    expect(counts).toMatchObject({ open: 2 });
    const notices = await crm.bus.query(listNotifications, { limit: 100 }, caller);
    expect(notices.items.map(({ text }) => text)).toContain(
      '+919845000002 (#2) asks what is not in the knowledge base: elephants on rent?',
    );
    const questionId = items[0]!.id;
    await crm.bus.command(
      createEntry,
      { title: 'Do you rent elephants?', text: 'Only **camels**.', state: 'published', questionId },
      manager,
    );
    const before = crm.sent.length;
    await crm.bus.command(sendAnswer, { questionId }, manager);
    await crm.idle();
    expect(crm.sent.slice(before).map(({ to, content }) => [to, content])).toEqual([
      ['+919845000001', { kind: 'text', text: 'Only camels.' }],
      ['+919845000002', { kind: 'text', text: 'Only camels.' }],
    ]);
    expect(await crm.bus.command(sendAnswer, { questionId }, manager)).toEqual({ sent: 0, skipped: 0 });
    const { question, asked } = await crm.bus.query(getQuestion, { questionId }, manager);
    expect(question).toMatchObject({
      state: 'answered',
      waiting: 0,
      entry: { title: 'Do you rent elephants?' },
    });
    expect(asked.every(({ answeredAt }) => answeredAt)).toBe(true);
    await crm.bus.command(dismissQuestion, { questionId: items[1]!.id }, manager);
    expect((await crm.bus.query(listQuestions, {}, manager)).items).toEqual([]);
  });

  it('is what the bot answers from, in the middle of a talk and word for word [M126] [M7]', async () => {
    const said = async (text: string) =>
      JSON.stringify((await crm.say(text, { thread: '+919845000009' })).map(({ content }) => content));
    await said('I need a CRM');
    expect(await said('refund milega kya?')).toContain('Within 30 days of the order.');
    const { items } = await crm.bus.query(listEntries, { search: 'money' }, caller);
    expect(items[0]).toMatchObject({ used: 1, askedAgain: 0 });
    const turns = [{ text: 'I need a CRM' }, { text: 'refund milega kya?' }];
    const tried = await crm.bus.query(tryFlow, { name: 'enquiry', turns }, manager);
    expect(tried.lines.at(-1)!.text).toContain('Within 30 days of the order.');
    expect(await said('Do you deliver pianos to Nepal?')).toContain('a colleague');
    expect((await crm.bus.query(listQuestions, {}, manager)).items).toMatchObject([
      { text: 'Do you deliver pianos to Nepal?', product: 'RSoft CRM', waiting: 1 },
    ]);
  });

  it('counts how often an entry is given, sent, and asked on after [M126]', async () => {
    const { items } = await crm.bus.query(listConversations, {}, manager);
    const conversationId = items[0]!.id;
    const { entry } = await crm.bus.command(
      createEntry,
      { title: 'Is it round?', text: 'Yes.', state: 'published' },
      manager,
    );
    const given = [{ entryId: entry.id, question: 'round hai?' }];
    await crm.bus.command(noteKnowledge, { conversationId, given }, asSystem);
    await crm.bus.command(noteKnowledge, { conversationId, given, askedAgain: entry.id }, asSystem);
    await crm.bus.command(noteInserted, { conversationId, entryId: entry.id }, manager);
    const counted = (await crm.bus.query(getEntry, { entryId: entry.id }, caller)).entry;
    expect(counted).toMatchObject({ used: 2, sent: 1, askedAgain: 1 });
  });

  it('is read by callers, and written by managers [M60]', async () => {
    expect((await crm.bus.query(searchKnowledge, { question: 'refund?' }, caller)).items[0]).toMatchObject({
      title: 'Can I get my money back?',
      sure: true,
    });
    for (const [command, input] of [
      [createEntry, { title: 'a', text: 'b' }],
      [listQuestions, {}],
    ] as const)
      await expect(crm.bus.execute(command.name, input, caller)).rejects.toMatchObject({
        code: 'auth.forbidden',
      });
  });
});
