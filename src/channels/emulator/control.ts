/**
 * The control interface over HTTP, for the playground and for other processes: `POST /_control/<provider>/<act>` with
 * `{args: […]}` calls the same function as the TypeScript interface; `GET /_control/state`; `GET /_control/changes`
 * waits for the next change.
 */
import type { EventEmitter } from 'node:events';
import type { Answer, Call, Routes } from './http.ts';
import type { Emulator } from './index.ts';

const telegramActs = [
  'say',
  'press',
  'edit',
  'person',
  'people',
  'messages',
  'seen',
  'shareContact',
  'location',
  'block',
  'taken',
  'pace',
] as const;

/** What may be called from outside, by name. */
const acts = {
  whatsapp: [
    'say',
    'press',
    'location',
    'read',
    'customer',
    'messages',
    'customers',
    'inject',
    'approve',
    'failed',
    'taken',
  ],
  slack: [
    'slash',
    'say',
    'press',
    'pressHome',
    'openHome',
    'shortcut',
    'submit',
    'seen',
    'modal',
    'home',
    'taken',
    'disconnectAll',
    'connections',
  ],
  facebook: [
    'say',
    'press',
    'comment',
    'fillForm',
    'read',
    'person',
    'people',
    'messages',
    'seen',
    'answerInInbox',
    'taken',
  ],
  telegram: telegramActs,
  telegramStaff: telegramActs,
  sms: ['say', 'messages', 'seen', 'phones', 'taken', 'stopElsewhere', 'switchOff'],
  telephone: ['ring', 'press', 'say', 'keepSilent', 'colleague', 'hangUp', 'calls'],
} as const;

export function controlRoutes(emulator: () => Emulator, bus: EventEmitter): Routes {
  return async (call) => {
    if (!call.path.startsWith('/_control/')) return undefined;
    // The playground is served by the product, from another port; no other page may play with these people.
    const origin = emulator().target()?.baseUrl;
    const cors = {
      ...(origin && { 'access-control-allow-origin': new URL(origin).origin }),
      'access-control-allow-headers': 'content-type',
    };
    if (call.method === 'OPTIONS') return { status: 204, headers: cors };
    return { ...(await control(call)), headers: cors };
  };

  async function control({ method, path, body, query }: Call): Promise<Answer> {
    const [part, act] = path.slice('/_control/'.length).split('/');
    const args: unknown[] = Array.isArray(body.args) ? body.args : [];
    try {
      if (method === 'GET' && part === 'state') return { body: snapshot(emulator()) };
      if (method === 'GET' && part === 'changes')
        return { body: { changed: await nextChange(bus, Number(query.get('waitMs') ?? 25_000)) } };
      if (method === 'POST' && part === 'fail')
        return answer(emulator().fail(body.provider, body.fault, body.times));
      if (method === 'POST' && part === 'advance') return answer(await emulator().advance(Number(body.ms)));
      if (method === 'POST' && part === 'target')
        return answer(emulator().setTarget({ baseUrl: String(body.baseUrl) }));
      const allowed: readonly string[] = Object.hasOwn(acts, part ?? '')
        ? acts[part as keyof typeof acts]
        : [];
      if (method !== 'POST' || !act || !allowed.includes(act))
        return { status: 404, body: { error: `no such control: ${method} ${path}` } };
      const provider = emulator()[part as keyof typeof acts] as unknown as Record<
        string,
        (...given: unknown[]) => unknown
      >;
      return answer(await provider[act]!(...args));
    } catch (error) {
      return { status: 409, body: { error: (error as Error).message } };
    }
  }
}

const answer = (result: unknown) => ({ body: { result: result ?? null } });

function snapshot({ whatsapp, slack, facebook, telegram, telegramStaff, sms, telephone }: Emulator) {
  const chats = ({ people, messages }: Emulator['telegram']) =>
    people().map((person) => ({ ...person, messages: messages(person.id) }));
  return {
    whatsapp: whatsapp.customers(),
    slack: slack.users.map((user) => ({
      ...user,
      messages: slack.seen(user.id),
      modal: slack.modal(user.id)?.view,
      home: slack.home(user.id),
    })),
    facebook: facebook.people(),
    telegram: chats(telegram),
    telegramStaff: chats(telegramStaff),
    sms: sms.phones().map((phone) => ({ phone, messages: sms.messages(phone) })),
    calls: telephone.calls(),
    socketConnections: slack.connections(),
  };
}

function nextChange(bus: EventEmitter, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const changed = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      bus.off('change', changed);
      resolve(false);
    }, waitMs);
    timer.unref();
    bus.once('change', changed);
  });
}
