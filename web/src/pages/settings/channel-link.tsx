/** Linking a phone: the code to scan, live, and where the link stands in words. */
import { Button, Flex, Modal, Popconfirm, QRCode } from 'antd';
import { useState } from 'react';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { channelLabel } from '../../shared/channel-icon.tsx';
import { useAct } from '../../shared/use-act.ts';

type Props = { channel: string; account: string };

export function ChannelLink(place: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Phone
      </Button>
      <Modal
        title={`The phone of ${channelLabel(place.channel)} (${place.account})`}
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        destroyOnHidden
      >
        <Link {...place} />
      </Modal>
    </>
  );
}

/** Phases in which nothing happens until somebody asks for it. */
const resting = new Set(['unlinked', 'taken over', 'logged out', 'banned']);

function Link(place: Props) {
  // Codes change every twenty seconds, and what the phone does is to be seen at once.
  const { data } = useAsk('channel.link', place, { keep: true, everyMs: 1_500 });
  if (!data) return null;
  return (
    <Flex vertical gap="small">
      {data.me && <strong>{data.me}</strong>}
      <p role="status" aria-live="polite" data-phase={data.phase}>
        {data.words}
      </p>
      {data.qr && (
        <figure aria-label="Code to scan with the phone">
          <QRCode value={data.qr} size={264} errorLevel="L" />
        </figure>
      )}
      <Buttons {...place} link={data} />
      <p className="none">
        A linked phone is not WhatsApp’s way for businesses: WhatsApp may block its number for good. Use a
        number that you can do without.
      </p>
    </Flex>
  );
}

function Buttons({ link, ...place }: Props & { link: Output<'channel.link'> }) {
  const pair = useAct('channel.pair');
  const unpair = useAct('channel.unpair');
  const isLinked = link.phase !== 'unlinked' && link.phase !== 'logged out' && link.phase !== 'scan';
  return (
    <Flex gap="small">
      {resting.has(link.phase) && (
        <Button type="primary" loading={pair.busy} onClick={() => void pair.act(place)}>
          {isLinked ? 'Connect again' : 'Link a phone'}
        </Button>
      )}
      {isLinked && (
        <Popconfirm
          title="Unlink the phone?"
          description="Messages no longer come in by it, and its keys are forgotten."
          okText="Unlink"
          onConfirm={() => void unpair.act(place)}
        >
          <Button danger loading={unpair.busy}>
            Unlink
          </Button>
        </Popconfirm>
      )}
    </Flex>
  );
}
