import type { Loss } from '../../core/ocpi/codec/losses.ts';
import type { Pair } from '../../core/ocpi/codec/translation.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import {
  type GoldenObject,
  goldenContext,
  goldenObjects,
  goldenValue,
  translatorsOf,
} from './golden-objects.ts';

const versions: readonly OcpiVersion[] = ['2.1.1', '2.2.1', '2.3.0'];
/** More of a value than this would only widen the table. */
const longest = 64;

const shown = (json: string | null): string => {
  if (json === null) return 'nothing';
  const text = json.length > longest ? `${json.slice(0, longest)}…` : json;
  return `\`${text.replaceAll('|', '\\|')}\``;
};

const withoutIndices = (path: string): string => path.replace(/\[\d+\]/g, '[]');

type Row = {
  readonly kind: string;
  readonly path: string;
  readonly lost: string;
  readonly instead: string;
};

const rowsOf = (golden: GoldenObject, version: OcpiVersion): readonly Row[] => {
  const pair = translatorsOf[version][golden.kind] as Pair<unknown> | undefined;
  if (pair === undefined) {
    return [
      { kind: golden.kind, path: '(the whole object)', lost: '', instead: 'not in this version' },
    ];
  }
  const translation = pair.to(goldenValue(golden), goldenContext(golden.kind));
  if (translation.kind === 'impossible') {
    const variant = golden.name.split('.')[1] ?? '';
    return [
      {
        kind: golden.kind,
        path: `(${variant})`,
        lost: '',
        instead: `not sent: ${translation.reason}`,
      },
    ];
  }
  return translation.losses.map(({ path, lost, instead }: Loss) => ({
    kind: golden.kind,
    path: withoutIndices(path),
    lost: shown(lost),
    instead: shown(instead),
  }));
};

const line = (row: Row): string => `| ${row.kind} | ${row.path} | ${row.lost} | ${row.instead} |`;

const tableOf = (version: OcpiVersion): string => {
  const lines = [...new Set(goldenObjects.flatMap((golden) => rowsOf(golden, version)).map(line))];
  const rows = lines.length === 0 ? ['| – | nothing is lost | | |'] : lines;
  return [
    `### Into ${version}`,
    '',
    '| object | field | lost | what the partner reads |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
};

/**
 * The losses of every translation as Markdown: the documents in `test/golden/ocpi/2.3.0` have every field, and each
 * word that only newer versions know.
 */
export const lossTable = (): string => versions.map(tableOf).join('\n');
