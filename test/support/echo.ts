import type { Decide } from '../../src/core/turn.ts';

/** A flow that repeats what it hears, counting its turns: `1: hello`. Whatever is lost or repeated shows. */
export const echo: Decide = function* ({ session, events }) {
  const said = events.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []));
  let count = Number(session?.vars.count ?? 0);
  const replies = said.map((text) => ({ content: { kind: 'text' as const, text: `${++count}: ${text}` } }));
  return { session: { flow: 'echo', flowVersion: '1', step: 'echo', vars: { count }, state: {} }, replies };
};
