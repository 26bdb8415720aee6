import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  goldenContext,
  goldenDocument,
  goldenObjects,
  goldenValue,
  translatorsOf,
} from '../../../build/ocpi/golden-objects.ts';
import { lossTable } from '../../../build/ocpi/loss-table.ts';
import { replaceGenerated } from '../../../build/ocpi/replace-generated.ts';
import type { Pair } from '../../../core/ocpi/codec/translation.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { validatorOf } from './schemas/validators.ts';

const versions: readonly OcpiVersion[] = ['2.1.1', '2.2.1', '2.3.0'];
const cases = goldenObjects.flatMap((golden) =>
  versions.map((version) => ({ ...golden, version })),
);

const jsonOf = (document: Parameters<typeof writeJsonLiterals>[0]): unknown =>
  JSON.parse(writeJsonLiterals(document));

describe('the golden documents of OCPI', () => {
  it.each(cases)('$name is said in $version as its document shows', ({ name, kind, version }) => {
    const pair = translatorsOf[version][kind] as Pair<unknown> | undefined;
    const document = goldenDocument(version, name);
    const translation = pair?.to(goldenValue({ name, kind }), goldenContext(kind));
    if (translation?.kind !== 'translated') {
      expect(document).toBeUndefined();
      return;
    }
    expect(document).toBeDefined();
    if (document === undefined) return;
    expect(jsonOf(translation.object)).toEqual(jsonOf(document));
    expect(validatorOf(version, kind)(jsonOf(document))).toEqual([]);
    expect(pair?.from(document, goldenContext(kind)).kind).toBe('received');
    if (version === '2.3.0') expect(translation.losses).toEqual([]);
  });

  it('every kind of object has a document', () => {
    const kinds = new Set(goldenObjects.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(Object.keys(translatorsOf['2.3.0']).toSorted());
  });

  it('the table of losses in docs/ocpi.md is up to date (npm run ocpi-losses)', () => {
    const page = readFileSync(
      fileURLToPath(new URL('../../../docs/ocpi.md', import.meta.url)),
      'utf8',
    );
    expect(replaceGenerated(page, lossTable()) === page).toBe(true);
  });
});
