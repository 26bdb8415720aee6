import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './scale-tables.ts';

const page = new URL('../../docs/scale.md', import.meta.url);
writeFileSync(page, withTables(readFileSync(page, 'utf8')));
