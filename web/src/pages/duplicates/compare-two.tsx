/** Two leads that somebody knows to be one, by their numbers. */
import { MergeCellsOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { ask } from '../../api/client.ts';
import { Dialog } from '../../shared/dialog.tsx';

type Props = { open: boolean; onOpen: () => void; onClose: () => void };

export function CompareTwo({ open, onOpen, onClose }: Props) {
  return (
    <>
      <Button icon={<MergeCellsOutlined aria-hidden />} onClick={onOpen}>
        Compare two leads
      </Button>
      <Dialog open={open} title="Compare two leads" onClose={onClose}>
        <Numbers />
      </Dialog>
    </>
  );
}

function Numbers() {
  const navigate = useNavigate();
  const [one, setOne] = useState('');
  const [other, setOther] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);

  const go = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    try {
      const [a, b] = [await contactOf(one), await contactOf(other)];
      navigate(`/duplicates/${a}/${b}`);
    } catch (error) {
      setWrong((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <form className="compare-two" onSubmit={go}>
      <label htmlFor="lead-stays">
        <span>Lead that stays</span>
        <Input
          id="lead-stays"
          prefix="#"
          inputMode="numeric"
          value={one}
          onChange={({ target }) => setOne(target.value)}
        />
      </label>
      <label htmlFor="lead-repeats">
        <span>Lead that repeats it</span>
        <Input
          id="lead-repeats"
          prefix="#"
          inputMode="numeric"
          value={other}
          onChange={({ target }) => setOther(target.value)}
        />
      </label>
      {wrong && <Alert type="warning" showIcon message={wrong} />}
      <Button type="primary" htmlType="submit" loading={busy} disabled={!one.trim() || !other.trim()}>
        Compare
      </Button>
    </form>
  );
}

const contactOf = async (number: string): Promise<string> =>
  (await ask('lead.byNumber', { number: Number(number.replace(/\D/g, '')) })).contactId;
