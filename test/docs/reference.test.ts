import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { references } from '../../src/cli/references.ts';
import { type Catalogue, createCatalogue } from '../../src/core/catalogue.ts';
import { errorCatalogue } from '../../src/core/errors.ts';
import { modules } from '../../src/domain/index.ts';

const catalogue: Catalogue = createCatalogue(modules(() => catalogue));
const made = references(catalogue);

describe('the generated references', () => {
  it.each(Object.keys(made))('%s says what the code says; if not, run `npm run docs`', (name) => {
    const kept = readFileSync(resolve(import.meta.dirname, '../../docs/reference', name), 'utf8');
    expect(kept).toBe(made[name]);
  });

  it('lists every error that a client can meet', () => {
    for (const code of Object.keys(errorCatalogue)) expect(made['errors.md']).toContain(`\`${code}\``);
  });

  it('gives every command that staff can say in chat an example [M6] [B1]', () => {
    const spoken = catalogue.handlers.filter(({ operation }) => operation.chat);
    expect(spoken.length).toBeGreaterThan(5);
    for (const { operation } of spoken)
      expect(operation.chat!.example.startsWith(operation.chat!.verb)).toBe(true);
  });
});
