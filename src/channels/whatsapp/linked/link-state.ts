/** Where a linked phone stands, kept in the database for every process to read. */
import type { ChannelPort } from '../../../core/define.ts';
import type { Person } from './contract.ts';
import { type Phase, phaseInWords } from './rules.ts';

/** What is kept of a linked phone. */
export type LinkState = {
  phase: Phase;
  why?: string;
  isPaired: boolean;
  me?: Person & { name?: string };
  /** The code to scan, while there is one. */
  qr?: string;
  /** ISO. */
  since: string;
};
export type Order = 'pair' | 'unpair';

export const unlinked = (now: Date): LinkState => ({
  phase: 'unlinked',
  isPaired: false,
  since: now.toISOString(),
});

/** As kept in the database, whoever asks. */
export async function linkStateOf(port: ChannelPort): Promise<LinkState> {
  return (await port.state.get<LinkState>('link')) ?? unlinked(port.clock.now());
}

export const stateInWords = ({ phase, why }: LinkState): string => phaseInWords(phase, why);
