import type { Figures, TenThousandths } from '../../../core/analytics/figures.ts';
import type { RollupKey } from '../../../core/analytics/rollup.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration } from '../../../core/units/instant.ts';
import type { Item } from '../table/item.ts';
import type { Key } from '../table/keys/key.ts';
import { rollupKey } from '../table/keys/rollup-keys.ts';

/**
 * The place of a sum: its item, and which of the item's parts. The days of a span are parts of one item, named by the two digits of the
 * day: a month is three small items. All other sums are alone in theirs, the part ''.
 */
type SumPlace = { readonly key: Key; readonly part: string };

/** The place of a group's sum. */
export const sumPlace = (operatorId: string, key: RollupKey): SumPlace => ({
  key: rollupKey(operatorId, key),
  part: key.by === 'day' ? key.group.slice(8) : '',
});

/** Figures as an item has them alone, and as a letter before the day where it has several. */
const letters = {
  sessions: 's',
  energy: 'e',
  occupied: 'o',
  charging: 'c',
  idle: 'i',
  exclVat: 'x',
  inclVat: 'v',
} as const satisfies Record<keyof Figures, string>;

type FigureName = keyof typeof letters;

const names = Object.keys(letters) as readonly FigureName[];

const attributeOf = (name: FigureName, part: string): string =>
  part === '' ? name : `${letters[name]}${part}`;

/** The expression that adds figures to parts of an item, and its values. */
export function additionOf(parts: ReadonlyMap<string, Figures>): {
  readonly clause: string;
  readonly values: Item;
} {
  const added = [...parts].flatMap(([part, figures]) =>
    names.map((name) => [attributeOf(name, part), figures[name]] as const),
  );
  return {
    clause: added.map(([name]) => `${name} :${name}`).join(', '),
    values: Object.fromEntries(added.map(([name, amount]) => [`:${name}`, { N: `${amount}` }])),
  };
}

/** The figures of a part of an item. Numbers may have more digits than a float. */
export function figuresFrom(item: Item, part = ''): Figures {
  const whole = (name: FigureName): bigint => BigInt(item[attributeOf(name, part)]?.N ?? '0');
  return {
    sessions: whole('sessions'),
    energy: milliWattHours(whole('energy')),
    occupied: duration(whole('occupied')),
    charging: duration(whole('charging')),
    idle: duration(whole('idle')),
    exclVat: whole('exclVat') as TenThousandths,
    inclVat: whole('inclVat') as TenThousandths,
  };
}

/** The parts of an item that have figures, in order: '' first. */
export const partsOf = (item: Item): readonly string[] =>
  Object.keys(item)
    .flatMap((name) => {
      if (name === 'sessions') return [''];
      return /^s\d\d$/.test(name) ? [name.slice(1)] : [];
    })
    .sort();
