import { describe, expect, it } from 'vitest';
import {
  goldenContext,
  goldenDocument,
  goldenObjects,
  translatorsOf,
} from '../../../build/ocpi/golden-objects.ts';
import type { Pair, Received } from '../../../core/ocpi/codec/translation.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import { type JsonLiteral, NumberLiteral } from '../../../core/units/json-literals.ts';
import { tablesOf } from './schemas/validators.ts';

const versions: readonly OcpiVersion[] = ['2.1.1', '2.2.1', '2.3.0'];
const cases = versions.flatMap((version) =>
  goldenObjects
    .filter(({ name }) => goldenDocument(version, name) !== undefined)
    .map(({ kind, name }) => ({ version, kind, name })),
);
type Fields = { readonly [name: string]: JsonLiteral };

/** Every field of a document with its path, and a way to put something else there. */
const fieldsOf = (
  value: JsonLiteral,
  path = '',
): readonly {
  readonly path: string;
  readonly value: JsonLiteral;
  readonly put: (other?: JsonLiteral) => JsonLiteral;
}[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonLiteral, at) =>
      fieldsOf(item, `${path}[${at}]`).map((field) => ({
        ...field,
        put: (other?: JsonLiteral) => value.with(at, field.put(other)),
      })),
    );
  }
  if (typeof value !== 'object' || value === null || value instanceof NumberLiteral) return [];
  const fields = value as Fields;
  return Object.entries(fields).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const others = Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
    return [
      {
        path: here,
        value: inner,
        put: (other?: JsonLiteral): JsonLiteral =>
          other === undefined ? others : { ...others, [name]: other },
      },
      ...fieldsOf(inner, here).map((field) => ({
        ...field,
        put: (other?: JsonLiteral): JsonLiteral => ({ ...others, [name]: field.put(other) }),
      })),
    ];
  });
};

const problemPaths = (received: Received<unknown>): readonly string[] =>
  received.kind === 'malformed' ? received.problems.map(({ path }) => path) : [];

/** A field that no document has, since they are all made from those of 2.3.0, where it is gone. */
const olderThanDocuments = {
  '2.1.1': ['locationReferences.connector_ids'],
  '2.2.1': [],
  '2.3.0': [],
};

/** The fields of tables that a document of an object has, as `cdr.id`, with those of the objects in it. */
const namedIn = (version: OcpiVersion, object: string, value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => namedIn(version, object, item));
  const fields = tablesOf(version)[object];
  if (fields === undefined || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const type = fields[name];
    return type === undefined ? [] : [`${object}.${name}`, ...namedIn(version, type, inner)];
  });
};

describe('documents of partners that are wrong in one place', () => {
  it.each(versions)('the documents of %s have every field of every object', (version) => {
    const named = new Set(
      cases
        .filter((one) => one.version === version)
        .flatMap(({ kind, name }) => namedIn(version, kind, goldenDocument(version, name))),
    );
    const missing = Object.entries(tablesOf(version))
      .flatMap(([object, fields]) => Object.keys(fields).map((field) => `${object}.${field}`))
      .filter((field) => !named.has(field));
    expect(missing).toEqual(olderThanDocuments[version]);
  });

  it.each(cases)(
    'a missing field of $version is left out or named by its path: $name',
    ({ version, kind, name }) => {
      const pair = translatorsOf[version][kind] as unknown as Pair<unknown>;
      const document = goldenDocument(version, name);
      if (document === undefined) throw new Error(name);
      for (const { path, put } of fieldsOf(document)) {
        const paths = problemPaths(pair.from(put(), goldenContext(kind)));
        expect(paths.filter((each) => each !== path)).toEqual([]);
      }
    },
  );

  it.each(cases)(
    'a field of $version of another type is named by its path: $name',
    ({ version, kind, name }) => {
      const pair = translatorsOf[version][kind] as unknown as Pair<unknown>;
      const document = goldenDocument(version, name);
      if (document === undefined) throw new Error(name);
      for (const { path, value, put } of fieldsOf(document)) {
        const wrong: JsonLiteral = Array.isArray(value) ? 'text' : [['list']];
        const paths = problemPaths(pair.from(put(wrong), goldenContext(kind)));
        expect(paths.length, path).toBeGreaterThan(0);
        for (const each of paths) expect(each.startsWith(path), `${each} for ${path}`).toBe(true);
      }
    },
  );

  it.each(cases)(
    'an unknown field of $version is kept, and text that is too long is read whole: $name',
    ({ version, kind, name }) => {
      const pair = translatorsOf[version][kind] as unknown as Pair<unknown>;
      const document = goldenDocument(version, name) as Fields;
      const received = pair.from(
        { ...document, x_unknown: { deep: ['kept'] } },
        goldenContext(kind),
      );
      expect(received).toMatchObject({
        kind: 'received',
        value: { extra: { x_unknown: { deep: ['kept'] } } },
      });
      for (const { path, value, put } of fieldsOf(document)) {
        if (typeof value !== 'string') continue;
        const long = `${value}${'x'.repeat(300)}`;
        const paths = problemPaths(pair.from(put(long), goldenContext(kind)));
        // Only times and coordinates are more than text.
        expect(
          paths.every((each) => each === path),
          path,
        ).toBe(true);
      }
    },
  );
});
