/** What a story expects of the turn just played. */
import type { Texts } from '../definition.ts';
import type { Player } from './player.ts';
import type { StoryStep } from './story.ts';

export function verify(
  texts: Record<string, Texts>,
  step: StoryStep,
  player: Player,
  complain: (what: string) => void,
): void {
  const all = player.said().join('\n');
  if ('expect' in step)
    for (const wanted of step.expect) if (!wasSaid(texts, wanted, all)) complain(`expected "${wanted}"`);
  if ('not' in step)
    for (const unwanted of step.not)
      if (wasSaid(texts, unwanted, all)) complain(`did not expect "${unwanted}"`);
  if ('buttons' in step && player.buttons().join(' | ') !== step.buttons.join(' | '))
    complain(
      `expected the buttons ${step.buttons.join(' | ')}, got ${player.buttons().join(' | ') || 'none'}`,
    );
  if ('nothing' in step && player.said().length) complain('expected nothing to be said');
  if ('mode' in step && player.mode() !== step.mode)
    complain(`expected mode ${step.mode}, is ${player.mode()}`);
  if (
    'record' in step &&
    !player.turnCalls().some((call) => call.command === step.record && includes(call.input, step.with ?? {}))
  ) {
    complain(
      `expected ${step.record} with ${JSON.stringify(step.with ?? {})}, ran ${JSON.stringify(player.turnCalls())}`,
    );
  }
  if ('called' in step) {
    for (const [command, times] of Object.entries(step.called)) {
      const count = player.calls().filter((call) => call.command === command).length;
      if (count !== times) complain(`expected ${command} ${times} times, ran ${count} times`);
    }
  }
  if ('vars' in step && !('begin' in step) && step.vars && !includes(player.vars(), step.vars))
    complain(`expected ${JSON.stringify(step.vars)}, have ${JSON.stringify(player.vars())}`);
}

/** A text key stands for any of its wordings in any locale, whatever its fields; anything else is taken literally. */
function wasSaid(texts: Record<string, Texts>, wanted: string, said: string): boolean {
  const wordings = Object.values(texts).flatMap((locale) => locale[wanted] ?? []);
  if (!wordings.length) return said.toLowerCase().includes(wanted.toLowerCase());
  return wordings.some((wording) => patternOf(wording).test(said));
}

const patternOf = (wording: string): RegExp =>
  new RegExp(
    wording
      .split(/\{[\w.]+\}/)
      .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]+?'),
  );

/** The keys of what was said, a part each: the one whose wording says most of it, as `{product}: {about}` says little. */
export function saidBy(texts: Record<string, Texts>, said: string): string[] {
  return said.split('\n\n').flatMap((part) => {
    let best: { key: string; literal: number } | undefined;
    for (const locale of Object.values(texts))
      for (const [key, wordings] of Object.entries(locale))
        for (const wording of key === 'repeat' || key.startsWith('label.') ? [] : wordings) {
          const literal = wording.replace(/\{[\w.]+\}/g, '').length;
          if (literal > (best?.literal ?? 2) && new RegExp(`^${patternOf(wording).source}$`, 'u').test(part))
            best = { key, literal };
        }
    return best ? [best.key] : [];
  });
}

/** `null` in what is wanted means: not there. */
function includes(actual: unknown, wanted: unknown): boolean {
  if (wanted === null) return actual === undefined || actual === null;
  if (typeof wanted !== 'object') return actual === wanted;
  return Object.entries(wanted as object).every(([key, value]) =>
    includes((actual as Record<string, unknown> | undefined)?.[key], value),
  );
}
