import type { Output } from '../../api/operations.ts';
import { When } from '../../shared/when.tsx';

type State = Output<'notification.deliveries'>['items'][number]['state'];
const labels: Record<State, string> = {
  held: 'Waits',
  waiting: 'On its way',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  unclear: 'Unclear',
  failed: 'Not delivered',
  dropped: 'Not sent',
};
const bad: State[] = ['failed', 'unclear', 'dropped'];

export function DeliveryState({
  state,
  says,
  until,
}: {
  state: State;
  says?: string | undefined;
  until?: string | undefined;
}) {
  return (
    <span className="delivery-state" data-bad={bad.includes(state)}>
      <strong>{labels[state]}</strong>
      {until && (
        <small>
          until <When at={until} />
        </small>
      )}
      {says && <small>{says}</small>}
    </span>
  );
}
