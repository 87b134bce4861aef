import { Alert, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useAsk } from '../../../api/use-ask.ts';
import { Panel } from '../../../shared/page.tsx';
import { asIs, useChoices } from '../../../shared/use-choices.ts';
import { useSettled } from '../../../shared/use-settled.ts';
import { conditions, type Settings } from './words.ts';

type Facts = Partial<Record<(typeof conditions)[number]['key'], string>>;

/** The very decision that a new lead meets, with what is on the screen, saved or not. Nothing is given to anybody. */
export function TryIt({ settings, changed }: { settings: Settings; changed: boolean }) {
  const { sources, products } = useChoices();
  const [facts, setFacts] = useState<Facts>({ source: 'Website' });
  const asked = useSettled(facts);
  const { version: _, changedBy: __, ...draft } = settings;
  const { data, error } = useAsk(
    'assignment.try',
    { ...asked, ...(changed && { settings: draft }) },
    { keep: true },
  );
  const put = (part: Facts) =>
    setFacts(Object.fromEntries(Object.entries({ ...facts, ...part }).filter(([, value]) => value)));
  const pick = (field: 'source' | 'product', label: string, values: string[]) => (
    <Form.Item label={label} htmlFor={`try-${field}`}>
      <Select
        id={`try-${field}`}
        allowClear
        showSearch
        placeholder="Not known"
        value={facts[field]}
        options={asIs(values)}
        onChange={(value) => put({ [field]: value })}
      />
    </Form.Item>
  );
  const type = (field: keyof Facts, label: string) => (
    <Form.Item key={field} label={label} htmlFor={`try-${field}`}>
      <Input
        id={`try-${field}`}
        placeholder="Not known"
        value={facts[field] ?? ''}
        onChange={({ target }) => put({ [field]: target.value })}
      />
    </Form.Item>
  );
  return (
    <Panel id="try" title="Try it">
      <Form layout="vertical" className="try-facts">
        {pick('source', 'Source', sources)}
        {pick('product', 'Product', products)}
        {type('city', 'Area')}
        {conditions
          .filter(({ key }) => !['source', 'product', 'city'].includes(key))
          .map(({ key, label }) => type(key, label))}
      </Form>
      {error && <Alert type="warning" showIcon message={error.message} className="try-problem" />}
      {data && !error && (
        <div className="try-answer" aria-live="polite">
          <p className="try-who">{data.user?.name ?? 'Nobody'}</p>
          <p>{data.why}</p>
          <ol>
            {data.steps.map(({ label, taken, why, members }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the steps have no names of their own.
              <li key={place} data-taken={taken}>
                <strong>{label}</strong>
                <span>{why}</span>
                {members.some(({ held }) => held) && (
                  <ul>
                    {members.map(({ name, held }) => (
                      <li key={name}>
                        {name}: {held ?? 'free'}
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
    </Panel>
  );
}
