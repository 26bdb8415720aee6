import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms a room may import from: inwards, and never back. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  lambdas: ['lambdas', 'core'],
  lib: ['lib'],
  runner: ['runner', 'core'],
  clients: ['clients', 'core'],
  cli: ['cli', 'clients', 'fleet', 'core'],
  fleet: ['fleet', 'clients', 'runner', 'core'],
  build: ['build', 'core'],
  bin: ['bin', 'lib'],
};
const packagesOfCore = [
  '@noble/curves',
  '@noble/hashes',
  '@peculiar/asn1-csr',
  '@peculiar/asn1-schema',
  '@peculiar/asn1-x509',
];
/** Folders of core that know nothing of each other. */
const strangers = [['core/ocpp/', 'core/ocpi/']] as const;
/** Folders of lambdas that steps share, and which of each other they may import. A folder with a handler is a step. */
const shared: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  store: ['runtime'],
  stream: ['runtime', 'store'],
  connection: ['runtime', 'store', 'bucket'],
  billing: ['runtime', 'store'],
  http: ['runtime', 'store', 'view'],
  outbound: ['runtime', 'store', 'stream'],
  access: ['runtime', 'store'],
  roaming: ['runtime', 'store', 'stream', 'outbound'],
  bucket: ['runtime'],
  authority: [],
  view: [],
  gateway: ['access', 'http'],
};
/** A postponed message is answered by the very functions that answer it on arrival. */
const stepExceptions = [['postponed', 'ocpp']] as const;
/** Where anything may be imported. */
const workshops = ['test', 'bench'];
const MOST_LINES = 400;

type Source = { readonly path: string; readonly text: string };

/** Everything that is wrong with a source file, each as a sentence. */
function faultsOf(source: Source): string[] {
  const faults = importsOf(source.text).flatMap((name) => importFaults(source.path, name));
  if (/^export default\b/m.test(source.text)) {
    faults.push(`${source.path} has a default export`);
  }
  return [...faults, ...lengthFaults(source)];
}

/** The one thing that holds for tests and benchmarks too. */
function lengthFaults({ path, text }: Source): string[] {
  return text.split('\n').length > MOST_LINES + 1
    ? [`${path} has more than ${MOST_LINES} lines`]
    : [];
}

function importFaults(from: string, name: string): string[] {
  return name.startsWith('.')
    ? relativeFaults(from, normalize(join(dirname(from), name)))
    : packageFaults(from, name);
}

function relativeFaults(from: string, target: string): string[] {
  const faults: string[] = [];
  // A JSON file of the project's root is data, not code of another room.
  const isData = !target.includes('/') && target.endsWith('.json');
  if (!isData && !mayImport[roomOf(from)]?.includes(roomOf(target))) {
    faults.push(`${from} imports outwards: ${target}`);
  }
  for (const [one, other] of strangers) {
    if (between(from, target, one, other) || between(from, target, other, one)) {
      faults.push(`${from} imports across: ${target}`);
    }
  }
  if (roomOf(from) === 'lambdas' && roomOf(target) === 'lambdas' && !isStepArrow(from, target)) {
    faults.push(`${from} imports another step: ${target}`);
  }
  // Generated validators are plain JavaScript; what is JavaScript itself may import its like.
  const isJavaScript = /\.js$/.test(from) && /\.js$/.test(target);
  if (!/\.(ts|json)$/.test(target) && !isJavaScript && !target.includes('/generated/')) {
    faults.push(`${from} imports without a file ending: ${target}`);
  }
  return faults;
}

function packageFaults(from: string, name: string): string[] {
  if (roomOf(from) === 'core' && !packagesOfCore.some((each) => isOf(each, name))) {
    return [`${from} is pure, but imports ${name}`];
  }
  if (roomOf(from) === 'lambdas' && isOf('@aws-sdk/client-dynamodb', name)) {
    return from.startsWith('lambdas/store/') ? [] : [`${from} goes past the store: ${name}`];
  }
  return [];
}

/** Imports of a file in any form of the language; text that only mentions imports does not count. */
function importsOf(text: string): string[] {
  const ways = [
    /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^import\s*['"]([^'"]+)['"]/gm,
    /^(?!\s*(?:\/\/|\*)).*?\bimport\(\s*['"]([^'"]+)['"]/gm,
  ];
  return ways.flatMap((way) => [...text.matchAll(way)].flatMap((match) => match[1] ?? []));
}

/** Whether a folder of lambdas may import another: itself, a shared one, or a step that is an exception. */
function isStepArrow(from: string, target: string): boolean {
  const [importer, imported] = [folderOf(from), folderOf(target)];
  const mayUse = shared[importer] ?? Object.keys(shared);
  return (
    importer === imported ||
    mayUse.includes(imported) ||
    stepExceptions.some(([step, other]) => step === importer && other === imported)
  );
}

function between(from: string, target: string, one: string, other: string): boolean {
  return from.startsWith(one) && target.startsWith(other);
}

function isOf(packageName: string, name: string): boolean {
  return name === packageName || name.startsWith(`${packageName}/`);
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** The folder of lambdas that a file of test/lambdas tests. */
const testedFolder = (path: string): string => path.split('/')[2] ?? '';

function sourcesIn(room: string): Source[] {
  return readdirSync(join(PROJECT, room), { recursive: true, encoding: 'utf8' })
    .map((path) => `${room}/${path}`)
    .filter((path) => /\.(ts|js|mjs)$/.test(path) && !path.includes('/generated/'))
    .map((path) => ({ path, text: readFileSync(join(PROJECT, path), 'utf8') }));
}

describe('the rooms of the project', () => {
  const sources = Object.keys(mayImport).flatMap(sourcesIn);

  it('all folders of the project are checked', () => {
    for (const room of Object.keys(mayImport)) {
      expect(sources.filter((source) => roomOf(source.path) === room)).not.toEqual([]);
    }
    expect(sources.some((source) => importsOf(source.text).length > 3)).toBe(true);
  });

  it('each step has a folder with a handler, besides the folders that steps share', () => {
    const folders = new Set(
      sources.filter(({ path }) => roomOf(path) === 'lambdas').map(({ path }) => folderOf(path)),
    );
    const handlers = sources.filter(({ path }) => /^lambdas\/[^/]+\/handler\.ts$/.test(path));
    const steps = new Set(handlers.map(({ path }) => folderOf(path)));

    expect([...folders].filter((folder) => !steps.has(folder) && !(folder in shared))).toEqual([]);
    expect([...steps].filter((step) => step in shared)).toEqual([]);
    for (const [step] of stepExceptions) expect(steps.has(step)).toBe(true);
  });

  it('folders only import inwards, and each file has one idea and is named after it', () => {
    expect(sources.flatMap(faultsOf)).toEqual([]);
  });

  it('no function compares the names of versions of OCPP: what differs is said by core/ocpp', () => {
    const comparing = sources.filter(
      ({ path, text }) => path.startsWith('lambdas/') && /[!=]== 'ocpp\d/.test(text),
    );

    expect(comparing.map(({ path }) => path)).toEqual([]);
  });

  it('each folder of lambdas has its tests in a folder of the same name', () => {
    const tests = new Set(
      sourcesIn('test/lambdas')
        .map(({ path }) => path)
        .filter(isTest)
        .map(testedFolder),
    );
    const folders = sources
      .filter(({ path }) => roomOf(path) === 'lambdas')
      .map(({ path }) => folderOf(path));

    expect([...new Set(folders)].filter((folder) => !tests.has(folder))).toEqual([]);
  });

  it('tests and benchmarks also consist of files with one idea, none of them too long', () => {
    const files = workshops.flatMap(sourcesIn);

    for (const room of workshops) {
      expect(files.filter((file) => roomOf(file.path) === room)).not.toEqual([]);
    }
    expect(files.flatMap(lengthFaults)).toEqual([]);
  });
});

describe('the guard itself', () => {
  it.each([
    ['core/cdr/a.ts', `import { KMSClient } from '@aws-sdk/client-kms';`],
    ['core/cdr/a.ts', `import { readFileSync } from 'node:fs';`],
    ['core/cdr/a.ts', `import type { X } from '../../lambdas/store/x.ts';`],
    ['core/cdr/a.ts', `export { x } from '@noble/ciphers';`],
    ['core/cdr/a.ts', `const x = await import('node:crypto');`],
    ['core/cdr/a.ts', `import 'temporal-polyfill';`],
    ['core/cdr/a.ts', `import {\n  one,\n  two,\n} from '../../runner/x.ts';`],
    ['core/ocpp/a.ts', `import { x } from '../ocpi/x.ts';`],
    ['core/ocpi/v221/a.ts', `import { x } from '../../ocpp/x.ts';`],
    ['lambdas/cdr/a.ts', `import { x } from '../corrections/x.ts';`],
    ['lambdas/cdr/a.ts', `import type { X } from '../ocpp/x.ts';`],
    ['lambdas/cdr/a.ts', `const { x } = await import('../tariff/x.ts');`],
    ['lambdas/api/a.ts', `import { x } from '../tariff/x.ts';`],
    ['lambdas/ocpp/a.ts', `import { x } from '../postponed/x.ts';`],
    ['lambdas/store/a.ts', `import { x } from '../billing/x.ts';`],
    ['lambdas/store/table/a.ts', `import { x } from '../../stream/x.ts';`],
    ['lambdas/billing/a.ts', `import { x } from '../cdr/x.ts';`],
    ['lambdas/runtime/a.ts', `import { x } from '../store/x.ts';`],
    ['lambdas/cdr/a.ts', `import { steps } from '../../lib/steps.ts';`],
    ['lambdas/cdr/a.ts', `import { x } from '../../runner/runner-interfaces.ts';`],
    ['lambdas/cdr/a.ts', `import { PutItemCommand } from '@aws-sdk/client-dynamodb';`],
    ['lib/a.ts', `import { handler } from '../lambdas/cdr/handler.ts';`],
    ['lib/a.ts', `import { x } from '../core/cdr/model/cdr.ts';`],
    ['runner/a.ts', `import { x } from '../lambdas/store/table/keys/key.ts';`],
    ['runner/a.ts', `import { x } from '../lib/steps.ts';`],
    ['bin/a.ts', `import { x } from '../core/cdr/model/cdr.ts';`],
    ['core/cdr/a.ts', `import { x } from './b';`],
    ['core/cdr/a.ts', 'export default function a() {}'],
    ['core/cdr/a.ts', 'export const a = 1;\n'.repeat(MOST_LINES + 1)],
  ])('the guard detects a violation in %s: %s', (path, text) => {
    expect(faultsOf({ path, text })).toHaveLength(1);
  });

  it.each([
    ['core/cdr/a.ts', `import { sha256 } from '@noble/hashes/sha2.js';`],
    ['core/ocpp/v16/a.ts', `import type { Reading } from '../../metering/reading.ts';`],
    ['core/cdr/a.ts', `// import { x } from 'node:fs';`],
    ['core/cdr/a.ts', 'export const a = 1;\n'.repeat(MOST_LINES)],
    ['lambdas/cdr/a.ts', `import { sealCdr } from '../../core/cdr/seal-cdr.ts';`],
    ['lambdas/store/a.ts', `import { PutItemCommand } from '@aws-sdk/client-dynamodb';`],
    ['lambdas/cdr/a.ts', `import { x } from './x.ts';\nimport { y } from '../billing/y.ts';`],
    ['lambdas/postponed/a.ts', `import { x } from '../ocpp/x.ts';`],
    ['lambdas/billing/a.ts', `import { x } from '../store/table/x.ts';`],
    ['runner/a.ts', `import type { Cdr } from '../core/cdr/model/cdr.ts';`],
    ['bin/a.ts', `import cdk from '../cdk.json' with { type: 'json' };`],
  ])('the guard accepts %s: %s', (path, text) => {
    expect(faultsOf({ path, text })).toEqual([]);
  });
});
