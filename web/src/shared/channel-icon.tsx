import {
  BellOutlined,
  EditOutlined,
  FacebookFilled,
  FormOutlined,
  GlobalOutlined,
  InstagramOutlined,
  MailOutlined,
  MessageOutlined,
  MobileOutlined,
  PhoneOutlined,
  SendOutlined,
  SlackOutlined,
  WhatsAppOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

const channels: Record<
  string,
  { label: string; Icon: ComponentType<{ 'aria-hidden'?: boolean }>; colour: string }
> = {
  whatsapp: { label: 'WhatsApp', Icon: WhatsAppOutlined, colour: '#1d8a4f' },
  webchat: { label: 'Web chat', Icon: MessageOutlined, colour: '#0b6b57' },
  email: { label: 'E-mail', Icon: MailOutlined, colour: '#2f5d86' },
  facebook: { label: 'Facebook', Icon: FacebookFilled, colour: '#2f5dab' },
  instagram: { label: 'Instagram', Icon: InstagramOutlined, colour: '#a33a77' },
  sms: { label: 'SMS', Icon: MobileOutlined, colour: '#6a5b2f' },
  telegram: { label: 'Telegram', Icon: SendOutlined, colour: '#1f7bab' },
  slack: { label: 'Slack', Icon: SlackOutlined, colour: '#5a2d66' },
  push: { label: 'Browser', Icon: BellOutlined, colour: '#8a5a1d' },
  phone: { label: 'Telephone', Icon: PhoneOutlined, colour: '#5d6b66' },
  telephony: { label: 'Telephone', Icon: PhoneOutlined, colour: '#5d6b66' },
  website: { label: 'Website', Icon: GlobalOutlined, colour: '#0b6b57' },
  webform: { label: 'Website form', Icon: FormOutlined, colour: '#0b6b57' },
  leads: { label: 'Lead form', Icon: FormOutlined, colour: '#0b6b57' },
  manual: { label: 'Manual entry', Icon: EditOutlined, colour: '#5d6b66' },
};

export const channelLabel = (channel: string) => channels[channel]?.label ?? channel;

export function ChannelIcon({ channel, withLabel }: { channel: string; withLabel?: boolean }) {
  const { label, Icon, colour } = channels[channel] ?? {
    label: channel,
    Icon: MessageOutlined,
    colour: '#5d6b66',
  };
  return (
    <span className="channel" title={label} style={{ color: colour }} role="img" aria-label={label}>
      <Icon aria-hidden />
      {withLabel && <span className="channel-label">{label}</span>}
    </span>
  );
}
