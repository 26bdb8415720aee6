import { type Item, optionalNumber } from './item.ts';

/** Reads an item of one schema as the next one has it. */
type Upgrade = (item: Item) => Item;

/** The way forward of each kind of item whose schema has changed: the first upgrade leads from schema 1 to 2, and so on. */
export type Upgrades = Readonly<Record<string, readonly Upgrade[]>>;

/** The kinds whose schema has changed since release 0.1.0. An item of any other is as that release wrote it. */
const upgrades: Upgrades = {};

/** An item that a later release has written, which this one would read wrongly. */
export class LaterSchemaError extends Error {
  override readonly name = 'LaterSchemaError';

  constructor(kind: string, schema: number, known: number) {
    super(
      `A later release has written this ${kind} in schema ${schema}; this one knows up to ${known}. Deploy that release again.`,
    );
  }
}

/**
 * An item as this release has it, whichever release wrote it. Items say their schema (attribute `schema`) from the second on.
 * Entries of indexes have no kind and stay as they are. Throws LaterSchemaError for what only a later release can read.
 */
export function itemForward(item: Item, way: Upgrades = upgrades): Item {
  const kind = item['kind']?.S;
  const schema = optionalNumber(item, 'schema') ?? 1;
  if (kind === undefined) return item;
  const steps = way[kind] ?? [];
  const known = steps.length + 1;
  if (schema === known) return item;
  if (schema > known) throw new LaterSchemaError(kind, schema, known);
  const upgraded = steps.slice(schema - 1).reduce((current, upgrade) => upgrade(current), item);
  return { ...upgraded, schema: { N: String(known) } };
}
