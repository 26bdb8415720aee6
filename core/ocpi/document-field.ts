import { type Decimal, parseDecimal, scaleDecimal } from '../units/decimal.ts';
import { type Instant, instant } from '../units/instant.ts';
import { type JsonLiteral, NumberLiteral } from '../units/json-literals.ts';
import { parseInstant } from '../units/parse-instant.ts';

/** A problem at one place of a partner's document. */
export type DocumentProblem = { readonly path: string; readonly message: string };

/** A place in a document: its value, its path for people, and where problems with it are gathered. */
export type Field = {
  readonly path: string;
  readonly value: JsonLiteral | undefined;
  readonly problems: DocumentProblem[];
};

/** Notes that a field is not what it has to be. */
export const refuse = ({ path, problems }: Field, message: string): void => {
  problems.push({ path, message });
};

/** Says whether a field is left out; `null` counts as that. */
export const isAbsent = ({ value }: Field): boolean => value === undefined || value === null;

const isObject = (
  value: JsonLiteral | undefined,
): value is { readonly [key: string]: JsonLiteral } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof NumberLiteral);

/** The field `name` of an object field; absent where the value is not an object. */
export const fieldOf = (field: Field, name: string): Field => ({
  path: field.path === '' ? name : `${field.path}.${name}`,
  value: isObject(field.value) && Object.hasOwn(field.value, name) ? field.value[name] : undefined,
  problems: field.problems,
});

/** Refuses a field that is not an object. */
export const expectObject = (field: Field): void => {
  if (!isObject(field.value)) {
    refuse(field, isAbsent(field) ? 'This object is missing.' : 'This has to be an object.');
  }
};

/** The items of a list field that must not be empty, in order; refused when it is, is absent, or is no list. */
export const someItemsOf = (field: Field): readonly Field[] => {
  const items = itemsOf(field, 'required');
  if (Array.isArray(field.value) && items.length === 0) refuse(field, 'This list is empty.');
  return items;
};

/** The items of a list field, in order; refused and empty when it is not a list. An absent list is refused unless optional. */
export const itemsOf = (field: Field, necessity: 'required' | 'optional'): readonly Field[] => {
  const { value, problems, path } = field;
  if (Array.isArray(value)) {
    return value.map((item, index) => ({ path: `${path}[${index}]`, value: item, problems }));
  }
  if (isAbsent(field) && necessity === 'optional') return [];
  refuse(field, isAbsent(field) ? 'This list is missing.' : 'This has to be a list.');
  return [];
};

/** A text field; undefined when absent, refused when it is something else. */
export const textOf = (field: Field): string | undefined => {
  if (isAbsent(field)) return undefined;
  if (typeof field.value === 'string') return field.value;
  refuse(field, 'This has to be text.');
  return undefined;
};

/** A required text field; refused and empty when absent. */
export const requiredText = (field: Field): string => {
  if (isAbsent(field)) refuse(field, 'This text is missing.');
  return textOf(field) ?? '';
};

const literalOf = ({ value }: Field): string | undefined => {
  if (value instanceof NumberLiteral) return value.text;
  return typeof value === 'string' ? value : undefined;
};

/** The number in a field, or in a numeric string there; undefined, and nothing refused, where there is none. */
export const numberIn = (field: Field): Decimal | undefined => {
  const literal = literalOf(field);
  return literal === undefined ? undefined : parseDecimal(literal);
};

/** A number field, or one that partners write as a numeric string; undefined when absent, refused when unreadable. */
export const decimalIn = (field: Field): Decimal | undefined => {
  if (isAbsent(field)) return undefined;
  const decimal = numberIn(field);
  if (decimal === undefined) refuse(field, 'This has to be a number.');
  return decimal;
};

/** A number field as the decimal text of our types; refused when it has more than `decimals` places. */
export const decimalText = (field: Field, decimals: number): string | undefined => {
  const decimal = decimalIn(field);
  if (decimal === undefined) return undefined;
  if (scaleDecimal(decimal, decimals) !== undefined) return literalOf(field)?.trim();
  refuse(field, `This has more than ${decimals} decimals.`);
  return undefined;
};

/** A number field that has to be whole and 0 or more; undefined when absent. */
export const wholeNumber = (field: Field): number | undefined => {
  const decimal = decimalIn(field);
  if (decimal === undefined) return undefined;
  const whole = scaleDecimal(decimal, 0);
  if (whole !== undefined && whole >= 0n && whole <= 10n ** 9n) return Number(whole);
  refuse(field, 'This has to be a whole number between 0 and 1000000000.');
  return undefined;
};

/** A DateTime field of OCPI: UTC where it names no zone. Undefined when absent, refused when unreadable. */
export const dateTimeIn = (field: Field): Instant | undefined => {
  const text = textOf(field);
  if (text === undefined) return undefined;
  const parsed = parseInstant(text);
  if (parsed.kind === 'malformed') {
    refuse(field, `"${text}" is not a date and time as in 2026-04-14T16:30:00Z.`);
    return undefined;
  }
  return parsed.kind === 'instant' ? parsed.at : instant(parsed.local);
};

/** A field with one of some fixed values, in any case; undefined when absent, refused when unknown. */
export const oneOf = <Value extends string>(
  field: Field,
  values: readonly Value[],
): Value | undefined => {
  const text = textOf(field);
  if (text === undefined) return undefined;
  const found = values.find((value) => value === text.toUpperCase());
  if (found === undefined) refuse(field, `"${text}" is not one of ${values.join(', ')}.`);
  return found;
};
