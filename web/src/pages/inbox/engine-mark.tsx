/** Which engine decided what a message means, where more than one was asked; why, on pointing at it. */
import { BulbOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { Message } from '../../api/operations.ts';

const reasons: Record<string, string> = {
  off: 'the language layer is off',
  'task-off': 'the language layer is not used for this',
  'budget-spent': 'today’s budget is spent',
  'breaker-open': 'its server failed several times and is left alone for a minute',
  timeout: 'its server did not answer in time',
  'rate-limited': 'its server was busy',
  unreachable: 'its server could not be reached',
  refused: 'its server refused the call',
  'not-json': 'its answer could not be read',
  schema: 'its answer could not be read',
  'label-unknown': 'it answered what is not on the list',
  'entity-invented': 'it named something that was not written',
  'text-unsafe': 'it wrote something that was not in the conversation',
  'no-source': 'no article answers it',
  overtaken: 'the customer wrote again, or a colleague answered',
};
export const reasonOf = (reason: string): string => reasons[reason] ?? reason;

export function EngineMark({ decided }: { decided: NonNullable<Message['decided']> }) {
  const words =
    decided.engine === 'llm'
      ? `Understood with the help of ${decided.model ?? 'the language model'}`
      : `Understood by the built-in engine${decided.reason ? `: ${reasonOf(decided.reason)}` : ''}`;
  return (
    <Tooltip title={words}>
      <span className="engine-mark" role="img" data-engine={decided.engine} aria-label={words}>
        <BulbOutlined aria-hidden />
      </span>
    </Tooltip>
  );
}
