import { type JsonLiteral, NumberLiteral } from '../units/json-literals.ts';
import type { OcmfRemark } from './remarks.ts';

/** A JSON object of a record whose numbers are literals. */
export type OcmfObject = { readonly [key: string]: JsonLiteral };

/** Takes note of something unusual. */
export type Remark = (code: OcmfRemark) => void;

/** True for a JSON object. */
export const isOcmfObject = (value: JsonLiteral | undefined): value is OcmfObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof NumberLiteral);

/** A field that is text; a number is taken as the text it was written with. */
export const textField = (from: OcmfObject, key: string, remark: Remark): string | undefined => {
  const value = from[key];
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  const isNumber = value instanceof NumberLiteral;
  remark(isNumber ? 'TEXT_AS_NUMBER' : 'FIELD_MISTYPED');
  return isNumber ? value.text : undefined;
};

/** A field that is a number, as its literal; text is taken for a number as well. */
export const numberField = (from: OcmfObject, key: string, remark: Remark): string | undefined => {
  const value = from[key];
  if (value instanceof NumberLiteral) return value.text;
  if (value === undefined || value === null) return undefined;
  remark(typeof value === 'string' ? 'VALUE_AS_TEXT' : 'FIELD_MISTYPED');
  return typeof value === 'string' ? value.trim() : undefined;
};

/** The properties that are there, under their new names. */
export const given = <Name extends string>(
  values: Readonly<Record<Name, string | undefined>>,
): { readonly [Key in Name]?: string } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Key in Name]?: string;
  };
