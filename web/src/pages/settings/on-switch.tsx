import { Switch } from 'antd';

type Props = { label: string; isOn: boolean; busy: boolean; onChange: (isOn: boolean) => void };

/** Whether what comes by this way is taken: the switch and, beside it, how it stands. */
export const OnSwitch = ({ label, isOn, busy, onChange }: Props) => (
  <span className="on-switch">
    <Switch aria-label={label} checked={isOn} loading={busy} onChange={onChange} />
    {isOn ? label : 'Off'}
  </span>
);
