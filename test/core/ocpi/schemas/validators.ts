import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { OcpiVersion } from '../../../../core/ocpi/translators.ts';
import { definitionsOf } from './parse-schema.ts';

const tableOf = (version: OcpiVersion): string =>
  readFileSync(
    fileURLToPath(new URL(`../../../golden/ocpi/${version}/schema.txt`, import.meta.url)),
    'utf8',
  );

const definitions = {
  '2.1.1': definitionsOf(tableOf('2.1.1')),
  '2.2.1': definitionsOf(tableOf('2.2.1')),
  '2.3.0': definitionsOf(tableOf('2.2.1'), tableOf('2.3.0')),
};

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });

type Property = { readonly $ref?: string; readonly items?: { readonly $ref?: string } };

/** The objects of a version with their fields, and of each field the object or word that it has, or nothing. */
export const tablesOf = (
  version: OcpiVersion,
): { readonly [object: string]: { readonly [field: string]: string } } =>
  Object.fromEntries(
    Object.entries(definitions[version]).flatMap(([object, definition]) => {
      const { properties } = definition as { readonly properties?: Record<string, Property> };
      if (properties === undefined) return [];
      const fields = Object.entries(properties).map(([field, { $ref, items }]) => [
        field,
        ($ref ?? items?.$ref ?? '').replace('#/definitions/', ''),
      ]);
      return [[object, Object.fromEntries(fields)]];
    }),
  );

/** Checks an object against the tables of its version: every fault, as path and message. */
export const validatorOf = (
  version: OcpiVersion,
  kind: string,
): ((object: unknown) => readonly string[]) => {
  const validate = ajv.compile({
    $ref: `#/definitions/${kind}`,
    definitions: definitions[version],
  });
  return (object) => {
    validate(object);
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    );
  };
};
