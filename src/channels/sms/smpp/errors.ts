/** What an SMSC's status means for the message. SMPP 3.4, 5.1.3; above 0x400 each operator has its own. */
import type { SendErrorKind } from '../../../core/messaging.ts';

type Meaning = { name: string; kind: SendErrorKind };

const meanings: Record<number, Meaning> = {
  1: { name: 'ESME_RINVMSGLEN: the message is too long', kind: 'content' },
  4: { name: 'ESME_RINVBNDSTS: not bound for sending', kind: 'transient' },
  8: { name: 'ESME_RSYSERR: trouble at the SMSC', kind: 'transient' },
  10: { name: 'ESME_RINVSRCADR: the SMSC does not allow this sender', kind: 'auth' },
  11: { name: 'ESME_RINVDSTADR: no such number', kind: 'recipient' },
  13: { name: 'ESME_RBINDFAIL: the SMSC did not let us in', kind: 'transient' },
  14: { name: 'ESME_RINVPASWD: wrong password', kind: 'auth' },
  15: { name: 'ESME_RINVSYSID: unknown system id', kind: 'auth' },
  20: { name: 'ESME_RMSGQFUL: the SMSC’s queue is full', kind: 'rate' },
  69: { name: 'ESME_RSUBMITFAIL: not taken', kind: 'content' },
  72: { name: 'ESME_RINVSRCTON: the SMSC does not allow this kind of sender', kind: 'auth' },
  80: { name: 'ESME_RINVDSTTON: the SMSC does not take numbers of this kind', kind: 'recipient' },
  88: { name: 'ESME_RTHROTTLED: too fast', kind: 'rate' },
  97: { name: 'ESME_RINVSCHED: no such time', kind: 'content' },
  100: { name: 'ESME_RX_T_APPN: not now', kind: 'transient' },
  101: { name: 'ESME_RX_P_APPN: refused', kind: 'content' },
  102: { name: 'ESME_RX_R_APPN: refused', kind: 'content' },
};

export const throttled = [20, 88];

export function meaningOf(status: number): Meaning {
  return (
    meanings[status] ?? {
      name: `refused with status 0x${status.toString(16).padStart(8, '0')}`,
      kind: 'content',
    }
  );
}
