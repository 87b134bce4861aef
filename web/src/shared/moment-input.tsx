/** A date and time in the organisation's zone, as an ISO instant; with the times people mostly want one press away. */
import { Button, Input } from 'antd';
import { dayKey, fromLocalInput, toLocalInput, zoneName } from './time.ts';

type Quick = { label: string; at: () => string };
const inDays = (days: number, time: string) =>
  fromLocalInput(`${dayKey(Date.now() + days * 86_400_000)}T${time}`);
export const quickTimes: Quick[] = [
  {
    label: 'In 1 hour',
    at: () => new Date(Math.ceil((Date.now() + 3_600_000) / 300_000) * 300_000).toISOString(),
  },
  { label: 'Today 5 pm', at: () => inDays(0, '17:00') },
  { label: 'Tomorrow 11 am', at: () => inDays(1, '11:00') },
  { label: 'Tomorrow 4 pm', at: () => inDays(1, '16:00') },
  { label: 'In a week', at: () => inDays(7, '11:00') },
];

type Props = { id?: string; value?: string; onChange?: (iso: string | undefined) => void; quick?: Quick[] };

export function MomentInput({ id, value, onChange, quick = quickTimes }: Props) {
  return (
    <div className="moment-input">
      <Input
        id={id}
        type="datetime-local"
        value={value ? toLocalInput(value) : ''}
        min={toLocalInput(Date.now())}
        onChange={({ target }) => onChange?.(target.value ? fromLocalInput(target.value) : undefined)}
        suffix={<span className="zone">{zoneName()}</span>}
      />
      <div className="quick-times">
        {quick
          .filter(({ at }) => Date.parse(at()) > Date.now())
          .map(({ label, at }) => (
            <Button key={label} size="small" onClick={() => onChange?.(at())}>
              {label}
            </Button>
          ))}
      </div>
    </div>
  );
}
