/** The flow in the whole product: inbox, lanes, records and outbox on the embedded store. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../../src/cli/simulate.ts';
import { listAppointments } from '../../src/domain/appointments/contract.ts';
import { ConversationModel } from '../../src/domain/conversations/model/conversation.ts';
import { listEnquiries } from '../../src/domain/enquiries/contract.ts';
import { listLeads } from '../../src/domain/leads/contract.ts';
import { loadFlows } from '../../src/flows/loader.ts';
import { FlowVersionModel } from '../../src/flows/model.ts';
import { flowVersions, publishFlows } from '../../src/flows/versions.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';

// The store starts and commits to a real disk; a busy machine takes its time over that.

describe('the enquiry flow in the product', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
    await app.start();
  });
  afterAll(() => app.dispose());

  const texts = (sent: Awaited<ReturnType<TestApp['say']>>) =>
    sent.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
  const records = async () => ({
    enquiries: (await app.bus.query(listEnquiries, {}, asSystem)).items,
    leads: (await app.bus.query(listLeads, {}, asSystem)).items,
    appointments: (await app.bus.query(listAppointments, {}, asSystem)).items,
  });

  it('turns a WhatsApp talk into one enquiry, one lead and one demo, and sends the brochure [M7] [M10] [M12]', async () => {
    const from = { thread: '+919812300001', name: 'Priya Sharma' };
    await app.say('Hi, I need a CRM for 20 users', from);
    expect(texts(await app.say('tomorrow 5 pm', from)).join()).toContain(
      'Thursday, 12 March 2026, 5:00 PM IST',
    );
    const sent = await app.say('yes', from);
    expect(texts(sent).join()).toContain('Your demo is booked: Thursday, 12 March 2026, 5:00 PM IST');
    expect(sent.some(({ content }) => content.kind === 'media' && content.media.id === 'brochure')).toBe(
      true,
    );
    const { enquiries, leads, appointments } = await records();
    expect(enquiries).toMatchObject([
      { verdict: 'new', phone: '+919812300001', product: 'RSoft CRM', source: 'WhatsApp' },
    ]);
    expect(leads).toMatchObject([{ name: 'Priya Sharma', product: 'RSoft CRM', quantity: '20 users' }]);
    expect(appointments).toMatchObject([
      { kind: 'demo', status: 'booked', startsAt: '2026-03-12T11:30:00.000Z' },
    ]);
  });

  it('moves the demo when the customer asks for another', async () => {
    const from = { thread: '+919812300001' };
    await app.say('can we make it Friday 3 pm instead?', from);
    expect(texts(await app.say('yes', from)).join()).toContain('Friday, 13 March 2026, 3:00 PM IST');
    const { enquiries, appointments } = await records();
    expect(enquiries).toHaveLength(1);
    expect(appointments.filter(({ status }) => status !== 'cancelled')).toMatchObject([
      { startsAt: '2026-03-13T09:30:00.000Z' },
    ]);
  });

  it('keeps what the customer tells while a person is in charge, and says nothing [M1]', async () => {
    const from = {
      thread: 'visitor-1',
      channel: 'webchat',
      account: 'elsewhere',
      from: [{ scheme: 'visitor' as const, value: 'visitor-1' }],
    };
    expect(texts(await app.say('can I talk to a person please', from)).join()).toContain('colleague');
    expect(await app.say('I am Ravi Kumar, 98123 00002', from)).toEqual([]);
    const conversation = await ConversationModel.findOne({ thread: 'visitor-1' }).lean();
    expect(conversation).toMatchObject({
      mode: 'human',
      waitingForStaff: true,
      session: { vars: { phone: '+919812300002' } },
    });
    expect((await records()).leads.some(({ phone }) => phone === '+919812300002')).toBe(true);
  });

  it('confirms a stop once, is silent then, and answers again after START [M133]', async () => {
    const from = { thread: '+919812300003' };
    await app.say('hello', from);
    expect(texts(await app.say('STOP', from))).toHaveLength(1);
    expect(await app.say('hello?', from)).toEqual([]);
    expect(texts(await app.say('START', from)).join()).toContain('Welcome back');
  });

  it('brings back every version that was published, so that running talks end on theirs', async () => {
    const flow = loadFlows('config').find(({ name }) => name === 'enquiry');
    const before = await FlowVersionModel.countDocuments({});
    const next = { ...flow!, version: 'another', title: 'Changed' };
    const flows = await publishFlows([next], new Date('2026-03-12T00:00:00Z'));
    expect(await FlowVersionModel.countDocuments({})).toBe(before + 1);
    expect(flows.get('enquiry')?.title).toBe('Changed');
    expect(flows.get('enquiry', flow!.version)).toEqual(flow);
    expect(flowVersions([next]).get('enquiry', flow!.version)).toBeUndefined();
  });
});

describe('bin/parley simulate', () => {
  it('writes transcript, facts and records of each conversation, each as if it were alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
    const inFile = join(folder, 'in.jsonl');
    const outFile = join(folder, 'out.jsonl');
    const turns = [
      'Hi',
      'I need a CRM for 20 users, budget 5 lakh',
      'Asha Rao',
      '98123 00004',
      'tomorrow 5 pm',
      'no, Friday',
      'yes',
      'sorry, my number is 98123 00005',
    ];
    writeFileSync(
      inFile,
      [
        { id: 'a', channel: 'webchat', turns },
        { id: 'b', channel: 'whatsapp', turns: [...turns, 'STOP'] },
        { id: 'c', channel: 'email', turns: ['Hello', 'Asha'] },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    await simulate({ inFile, outFile, now: '2026-03-11T10:00:00+05:30', timezone: 'Asia/Kolkata' });
    const [a, b, c] = readFileSync(outFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    rmSync(folder, { recursive: true });
    const facts = {
      name: 'Asha Rao',
      phone: '+919812300005',
      product: 'RSoft CRM',
      quantity: 20,
      budget: 500000,
      appointment: '2026-03-13 17:00',
      language: 'en',
      wantsHuman: false,
    };
    expect(a.facts).toEqual({ ...facts, optedOut: false });
    expect(b.facts).toEqual({ ...facts, optedOut: true });
    expect(c.facts.appointment).toBeUndefined();
    expect(a.records).toMatchObject({
      enquiries: [{ verdict: 'new' }],
      leads: [{ name: 'Asha Rao' }],
      appointments: [{ startsAt: '2026-03-13T11:30:00.000Z' }],
    });
    expect(b.records.appointments).toHaveLength(1);
    expect(a.transcript.slice(0, 2)).toEqual([
      { direction: 'in', text: 'Hi' },
      expect.objectContaining({ direction: 'out' }),
    ]);
  });
});
