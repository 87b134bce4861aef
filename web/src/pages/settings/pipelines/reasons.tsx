import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Panel } from '../../../shared/page.tsx';
import { newKey } from './edit.ts';
import type { PartProps } from './pipelines.tsx';

/** Why leads are lost: the sub-status of a lost one. What is removed keeps its name on the leads that have it. */
export function Reasons({ pipeline, fixed, change }: PartProps) {
  const [label, setLabel] = useState('');
  const { lostReasons } = pipeline;
  const offered = lostReasons.filter(({ retired }) => !retired);
  const put = (reasons: typeof lostReasons) => change({ ...pipeline, lostReasons: reasons });
  const add = () => {
    const name = label.trim();
    if (!name) return;
    const back = lostReasons.find((one) => one.retired && one.label.toLowerCase() === name.toLowerCase());
    const keys = lostReasons.map(({ key }) => key);
    if (back) put(lostReasons.map((one) => (one === back ? { key: back.key, label: back.label } : one)));
    else if (!offered.some((one) => one.label.toLowerCase() === name.toLowerCase()))
      put([...lostReasons, { key: newKey(name, keys), label: name }]);
    setLabel('');
  };
  return (
    <Panel id="reasons" title="Why leads are lost" count={offered.length}>
      <ul className="reason-list">
        {offered.map((reason) => (
          <li key={reason.key}>
            <Input
              aria-label={`Reason ${reason.label}`}
              value={reason.label}
              maxLength={80}
              disabled={fixed}
              variant="borderless"
              onChange={({ target }) =>
                put(lostReasons.map((one) => (one === reason ? { ...one, label: target.value } : one)))
              }
            />
            {!fixed && (
              <Button
                size="small"
                type="text"
                danger
                icon={<DeleteOutlined />}
                aria-label={`Remove ${reason.label}`}
                disabled={offered.length === 1}
                onClick={() => put(lostReasons.filter((one) => one !== reason))}
              />
            )}
          </li>
        ))}
      </ul>
      {!fixed && (
        <div className="reason-new">
          <Input
            aria-label="Another reason"
            placeholder="Another reason"
            value={label}
            maxLength={80}
            onChange={({ target }) => setLabel(target.value)}
            onPressEnter={add}
          />
          <Button onClick={add}>Add</Button>
        </div>
      )}
    </Panel>
  );
}
