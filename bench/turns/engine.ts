// What the engine itself takes for a turn, understanding included and no database: `node bench/turns/engine.ts`.
// Each turn is taken five times and its best counts, so that a busy machine shows the same. The mark is 1 ms at p95.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/core/config.ts';
import type { Session } from '../../src/core/turn.ts';
import { flowCommands } from '../../src/flows/catalogue.ts';
import { createFlowEngine, flowVersions, loadFlows, nluFor } from '../../src/flows/index.ts';
// @ts-expect-error plain JavaScript, shared with the peers
import { linesFor } from './talk.mjs';

const config = loadConfig({
  PARLEY_DATA: mkdtempSync(join(tmpdir(), 'parley-bench-')),
  PARLEY_SECRET: 'x'.repeat(32),
});
const flows = flowVersions(loadFlows(config.dir, { commands: flowCommands }));
const { decide } = createFlowEngine({ flows, nlu: nluFor(config), config });

// What the commands would have answered.
const answers: Record<string, object> = {
  'enquiry.record': {
    enquiryId: 'e',
    verdict: 'new',
    evidence: [],
    contactId: 'c',
    leadId: 'l',
    leadNumber: 1,
  },
  'appointment.slots': { ok: true, free: true, suggestions: [] },
  'appointment.book': { appointmentId: 'a', status: 'booked' },
};
const now = new Date('2026-03-11T05:00:00Z');
const conversation = {
  id: 'c',
  channel: 'bench',
  account: 'main',
  thread: 't',
  identities: [],
  mode: 'bot' as const,
  optedOut: false,
  startedAt: now,
  meta: {},
};

type Turned = { session: Session | null; ms: number };

function turn(session: Session | null, id: string, text: string): Turned {
  const began = performance.now();
  const event = {
    id,
    channel: 'bench',
    account: 'main',
    audience: 'customer' as const,
    thread: 't',
    from: [],
    at: now,
    body: { kind: 'text' as const, text },
  };
  const deciding = decide({ conversation, session, events: [event], now });
  let step = deciding.next();
  while (!step.done) step = deciding.next(answers[step.value.command] ?? { ok: true });
  return { session: step.value.session, ms: performance.now() - began };
}

const talks = Number(process.env.TALKS ?? 500);
const times: number[] = [];
for (let n = -100; n < talks; n++) {
  let session: Session | null = null;
  for (const [place, line] of (linesFor(Math.abs(n), 1) as string[]).entries()) {
    const before: Session | null = structuredClone(session);
    const tries: Turned[] = Array.from({ length: 5 }, () =>
      turn(structuredClone(before), `${n}-${place}`, line),
    );
    // As it comes back from the database.
    session = structuredClone(tries[0]!.session);
    if (n >= 0) times.push(Math.min(...tries.map(({ ms }) => ms)));
  }
}
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(3);
console.log(
  `engine, ${times.length} turns: p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms  (mark: p95 1 ms)`,
);
