import { TariffForm } from '../../lambdas/api/tariffs/tariff-form.ts';
import { atMost, type Row } from '../report/row.ts';
import { startBenchStack } from '../stack/bench-stack.ts';

/** How long a person waits: for a local stack that was synthesized before to serve and to end, and for a refusal. */
export async function measurePatience(): Promise<readonly Row[]> {
  const began = performance.now();
  const stack = await startBenchStack({});
  const ready = performance.now();
  await stack.stop();
  const stopped = performance.now();
  const seconds = { unit: 's' };
  return [
    atMost('Start of the local stack', 10, (ready - began) / 1000, seconds),
    atMost('Stop of the local stack', 5, (stopped - ready) / 1000, seconds),
    atMost('Refusal of a price with 250,000 digits', 1, refusalSeconds(), seconds),
  ];
}

function refusalSeconds(): number {
  const perKwh = `${'1'.repeat(120_000)}.${'0'.repeat(130_000)}`;
  const began = performance.now();
  const { success } = TariffForm.safeParse({ name: 'T', currency: 'EUR', perKwh });
  if (success) throw new Error('A price with 250,000 digits was taken');
  return (performance.now() - began) / 1000;
}
