// The six-turn talk that every contestant holds: a demo is booked. One more line would begin it anew.
export const talk = ['hello', 'Billing software', 'Asha Rao', '+91 98123 45{n}', 'tomorrow 5 pm', 'yes'];
export const linesFor = (conversation, round) =>
  talk.map((line) => line.replace('{n}', String((conversation * 31 + round * 7) % 1000).padStart(3, '0')));

/** Holds `rounds` talks in each of `conversations` at once; `say(conversation, line)` resolves when the answer is there. */
export async function hold({ conversations, rounds, say }) {
  const latencies = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: conversations }, async (_, conversation) => {
      for (let round = 0; round < rounds; round++) {
        for (const line of linesFor(conversation, round)) {
          const at = performance.now();
          await say(conversation, line, round);
          latencies.push(performance.now() - at);
        }
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const quantile = (q) => Number(latencies[Math.floor(latencies.length * q)].toFixed(2));
  return {
    conversations,
    turns: latencies.length,
    seconds: Number(seconds.toFixed(2)),
    turnsPerSecond: Math.round(latencies.length / seconds),
    p50ms: quantile(0.5),
    p95ms: quantile(0.95),
  };
}
