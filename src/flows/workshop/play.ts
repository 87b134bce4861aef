/** A flow tried out: the turns are played from the beginning each time, and nothing is stored. */
import type { AppConfig } from '../../core/config-schema.ts';
import type { InboundBody } from '../../core/messaging.ts';
import type { Preview, Tried, TryTurn, Written } from '../../domain/flows/contract.ts';
import type { Flow } from '../definition.ts';
import { createFlowEngine } from '../engine.ts';
import type { Nlu } from '../nlu.ts';
import { fakeCommands } from '../stories/commands.ts';
import { createPlayer } from '../stories/player.ts';
import type { WindowOf } from '../turn/talk.ts';
import { flowVersions } from '../versions.ts';

export type Stage = { app: AppConfig; nlu: Nlu; windowOf: WindowOf; preview: PreviewOf };
/** How a text with its choices looks on each channel. */
export type PreviewOf = (text: string, labels: string[]) => Promise<Preview[]>;

export function playOut(
  flow: Flow,
  others: Flow[],
  { channel, turns, now, knowledge }: { channel: string; turns: TryTurn[]; now: Date; knowledge: Written[] },
  { app, nlu, windowOf }: Pick<Stage, 'app' | 'nlu' | 'windowOf'>,
): Tried {
  const { decide } = createFlowEngine({
    flows: flowVersions([flow, ...others.filter(({ name }) => name !== flow.name)]),
    nlu,
    config: { app: { ...app, bot: { ...app.bot, flow: flow.name } } },
    windowOf,
  });
  const commands = fakeCommands(app, {}, { knowledge: { entries: knowledge } });
  const player = createPlayer({ decide, commands, channel, now });
  const lines: Tried['lines'] = [];
  for (const turn of turns) {
    if (!('wait' in turn))
      lines.push({ direction: 'in', text: 'text' in turn ? turn.text : (turn.label ?? turn.press) });
    if ('wait' in turn) lines.push({ direction: 'time', text: turn.wait });
    if ('wait' in turn) player.wait(turn.wait);
    else player.hear([bodyOf(turn)]);
    const said = player.said();
    const choices = player.choices();
    for (const [i, text] of said.entries())
      lines.push({
        direction: 'out',
        text,
        ...(choices.length && i === said.findLastIndex((one) => !one.startsWith('[')) && { choices }),
      });
  }
  const session = player.session();
  return {
    lines,
    flow: session?.flow ?? flow.name,
    step: session?.step ?? flow.start,
    mode: player.mode(),
    vars: session?.vars ?? {},
    calls: commands.calls,
    version: flow.version,
  };
}

const bodyOf = (turn: Exclude<TryTurn, { wait: string }>): InboundBody =>
  'text' in turn
    ? { kind: 'text', text: turn.text }
    : { kind: 'press', value: turn.press, label: turn.label ?? turn.press };
