/** The kernel on a real store: timers, events and rights, each with the crash or the race that it must survive. */

import { subject } from '@casl/ability';
import fc from 'fast-check';
import { AuditModel, RequestModel } from '../../src/core/audit.ts';
import { EventModel } from '../../src/core/events.ts';
import { holdLease } from '../../src/core/lease.ts';
import { abilityFor, type Roles, scopes } from '../../src/core/rights.ts';
import { cancelTimers, setTimer, TimerModel } from '../../src/core/timers.ts';
import { addNote } from '../../src/domain/activities/contract.ts';
import { ConversationModel } from '../../src/domain/conversations/model/conversation.ts';
import { createLead, getLead, listLeads } from '../../src/domain/leads/contract.ts';
import { createUser, undoLast, updateUser } from '../../src/domain/staff/contract.ts';
import { UserModel } from '../../src/domain/staff/model.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';

describe('the kernel', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
    await app.start();
  });
  afterAll(() => app.dispose());

  describe('timers', () => {
    const at = (iso: string) => new Date(iso);
    const hire = (email: string) => ({
      command: createUser.name,
      input: { email, name: 'By Timer', role: 'manager' },
    });
    const hired = (email: string) => UserModel.countDocuments({ email });

    it('run a command at their time and not before, once [M34] [M48]', async () => {
      await setTimer({ key: 't:once', dueAt: at('2026-03-11T06:00:00Z'), ...hire('once@example.com') });
      app.clock.set('2026-03-11T05:59:59Z');
      await app.idle();
      expect(await hired('once@example.com')).toBe(0);
      app.clock.set('2026-03-11T06:00:00Z');
      await Promise.all([app.idle(), app.idle()]);
      expect(await hired('once@example.com')).toBe(1);
      expect(await TimerModel.countDocuments({ _id: 't:once' })).toBe(0);
    });

    it('move when set again, and are gone when cancelled', async () => {
      await setTimer({ key: 't:move', dueAt: at('2026-03-11T06:10:00Z'), ...hire('move@example.com') });
      await setTimer({ key: 't:move', dueAt: at('2026-03-11T07:00:00Z'), ...hire('move@example.com') });
      await setTimer({ key: 't:gone:1', dueAt: at('2026-03-11T06:10:00Z'), ...hire('gone@example.com') });
      await cancelTimers('t:gone:');
      app.clock.set('2026-03-11T06:30:00Z');
      await app.idle();
      expect([await hired('move@example.com'), await hired('gone@example.com')]).toEqual([0, 0]);
      app.clock.set('2026-03-11T07:00:00Z');
      await app.idle();
      expect(await hired('move@example.com')).toBe(1);
    });

    it('that are refused stay, with the reason, and do not hold up others', async () => {
      const bad = { command: updateUser.name, input: { id: 'nobody', active: false } };
      await setTimer({ key: 't:bad', dueAt: at('2026-03-11T07:10:00Z'), ...bad });
      await setTimer({ key: 't:good', dueAt: at('2026-03-11T07:10:00Z'), ...hire('good@example.com') });
      app.clock.set('2026-03-11T07:10:00Z');
      await app.idle();
      expect(await hired('good@example.com')).toBe(1);
      expect(await TimerModel.findById('t:bad').lean()).toMatchObject({
        failures: 1,
        error: 'No user nobody that you may see.',
      });
    });
  });

  it('writes events with what they tell of, or not at all [B2]', async () => {
    const before = await EventModel.countDocuments({ name: 'user.changed' });
    await app.bus
      .unitOfWork(asSystem, async (ctx) => {
        await ctx.perform(createUser.name, { email: 'half@example.com', name: 'Half', role: 'manager' });
        throw new Error('and then the power went');
      })
      .catch(() => {});
    expect(await UserModel.countDocuments({ email: 'half@example.com' })).toBe(0);
    expect(await EventModel.countDocuments({ name: 'user.changed' })).toBe(before);
  });

  it('keeps author, time, surface, before and after of a change, and no password [M67] [M66]', async () => {
    const admin = await app.user('Auditor', 'administrator');
    const { user } = await app.bus.command(
      createUser,
      { email: 'seen@example.com', name: 'Seen', role: 'manager', password: 'never to be read' },
      admin,
    );
    const entry = await AuditModel.findOne({ actorId: admin.id, command: 'user.create' }).lean();
    expect(entry).toMatchObject({
      actorName: 'Auditor',
      surface: 'api',
      at: app.clock.now(),
      changes: [{ kind: 'User', id: user.id, after: { name: 'Seen' } }],
    });
    expect(JSON.stringify(entry)).not.toContain('never to be read');
  });

  it('stores no one-time link with the answer that it keeps for a repeated click [M66]', async () => {
    const input = { email: 'link@example.com', name: 'Link', role: 'manager' };
    const { setPasswordToken } = await app.bus.command(createUser, input, {
      ...asSystem,
      idempotencyKey: 'click',
    });
    const kept = JSON.stringify(await RequestModel.find().lean());
    expect(kept).toContain('link@example.com');
    expect(kept).not.toContain(setPasswordToken);
  });

  it('undoes one’s own last change, and only that [M67]', async () => {
    const [admin, other] = [
      await app.user('Undoer', 'administrator'),
      await app.user('Bystander', 'administrator'),
    ];
    const { user } = await app.bus.command(
      createUser,
      { email: 'role@example.com', name: 'Role', role: 'manager' },
      other,
    );
    await app.bus.command(updateUser, { id: user.id, role: 'tele-caller' }, admin);
    await app.bus.command(undoLast, {}, admin);
    expect((await UserModel.findById(user.id).lean())!.role).toBe('manager');
    await expect(app.bus.command(undoLast, {}, admin)).rejects.toMatchObject({ code: 'undo.nothing' });
  });

  it('never leaves nobody who can administer', async () => {
    const admins = await UserModel.find({ role: 'administrator', active: true }).lean();
    for (const { _id } of admins.slice(1))
      await app.bus.command(updateUser, { id: _id, active: false }, asSystem);
    await expect(
      app.bus.command(updateUser, { id: admins[0]!._id, role: 'manager' }, asSystem),
    ).rejects.toMatchObject({ code: 'user.last_administrator' });
  });

  it('gives a name to one holder at a time, each with a higher token', async () => {
    const first = await holdLease('mailbox', 'a', app.clock);
    const waiting = new AbortController();
    const second = holdLease('mailbox', 'b', app.clock, waiting.signal);
    waiting.abort();
    await expect(second).rejects.toThrow();
    await first.release();
    const third = await holdLease('mailbox', 'c', app.clock);
    expect(third.token).toBeGreaterThan(first.token);
    await third.release();
  });

  it('turns rights into the query: what may be found is what may be read, for any role [M60] [M61] [M62]', async () => {
    const people = ['p1', 'p2', 'p3', 'p4'];
    const teams = ['t1', 't2'];
    const records = Array.from({ length: 60 }, (_, n) => ({
      _id: `r${n}`,
      channel: 'rights',
      account: 'x',
      thread: `r${n}`,
      lastMessageAt: new Date(0),
      teamIds: teams.filter((_team, index) => (n >> index) & 1),
      ...(n % 5 && { assigneeId: people[n % 4] }),
    }));
    await ConversationModel.insertMany(records);
    const grant = fc.option(fc.constantFrom(...scopes), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        grant,
        grant,
        fc.subarray(teams),
        fc.subarray(people.slice(1)),
        async (own, any, teamIds, subordinateIds) => {
          const grants = { ...(own && { Conversation: { read: own } }), ...(any && { '*': { '*': any } }) };
          const roles: Roles = { role: { label: 'Role', assignsTo: [], grants } };
          const actor = { kind: 'user' as const, id: 'p1', name: 'P', role: 'role', teamIds, subordinateIds };
          Object.assign(app.config.roles, roles);
          const found = await ConversationModel.find(
            { $and: [{ channel: 'rights' }, app.bus.scope(actor, 'read', 'Conversation')] },
            { _id: 1 },
          ).lean();
          const ability = abilityFor(actor, roles);
          const readable = records.filter((record) =>
            ability.can('read', subject('Conversation', { ...record }) as never),
          );
          expect(found.map(({ _id }) => _id).sort()).toEqual(readable.map(({ _id }) => _id).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows no tele-caller another’s lead: by id, list, search, count, note [M61]', async () => {
    const [mine, theirs] = [await app.user('Mala', 'tele-caller'), await app.user('Tara', 'tele-caller')];
    const made = await app.bus.command(
      createLead,
      { name: 'Secret Person', phone: '+919845012345', source: 'Referral' },
      mine,
    );
    await app.idle();
    expect((await app.bus.query(listLeads, {}, mine)).total).toBe(1);
    expect(await app.bus.query(listLeads, { search: 'secret' }, theirs)).toMatchObject({
      items: [],
      total: 0,
    });
    await expect(app.bus.query(getLead, { leadId: made.lead!.id }, theirs)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    await expect(
      app.bus.command(addNote, { leadId: made.lead!.id, note: 'peek' }, theirs),
    ).rejects.toMatchObject({ code: 'record.not_found' });
  });
});
