import { describe, expect, it } from '@jest/globals';
import { corpusFiles, readCases } from './case.ts';
import { runDirect } from './direct.ts';
import { seen, wanted } from './judge.ts';

for (const file of corpusFiles())
  describe(file.replace('.jsonl', ''), () => {
    it.each(readCases(file).map((c) => [c.name, c] as const))('%s', async (_name, c) => {
      expect(seen(c, await runDirect(c))).toEqual(wanted(c));
    });
  });
