/** What a button of ours carries: a command with its input, or a line to be said. */
export type Pressed =
  | { say: string; command?: undefined }
  | { say?: undefined; command: string; input: Record<string, unknown>; form?: boolean };
export function readValue(value: string): Pressed | undefined {
  try {
    const { say, command, input, form } = JSON.parse(value) as Record<string, unknown>;
    if (typeof say === 'string') return { say };
    if (typeof command !== 'string' || typeof input !== 'object' || input === null) return undefined;
    return { command, input: input as Record<string, unknown>, ...(form === true && { form }) };
  } catch {
    return undefined;
  }
}
export const sayValue = (say: string): string => JSON.stringify({ say });
