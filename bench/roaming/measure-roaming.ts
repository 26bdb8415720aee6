import type { Row } from '../report/row.ts';
import type { BenchStack } from '../stack/bench-stack.ts';
import { startBenchPartners } from './bench-partners.ts';
import { measureManyPartners } from './measure-many-partners.ts';
import { measurePages } from './measure-pages.ts';
import { measurePushes } from './measure-pushes.ts';
import { beParty, registerPartners } from './roaming-site.ts';

/** The budgets of roaming as CPO: one push, many partners with many connectors, and pages of a long list. */
export async function measureRoaming(
  stack: BenchStack,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  const partners = await startBenchPartners();
  try {
    const tariffId = await beParty(stack);
    await registerPartners(stack, partners, [0]);
    progress('Roaming: what one partner is sent');
    const ofOne = await measurePushes(stack, partners, tariffId);
    progress('Roaming: pages of a long list');
    const pages = await measurePages(stack, partners);
    return [
      ...ofOne,
      ...(await measureManyPartners(stack, partners, tariffId, progress)),
      ...pages,
    ];
  } finally {
    partners.stop();
  }
}
