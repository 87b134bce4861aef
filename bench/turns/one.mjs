// One contestant in a process of its own: `node one.mjs <name> <conversations> <rounds>` prints its figures as JSON.
const [name, conversations, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const contestants = {
  parley: async () => (await import('./parley.ts')).run({ conversations, rounds }),
  'botbuilder-memory': async () =>
    (await import('./botbuilder.mjs')).run({ storage: 'memory', conversations, rounds }),
  'botbuilder-sqlite': async () =>
    (await import('./botbuilder.mjs')).run({ storage: 'sqlite', conversations, rounds }),
  builderbot: async () => (await import('./builderbot.mjs')).run({ conversations, rounds }),
};
console.log(JSON.stringify(await contestants[name]()));
process.exit(0);
