import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coveragePage } from '../../../build/spec-coverage/coverage-page.ts';
import { routes as routes16 } from '../../../core/ocpp/v16/routes.ts';
import { routes as routes21 } from '../../../core/ocpp/v21/routes.ts';
import { sends } from '../../../core/ocpp/v21/sends.ts';
import { routes as routes201 } from '../../../core/ocpp/v201/routes.ts';

it('docs/spec-coverage.md says what the tables of the versions say today (npm run spec-coverage)', () => {
  const page = readFileSync(new URL('../../../docs/spec-coverage.md', import.meta.url), 'utf8');

  expect(page).toBe(coveragePage());
});

it('every message that a charger sends has its line, also those that expect no answer', () => {
  const [, first = '', second = '', third = ''] = coveragePage().split('\n## ');
  const linesOf = (section: string): readonly string[] =>
    [...(section.split('| to the charger')[0] ?? '').matchAll(/^\| (\w+) \|/gm)].map(
      ([, action]) => action ?? '',
    );

  expect(linesOf(first)).toEqual(Object.keys(routes16).sort());
  expect(linesOf(second)).toEqual(Object.keys(routes201).sort());
  const sent = [...Object.keys(routes21), ...Object.keys(sends)];
  expect(linesOf(third)).toEqual(sent.sort());
});
