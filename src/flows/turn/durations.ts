const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
/** "10 minutes", "1 day" → milliseconds. */
export function millis(time: string): number {
  const [amount, unit] = time.split(' ') as [string, string];
  return Number(amount) * units[unit.replace(/s$/, '') as keyof typeof units];
}
