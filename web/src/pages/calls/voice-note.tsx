import { AudioOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { readVoice } from '../../api/client.ts';

/** A recording of one's own, on a phone spoken at once: its words join what was typed, to be read before they count. */
export function VoiceNote({
  onText,
  onProblem,
}: {
  onText: (text: string) => void;
  onProblem: (words: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      onText(await readVoice(file));
    } catch (error) {
      onProblem((error as Error).message);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <div className="voice-note">
      <input
        ref={input}
        type="file"
        accept="audio/*"
        capture
        hidden
        aria-label="A voice note"
        onChange={({ target }) => void take(target.files?.[0])}
      />
      <Button
        size="small"
        icon={<AudioOutlined aria-hidden />}
        loading={busy}
        onClick={() => input.current?.click()}
      >
        Voice note
      </Button>
    </div>
  );
}
