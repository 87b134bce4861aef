import { Select } from 'antd';
import { Panel } from '../../../shared/page.tsx';
import { type Moment, moments } from './edit.ts';
import type { PartProps } from './pipelines.tsx';

/** What moves a lead by itself, from which stages and where. */
export function Moments({ pipeline, fixed, change }: PartProps) {
  const options = pipeline.stages.map(({ key, label }) => ({ value: key, label }));
  const set = (moment: Moment, rule: { from: string[]; to?: string }) => {
    const { [moment]: _, ...others } = pipeline.on;
    const { to } = rule;
    change({ ...pipeline, on: to ? { ...others, [moment]: { from: rule.from, to } } : others });
  };
  return (
    <Panel id="moments" title="What moves a lead by itself">
      <ul className="moments">
        {moments.map(({ key, label }) => {
          const rule = pipeline.on[key];
          return (
            <li key={key}>
              <strong>{label}</strong>
              <span>
                <Select
                  allowClear
                  disabled={fixed}
                  aria-label={`${label}: moves to`}
                  placeholder="moves nothing"
                  value={rule?.to}
                  options={options}
                  onChange={(to?: string) => set(key, { from: rule?.from ?? [], to })}
                />
                {rule && (
                  <Select
                    mode="multiple"
                    disabled={fixed}
                    aria-label={`${label}: from`}
                    placeholder="from which stages?"
                    value={rule.from}
                    options={options.filter(({ value }) => value !== rule.to)}
                    onChange={(from: string[]) => set(key, { from, to: rule.to })}
                  />
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
