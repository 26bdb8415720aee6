import fc from 'fast-check';
import { type JsonLiteral, NumberLiteral } from '../../../../core/units/json-literals.ts';

type Fields = { [name: string]: JsonLiteral };

const isFields = (value: JsonLiteral): value is Fields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof NumberLiteral);

/** A copy of a document that may be changed. */
const copyOf = (value: JsonLiteral): JsonLiteral => {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]));
};

const objectsIn = (value: JsonLiteral): readonly Fields[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isFields(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
};

/** Something odd that a partner does to a document. */
export type Oddity = {
  readonly how:
    | 'a new word'
    | 'too long'
    | 'a field besides'
    | 'left out'
    | 'null'
    | 'other digits';
  /** Which of the objects in it, and which of its fields. */
  readonly object: number;
  readonly field: number;
  /** The name and value of the field that is added. */
  readonly name: string;
  readonly value: JsonLiteral;
};

/** Fields of some versions that others do not have, and one of nobody. */
const names =
  'x_odd publish parking_type tariff_ids capabilities evses tax_included vat state help_phone type'
    .concat(' time_zone group_id excl_vat taxes minimum roles role credit total_parking_cost size')
    .split(' ');

/** A few odd things, all of which leave a document that can be read, or one that is refused. */
export const oddities: fc.Arbitrary<readonly Oddity[]> = fc.array(
  fc.record({
    how: fc.constantFrom<Oddity['how'][]>(
      ...([
        'a new word',
        'too long',
        'a field besides',
        'left out',
        'null',
        'other digits',
      ] as const),
    ),
    object: fc.nat(99),
    field: fc.nat(99),
    name: fc.constantFrom(...names),
    value: fc.constantFrom<JsonLiteral[]>(
      ...[new NumberLiteral('1.50'), 'text', '', ['list'], { in: new NumberLiteral('2') }, true],
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

const oddField = (value: JsonLiteral, { how }: Oddity): JsonLiteral | undefined => {
  switch (how) {
    case 'left out':
      return undefined;
    case 'null':
      return null;
    case 'a new word':
      return typeof value === 'string' ? 'SOMETHING_NEW' : value;
    case 'too long':
      return typeof value === 'string' ? `${value}${'x'.repeat(300)}` : value;
    default:
      return value instanceof NumberLiteral ? new NumberLiteral('12.3456789') : value;
  }
};

/** Does something odd to one of the objects in a document. */
const spoil = (object: Fields, oddity: Oddity): void => {
  if (oddity.how === 'a field besides') {
    object[oddity.name] ??= copyOf(oddity.value);
    return;
  }
  const fields = Object.keys(object);
  const name = fields[oddity.field % fields.length];
  if (name === undefined) return;
  const value = oddField(object[name] ?? null, oddity);
  if (value === undefined) delete object[name];
  else object[name] = value;
};

/** A document as a partner might send it that has its own ideas. */
export const oddDocument = (document: JsonLiteral, odd: readonly Oddity[]): JsonLiteral => {
  const copy = copyOf(document);
  for (const oddity of odd) {
    const objects = objectsIn(copy);
    spoil(objects[oddity.object % objects.length] ?? {}, oddity);
  }
  return copy;
};
