import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { compose } from '../../../src/channels/email/compose.ts';
import type { Caller } from '../../../src/core/bus.ts';
import type { Outbound } from '../../../src/core/messaging.ts';
import {
  bookAppointment,
  cancelAppointment,
  confirmAppointment,
  listAppointments,
  rescheduleAppointment,
  updateAppointment,
} from '../../../src/domain/appointments/contract.ts';
import {
  calendarFeed,
  invitation,
  invitationLink,
  newCalendarFeed,
  stopCalendarFeed,
} from '../../../src/domain/calendar/contract.ts';
import { invitationMedia } from '../../../src/domain/calendar/media.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { undoLast, updateUser } from '../../../src/domain/staff/contract.ts';
import { giveTask } from '../../../src/domain/tasks/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

/** Long lines of a calendar file go on in the next one behind a space (RFC 5545, 3.1). */
const fields = (ics: string): Record<string, string> =>
  Object.fromEntries(
    ics
      .replace(/\r\n[ \t]/g, '')
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.search(/[;:]/)), line.slice(line.indexOf(':') + 1)]),
  );

describe('participants', () => {
  let app: TestApp;
  let priya: Caller & { id: string };
  let appointmentId: string;
  let number = 0;
  beforeAll(async () => {
    app = await testApp({
      change: (config) =>
        void config.accounts.push({
          id: 'office',
          channel: 'email',
          missing: [],
          settings: { address: 'sales@rsoft.example' },
        } as never),
      env: { PUBLIC_URL: 'https://crm.example.com' },
    });
    await app.start();
    priya = await app.user('Priya', 'tele-caller');
  }, 60_000);
  afterAll(() => app.dispose());
  beforeEach(async () => {
    app.clock.set('2026-03-11T05:00:00Z');
    number++;
    const { lead } = await app.bus.command(
      createLead,
      { name: 'Ravi Kumar', phone: `98450 ${String(12340 + number)}`, email: `ravi${number}@example.com` },
      priya,
    );
    const day = 12 + Math.floor(number / 8);
    const hour = String(9 + (number % 8)).padStart(2, '0');
    ({ appointmentId } = await app.bus.command(
      bookAppointment,
      {
        leadId: lead!.id,
        startsAt: `2026-03-${day}T${hour}:30:00+05:30`,
        minutes: 30,
        agenda: 'Show, then; talk\nand more',
        participants: ['Sita Devi <sita@example.com>', 'Her brother'],
      },
      priya,
    ));
    await app.idle();
    app.sent.length = 0;
  });
  const link = async () => (await app.bus.query(invitationLink, { appointmentId }, asSystem)).url;
  const path = async () => new URL(await link()).pathname;
  const page = async (options: object = {}) => app.server.inject({ url: await path(), ...options });
  const post = async (payload = '') =>
    app.server.inject({
      method: 'POST',
      url: await path(),
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const now = async () =>
    (await app.bus.query(listAppointments, { limit: 100 }, asSystem)).items.find(
      ({ id }) => id === appointmentId,
    )!;
  const ics = async () => fields((await app.bus.query(invitation, { appointmentId }, asSystem)).ics!);
  const mails = async () => {
    await app.idle();
    const found = app.sent.filter(({ channel, content }) => channel === 'email' && content.kind === 'media');
    app.sent.length = 0;
    return found;
  };

  it('get an invitation by mail when it is confirmed, and again when it moves or is cancelled [M86] [M87]', async () => {
    await app.bus.command(confirmAppointment, { appointmentId }, priya);
    expect((await mails()).map(({ to }) => to).sort()).toEqual([
      `ravi${number}@example.com`,
      'sita@example.com',
    ]);
    const first = await ics();
    expect(first).toMatchObject({
      METHOD: 'REQUEST',
      UID: `${appointmentId}@parley`,
      SEQUENCE: '1',
      STATUS: 'CONFIRMED',
    });
    await app.bus.command(
      rescheduleAppointment,
      { appointmentId, startsAt: '2026-03-20T11:00:00+05:30' },
      priya,
    );
    expect(await mails()).toHaveLength(2);
    const moved = await ics();
    // 11:00 in Kolkata is 05:30 UTC.
    expect(moved).toMatchObject({
      UID: first.UID,
      SEQUENCE: '2',
      DTSTART: '20260320T053000Z',
      DTEND: '20260320T060000Z',
    });
    await app.bus.command(cancelAppointment, { appointmentId }, priya);
    expect((await mails()).map(({ content }) => 'subject' in content && content.subject)).toEqual(
      Array(2).fill('Cancelled: Demo with RSoft, Fri, 20 Mar 2026, 11:00 AM'),
    );
    expect(await ics()).toMatchObject({
      METHOD: 'CANCEL',
      UID: first.UID,
      SEQUENCE: '3',
      STATUS: 'CANCELLED',
    });
    await app.bus.command(undoLast, {}, priya);
    expect(await mails()).toHaveLength(2);
    expect(await ics()).toMatchObject({
      METHOD: 'REQUEST',
      UID: first.UID,
      SEQUENCE: '4',
      STATUS: 'CONFIRMED',
    });
  });

  it('who are added get the invitation, and who are taken out an end of it [M86] [M87]', async () => {
    await app.bus.command(confirmAppointment, { appointmentId }, priya);
    await mails();
    const change = { appointmentId, participants: ['Leela <leela@example.com>'], location: 'Room 2' };
    await app.bus.command(updateAppointment, change, priya);
    const sent = await mails();
    expect(
      sent.map(({ to, content }) => [to, 'subject' in content && content.subject?.split(':')[0]]).sort(),
    ).toEqual([
      ['leela@example.com', expect.stringMatching(/^Demo with RSoft/)],
      [`ravi${number}@example.com`, expect.stringMatching(/^Demo with RSoft/)],
      ['sita@example.com', 'Cancelled'],
    ]);
    expect(await ics()).toMatchObject({ METHOD: 'REQUEST', LOCATION: 'Room 2' });
    const off = sent.find(({ to }) => to === 'sita@example.com')!.content as { media: { id: string } };
    const file = await invitationMedia(app.bus, off.media.id);
    expect(fields(String(file!.body))).toMatchObject({
      METHOD: 'CANCEL',
      UID: `${appointmentId}@parley`,
      ATTENDEE: expect.stringContaining('sita@example.com'),
    });
  });

  it('of an appointment that a colleague booked are asked to confirm it or to choose another time [M86]', async () => {
    const { lead } = await app.bus.command(
      createLead,
      { name: 'Gita', phone: `98470 ${String(12340 + number)}`, email: 'gita@example.com' },
      priya,
    );
    const startsAt = '2026-03-27T11:00:00+05:30';
    const booked = await app.bus.command(bookAppointment, { leadId: lead!.id, startsAt }, priya);
    await app.idle();
    const { url } = await app.bus.query(invitationLink, { appointmentId: booked.appointmentId }, asSystem);
    expect(
      app.sent
        .filter(({ to }) => to === 'gita@example.com')
        .map(({ content }) => 'text' in content && content.text),
    ).toEqual([
      `Your Appointment with RSOFT ON Date: Fri, 27 Mar 2026 and Time: 11:00 AM is booked. Confirm it or choose another time: ${url}`,
    ]);
  });

  it('of a meeting of our own get its invitation at once, whoever is named by an address [M86] [M87]', async () => {
    await app.bus.command(
      bookAppointment,
      {
        kind: 'meeting',
        title: 'Targets',
        startsAt: '2026-03-30T19:30:00+05:30',
        participants: ['gita@example.com', 'Anil'],
      },
      priya,
    );
    const sent = await mails();
    expect(sent.map(({ to, content }) => [to, 'subject' in content && content.subject])).toEqual([
      ['gita@example.com', 'Targets, Mon, 30 Mar 2026, 7:30 PM'],
    ]);
  });

  it('of one that was never confirmed get nothing when it is cancelled [M87]', async () => {
    await app.bus.command(cancelAppointment, { appointmentId }, priya);
    expect(await mails()).toEqual([]);
  });

  it('get it as an invitation that their mail program can answer, not only as a file [M87]', async () => {
    await app.bus.command(confirmAppointment, { appointmentId }, priya);
    const [out] = (await mails()) as [Outbound];
    const port = {
      clock: app.clock,
      sign: () => 'x',
      media: { read: (ref: { id?: string }) => invitationMedia(app.bus, ref.id!)! },
    };
    const settings = { name: 'RSoft', address: 'sales@rsoft.example' };
    const { mail } = await compose(out, settings as never, port as never);
    const sent = await createTransport({ streamTransport: true, buffer: true }).sendMail(mail as never);
    const raw = (sent as unknown as { message: Buffer }).message.toString();
    expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
    const read = await simpleParser(raw);
    expect(read.subject).toMatch(/^Demo with RSoft, /);
    expect(read.text).toMatch(/^Thank you for confirming the demo with RSoft ON Date: .* and Time: /);
    const file = read.attachments.find(({ filename }) => filename === 'invite.ics')!;
    const found = fields(file.content.toString());
    expect(found.DESCRIPTION).toContain('Show\\, then\\; talk\\nand more');
    expect(found.ORGANIZER).toBe('mailto:sales@rsoft.example');
    expect(
      file.content
        .toString()
        .replace(/\r\n[ \t]/g, '')
        .match(/^ATTENDEE.*$/gm)
        ?.map((line) => line.split(':').at(-1)),
    ).toEqual(['sita@example.com', `ravi${number}@example.com`]);
  });

  it('confirm by their link without signing in; a look at it changes nothing [M86]', async () => {
    expect((await page()).statusCode).toBe(200);
    expect((await now()).status).toBe('booked');
    const answer = await post();
    expect(answer.statusCode).toBe(303);
    expect((await now()).status).toBe('confirmed');
    const after = await app.server.inject({ url: answer.headers.location as string });
    expect(after.body).toContain('Your appointment is confirmed');
    expect(after.body).not.toContain('>Confirm<');
    await app.idle();
    expect(
      app.sent.some(({ content }) =>
        JSON.stringify(content).includes('Thank you for confirming the demo with RSoft'),
      ),
    ).toBe(true);
  });

  it('choose another time that is free; it is to be confirmed again by us [M86]', async () => {
    const slot = /name="startsAt" value="([^"]+)"/.exec((await page()).body)![1]!;
    expect((await post(`startsAt=${encodeURIComponent(slot)}`)).statusCode).toBe(303);
    expect(await now()).toMatchObject({ status: 'booked', startsAt: slot });
  });

  it('are told when a time is taken, at night, past or nonsense, and nothing changes [M86]', async () => {
    const before = await now();
    const tries = ['2026-03-12T22:00:00Z', '2026-03-01T05:00:00Z', 'tomorrow', "'; drop", '9'.repeat(500)];
    for (const startsAt of tries) {
      const answer = await post(`startsAt=${encodeURIComponent(startsAt)}`);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
    }
    expect(await now()).toEqual(before);
  });

  it('whose link is changed by one letter, cut, or of another kind find nothing [M86]', async () => {
    const good = await link();
    const token = good.split('/').at(-1)!;
    const last = token.at(-1) === 'A' ? 'B' : 'A';
    const { url: feed } = await app.bus.command(newCalendarFeed, {}, priya);
    const feedToken = feed!.split('/').at(-1)!.replace('.ics', '');
    const wrong = [
      token.slice(0, -2) + last + token.at(-1),
      token.slice(0, -1),
      appointmentId,
      `${appointmentId}.`,
      feedToken,
      '%00',
      `${token}.x`,
    ];
    for (const one of wrong) {
      const got = await app.server.inject({ url: `/meet/${one}` });
      expect([one, got.statusCode]).toEqual([one, 404]);
      expect(got.body).not.toContain('Ravi');
      const ics = await app.server.inject({ url: `/meet/${one}/invite.ics` });
      expect(ics.statusCode).toBe(404);
    }
    expect((await app.server.inject({ url: `/feeds/${token}.ics` })).statusCode).toBe(404);
  });

  it('read the page in their language, and what others wrote is only text there', async () => {
    const { lead } = await app.bus.command(
      createLead,
      { name: 'X', phone: `98460 ${String(12340 + number)}` },
      priya,
    );
    const agenda = '<script>alert(1)</script>';
    const booked = await app.bus.command(
      bookAppointment,
      { leadId: lead!.id, startsAt: '2026-03-31T17:30:00+05:30', minutes: 30, agenda },
      priya,
    );
    const { url } = await app.bus.query(invitationLink, { appointmentId: booked.appointmentId }, asSystem);
    const got = await app.server.inject({
      url: new URL(url).pathname,
      headers: { 'accept-language': 'hi-IN,hi;q=0.9' },
    });
    expect(got.body).toContain('पुष्टि करें');
    expect(got.body).not.toContain('<script>');
    expect(got.headers['cache-control']).toBe('private, no-store');
    expect(got.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('cannot change what is over [M86]', async () => {
    await app.bus.command(cancelAppointment, { appointmentId }, priya);
    expect((await page()).body).toContain('cannot be changed any more');
    expect((await post()).statusCode).toBe(409);
    expect((await now()).status).toBe('cancelled');
  });

  describe('a private feed', () => {
    const read = async (url: string) => app.server.inject({ url: new URL(url).pathname });
    const summaries = (body: string) =>
      [...body.replace(/\r\n[ \t]/g, '').matchAll(/^SUMMARY:(.*)$/gm)].map(([, text]) => text);

    it('shows its owner’s calendar to whoever has the address, as a calendar to subscribe to [M87]', async () => {
      await app.bus.command(giveTask, { title: 'Print, fold', dueAt: '2026-03-18T10:00:00+05:30' }, priya);
      const { url } = await app.bus.command(newCalendarFeed, {}, priya);
      expect(url).toMatch(/^https:\/\/crm\.example\.com\/feeds\/[0-9A-Z]{26}\.[\w-]{43}\.ics$/);
      expect((await app.bus.query(calendarFeed, {}, priya)).url).toBe(url);
      const got = await read(url!);
      expect(got.headers['content-type']).toBe('text/calendar; charset=utf-8');
      expect(got.body).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
      expect(got.body).toContain('METHOD:PUBLISH');
      expect(summaries(got.body).some((text) => /^Task: T\d+ Print\\, fold$/.test(text!))).toBe(true);
      expect(summaries(got.body).some((text) => /^Demo: #\d+ Ravi Kumar$/.test(text!))).toBe(true);
    });

    it('ends when a new one is made, when it is stopped, and with its owner [M61] [M87]', async () => {
      const arjun = await app.user('Arjun', 'tele-caller');
      const { url: first } = await app.bus.command(newCalendarFeed, {}, arjun);
      const empty = await read(first!);
      expect([empty.statusCode, summaries(empty.body)]).toEqual([200, []]);
      const { url: second } = await app.bus.command(newCalendarFeed, {}, arjun);
      expect([(await read(first!)).statusCode, (await read(second!)).statusCode]).toEqual([404, 200]);
      await app.bus.command(stopCalendarFeed, {}, arjun);
      expect((await read(second!)).statusCode).toBe(404);
      const { url: third } = await app.bus.command(newCalendarFeed, {}, arjun);
      await app.bus.command(updateUser, { id: arjun.id, active: false }, asSystem);
      expect((await read(third!)).statusCode).toBe(404);
      expect(await app.bus.query(calendarFeed, {}, priya)).not.toMatchObject({ url: third });
    });
  });
});
