/** What differs between two versions, before beside after. */
import type { Changes } from './types.ts';
import { localeWord } from './words.ts';

export function ChangeList({ changes }: { changes: Changes }) {
  const { texts, steps, other } = changes;
  if (!texts.length && !steps.length && !other.length) return <p className="none">They are the same.</p>;
  const rows = [
    ...texts.map(({ locale, key, before, after }) => ({
      what: `${key}, ${localeWord(locale)}`,
      before,
      after,
    })),
    ...steps.map(({ id, change, before, after }) => ({
      what: `Step ${id}: ${change}`,
      before: before ? [before] : [],
      after: after ? [after] : [],
    })),
    ...other.map(({ what, before, after }) => ({ what, before: [before], after: [after] })),
  ];
  return (
    <ul className="change-list" aria-label="What differs">
      {rows.map(({ what, before, after }) => (
        <li key={what}>
          <strong>{what}</strong>
          <Wordings words={before.filter((one) => !after.includes(one))} as="del" />
          <Wordings words={after.filter((one) => !before.includes(one))} as="ins" />
          {sameCount(before, after) > 0 && (
            <small className="none">
              {sameCount(before, after) === 1 ? 'One wording' : `${sameCount(before, after)} wordings`}{' '}
              unchanged
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

const sameCount = (before: string[], after: string[]) => before.filter((one) => after.includes(one)).length;

const Wordings = ({ words, as: Mark }: { words: string[]; as: 'del' | 'ins' }) => (
  <>
    {words.map((one) => (
      <Mark key={one}>{one}</Mark>
    ))}
  </>
);
