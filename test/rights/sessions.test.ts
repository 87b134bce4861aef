/** Rights are of the moment: what is taken away while somebody works is gone with their next request. */

import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditModel } from '../../src/core/audit.ts';
import { createLead } from '../../src/domain/leads/contract.ts';
import {
  createTeam,
  impersonate,
  recordAccess,
  revertRole,
  saveRole,
  updateUser,
} from '../../src/domain/staff/contract.ts';
import { asha, type Office, openOffice } from '../staff-chat/office.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';

const password = 'long enough, surely';

describe('rights taken away while somebody works', () => {
  let app: TestApp;
  let admin: Awaited<ReturnType<TestApp['user']>>;
  let token: string;
  let userId: string;
  let leadId: string;
  let teamId: string;
  beforeEach(async () => {
    app = await testApp();
    await app.start();
    admin = await app.user('Root', 'administrator');
    teamId = (await app.bus.command(createTeam, { name: 'North' }, asSystem)).id;
    const owner = await app.user('Asha', 'tele-caller', { teamIds: [teamId] });
    userId = (await app.user('Meera', 'manager', { teamIds: [teamId], password })).id;
    const made = await app.bus.command(createLead, { name: 'Customer', phone: '98450 12345' }, owner);
    leadId = made.lead!.id;
    await app.idle();
    const answer = await post('/api/auth/login', { email: 'meera@example.com', password });
    token = answer.json().token;
  }, 60_000);
  afterEach(() => app.dispose());

  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.server.inject({ method: 'POST', url, payload, headers });
  const read = (bearer = token) =>
    post('/api/queries/lead.get', { leadId }, { authorization: `Bearer ${bearer}` });
  const change = (input: object) => app.bus.command(updateUser, { id: userId, ...input }, admin);
  const only = (Lead: object) => ({ label: 'Manager', assignsTo: [], grants: { Lead } }) as never;
  const save = (role: object) => app.bus.command(saveRole, { key: 'manager', ...role } as never, admin);

  it('are gone with the next request after the role was changed for another [M60]', async () => {
    expect((await read()).statusCode).toBe(200);
    await change({ role: 'tele-caller' });
    expect((await read()).statusCode).toBe(404);
  });

  it('end the session of whoever was deactivated [M60]', async () => {
    await change({ active: false });
    expect((await read()).statusCode).toBe(401);
  });

  it('are gone with what the role itself grants, and back with its earlier version [M63]', async () => {
    await save(only({ read: 'own' }));
    expect((await read()).statusCode).toBe(404);
    await save(only({ create: 'own' }));
    expect((await read()).statusCode).toBe(403);
    await app.bus.command(revertRole, { key: 'manager', version: 0 }, admin);
    expect((await read()).statusCode).toBe(200);
  });

  it('go with the team that somebody leaves [M62]', async () => {
    await save(only({ read: 'team' }));
    expect((await read()).statusCode).toBe(200);
    await change({ teamIds: [] });
    expect((await read()).statusCode).toBe(404);
  });

  it('may hang on a field: only leads of these products [M63]', async () => {
    await save({ ...(only({ read: 'all' }) as object), only: { product: ['Parley CRM'] } });
    expect((await read()).statusCode).toBe(404);
    await app.bus.execute('lead.update', { leadId, product: 'Parley CRM' }, asSystem);
    expect((await read()).statusCode).toBe(200);
  });

  it('end an open stream of events [M60]', async () => {
    const address = app.server.server.address() as { port: number };
    const ended = new Promise<void>((resolve, reject) => {
      const request = get(
        {
          port: address.port,
          host: '127.0.0.1',
          path: '/api/events',
          headers: { authorization: `Bearer ${token}` },
        },
        (response) => {
          response.resume();
          response.once('data', () => void change({ active: false }).catch(reject));
          response.on('end', () => resolve());
        },
      );
      request.on('error', reject);
    });
    await ended;
    expect((await read()).statusCode).toBe(401);
  }, 60_000);

  it('are told: who can see a record, and why [M61]', async () => {
    const { items } = await app.bus.query(recordAccess, { kind: 'Lead', recordId: leadId }, admin);
    expect(items.map(({ name, allowed, why }) => [name, allowed, why])).toEqual([
      ['Asha', true, 'It is theirs.'],
      ['Meera', true, 'Manager may read leads of everybody.'],
      ['Root', true, 'Administrator may read leads of everybody.'],
    ]);
    await save(only({ create: 'own' }));
    const after = await app.bus.query(recordAccess, { kind: 'Lead', recordId: leadId }, admin);
    expect(after.items.find(({ name }) => name === 'Meera')).toMatchObject({
      allowed: false,
      why: 'Manager grants no right to read leads.',
    });
  });

  it('are not given by whoever has them not, and the administrator’s stay [M60]', async () => {
    const grants = {
      Setting: { read: 'all', update: 'all' },
      User: { read: 'all', update: 'all' },
      Lead: { read: 'own' },
    };
    await save({ label: 'Manager', assignsTo: [], grants });
    const meera = { ...(await app.user('Second', 'manager')), surface: 'api' as const };
    const refused = { code: 'auth.forbidden' };
    const mine = { ...grants, Lead: { read: 'all' } };
    await expect(
      app.bus.command(
        saveRole,
        { key: 'manager', label: 'Manager', assignsTo: [], grants: mine } as never,
        meera,
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      app.bus.command(updateUser, { id: meera.id, role: 'administrator' }, meera),
    ).rejects.toMatchObject(refused);
    await expect(app.bus.execute('user.passwordLink', { id: admin.id }, meera)).rejects.toMatchObject(
      refused,
    );
    await expect(
      app.bus.command(impersonate, { id: admin.id, reason: 'curious' }, meera),
    ).rejects.toMatchObject(refused);
    await expect(
      app.bus.command(saveRole, { key: 'administrator', label: 'A', assignsTo: [], grants: {} }, admin),
    ).rejects.toMatchObject(refused);
  });

  it('of a colleague serve the support, which is shown and noted under both names [M67]', async () => {
    const { token: helping } = await app.bus.command(
      impersonate,
      { id: userId, reason: 'cannot find it' },
      admin,
    );
    const headers = { authorization: `Bearer ${helping}` };
    expect((await post('/api/queries/user.me', {}, headers)).json()).toMatchObject({
      user: { name: 'Meera' },
      impersonatedBy: 'Root',
    });
    expect((await post('/api/commands/lead.update', { leadId, city: 'Pune' }, headers)).statusCode).toBe(200);
    expect(await AuditModel.findOne({ command: 'lead.update' }).lean()).toMatchObject({
      actorId: userId,
      actorName: 'Meera (Root for them)',
      byId: admin.id,
    });
    expect((await post('/api/commands/link.start', {}, headers)).statusCode).toBe(403);
    app.clock.advance(61 * 60_000);
    expect((await read(helping)).statusCode).toBe(401);
  });
});

describe('rights taken away while somebody talks to the product in Slack', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
    await office.link(asha, office.caller);
  }, 60_000);
  afterEach(() => office.close());

  it('field by field: a hidden phone is on no card, and finds nothing [M60]', async () => {
    const lead = await office.lead();
    const role = {
      key: 'tele-caller',
      label: 'Tele-caller',
      assignsTo: [],
      grants: { Lead: { read: 'own', update: 'own' } },
      fields: { Lead: { phone: 'hidden' } },
    } as const;
    await office.app.bus.command(saveRole, role as never, asSystem);
    const card = await office.crm(`find ${lead.name}`);
    expect(card).toContain(lead.name);
    expect(card).not.toContain(lead.phone);
    expect(await office.crm(`find ${lead.phone}`)).not.toContain(lead.name);
  }, 60_000);

  it('are gone with the next word said [M60]', async () => {
    const lead = await office.lead();
    expect(await office.crm(`find ${lead.name}`)).toContain(lead.phone);
    const role = { key: 'tele-caller', label: 'Tele-caller', assignsTo: [], grants: {} };
    await office.app.bus.command(saveRole, role, asSystem);
    expect(await office.crm(`find ${lead.name}`)).not.toContain(lead.phone);
    await office.app.bus.command(updateUser, { id: office.caller.id, active: false }, asSystem);
    expect(await office.crm(`find ${lead.name}`)).not.toContain(lead.phone);
  }, 60_000);
});
