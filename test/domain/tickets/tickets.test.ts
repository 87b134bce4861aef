import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditModel } from '../../../src/core/audit.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import {
  addToTicket,
  assignTicket,
  closeTicket,
  getTicket,
  listTickets,
  moveTicket,
  noteOnTicket,
  openTicket,
  reopenTicket,
  replyOnTicket,
  resolveTicket,
  setTicketPriority,
  ticketViews,
} from '../../../src/domain/tickets/contract.ts';
import { TicketModel } from '../../../src/domain/tickets/model.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

const phone = (value: string) => [{ scheme: 'phone' as const, value }];

describe('a ticket', () => {
  let crm: Sales;
  let meera: Person;
  let priya: Person;
  beforeEach(async () => {
    // A Wednesday, 10:30 in Kolkata.
    crm = await sales({ now: '2026-03-11T05:00:00Z' });
    meera = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller', { managerId: meera.id });
    meera = await crm.again(meera);
  });
  afterEach(() => crm.dispose());

  const open = async (more: object = {}, who: Parameters<typeof crm.bus.command>[2] = meera) => {
    const made = await crm.bus.command(
      openTicket,
      {
        description: 'The printer is broken. It beeps all day.',
        phone: '98450 12345',
        name: 'Ravi',
        ...more,
      },
      who,
    );
    await crm.settle();
    return made;
  };

  it('gets an ID by the organisation’s pattern, counted up without a gap [M120]', async () => {
    const numbers = [];
    for (const description of ['first', 'second', 'third'])
      numbers.push((await open({ description, phone: `9845012${numbers.length}45` })).number);
    expect(numbers).toEqual(['T-2026-00001', 'T-2026-00002', 'T-2026-00003']);
  });

  it('leaves no gap behind an opening that failed', async () => {
    await open();
    await expect(open({ assigneeId: 'nobody-we-know', phone: '9845099999' })).rejects.toMatchObject({
      code: 'user.cannot_assign_to',
    });
    expect((await open({ phone: '9845088888' })).number).toBe('T-2026-00002');
  });

  it('leaves no gap behind a turn that was cut off after it had the ID [B2]', async () => {
    await open();
    const cut = crm.bus.unitOfWork(asSystem, async (ctx) => {
      const { number } = await ctx.run(openTicket, { description: 'Cut off', phone: '9845077777' });
      expect(number).toBe('T-2026-00002');
      throw new Error('the process died here');
    });
    await expect(cut).rejects.toThrow('the process died here');
    expect((await crm.bus.query(listTickets, {}, meera)).total).toBe(1);
    expect((await open({ phone: '9845088888' })).number).toBe('T-2026-00002');
  });

  it('has an ID of its own when many are opened at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        crm.bus.command(openTicket, { description: `Fault ${i}`, phone: `984500000${i}` }, meera),
      ),
    );
    expect(made.map(({ number }) => number).sort()).toEqual(
      Array.from({ length: 8 }, (_, i) => `T-2026-0000${i + 1}`),
    );
  });

  it('counts anew each year, by the organisation’s zone', async () => {
    await open();
    // 2027 has begun in Kolkata, not yet in Greenwich.
    crm.clock.set(new Date('2026-12-31T19:00:00Z'));
    expect((await open({ phone: '9845088888' })).number).toBe('T-2027-00001');
  });

  it('follows the pattern that the organisation chose', async () => {
    crm.config.app.tickets.pattern = 'RS/{yy}{mm}/{seq:3}';
    expect((await open()).number).toBe('RS/2603/001');
  });

  it('is told to the customer on the channel they came on [M120]', async () => {
    const conversationId = await crm.conversation('+919845012345', phone('+919845012345'));
    await open({ conversationId });
    const [client] = (await crm.sent()).filter(({ to }) => to === '+919845012345');
    expect(client).toMatchObject({ channel: 'whatsapp', purpose: 'utility' });
    expect(client!.text).toContain('T-2026-00001');
  });

  it('is told once only, when the bot has said it already', async () => {
    const conversationId = await crm.conversation('+919845012345', phone('+919845012345'));
    await open({ conversationId, told: true }, asSystem);
    expect((await crm.sent()).filter(({ to }) => to === '+919845012345')).toEqual([]);
  });

  it('stays one when the complaint is repeated in the same conversation', async () => {
    const conversationId = await crm.conversation('+919845012345', phone('+919845012345'));
    const first = await open({ conversationId }, asSystem);
    const again = await open({ conversationId, description: 'Still broken!!' }, asSystem);
    expect(again).toMatchObject({ number: first.number, added: true });
    const { entries } = await crm.bus.query(getTicket, { ticketId: first.ticketId }, meera);
    expect(entries.map(({ text }) => text)).toContain('Still broken!!');
    const second = await open({ conversationId, description: 'And the scanner', another: true }, asSystem);
    expect(second).toMatchObject({ number: 'T-2026-00002', added: false });
  });

  it('goes to whoever looks after the customer, else to the next in turn', async () => {
    const arjun = await crm.user('Arjun Rao', 'tele-caller');
    const { leadId } = await crm.enquire({ phone: '9845012345', name: 'Ravi' });
    expect(leadId).toBeDefined();
    const known = await open();
    const { items } = await crm.bus.query(listTickets, { assigneeId: known.ticket.assigneeId! }, meera);
    expect(items).toHaveLength(1);
    const others = [await open({ phone: '9845000001' }), await open({ phone: '9845000002' })];
    expect(others.map(({ ticket }) => ticket.assigneeId).sort()).toEqual([arjun.id, priya.id].sort());
  });

  it('sounds urgent and is high; only a colleague makes it urgent [M120]', async () => {
    const { ticketId, priority } = await open({ urgency: 'high', kind: 'complaint' });
    expect(priority).toBe('high');
    const { ticket } = await crm.bus.command(setTicketPriority, { ticketId, priority: 'urgent' }, meera);
    expect(ticket.priorityLabel).toBe('Urgent');
  });

  it('is due after the business hours of its priority [M125]', async () => {
    // Normal: 27 business hours; 9 a day from 09:30 to 18:30, Sunday off. 8 h are left on Wednesday.
    const { ticket, ticketId } = await open();
    expect(ticket.dueAt).toBe('2026-03-14T05:00:00.000Z');
    const urgent = await crm.bus.command(setTicketPriority, { ticketId, priority: 'urgent' }, meera);
    expect(urgent.ticket.dueAt).toBe('2026-03-11T09:00:00.000Z');
  });

  it('stops its clock while it waits for the customer, and goes on with the time that was left', async () => {
    const { ticketId } = await open({ priority: 'urgent' });
    crm.clock.set(new Date('2026-03-11T06:00:00Z'));
    const waits = await crm.bus.command(moveTicket, { ticketId, status: 'waiting' }, meera);
    expect(waits.ticket.dueAt).toBeUndefined();
    crm.clock.set(new Date('2026-03-12T06:00:00Z'));
    await crm.bus.command(addToTicket, { ticketId, text: 'Serial number 4711' }, asSystem);
    const ticket = await crm.bus.query(getTicket, { ticketId }, meera);
    // 3 of 4 hours were left.
    expect(ticket).toMatchObject({ status: 'in-progress', dueAt: '2026-03-12T09:00:00.000Z' });
  });

  it('goes only where its status allows', async () => {
    const { ticketId } = await open();
    await expect(crm.bus.command(reopenTicket, { ticketId }, meera)).rejects.toMatchObject({
      code: 'ticket.move_not_allowed',
      message:
        'Ticket T-2026-00001 cannot go from Open to Reopened. Allowed: In progress, Waiting for the customer, Resolved, Closed.',
    });
    await crm.bus.command(resolveTicket, { ticketId, solution: 'Driver replaced' }, meera);
    await expect(
      crm.bus.command(moveTicket, { ticketId, status: 'in-progress' }, meera),
    ).rejects.toMatchObject({ code: 'ticket.move_not_allowed' });
    const again = await crm.bus.command(reopenTicket, { ticketId, reason: 'It beeps again' }, meera);
    expect(again.ticket).toMatchObject({ status: 'reopened', dueAt: expect.any(String) });
    expect((await crm.bus.command(closeTicket, { ticketId }, meera)).ticket.status).toBe('closed');
  });

  it('resolved, its solution is told to the customer where they came from, and to the manager [M123]', async () => {
    const conversationId = await crm.conversation('+919845012345', phone('+919845012345'));
    const { ticketId } = await open({ conversationId, told: true }, asSystem);
    await crm.bus.command(resolveTicket, { ticketId, solution: 'Driver replaced.' }, await crm.again(priya));
    await crm.settle();
    const [client] = (await crm.sent()).filter(({ to }) => to === '+919845012345');
    expect(client!.text).toContain('T-2026-00001 is resolved. Driver replaced.');
  });

  it('is answered on its own channel; the answer starts the work [M120]', async () => {
    const conversationId = await crm.conversation('+919845012345', phone('+919845012345'));
    const { ticketId } = await open({ conversationId, told: true }, asSystem);
    const { sent, ticket } = await crm.bus.command(
      replyOnTicket,
      { ticketId, text: 'Which serial number?', wait: true },
      meera,
    );
    expect(sent).toBe(true);
    expect(ticket.status).toBe('waiting');
    expect((await crm.sent()).at(-1)).toMatchObject({
      to: '+919845012345',
      text: 'T-2026-00001: Which serial number?',
    });
  });

  it('says so when there is no address to answer to', async () => {
    const { ticketId } = await open();
    const { sent } = await crm.bus.command(replyOnTicket, { ticketId, text: 'Hello' }, meera);
    expect(sent).toBe(false);
  });

  it('keeps a log book of everything, and stands on the customer’s timeline [M122] [M1]', async () => {
    const { ticketId, ticket } = await open();
    await crm.bus.command(noteOnTicket, { ticketId, note: 'Spare part ordered' }, meera);
    await crm.bus.command(moveTicket, { ticketId, status: 'in-progress' }, meera);
    const { entries } = await crm.bus.query(getTicket, { ticketId }, meera);
    expect(entries.map(({ kind, by }) => [kind, by])).toEqual([
      ['status', 'Meera Iyer'],
      ['note', 'Meera Iyer'],
      ['opened', 'Meera Iyer'],
    ]);
    const { items } = await crm.bus.query(contactTimeline, { contactId: ticket.contactId }, meera);
    expect(items.find(({ kind }) => kind === 'ticket')!.title).toBe('Ticket T-2026-00001: opened');
  });

  it('is audited with its author, and a change of priority can be taken back [M67]', async () => {
    const { ticketId } = await open();
    await crm.bus.command(setTicketPriority, { ticketId, priority: 'low' }, meera);
    await crm.bus.execute('undo', {}, meera);
    expect((await crm.bus.query(getTicket, { ticketId }, meera)).priority).toBe('normal');
    const lines = await AuditModel.find({ 'changes.id': ticketId }).lean();
    expect(lines.every(({ actorId }) => actorId === meera.id)).toBe(true);
    expect(lines.map(({ command }) => command)).toContain('ticket.open');
  });

  it('is found by its ID as people write it', async () => {
    const { ticketId } = await open();
    for (const said of ['T-2026-00001', 't 2026 1', 't202600001', '#T-2026-00001', '1'])
      expect((await crm.bus.query(getTicket, { ticketId: said }, meera)).id).toBe(ticketId);
    await expect(crm.bus.query(getTicket, { ticketId: 'T-2026-00002' }, meera)).rejects.toMatchObject({
      code: 'record.not_found',
    });
  });

  describe('and who may see it [M60]', () => {
    it('is its assignee alone among tele-callers; for others it does not exist', async () => {
      const arjun = await crm.user('Arjun Rao', 'tele-caller');
      const made = await open();
      const [owner, other] = made.ticket.assigneeId === priya.id ? [priya, arjun] : [arjun, priya];
      expect((await crm.bus.query(getTicket, { ticketId: made.ticketId }, owner)).number).toBe(made.number);
      for (const act of [
        () => crm.bus.query(getTicket, { ticketId: made.number }, other),
        () => crm.bus.command(noteOnTicket, { ticketId: made.ticketId, note: 'x' }, other),
        () => crm.bus.command(resolveTicket, { ticketId: made.ticketId, solution: 'x' }, other),
      ])
        await expect(act()).rejects.toMatchObject({ code: 'record.not_found' });
      expect((await crm.bus.query(listTickets, {}, other)).total).toBe(0);
      await expect(
        crm.bus.command(assignTicket, { ticketId: made.ticketId, assigneeId: other.id }, owner),
      ).rejects.toMatchObject({ code: 'auth.forbidden' });
    });

    it('changes when it is given to somebody else', async () => {
      const arjun = await crm.user('Arjun Rao', 'tele-caller');
      const { ticketId, ticket } = await open();
      const to = ticket.assigneeId === priya.id ? arjun : priya;
      await crm.bus.command(assignTicket, { ticketId, assigneeId: to.id }, await crm.again(meera));
      expect((await crm.bus.query(listTickets, { view: 'mine' }, to)).total).toBe(1);
    });
  });

  describe('in lists', () => {
    beforeEach(async () => {
      for (const [i, priority] of (['low', 'urgent', 'normal', 'high'] as const).entries()) {
        await open({
          priority,
          phone: `984500000${i}`,
          name: `Customer ${i}`,
          description: `Fault number ${i}`,
        });
        crm.clock.set(new Date(crm.clock.now().getTime() + 60_000));
      }
    });

    it('comes by priority, page by page, none twice and none left out', async () => {
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await crm.bus.query(
          listTickets,
          { view: 'open', limit: 1, ...(cursor && { cursor }) },
          meera,
        );
        expect(page.total).toBe(4);
        seen.push(...page.items.map(({ priority }) => priority));
        cursor = page.nextCursor;
        if (!cursor) break;
      }
      expect(seen).toEqual(['urgent', 'high', 'normal', 'low']);
    });

    it('is found by name, number and words of the subject', async () => {
      const numbers = async (search: string) =>
        (await crm.bus.query(listTickets, { search }, meera)).items.map(({ number }) => number);
      expect(await numbers('customer')).toHaveLength(4);
      expect(await numbers('T-2026-00002')).toEqual(['T-2026-00002']);
      expect(await numbers('98450 00003')).toEqual(['T-2026-00004']);
      expect(await numbers('nothing like it')).toEqual([]);
    });

    it('is counted by view; overdue ones are late and not waiting', async () => {
      const count = async (view: string) =>
        (await crm.bus.query(ticketViews, {}, meera)).items.find((item) => item.view === view)!.count;
      expect([await count('open'), await count('overdue')]).toEqual([4, 0]);
      crm.clock.set(new Date('2026-03-11T12:00:00Z'));
      expect(await count('overdue')).toBe(1);
      const [urgent] = (await crm.bus.query(listTickets, { view: 'overdue' }, meera)).items;
      expect(urgent).toMatchObject({ priority: 'urgent', overdue: true });
      await crm.bus.command(moveTicket, { ticketId: urgent!.id, status: 'waiting' }, meera);
      expect([await count('overdue'), await count('waiting')]).toEqual([0, 1]);
    });
  });

  it('never shares its ID with another, whatever wrote it', async () => {
    const { ticketId } = await open();
    const ticket = (await TicketModel.findById(ticketId).lean())!;
    await expect(TicketModel.create([{ ...ticket, _id: 'other' }])).rejects.toMatchObject({ code: 11000 });
  });
});
