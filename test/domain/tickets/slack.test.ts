/** Tickets worked from Slack: the same commands, the same rights. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getTicket, openTicket } from '../../../src/domain/tickets/contract.ts';
import { asha, meera, type Office, openOffice, ravi } from '../../staff-chat/office.ts';

describe('tickets in Slack [M6] [M120]', () => {
  let office: Office;
  const number = 'T-2026-00001';
  const read = () => office.app.bus.query(getTicket, { ticketId: number }, office.manager);
  beforeAll(async () => {
    office = await openOffice();
    await office.link(asha, office.caller);
    await office.link(ravi, office.second);
    await office.link(meera, office.manager);
    const told = await office.shown(asha, () =>
      office.app.bus.command(
        openTicket,
        {
          description: 'The printer beeps',
          name: 'Customer 1',
          phone: '98450 12341',
          assigneeId: office.caller.id,
        },
        office.manager,
      ),
    );
    expect(told).toContain(number);
  });
  afterAll(() => office?.close());

  it('are listed and shown with their log book', async () => {
    expect(await office.crm('tickets')).toContain(number);
    const card = await office.crm(`ticket ${number}`);
    expect(card).toContain('The printer beeps');
    expect(card).toContain('Open');
  });

  it('are started by a press, and answered by a line', async () => {
    await office.press('Start');
    expect((await read()).status).toBe('in-progress');
    const answer = await office.crm('reply t-2026-1 our technician comes tomorrow at 11');
    expect(answer).toContain('could not be sent');
    expect((await read()).entries[0]!.text).toBe('our technician comes tomorrow at 11');
  });

  it('get a priority and a note', async () => {
    await office.crm(`priority ${number} urgent`);
    await office.crm(`log ${number} spare part ordered`);
    const { priority, entries } = await read();
    expect(priority).toBe('urgent');
    expect(entries[0]).toMatchObject({ kind: 'note', text: 'spare part ordered', by: 'Asha' });
  });

  it('do not exist for those whose they are not', async () => {
    expect(await office.crm(`ticket ${number}`, ravi)).toContain('No ticket');
    expect(await office.crm(`resolve ${number} done`, ravi)).toContain('No ticket');
    expect((await read()).status).toBe('in-progress');
  });

  it('are resolved, and given away by a manager only', async () => {
    await office.crm(`resolve ${number} driver replaced`);
    expect(await read()).toMatchObject({ status: 'resolved', solution: 'driver replaced' });
    expect(await office.crm(`reopen ${number} the fault is back`)).toContain('Reopened');
    await office.crm(`give ${number} @ravi`, asha);
    expect((await read()).assigneeName).toBe('Asha');
    await office.crm(`give ${number} @ravi`, meera);
    expect((await read()).assigneeName).toBe('Ravi');
  });
});
