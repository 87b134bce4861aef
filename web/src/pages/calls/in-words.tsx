import { Alert, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { callOutcomes } from '../../actions/call-outcomes.ts';
import { ask } from '../../api/client.ts';
import type { Input as Given, Output } from '../../api/operations.ts';
import { CommandForm } from '../../shared/command-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { MomentInput } from '../../shared/moment-input.tsx';
import { VoiceNote } from './voice-note.tsx';

type Read = Output<'call.understand'>;
type Values = Omit<Given<'call.logSaid'>, 'leadId'>;

/** A call told in plain words: read, shown with the words that each field came from, put right, and only then kept. */
export function InWords({ leadId, onLogged }: { leadId: string; onLogged: () => void }) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const [read, setRead] = useState<Read>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const close = () => {
    setOpen(false);
    setRead(undefined);
    setProblem(undefined);
  };
  const understand = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      setRead(await ask('call.understand', { said, leadId }));
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button onClick={() => setOpen(true)}>Tell it in words…</Button>
      <Dialog open={open} onClose={close} title="What came of the call, in your words" width={560}>
        <Input.TextArea
          aria-label="What came of the call"
          rows={3}
          maxLength={2000}
          value={said}
          autoFocus
          placeholder="Spoke to Ravi, wants demo Friday 4pm, budget 5 lakh"
          onChange={({ target }) => {
            setSaid(target.value);
            setRead(undefined);
          }}
        />
        <VoiceNote
          onText={(text) => {
            setSaid((before) => [before.trim(), text].filter(Boolean).join('. '));
            setRead(undefined);
            setProblem(undefined);
          }}
          onProblem={setProblem}
        />
        {problem && <Alert type="error" showIcon message={problem} role="alert" className="form-problem" />}
        {!read && (
          <Button
            type="primary"
            block
            className="form-submit"
            disabled={!said.trim()}
            loading={busy}
            onClick={() => void understand()}
          >
            Read it
          </Button>
        )}
        {read && (
          <Confirm
            key={read.said}
            read={read}
            leadId={leadId}
            onDone={() => {
              close();
              setSaid('');
              onLogged();
            }}
          />
        )}
      </Dialog>
    </>
  );
}

function Confirm({ read, leadId, onDone }: { read: Read; leadId: string; onDone: () => void }) {
  const { input, understood, open } = read;
  const words = (field: string) => {
    const found = understood.find((one) => one.field === field)?.words;
    return found ? `You said: “${found}”` : open.find((one) => one.field === field)?.why;
  };
  return (
    <div className="in-words">
      <p className="in-words-note">This is what was understood. Nothing is kept yet.</p>
      <CommandForm<'call.logSaid', Values>
        command="call.logSaid"
        input={({ at, demoAt, budget, note, outcome }) => ({
          leadId,
          outcome,
          ...(at && { at }),
          ...(demoAt && { demoAt }),
          ...(budget && { budget }),
          ...(note && { note }),
          ...(input.calledAt && { calledAt: input.calledAt }),
        })}
        initial={input as Values}
        submit="Log it"
        done="Call logged."
        touches={['lead', 'contact', 'followup', 'appointment']}
        onDone={onDone}
      >
        <Form.Item
          name="outcome"
          label="Outcome"
          extra={words('outcome')}
          rules={[{ required: true, message: 'What came of the call?' }]}
        >
          <Radio.Group
            optionType="button"
            className="outcomes"
            options={callOutcomes.map(({ key, label, hint }) => ({ value: key, label, title: hint }))}
          />
        </Form.Item>
        <Form.Item name="at" label="Call again at" extra={words('at')}>
          <MomentInput />
        </Form.Item>
        <Form.Item name="demoAt" label="Demo at" extra={words('demoAt')}>
          <MomentInput />
        </Form.Item>
        <Form.Item name="budget" label="Budget" extra={words('budget')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="note" label="Note">
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </CommandForm>
    </div>
  );
}
