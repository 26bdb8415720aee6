import { expect, it } from 'vitest';
import { keptAnswerPut, readKeptAnswer } from '../../lambdas/store/operators/kept-answers.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { toItem } from '../../lambdas/store/table/item.ts';
import { writeTogether } from '../../lambdas/store/table/transaction.ts';
import { onEachEngine } from './on-each-engine.ts';

const hour = 3_600_000;
const after = (hours: number): string =>
  new Date(Date.UTC(2026, 3, 14, 16) + hours * hour).toISOString();

/** The work of a call, in the transaction that keeps its answer. */
const workOf = ({ state: TableName }: Database, pk: string) => ({
  Put: {
    TableName,
    Item: toItem({ pk, sk: 'WORK' }),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

onEachEngine('answers that are kept for a repetition', (database) => {
  /** Does something for an API key under a name, and keeps the answer to it. */
  const answer = async (
    work: string,
    { apiKeyId = 'key-1', name = 'name-1', answer: text = work, at = after(0) } = {},
  ) =>
    await writeTogether(database(), [
      { item: workOf(database(), work), otherwise: 'changed' },
      { item: keptAnswerPut(database(), apiKeyId, name, text, at), otherwise: 'taken' },
    ]);
  const kept = async (at: string, apiKeyId = 'key-1', name = 'name-1') =>
    await readKeptAnswer(database(), apiKeyId, name, at);

  it('an answer is kept for a day, and only under its name and for its API key', async () => {
    expect(await kept(after(0))).toBeUndefined();
    expect(await answer('first')).toBe('written');

    expect(await kept(after(0))).toBe('first');
    expect(await kept(after(23.9))).toBe('first');
    expect(await kept(after(24))).toBeUndefined();
    expect(await kept(after(1), 'key-2')).toBeUndefined();
    expect(await kept(after(1), 'key-1', 'name-2')).toBeUndefined();
  });

  it('an answer is not replaced within its day, and nothing is done then', async () => {
    await answer('first');

    expect(await answer('second', { at: after(23) })).not.toBe('written');

    expect(await kept(after(23))).toBe('first');
    // The work of the second was not done either: it can still be done under another name.
    expect(await answer('second', { name: 'name-2', at: after(23) })).toBe('written');
  });

  it('an answer that has expired is replaced, although the database still has it', async () => {
    await answer('first');

    expect(await answer('second', { at: after(24) })).toBe('written');

    expect(await kept(after(25))).toBe('second');
  });

  it('an answer is not kept where what it answers was not done', async () => {
    await answer('work');

    expect(await answer('work', { name: 'name-2' })).not.toBe('written');

    expect(await kept(after(0), 'key-1', 'name-2')).toBeUndefined();
  });

  it('of several requests under one name at a time one alone is done', async () => {
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (work) => [work, await answer(work)] as const),
    );

    const done = outcomes.filter(([, outcome]) => outcome === 'written').map(([work]) => work);
    expect(done).toHaveLength(1);
    expect(await kept(after(0))).toBe(done[0]);
  });
});
