import { readHeldCdr } from '../../../lambdas/store/received/received-cdrs.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import type { TestOperator } from '../plant.ts';
import type { CpoPartner } from './cpo-partner.ts';

/** The token and the contract of the driver of the documents that are golden. */
const golden = { uid: '04A2B3C4D5', contract: 'DE-EMS-C00000017-X' } as const;

/** Gives an operator the driver of the documents, in each version's words. */
export async function haveDrivers(operator: TestOperator): Promise<TestOperator> {
  for (const tokenId of Object.values(golden)) await operator.call('POST', '/tokens', { tokenId });
  return operator;
}

/** The verdict on a CDR at the address that its partner was given. */
export async function verdictAt(
  database: TestDatabase,
  { operator }: CpoPartner,
  location: string | undefined,
) {
  const id = String(location).split('/').at(-1) ?? '';
  const held = await readHeldCdr(database, operator.operatorId, id);
  const differences = held?.verdict.differences ?? [];
  return {
    verdict: held?.verdict.verdict,
    codes: differences.map(({ code }) => code),
    expected: differences.map(({ expected }) => expected),
  };
}

/** All orders of some things. */
export const ordersOf = <T>(things: readonly T[]): readonly (readonly T[])[] =>
  things.length < 2
    ? [things]
    : things.flatMap((first, at) =>
        ordersOf(things.toSpliced(at, 1)).map((rest) => [first, ...rest]),
      );
