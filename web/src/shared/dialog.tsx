import { Drawer, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useNarrow } from './use-narrow.ts';

/** A dialogue on a wide screen, a sheet from below on a phone. Its content is made anew each time it opens. */
export function Dialog({
  open,
  title,
  onClose,
  children,
  width = 460,
}: {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  width?: number;
}) {
  const narrow = useNarrow();
  if (narrow)
    return (
      <Drawer
        open={open}
        title={title}
        onClose={onClose}
        placement="bottom"
        height="auto"
        destroyOnHidden
        className="sheet"
      >
        {children}
      </Drawer>
    );
  return (
    <Modal open={open} title={title} onCancel={onClose} footer={null} width={width} destroyOnHidden>
      {children}
    </Modal>
  );
}
