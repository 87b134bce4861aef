import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AliasModel } from '../../../src/core/aliases.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { ledger, listConversations, listMessages } from '../../../src/domain/conversations/contract.ts';
import { listEnquiries, recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { listLeads, mergeLead, unmergeLead } from '../../../src/domain/leads/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

const mine = '+919845012345';
const people = { channel: 'whatsapp', account: 'main', audience: 'customer' as const };

describe('while customers write', () => {
  let app: TestApp;
  let manager: Awaited<ReturnType<TestApp['user']>>;
  beforeEach(async () => {
    app = await testApp();
    await app.start();
    manager = await app.user('Meera Iyer', 'manager');
    await app.user('Priya Shah', 'tele-caller');
  }, 60_000);
  afterEach(() => app.dispose());

  const enquire = (said: object) =>
    app.bus.command(recordEnquiry, { source: 'Website', medium: 'webform', ...said } as never, asSystem);
  let count = 0;
  const write = (thread: string, text: string) =>
    app.accept([
      {
        ...people,
        id: `p${++count}`,
        thread,
        at: app.clock.now(),
        from: [{ scheme: 'phone', value: thread }],
        name: 'Ravi',
        body: { kind: 'text', text },
      },
    ]);

  it('a merge and its undoing lose no message, double none, and leave each with the contact that stands [M16] [B9]', async () => {
    await app.say('Hello, I need a CRM', { thread: mine, name: 'Ravi' });
    const first = await enquire({ phone: mine, name: 'Ravi' });
    const other = await enquire({ email: 'ravi@example.com', name: 'Ravi Kumar' });
    await app.idle();
    const before = (await app.bus.query(ledger, {}, manager)).inbound;

    const written: string[] = [];
    const talking = async (round: number) => {
      for (let n = 0; n < 8; n++) {
        const text = `message ${round}-${n}`;
        written.push(text);
        await write(mine, text);
        if (n % 3 === 0) await enquire({ phone: mine, note: text });
      }
    };
    const [, merged] = await Promise.all([
      talking(1),
      app.bus.command(mergeLead, { keep: other.leadId!, merge: first.leadId! }, manager),
    ]);
    await Promise.all([talking(2), app.bus.command(unmergeLead, { mergeId: merged.mergeId }, manager)]);
    await Promise.all([
      talking(3),
      app.bus.command(mergeLead, { keep: other.leadId!, merge: first.leadId! }, manager),
    ]);
    await app.idle();
    // What was under way in the moment of the merge has ended by then.
    app.clock.advance(3 * 60_000);
    await app.idle();

    const { items: talks } = await app.bus.query(listConversations, { limit: 50 }, manager);
    expect(talks.map(({ contactId }) => contactId)).toEqual([other.contactId]);
    const { items } = await app.bus.query(
      listMessages,
      { conversationId: talks[0]!.id, limit: 200 },
      manager,
    );
    const received = items.filter(({ direction }) => direction === 'in').map(({ text }) => text);
    expect(received.filter((text) => text.startsWith('message '))).toEqual(written);
    const day = await app.bus.query(ledger, {}, manager);
    expect(day).toMatchObject({ inbound: before + written.length, dead: 0, waiting: 0, difference: 0 });

    expect((await app.bus.query(listLeads, {}, manager)).items.map(({ id }) => id)).toEqual([other.leadId]);
    const enquiries = await app.bus.query(listEnquiries, { limit: 100 }, manager);
    expect(enquiries.total).toBeGreaterThanOrEqual(2 + 9);
    for (const { contactId, leadId } of enquiries.items)
      expect({ contactId, leadId }).toEqual({ contactId: other.contactId, leadId: other.leadId });
    const old = await AliasModel.find().lean();
    expect(old.map(({ _id }) => _id).sort()).toEqual([first.contactId, first.leadId!].sort());
    for (const pointer of app.catalogue.pointers)
      for (const field of [pointer.contact?.field, pointer.lead?.field])
        if (field)
          expect({
            [pointer.name]: await pointer.model.countDocuments({
              [field]: { $in: old.map(({ _id }) => _id) },
            }),
          }).toEqual({ [pointer.name]: 0 });
    const timeline = await app.bus.query(
      contactTimeline,
      { contactId: first.contactId, limit: 100 },
      manager,
    );
    expect(timeline.items.filter(({ kind }) => kind === 'enquiry').length).toBe(enquiries.total);
  }, 120_000);
});
