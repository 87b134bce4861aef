/** The whole flow in a line: who came, what became of them, what it brought. */
import type { Funnel } from './types.ts';
import { money } from './words.ts';

export function Totals({ funnel }: { funnel: Funnel | undefined }) {
  if (!funnel) return <div className="flow-totals panel" aria-busy="true" />;
  const { conversations, total, currency, cut, variants } = funnel;
  if (!conversations)
    return (
      <p className="panel flow-none">
        <strong>No conversations in this time.</strong> Each step shows its numbers as soon as people come
        through: choose a longer time, or try the flow out yourself.
      </p>
    );
  const figures: [string, string, string?][] = [
    ['Conversations', conversations.toLocaleString('en-IN'), cut ? 'the newest of more' : undefined],
    ['Left', count(total.left, conversations)],
    ['Handed over', count(total.handedOver, conversations)],
    ['Became leads', count(total.leads, conversations)],
    ['Won', count(total.won, conversations)],
    ['Won value', money(total.wonValue, currency)],
    ['Open value', money(total.openValue, currency)],
  ];
  return (
    <>
      <dl className="flow-totals panel" aria-label="Conversations">
        {figures.map(([label, value, more]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value} {more && <small>{more}</small>}
            </dd>
          </div>
        ))}
      </dl>
      {variants.length > 0 && (
        <table className="records flow-variants" aria-label="A/B ways">
          <thead>
            <tr>
              {['Step', 'Way', 'Conversations', 'Booked', 'Won', 'Won value'].map((title) => (
                <th key={title}>{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {variants.map((variant) => (
              <tr key={`${variant.step} ${variant.name}`}>
                <td data-title="Step">{variant.step}</td>
                <td data-title="Way">{variant.name}</td>
                <td data-title="Conversations">{variant.conversations}</td>
                <td data-title="Booked">{count(variant.booked, variant.conversations)}</td>
                <td data-title="Won">{count(variant.won, variant.conversations)}</td>
                <td data-title="Won value">{money(variant.wonValue, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const count = (some: number, all: number): string =>
  all ? `${some.toLocaleString('en-IN')} (${Math.round((some / all) * 100)} %)` : String(some);
