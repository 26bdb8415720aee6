import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConformanceBlock, ConformanceCase } from './conformance/conformance-case.ts';
import { conformancePage } from './conformance/conformance-page.ts';
import { createCaseRunner, prepareSite } from './conformance/run-case.ts';
import { v16Blocks } from './conformance/v16/v16-blocks.ts';
import { v201Blocks } from './conformance/v201/v201-blocks.ts';
import { type RunningFlow, startFlow, withDeadlines } from './start-flow.ts';

const blocks: readonly ConformanceBlock[] = [...v16Blocks, ...v201Blocks];
const passed = new Set<ConformanceCase>();

let flow: RunningFlow;
let run: Readonly<Record<ConformanceBlock['protocol'], ReturnType<typeof createCaseRunner>>>;

beforeAll(async () => {
  flow = await startFlow({ eventSources: withDeadlines });
  const site = await prepareSite(flow);
  run = {
    'ocpp1.6': createCaseRunner(site, 'ocpp1.6'),
    'ocpp2.0.1': createCaseRunner(site, 'ocpp2.0.1'),
  };
});
afterAll(async () => {
  await flow.stop();
});

// Only the last statement has a place, as it is about the results of all others.
describe('the cases of certification', { shuffle: false }, () => {
  describe('on one stack', { shuffle: true }, () => {
    describe.each(blocks)('$protocol, $name', ({ protocol, cases }) => {
      it.each(cases)('$id: $statement', async (one) => {
        await run[protocol](one);
        passed.add(one);
      });
    });
  });

  it('docs/conformance.md says what these cases have shown (npm run conformance)', async () => {
    const page = conformancePage(blocks, (one) => passed.has(one));

    await expect(page).toMatchFileSnapshot('../../docs/conformance.md');
  });
});
