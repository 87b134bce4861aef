import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Catalogue, createCatalogue } from '../core/catalogue.ts';
import { modules } from '../domain/index.ts';
import { references } from './references.ts';

const catalogue: Catalogue = createCatalogue(modules(() => catalogue));
const dir = resolve(import.meta.dirname, '../../docs/reference');
mkdirSync(dir, { recursive: true });
for (const [name, content] of Object.entries(references(catalogue))) writeFileSync(join(dir, name), content);
