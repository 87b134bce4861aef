import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { createCatalogue } from '../../src/core/catalogue.ts';
import type { Handler } from '../../src/core/define.ts';
import { modules } from '../../src/domain/index.ts';
import { type Attempt, attemptsOn } from './attempts.ts';
import { type Office, openOffice, secrets } from './office.ts';

const catalogue = createCatalogue(modules(() => catalogue));
const operations = catalogue.handlers.filter(({ operation }) => operation.permission !== 'system');
/** What has no records of customers, and an engine that is not here. */
const isFlow = ({ operation: { name } }: Handler) => name.startsWith('flow.') && name !== 'flow.start';

describe('what belongs to another branch', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  }, 120_000);
  afterAll(() => office.crm.dispose());

  const run = async (handler: Handler, input: object, who: string) => {
    try {
      return { output: await office.crm.bus.execute(handler.operation.name, input, office.people[who]!) };
    } catch (error) {
      return { error: error as Error & { code?: string } };
    }
  };
  const text = (value: unknown) => JSON.stringify(value) ?? '';

  it('can be asked for in every operation of the catalogue: each of these inputs is a valid one', () => {
    const wrong = operations.flatMap((handler) =>
      attemptsOn(handler, office.ids, secrets)
        .map(({ input }) => handler.operation.input.safeParse(input))
        .filter(({ success }) => !success)
        .map(({ error }) => `${handler.operation.name}: ${error?.message.slice(0, 200)}`),
    );
    expect(wrong).toEqual([]);
    expect(operations.length).toBeGreaterThan(70);
  });

  // Nothing else runs meanwhile: as it was after one command it is before the next.
  let kept: Awaited<ReturnType<typeof stored>> | undefined;
  const outsiders = ['south branch manager', 'south team lead', 'tele-caller', 'agent', 'reader', 'nobody'];
  describe.each(outsiders)('is not there for: %s', (who) => {
    it.each(
      operations
        .filter((handler) => !isFlow(handler))
        .map((handler) => [handler.operation.name, handler] as const),
    )(
      '%s [M61]',
      async (_, handler) => {
        const { ids } = office;
        for (const attempt of attemptsOn(handler, ids, secrets)) {
          const isCommand = handler.operation.kind === 'command';
          if (isCommand) kept ??= await stored(office.ids);
          const before = kept;
          const { output, error } = await run(handler, attempt.input, who);
          // Anyone gives a task to anyone: to whom is no secret among those who may.
          if (handler.operation.name !== 'task.people') expect(leaks(attempt, output)).toEqual([]);
          if (error) {
            expect(error.code ?? error.stack).toMatch(/^[a-z]+\.[a-z_]+$/);
            const [strange] = attemptsOn(handler, strangers(ids), secrets).filter(
              ({ input }) => text(input) === text(swapped(attempt.input, ids)),
            );
            const unknown = strange && (await run(handler, strange.input, who));
            // Nobody learns from a refusal whether there is such a record.
            if (unknown?.error) expect(error.code).toBe(unknown.error.code);
            expect(leaks(attempt, error.message)).toEqual([]);
          }
          if (isCommand) {
            kept = await stored(office.ids);
            expect(kept).toEqual(before);
          }
        }
      },
      60_000,
    );
  });

  /** What of the victim's stands in an answer, besides what the asker has said themselves. */
  function leaks({ input, ids }: Attempt, output: unknown): string[] {
    const said = text(output);
    const own = text(input);
    return [
      ...secrets.filter((secret) => said.includes(secret) && !own.includes(secret)),
      ...Object.values(office.ids).filter((id) => said.includes(id) && !ids.includes(id)),
    ];
  }

  const strangers = (ids: Office['ids']) =>
    Object.fromEntries(Object.keys(ids).map((key) => [key, `none-${key === 'assigneeId' ? 'userId' : key}`]));
  const swapped = (input: object, ids: Office['ids']) =>
    JSON.parse(
      Object.entries(ids).reduce(
        (json, [key, id]) => json.replaceAll(id, `none-${key === 'assigneeId' ? 'userId' : key}`),
        text(input),
      ),
    );

  /** Every document in which one of the victim's ids stands, besides the log of what happened. */
  async function stored(ids: Office['ids']): Promise<Record<string, unknown[]>> {
    const theirs = { _id: { $in: Object.values(ids) } };
    const linked = { $or: [theirs, { contactId: ids.contactId }, { leadId: ids.leadId }] };
    const found = [
      ...['leads', 'contacts', 'enquiries', 'conversations', 'messages', 'timeline', 'users'].map(
        (name) => [mongoose.connection.collection(name), linked] as const,
      ),
      ...['Call', 'FollowUp', 'Note', 'Appointment', 'Ticket', 'Task', 'Reminder'].map(
        (name) => [mongoose.models[name]!.collection, theirs] as const,
      ),
    ].map(async ([collection, wanted]) => [
      collection.collectionName,
      await collection
        .find(wanted as never)
        .sort({ _id: 1 })
        .toArray(),
    ]);
    return Object.fromEntries(await Promise.all(found));
  }

  describe.each(['administrator', 'manager', 'auditor', 'north branch manager', 'north team lead', 'victim'])(
    'is there for: %s',
    (who) => {
      it.each([
        'lead.get',
        'contact.get',
        'contact.timeline',
        'conversation.get',
        'conversation.messages',
        'enquiry.get',
        'ticket.get',
        'lead.list',
        'lead.find',
        'call.list',
        'appointment.list',
        'calendar.range',
      ])('%s', async (name) => {
        const handler = catalogue.handler(name);
        const answers = [];
        for (const { input } of attemptsOn(handler, office.ids, secrets))
          answers.push(text((await run(handler, input, who)).output));
        expect(answers.some((answer) => secrets.some((secret) => answer.includes(secret)))).toBe(true);
      });
    },
  );

  it('is only looked at by an auditor: no record can be changed [M60]', async () => {
    const mine =
      /^(link|undo|notification\.markRead|conversation\.(summarise|draft)|report\.|dashboard\.|calendar\.|user\.setPassword)/;
    for (const handler of operations) {
      const { name, kind, permission } = handler.operation;
      // What is noted as done but only looks, and what concerns oneself.
      const looks =
        permission === 'signed-in' || (typeof permission === 'object' && permission.action === 'read');
      if (kind !== 'command' || looks || mine.test(name)) continue;
      for (const { input } of attemptsOn(handler, office.ids, secrets)) {
        const { error } = await run(handler, input, 'auditor');
        expect([name, error?.code]).toEqual([name, 'auth.forbidden']);
      }
    }
  });

  it('a role with nothing does nothing but what is everybody’s own [M60]', async () => {
    for (const handler of operations) {
      const { name, permission } = handler.operation;
      if (typeof permission === 'string') continue;
      const [attempt] = attemptsOn(handler, office.ids, secrets);
      const { error } = await run(handler, attempt!.input, 'nobody');
      expect([name, error?.code]).toEqual([name, 'auth.forbidden']);
    }
  });
});
