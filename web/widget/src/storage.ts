/** What outlives a reload, per server and account. Sites that forbid storage get a chat that lasts as long as the page. */
export type Kept = { token?: string; seen: number; open: boolean; pending: unknown[]; greeted?: boolean };

export function createStorage(account: string) {
  const key = `parley:${account}`;
  let memory: Kept = { seen: 0, open: false, pending: [] };
  return {
    read(): Kept {
      try {
        memory = { ...memory, ...JSON.parse(localStorage.getItem(key) ?? '{}') };
      } catch {}
      return memory;
    },
    write(change: Partial<Kept>): void {
      memory = { ...this.read(), ...change };
      try {
        localStorage.setItem(key, JSON.stringify(memory));
      } catch {}
    },
  };
}
export type Storage = ReturnType<typeof createStorage>;
