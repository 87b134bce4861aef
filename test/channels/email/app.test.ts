/** A stranger's e-mail all the way: Postfix, Dovecot, the product, and back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { customer, firm, mail, settingsFor } from './world.ts';

let server: MailServer;
let app: TestApp;
let manager: Awaited<ReturnType<TestApp['user']>>;
let caller: Awaited<ReturnType<TestApp['user']>>;
let count = 0;

beforeAll(async () => {
  server = await startMailServer([firm, customer]);
  app = await testApp({
    change(config) {
      config.accounts = [{ id: 'main', channel: 'email', settings: settingsFor(server), missing: [] }];
    },
  });
  manager = await app.user('Meera', 'manager');
  caller = await app.user('Asha', 'tele-caller');
  await app.start();
});
afterAll(async () => {
  await app?.dispose();
  await server?.stop();
});

/** Writes, and gets what was answered. */
async function write(subject: string, text: string, headers: Record<string, string> = {}) {
  const before = (await server.inbox(customer.address)).length;
  await server.deliver(
    mail({ Subject: subject, 'Message-ID': `<${++count}@customer.example>`, ...headers }, text),
    { from: customer.address, to: firm.address },
  );
  return (await server.until(customer.address, before + 1)).slice(before);
}

it('an enquiry by e-mail is answered in its thread and becomes a lead with its source [M3] [M10] [M20]', async () => {
  const [first] = await write(
    'Billing software',
    'Hello, I am Priya Raman. I need billing software for 12 users.\nMy number is +91 98450 12399.\n',
  );
  expect(first!.subject).toBe('Re: Billing software');
  expect(first!.inReplyTo).toBe('<1@customer.example>');

  await until(async () => (await app.bus.query(listLeads, {}, caller)).total === 1);
  const { items } = await app.bus.query(listLeads, {}, caller);
  expect(items[0]).toMatchObject({
    name: expect.stringContaining('Priya'),
    email: customer.address,
    source: expect.stringMatching(/e-?mail/i),
  });
});

it('the same person on WhatsApp is known by the number: no second lead, and the reason is told [M2] [M11]', async () => {
  app.clock.advance(3 * 3_600_000);
  await app.say('Hello, do you have billing software?', {
    thread: '919845012399',
    from: [{ scheme: 'phone', value: '+919845012399' }],
  });
  await until(async () => (await app.bus.query(listEnquiries, {}, manager)).total === 2);
  const { items } = await app.bus.query(listEnquiries, {}, manager);
  expect(items[0]).toMatchObject({
    verdict: 'duplicate',
    contactId: items[1]!.contactId,
    leadId: items[1]!.leadId,
  });
  expect(items[0]!.evidence.map(({ text }) => text).join(' ')).toMatch(/number/i);
  expect((await app.bus.query(listLeads, {}, caller)).total).toBe(1);
});

it('an out-of-office note is kept and not answered', async () => {
  const before = (await server.inbox(customer.address)).length;
  const raw = mail(
    { Subject: 'Away', 'Message-ID': '<away@customer.example>', 'Auto-Submitted': 'auto-replied' },
    'I am away until Monday.',
  );
  await server.deliver(raw, { from: customer.address, to: firm.address });
  // What is written after it is answered after it: one more mail, and no other.
  const answers = await write('Billing software', 'Tomorrow at 3 pm is fine.');
  await app.idle();
  expect(answers.length + before).toBe((await server.inbox(customer.address)).length);
  expect(answers.map(({ inReplyTo }) => inReplyTo)).not.toContain('<away@customer.example>');
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) if (await isSo()) return;
  throw new Error('it did not come about in twenty seconds');
}
