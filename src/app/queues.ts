/** The queues of a worker: what waits in the database, and who works it off. */
import type { Accounts } from '../channels/accounts.ts';
import type { Commit } from '../core/bus.ts';
import { createDispatcher } from '../core/dispatcher.ts';
import type { Pump } from '../core/pump.ts';
import { createTimers } from '../core/timers.ts';
import type { Decide } from '../core/turn.ts';
import { handOn } from '../domain/conversations/assistance.ts';
import { callTurn, isCall } from '../domain/conversations/call-turn.ts';
import { filesReceived } from '../domain/conversations/contract.ts';
import { deadLetter } from '../domain/conversations/dead.ts';
import { createLanes, type Lanes } from '../domain/conversations/lanes.ts';
import { OutboxModel } from '../domain/conversations/model/outbox.ts';
import { createOutages } from '../domain/conversations/outages.ts';
import { createOutbox } from '../domain/conversations/outbox.ts';
import type { Sender } from '../domain/conversations/sending.ts';
import { type StaffTurn, staffTurn } from '../domain/conversations/staff-turn.ts';
import { createCustomerTurns } from '../domain/conversations/together.ts';
import { createFileFetcher } from '../domain/files/fetcher.ts';
import { importStarted } from '../domain/imports/contract.ts';
import type { Judge } from '../domain/imports/reading.ts';
import { createImporter } from '../domain/imports/runner.ts';
import { createRecordingFetcher } from '../domain/telephony/fetcher.ts';
import { createLlm, storedLedger } from '../llm/index.ts';
import { createAssistant } from '../llm/questions.ts';
import { createStaffChat } from '../staff-chat/index.ts';
import type { Files } from './files.ts';
import type { Kernel } from './kernel.ts';

export type Queues = {
  lanes: Lanes;
  pumps: Pump[];
  /** After each commit of this process. */
  committed(commit: Commit): void;
};

type Given = {
  decide: Decide;
  judge: Judge | undefined;
  files: Files;
  /** Asked when something is sent: the accounts are opened after the queues. */
  accounts: () => Accounts;
  /** Delivers what no open account does. */
  sender: ((channel: string, account: string) => Sender | undefined) | undefined;
  assisted: boolean;
};

export function createQueues(kernel: Kernel, given: Given): Queues {
  const { bus, catalogue, clock, config, ids, live, log, owner } = kernel;
  const { decide, judge, files, accounts } = given;
  const staff: StaffTurn = createStaffChat({ bus, catalogue, config });
  const customerTurn = createCustomerTurns({ bus, decide, clock, ids });
  const lanes = createLanes({
    clock,
    log,
    handle: async (entries) => {
      if (isCall(entries[0]!)) return callTurn(entries, bus);
      const done =
        entries[0]!.event.audience === 'staff'
          ? await staffTurn(entries[0]!, { bus, staff })
          : await customerTurn(entries);
      assistant?.wake();
      return done;
    },
    onDead: (entry) => deadLetter(entry, bus),
  });
  const dispatcher = createDispatcher({ bus, catalogue, clock, log });
  const outbox = createOutbox({
    clock,
    log,
    sender: (channel, account) => senderOf(accounts(), channel, account) ?? given.sender?.(channel, account),
    onAway: createOutages(bus).note,
    places: () =>
      accounts()
        .all()
        .map(({ channel, id: account }) => ({ channel: channel.name, account })),
  });
  const assistant = given.assisted
    ? createAssistant({
        llm: createLlm({
          settings: config.app.llm,
          // A server of one's own often wants none, and the protocol has no word for that.
          apiKey: () => config.env.LLM_API_KEY ?? 'none',
          clock,
          zone: config.app.organisation.timezone,
          ledger: storedLedger,
        }),
        bus,
        clock,
        log,
        deliver: async (ctx, question, outcome) => {
          await handOn(ctx, question, outcome);
          ctx.afterCommit(() => lanes.wake());
        },
      })
    : undefined;
  const importer = createImporter({ bus, clock, log, owner, ...(judge && { judge }) });
  const mediaOf = (channel: string, account: string) => {
    const media = accounts().get(channel, account)?.account.media;
    if (!media) throw new Error(`the ${channel} account ${account} is not open`);
    return media;
  };
  const recordings = createRecordingFetcher({
    bus,
    clock,
    log,
    vault: files.recordings,
    fetch: async (account, url) => mediaOf('telephony', account)({ type: 'audio', url }),
  });
  const fileFetcher = createFileFetcher({
    bus,
    clock,
    log,
    store: files.store,
    fetch: async (channel, account, ref) => mediaOf(channel, account)(ref),
  });
  live.subscribe(
    ({ name }) => {
      if (name === importStarted.name) importer.wake();
      if (name === filesReceived.name) fileFetcher.wake();
    },
    [importStarted.name, filesReceived.name],
  );
  return {
    lanes,
    pumps: [
      lanes,
      dispatcher,
      createTimers({ bus, catalogue, clock, log }),
      importer,
      outbox,
      recordings,
      fileFetcher,
      ...(assistant ? [assistant] : []),
    ],
    committed({ awaited, written }) {
      if (awaited) dispatcher.wake();
      if (written.has(OutboxModel.collection.collectionName)) outbox.wake();
    },
  };
}

function senderOf(accounts: Accounts, channel: string, account: string): Sender | undefined {
  const open = accounts.get(channel, account);
  return (
    open && {
      capabilities: open.account.capabilities ?? open.channel.capabilities,
      send: (out) => open.account.send(out),
      ...(open.account.reach && { reach: () => open.account.reach!() }),
    }
  );
}
