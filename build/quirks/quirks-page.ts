import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = 'test/golden/ocpp';

/** The head of a transcript of behaviour in the field. */
export type FieldQuirk = {
  readonly file: string;
  /** A letter for its subject, and a number. */
  readonly quirk: string;
  readonly chargers: string;
  readonly joulegate: string;
  /** Files of the code that deals with it. */
  readonly code: readonly string[];
};

const subjects = {
  T: 'Connection and frames',
  B: 'Boot and status',
  A: 'Authorisation',
  X: 'Transactions',
  M: 'Meter values',
  C: 'Settings and commands',
} as const;

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** The quirks of the field, by subject and number. */
export const fieldQuirks = (): readonly FieldQuirk[] =>
  readdirSync(join(root, golden, 'field'))
    .map((name) => {
      const file = `${golden}/field/${name}`;
      return { ...(readJson(file) as Omit<FieldQuirk, 'file'>), file };
    })
    .sort((one, other) => numberOf(one) - numberOf(other));

const numberOf = ({ quirk }: FieldQuirk): number => Number(quirk.slice(1));

const linkTo = (path: string, text = `\`${basename(path, '.ts')}\``): string =>
  `[${text}](../${path})`;

const row = ({ quirk, file, chargers, joulegate, code }: FieldQuirk): string =>
  `| ${linkTo(file, quirk)} | ${chargers} | ${joulegate} | ${code.map((path) => linkTo(path)).join(' ')} |`;

const sectionOf = (letter: string, title: string, quirks: readonly FieldQuirk[]): string =>
  [
    `## ${title}`,
    '',
    '| | chargers | Joulegate | code |',
    '|---|---|---|---|',
    ...quirks.filter(({ quirk }) => quirk.startsWith(letter)).map(row),
    '',
  ].join('\n');

/** The files of the tolerances, by name. */
const homes = (): ReadonlyMap<string, string> => {
  const folder = 'core/ocpp/quirks';
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return new Map(paths.map((path) => [basename(path, '.ts'), `${folder}/${path}`]));
};

const framesHome = 'core/ocpp/rpc/frame-quirk.ts';

const aboutOf = (version: string, name: string): readonly string[] => {
  const folder = `${golden}/${version}/${name}`;
  return readdirSync(join(root, folder)).map(
    (file) => (readJson(`${folder}/${file}`) as { readonly about: string }).about,
  );
};

const tolerancesTable = (): string => {
  const versions = ['1.6', '2.x'] as const;
  const named = versions.map((version) => readdirSync(join(root, golden, version)));
  const files = homes();
  const rows = [...new Set(named.flat())].sort().map((name) => {
    const inVersions = versions.filter((_version, index) => named[index]?.includes(name));
    const [about = ''] = inVersions.flatMap((version) => aboutOf(version, name));
    const links = versions.map((version) =>
      inVersions.includes(version) ? linkTo(`${golden}/${version}/${name}`, 'yes') : '',
    );
    return `| ${linkTo(files.get(name) ?? framesHome, `\`${name}\``)} | ${about} | ${links.join(' | ')} |`;
  });
  return ['| name | example | 1.6 | 2.0.1, 2.1 |', '|---|---|---|---|', ...rows, ''].join('\n');
};

/** The page that says what chargers are known to do, and what becomes of it. */
export const quirksPage = (): string => {
  const quirks = fieldQuirks();
  return [
    '# Quirks of chargers',
    '',
    `${quirks.length} ways in which real chargers and back ends disagree, and what Joulegate makes of each. Every line has a transcript, the`,
    'messages as a charger sends them with what is answered, shown and billed, which `test/lambdas/ocpp/field-quirks.test.ts` replays through the',
    'functions. This page is generated from the transcripts by `npm run quirks`. No line names a vendor in code: a quirk is recognised by',
    'the message alone.',
    '',
    ...Object.entries(subjects).map(([letter, title]) => sectionOf(letter, title, quirks)),
    '## Tolerances by name',
    '',
    'A message that breaks the official schema is read by the tolerances below, or answered with an error. Their names are in the log line of',
    'the message (`quirks`), so that an operator can tell the manufacturer.',
    '',
    tolerancesTable(),
    '## How to add one',
    '',
    `1. **Transcript.** Put the messages of the charger, with ids of your own, into \`${golden}/field/<letter><number>-<name>.json\`, with the answers`,
    '   and findings that are right. `npx vitest run test/lambdas/ocpp/field-quirks.test.ts -t "X20:"` fails.',
    '2. **Code.** A message that the schema refuses needs a repair, coercion or tolerance: its file in `core/ocpp/quirks/`, its line in',
    '   `v16-quirks.ts` or `v2x-quirks.ts`, and an example of its reading in',
    `   \`${golden}/1.6/<name>/\` or \`${golden}/2.x/<name>/\`. Anything else is repaired where that is decided, for every charger alike.`,
    '3. **Page.** `npm run quirks` writes this page; what operators notice gets a line in `CHANGELOG.md`.',
    '',
  ].join('\n');
};
