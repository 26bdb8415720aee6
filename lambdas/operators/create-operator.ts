import { suggestOperatorSlug } from '../../core/operator/operator-slug.ts';
import { newId } from '../runtime/new-id.ts';
import { createOperator } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';
import { type CreatedKey, createAdministratorKey } from './create-administrator-key.ts';

/** A new operator and the only showing of its first key. */
export type CreatedOperator = CreatedKey & {
  readonly name: string;
  /** Names the operator in the URL of a charger. */
  readonly slug: string;
};

/** How many operators of the same name get a slug derived from it. */
const mostSuggestions = 999;

/**
 * Creates an operator and its first administrator key. `slug` names it in the URL of a charger, and is made of its name
 * where none is given; `slug-taken` where another operator has it.
 */
export async function createOperatorWithKey(
  database: Database,
  operator: { readonly name: string; readonly slug?: string | undefined },
  createdAt: string,
): Promise<CreatedOperator | 'slug-taken'> {
  const { name } = operator;
  const operatorId = newId('op');
  const slug = await createUnderSlug(database, { operatorId, name, createdAt }, operator.slug);
  if (slug === undefined) return 'slug-taken';
  const key = await createAdministratorKey(
    database,
    { operatorId, name: 'First administrator' },
    createdAt,
  );
  return { ...key, name, slug };
}

async function createUnderSlug(
  database: Database,
  operator: { readonly operatorId: string; readonly name: string; readonly createdAt: string },
  wanted: string | undefined,
): Promise<string | undefined> {
  const slugs = wanted === undefined ? suggestions(operator.name) : [wanted];
  for (const slug of slugs) {
    if ((await createOperator(database, { ...operator, slug })) === 'created') return slug;
  }
  return undefined;
}

function* suggestions(name: string): Generator<string> {
  for (let n = 1; n <= mostSuggestions; n += 1) yield suggestOperatorSlug(name, n);
}
