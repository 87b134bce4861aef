/** Short, from a name, and none that is taken: `proposal-after-a-demo`, `proposal-after-a-demo-2`. */
export function freshKey(name: string, taken: string[], fallback: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  const base = plain.slice(0, 36) || fallback;
  for (let count = 1; ; count++) {
    const key = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(key)) return key;
  }
}
