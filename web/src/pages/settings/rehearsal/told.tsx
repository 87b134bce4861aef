import { Button } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../api/operations.ts';
import { clock, dayKey, day as dayName } from '../../../shared/time.ts';

type Item = NonNullable<Output<'rehearsal.get'>['rehearsal']>['items'][number];
const step = 100;

/** By day and time, each with its reason. */
export function Told({ items }: { items: Item[] }) {
  const [count, setCount] = useState(step);
  const days = [...Map.groupBy(items.slice(0, count), ({ at }) => dayKey(Date.parse(at)))];
  return (
    <>
      {days.map(([day, some]) => (
        <section key={day} className="told-day">
          <h3>{dayName(some[0]!.at)}</h3>
          <ol>
            {some.map((item, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is told has no id of its own.
              <li key={at}>
                <time dateTime={item.at}>{clock(item.at)}</time>
                <div>
                  <p className="told-to">
                    <strong>{item.to}</strong> <span>{item.channel}</span>
                    {item.rule && <span className="stage-kind">{item.rule}</span>}
                  </p>
                  <p className="told-text">{item.text}</p>
                  <p className="told-why">because: {item.why.replace(/ \([^()]*:[^()]*\)$/, '')}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {items.length > count && (
        <p className="told-more">
          <Button onClick={() => setCount(count + step)}>Show more</Button> {count} of {items.length}
        </p>
      )}
    </>
  );
}
