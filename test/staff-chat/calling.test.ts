import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCalls, reportCall } from '../../src/domain/activities/contract.ts';
import { asSystem } from '../support/app.ts';
import { asha, type Office, openOffice } from './office.ts';

describe('a tele-caller’s calls in Slack', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
    await office.link(asha, office.caller);
  }, 60_000);
  afterAll(() => office.close());
  const calls = async (leadId: string) =>
    (await office.app.bus.query(listCalls, { leadId }, office.caller)).items.map(
      ({ outcomeLabel }) => outcomeLabel,
    );

  it('“next” hands out who rang us, with what to say; a button logs the call, “next” goes on [M6] [M30]', async () => {
    const fresh = await office.lead();
    const rang = await office.lead();
    await office.app.bus.command(
      reportCall,
      {
        phoneId: 'main:CA1',
        leadId: rang.id,
        direction: 'in',
        outcome: 'missed',
        calledAt: office.app.clock.now().toISOString(),
      },
      asSystem,
    );
    await office.app.idle();
    expect(await office.crm('missed')).toContain(`#${rang.number} ${rang.name}`);
    const first = await office.crm('next');
    expect(first).toContain('Missed call');
    expect(first).toContain(`#${rang.number} ${rang.name}`);
    expect(first).toContain('You rang us, and we missed your call.');
    await office.press('RNR');
    expect(await calls(rang.id)).toEqual(['RNR', 'Missed']);
    expect(await office.crm('next')).toContain(`#${fresh.number} ${fresh.name}`);
    const after = await office.crm(`skip #${fresh.number} at lunch until two`);
    expect(after).not.toContain(`#${fresh.number} `);
  });

  it('“tell” shows what was understood, with the words; nothing is kept until “Log it” [M6] [B12]', async () => {
    const lead = await office.lead();
    const shown = await office.crm(`tell #${lead.number} spoke to him, wants demo friday 4pm, budget 5 lakh`);
    expect(shown).toContain('Understood, not logged yet.');
    expect(shown).toContain('Fri, 13 Mar 2026, 4:00 PM');
    expect(shown).toContain('“friday 4pm”');
    expect(await calls(lead.id)).toEqual([]);
    expect(await office.press('Log it')).toContain(`Answered logged for #${lead.number}`);
    expect(await calls(lead.id)).toEqual(['Answered']);
    expect((await office.read(lead.id)).budget).toBe('INR 5,00,000');
  });

  it('“tell” asks for what is missing rather than guess', async () => {
    const lead = await office.lead();
    expect(await office.crm(`tell #${lead.number} wants the price list`)).toContain('What came of the call?');
    expect(await office.crm('tell spoke to Zubin')).toContain('No lead of yours is called Zubin.');
    expect(await calls(lead.id)).toEqual([]);
  });

  it('WRONG NUMBER and “switched off” are said as they are [M31]', async () => {
    const lead = await office.lead();
    expect(await office.crm(`call #${lead.number} switched off`)).toContain('NOT REACHABLE logged');
    expect(await office.crm(`call #${lead.number} wrong number a bakery`)).toContain('WRONG NUMBER logged');
    expect(await calls(lead.id)).toEqual(['WRONG NUMBER', 'NOT REACHABLE']);
  });
});
