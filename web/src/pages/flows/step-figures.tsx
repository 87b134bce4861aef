/** What happens at a step, in a line: only what there is. */
import type { StepCount } from './types.ts';
import { duration, money } from './words.ts';

export function StepFigures({ count, currency }: { count: StepCount | undefined; currency: string }) {
  if (!count?.entered) return null;
  const { entered, left, reasked, handedOver, medianSeconds, wonValue } = count;
  return (
    <span className="step-figures">
      <b title="Conversations that came here">{entered}</b>
      {left > 0 && (
        <span className="left" title="Left here">
          {left} left
        </span>
      )}
      {reasked > 0 && <span title="Asked again">{reasked}× again</span>}
      {handedOver > 0 && <span title="Handed over to a person">{handedOver} to a person</span>}
      {medianSeconds !== undefined && <span title="Median time here">{duration(medianSeconds)}</span>}
      {wonValue > 0 && (
        <span className="won" title="Won value of who came here">
          {money(wonValue, currency, true)}
        </span>
      )}
    </span>
  );
}

/** 0 nobody leaves here … 3 more than a quarter does. */
export function heat({ entered, left }: StepCount): 0 | 1 | 2 | 3 {
  const share = entered ? left / entered : 0;
  return share > 0.25 ? 3 : share > 0.1 ? 2 : share > 0 ? 1 : 0;
}
