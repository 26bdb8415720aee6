import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { dieAt } from '../api/die-at.ts';
import { haveInvoicing } from './invoicing.ts';
import type { Document } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Invoicing = Awaited<ReturnType<typeof haveInvoicing>>;

const invoiceOf = async ({ issued }: Invoicing, number: string): Promise<Document | undefined> =>
  (await issued()).find(({ invoiceNumber }) => invoiceNumber === number);

const takeBack = async (plant: Invoicing, number: string): Promise<void> => {
  const invoice = await invoiceOf(plant, number);
  if (invoice === undefined) return;
  await plant.operator.call('DELETE', `${plant.at}/${invoice['partnerInvoiceId']}`);
};

/** Calls about an invoice: what precedes each, and how the invoice is in the end. */
const rows = [
  {
    name: 'one that issues it',
    ...{ prepare: async () => {}, end: 'issued' },
    call: async (plant: Invoicing, number: string) => void (await plant.issue(number)),
  },
  {
    name: 'one that takes it back',
    prepare: async (plant: Invoicing, number: string) => void (await plant.issue(number)),
    ...{ call: takeBack, end: 'taken-back' },
  },
];

describe.each(rows)('of calls about an invoice to a partner, $name', ({ prepare, call, end }) => {
  /** Has a call die; gives whether it came to that, the invoice before and after it, and whether a look at it was asked for. */
  const die = async (plant: Invoicing, n: number, when: 'before' | 'after') => {
    const number = `R-${n}-${when}`;
    await prepare(plant, number);
    const before = await invoiceOf(plant, number);
    const { sent, hasDied } = await dieAt(database, n, when, () => call(plant, number));
    const after = await invoiceOf(plant, number);
    const isHeard = sent.some(([told]) => told === after?.['partnerInvoiceId']);
    return { number, hasDied, isHeard, isChanged: after?.['state'] !== before?.['state'] };
  };

  it('wherever it dies, the partner hears of what it did, and nobody has to call again', async () => {
    const plant = await haveInvoicing(database);
    await plant.sendCdr('C-1');
    const expectHeard = async (n: number, when: 'before' | 'after'): Promise<boolean> => {
      const { number, hasDied, isHeard, isChanged } = await die(plant, n, when);
      expect([n, when, isChanged && !isHeard, hasDied || isChanged]).toEqual([
        ...[n, when, false, true],
      ]);
      if (isChanged) {
        // Whoever looks completes it.
        await plant.settle();
        expect((await invoiceOf(plant, number))?.['state']).toBe(end);
      }
      await takeBack(plant, number);
      return hasDied;
    };
    let n = 0;
    let hasDied = true;
    while (hasDied) {
      n += 1;
      hasDied = await expectHeard(n, 'before');
      await expectHeard(n, 'after');
    }
    expect(n).toBeGreaterThan(3);
  });
});
