import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Nothing } from '../../../shared/nothing.tsx';
import { Panel } from '../../../shared/page.tsx';
import type { PartProps } from './assignment.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { type Rule, toWords, whenWords } from './words.ts';

/** The first rule that fits and has somebody free takes the lead: their order counts. */
export function RuleList({ settings: { rules }, change, fixed, names }: PartProps) {
  const [at, setAt] = useState<number>();
  const move = (from: number, to: number) => {
    const rest = rules.toSpliced(from, 1);
    change({ rules: rest.toSpliced(to, 0, rules[from]!) });
  };
  const keep = (rule: Rule) => {
    change({ rules: at === rules.length ? [...rules, rule] : rules.with(at!, rule) });
    setAt(undefined);
  };
  return (
    <Panel
      id="rules"
      title="Rules"
      count={rules.length}
      actions={
        !fixed && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAt(rules.length)}>
            Add a rule
          </Button>
        )
      }
    >
      {rules.length ? (
        <ol className="rules" aria-labelledby="rules">
          {rules.map((rule, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its place.
            <li key={place}>
              <span className="rule-place">{place + 1}</span>
              <div className="rule-words">
                <strong>{rule.label}</strong>
                <span>{whenWords(rule)}</span>
                <span className="rule-to">→ {toWords(rule, names)}</span>
              </div>
              {!fixed && (
                <div className="rule-acts">
                  <Button
                    size="small"
                    type="text"
                    icon={<ArrowUpOutlined />}
                    aria-label={`${rule.label} earlier`}
                    disabled={!place}
                    onClick={() => move(place, place - 1)}
                  />
                  <Button
                    size="small"
                    type="text"
                    icon={<ArrowDownOutlined />}
                    aria-label={`${rule.label} later`}
                    disabled={place === rules.length - 1}
                    onClick={() => move(place, place + 1)}
                  />
                  <Button size="small" onClick={() => setAt(place)}>
                    Edit
                  </Button>
                  <Button
                    size="small"
                    type="text"
                    danger
                    icon={<DeleteOutlined />}
                    aria-label={`Remove ${rule.label}`}
                    onClick={() => change({ rules: rules.toSpliced(place, 1) })}
                  />
                </div>
              )}
            </li>
          ))}
        </ol>
      ) : (
        <Nothing
          title="No rules"
          hint="Leads go in turn. A rule gives those of one source, area, product or campaign to certain people first."
        />
      )}
      <RuleDialog
        rule={at === undefined ? undefined : (rules[at] ?? 'new')}
        names={names}
        onKeep={keep}
        onClose={() => setAt(undefined)}
      />
    </Panel>
  );
}
