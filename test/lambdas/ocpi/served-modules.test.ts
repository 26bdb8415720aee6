import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { servedModules } from '../../../lambdas/roaming/served-modules.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/ocpi.md', import.meta.url)), 'utf8');

describe('docs/ocpi.md', () => {
  it('docs/ocpi.md lists exactly the modules that partners find, by role, interface and version', () => {
    const table = /<!-- the modules that a partner finds -->\n\n([\s\S]*?)\n\n<!-- end/.exec(
      page,
    )?.[1];
    const rows = servedModules.map(
      ({ role, module, side, versions }) =>
        `| ${role} | ${module} | ${side.toLowerCase()} | ${versions.join(', ')} |`,
    );

    expect(table?.split('\n').slice(2)).toEqual(rows);
  });
});
