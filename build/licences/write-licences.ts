import { writeFileSync } from 'node:fs';
import { licencesPage } from './licences-page.ts';

writeFileSync(new URL('../../docs/licences.md', import.meta.url), licencesPage());
