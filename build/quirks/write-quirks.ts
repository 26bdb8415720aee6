import { writeFileSync } from 'node:fs';
import { quirksPage } from './quirks-page.ts';

writeFileSync(new URL('../../docs/quirks.md', import.meta.url), quirksPage());
