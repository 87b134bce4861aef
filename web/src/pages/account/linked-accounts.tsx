import { App, Button } from 'antd';
import type { User } from '../../api/operations.ts';
import { ChannelIcon, channelLabel } from '../../shared/channel-icon.tsx';
import { useAct } from '../../shared/use-act.ts';

export function LinkedAccounts({ linked }: { linked: User['linked'] }) {
  const { modal } = App.useApp();
  const { act } = useAct('link.remove', 'Unlinked.');
  if (!linked.length) return null;
  const ask = ({ channel, account, thread, name }: User['linked'][number]) =>
    modal.confirm({
      title: `Unlink ${name ?? thread}?`,
      content: `${channelLabel(channel)} can no longer be used to work in your name. You can link it again.`,
      okText: 'Unlink',
      cancelText: 'Keep it',
      okButtonProps: { danger: true },
      onOk: () => act({ channel, account, thread }),
    });
  return (
    <ul className="linked">
      {linked.map((link) => (
        <li key={link.channel + link.account + link.thread}>
          <ChannelIcon channel={link.channel} withLabel />
          <strong>{link.name ?? link.thread}</strong>
          <Button size="small" onClick={() => ask(link)}>
            Unlink
          </Button>
        </li>
      ))}
    </ul>
  );
}
