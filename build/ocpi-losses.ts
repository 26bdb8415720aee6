import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lossTable } from './ocpi/loss-table.ts';
import { replaceGenerated } from './ocpi/replace-generated.ts';

const page = fileURLToPath(new URL('../docs/ocpi.md', import.meta.url));
writeFileSync(page, replaceGenerated(readFileSync(page, 'utf8'), lossTable()));
