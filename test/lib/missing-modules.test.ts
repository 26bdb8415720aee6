import { expect, it } from 'vitest';
import { missingModules } from '../../lib/bundles/missing-modules.ts';

const output = (...paths: readonly string[]) => ({
  bytes: 1,
  inputs: {},
  exports: [],
  imports: paths.map((path) => ({ path, kind: 'dynamic-import' as const, external: true })),
});

it('a module that a function loads when it is needed is beside the bundle of that function, or is named', () => {
  const outputs = {
    'out/ocpp/index.mjs': output('./v201.mjs', './begin.mjs', 'node:crypto'),
    'out/ocpp/v201.mjs': output('./requests.mjs'),
    'out/cdr/begin.mjs': output(),
  };
  expect(missingModules(outputs)).toEqual(['out/ocpp/begin.mjs', 'out/ocpp/requests.mjs']);
});
