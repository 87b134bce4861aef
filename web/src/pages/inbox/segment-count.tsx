/** What a text message will be charged as: counted as it is sent, with plain signs where that keeps it short. */
import { measure, plain } from '../../../../src/core/segments.ts';

/** More are cut off: `maxSegments` of the account. */
const most = 10;

export function SegmentCount({ text }: { text: string }) {
  if (!text.trim()) return null;
  const { segments, left, alphabet } = measure(plain(text.trim()));
  const letters =
    alphabet === 'ucs2' ? ' Letters beyond the GSM alphabet make each part 70 characters or less.' : '';
  return (
    <small className="composer-count" role="status" data-over={segments > most}>
      {segments > most
        ? `${segments} parts: too long for one SMS, the end is cut off.`
        : `${segments === 1 ? 'One SMS' : `${segments} parts, charged as ${segments} SMS`}, ${left} characters left.${letters}`}
    </small>
  );
}
