/** Summaries and drafts in the whole product, with the layer and without. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QuestionModel } from '../../src/core/questions.ts';
import {
  draftReply,
  summariseConversation,
  summariseLead,
} from '../../src/domain/conversations/assistance-contract.ts';
import { getConversation, listMessages } from '../../src/domain/conversations/contract.ts';
import { ConversationModel } from '../../src/domain/conversations/model/conversation.ts';
import { listLeads } from '../../src/domain/leads/contract.ts';
import { probe } from '../../src/llm/probe.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';
import { completion, fakeServer, silence, status } from './fake-server.ts';

jest.setTimeout(120_000);

let server: Awaited<ReturnType<typeof fakeServer>>;
let app: TestApp;
beforeAll(async () => {
  server = await fakeServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.sent.length = 0;
});
const start = async (enabled: boolean) => {
  app = await testApp({
    env: { LLM_API_KEY: 'key-of-the-test' },
    change: (config) => {
      Object.assign(config.app.llm, { enabled, baseUrl: server.url, model: 'fake', timeoutMs: 20_000 });
    },
  });
  await app.start();
};
const idOf = async (thread: string) => (await ConversationModel.findOne({ thread }).lean())!._id;
const view = (conversationId: string) => app.bus.query(getConversation, { conversationId }, asSystem);
const summary = (text: string) => completion({ summary: text, next: null });

describe('with the layer on', () => {
  const thread = '+919876500001';
  let conversationId: string;
  beforeAll(async () => {
    await start(true);
    server.plays(summary('Wants a CRM for 20 users and a person to talk to.'));
    await app.say('Hi, I need a CRM for 20 users', { thread });
    await app.say('I want to talk to a person please', { thread });
    conversationId = await idOf(thread);
  });
  afterAll(() => app.dispose());

  it('whoever takes over finds a summary, with the engine that wrote it', async () => {
    expect(await view(conversationId)).toMatchObject({
      mode: 'human',
      brief: { engine: 'llm', model: 'fake', text: 'Wants a CRM for 20 users and a person to talk to.' },
      assistance: { summaries: true, drafts: true },
    });
  });

  it('the same messages are summed up once; after another, anew', async () => {
    const first = await app.bus.command(summariseConversation, { conversationId }, asSystem);
    expect(first).toEqual({ summary: 'Wants a CRM for 20 users and a person to talk to.', asked: false });
    await app.idle();
    expect(server.sent).toEqual([]);
    await app.say('Are you there?', { thread });
    server.plays(summary('Still waits for a person.'));
    const { summary: plain, asked } = await app.bus.command(
      summariseConversation,
      { conversationId },
      asSystem,
    );
    expect(asked).toBe(true);
    expect(plain).toContain('Customer: Are you there?');
    await app.idle();
    expect((await view(conversationId)).brief).toMatchObject({ text: 'Still waits for a person.' });
  });

  it.each([
    ['names a number that nobody wrote', summary('Call them at +91 99999 00000.'), 'text-unsafe'],
    ['puts a link in', summary('See http://evil.example for more'), 'text-unsafe'],
    ['is broken', status(500, { 'retry-after': '3600' }), 'unreachable'],
  ])('a model that %s leaves the plain summary', async (_, play, reason) => {
    await app.say(`And now? ${reason} ${server.sent.length} ${_}`, { thread });
    server.plays(play);
    await app.bus.command(summariseConversation, { conversationId }, asSystem);
    await app.idle();
    const { brief } = await view(conversationId);
    expect(brief).toMatchObject({ engine: 'offline', reason });
    expect(brief?.text).toContain('Customer: And now?');
  });

  it('a draft is kept for the colleague and not sent', async () => {
    server.plays(completion({ draft: 'Good day! A colleague calls you today about the CRM for 20 users.' }));
    const before = app.sent.length;
    const { draftId } = await app.bus.command(
      draftReply,
      { conversationId, wish: 'we call today' },
      asSystem,
    );
    await app.idle();
    expect((await view(conversationId)).draft).toMatchObject({
      id: draftId,
      engine: 'llm',
      wish: 'we call today',
      text: 'Good day! A colleague calls you today about the CRM for 20 users.',
    });
    expect(app.sent.length).toBe(before);
    const { items } = await app.bus.query(listMessages, { conversationId }, asSystem);
    expect(items.some(({ text }) => text.startsWith('Good day!'))).toBe(false);
  });

  it('a draft with a price of its own is no draft', async () => {
    server.plays(completion({ draft: 'Only 4,999 rupees today!' }));
    const { draftId } = await app.bus.command(
      draftReply,
      { conversationId, wish: 'tell the price' },
      asSystem,
    );
    await app.idle();
    const { draft } = await view(conversationId);
    expect(draft).toMatchObject({ id: draftId, engine: 'offline', reason: 'text-unsafe' });
    expect(draft?.text).toBeUndefined();
  });

  it('a tele-caller asks only about conversations of their own', async () => {
    const kavya = await app.user('Kavya', 'tele-caller');
    for (const ask of [
      () => app.bus.command(summariseConversation, { conversationId }, kavya),
      () => app.bus.command(draftReply, { conversationId, wish: 'x' }, kavya),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'record.not_found' });
    await app.idle();
    expect(server.sent).toEqual([]);
  });
});

describe('with the layer off', () => {
  const thread = '+919876500002';
  beforeAll(async () => {
    await start(false);
    await app.say('Hi, I need a CRM for 20 users', { thread });
    await app.say('tomorrow 5 pm', { thread });
    await app.say('yes', { thread });
  });
  afterAll(() => app.dispose());

  it('a lead is summed up by what is known and the last messages; nobody is asked', async () => {
    const [lead] = (await app.bus.query(listLeads, {}, asSystem)).items;
    const { summary: text, asked } = await app.bus.command(summariseLead, { leadId: lead!.id }, asSystem);
    expect(asked).toBe(false);
    expect(text).toContain('Looking for: RSoft CRM');
    expect(text).toContain('Customer: yes');
    expect(await QuestionModel.countDocuments()).toBe(0);
    expect(server.sent).toEqual([]);
  });

  it('the inbox is offered nothing, and a draft is refused in words', async () => {
    const conversationId = await idOf(thread);
    expect((await view(conversationId)).assistance).toBeUndefined();
    await expect(app.bus.command(draftReply, { conversationId, wish: 'x' }, asSystem)).rejects.toMatchObject({
      code: 'assistance.off',
    });
  });
});

describe('doctor', () => {
  const settings = (baseUrl: string, enabled = true) => ({ enabled, baseUrl, model: 'fake' });
  it('says that it is off', async () => {
    expect(await probe(settings(server.url, false), undefined)).toMatchObject({ state: 'off' });
  });
  it('says that the key is missing, without asking anybody', async () => {
    const found = await probe(settings('https://api.openai.com/v1'), undefined);
    expect(found).toMatchObject({ state: 'wrong', text: expect.stringContaining('LLM_API_KEY is not set') });
  });
  it('says that the server is ready, refuses the key, fails, is not there, or does not answer', async () => {
    server.plays(completion({}));
    expect(await probe(settings(server.url), 'k')).toMatchObject({ state: 'ready' });
    server.plays(status(401));
    expect((await probe(settings(server.url), 'k')).text).toContain('refuses LLM_API_KEY (401)');
    server.plays(status(503));
    expect((await probe(settings(server.url), 'k')).text).toContain('(503)');
    server.plays(silence);
    expect((await probe(settings(server.url), 'k', 200)).text).toContain('cannot be reached');
    const gone = await fakeServer();
    await gone.close();
    expect((await probe(settings(gone.url), 'k')).text).toContain('cannot be reached');
  });
});
