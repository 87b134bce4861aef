/** The short word after something was done, with "Undo" for what can be taken back. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { command } from '../api/client.ts';
import type { CommandName, Output } from '../api/operations.ts';
import { invalidate } from '../api/use-ask.ts';

/** Commands whose authors left a way back. `undo` takes back one's newest change: just this one, while the word shows. */
const undoable = new Set<CommandName>([
  'lead.move',
  'lead.assign',
  'lead.update',
  'lead.handOff',
  'call.log',
  'followup.set',
  'note.add',
  'lead.merge',
  'contact.merge',
  'contact.split',
  'duplicate.dismiss',
  'enquiry.overrule',
  'ticket.setPriority',
  'appointment.book',
  'appointment.reschedule',
  'appointment.confirm',
  'appointment.cancel',
  'appointment.complete',
  'task.give',
  'task.finish',
  'task.decline',
  'task.cancel',
  'task.update',
  'task.saveRules',
  'reminder.set',
  'reminder.update',
  'reminder.stop',
  'notification.updateRule',
]);
const silentlyNewest = new Set<CommandName>([
  'conversation.takeOver',
  'conversation.handBack',
  'user.update',
  'user.create',
]);
const seconds = 7;
const key = 'done';

export function useDone() {
  const { message, notification } = App.useApp();
  const client = useQueryClient();

  const undo = async () => {
    message.destroy(key);
    try {
      const { text } = await command('undo', {});
      invalidate(client, 'all');
      void message.success({ key, content: `Undone: ${text}.` });
    } catch (error) {
      notification.error({
        message: 'It could not be undone',
        description: (error as Error).message,
        placement: 'bottomRight',
      });
    }
  };

  return function done<N extends CommandName>(
    name: N,
    words: string | ((output: Output<N>) => string) | undefined,
    output: Output<N>,
  ) {
    // Said nothing, yet now the newest change: an older "Undo" would take back the wrong one.
    if (silentlyNewest.has(name)) message.destroy(key);
    if (!words) return;
    const text = typeof words === 'string' ? words : words(output);
    if (!undoable.has(name)) return void message.success({ key, content: text });
    const content = (
      <>
        {text}{' '}
        <Button type="link" size="small" onClick={undo}>
          Undo
        </Button>
      </>
    );
    void message.success({ key, content, duration: seconds });
  };
}
