/** The whole flow in a line: who came, what became of them, what it brought. */
import { Nothing } from '../../shared/nothing.tsx';
import type { Funnel } from './types.ts';
import { money } from './words.ts';

export function Totals({ funnel }: { funnel: Funnel | undefined }) {
  if (!funnel) return <div className="flow-totals panel" aria-busy="true" />;
  const { conversations, total, currency, cut, variants } = funnel;
  if (!conversations)
    return (
      <section className="panel flow-none" aria-label="Conversations">
        <Nothing
          title="No conversations in this time"
          hint="Each step shows its numbers as soon as people come through. Choose a longer time, or try the flow out yourself."
        />
      </section>
    );
  const figures: [string, string, string?][] = [
    ['Conversations', conversations.toLocaleString('en-IN'), cut ? 'the newest of more' : undefined],
    ['Left', count(total.left, conversations)],
    ['Handed over', count(total.handedOver, conversations)],
    ['Became leads', count(total.leads, conversations)],
    ['Won', count(total.won, conversations), money(total.wonValue, currency)],
    ['Still open', money(total.openValue, currency), 'value that was named'],
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
