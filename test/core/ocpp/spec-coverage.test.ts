import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coveragePage } from '../../../build/spec-coverage/coverage-page.ts';
import { routes as routes16 } from '../../../core/ocpp/v16/routes.ts';
import { routes as routes201 } from '../../../core/ocpp/v201/routes.ts';

it('docs/spec-coverage.md says what the tables of the versions say today (npm run spec-coverage)', () => {
  const page = readFileSync(new URL('../../../docs/spec-coverage.md', import.meta.url), 'utf8');

  expect(page).toBe(coveragePage());
});

it('every message that a charger of OCPP 1.6 or 2.0.1 sends has its line', () => {
  const [, first = '', second = ''] = coveragePage().split('\n## ');
  const linesOf = (section: string): readonly string[] =>
    [...(section.split('| to the charger')[0] ?? '').matchAll(/^\| (\w+) \|/gm)].map(
      ([, action]) => action ?? '',
    );

  expect(linesOf(first)).toEqual(Object.keys(routes16).sort());
  expect(linesOf(second)).toEqual(Object.keys(routes201).sort());
});
