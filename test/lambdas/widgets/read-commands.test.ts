import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents } from '../../../lambdas/store/events/append-events.ts';
import { readCommands } from '../../../lambdas/widgets/read-commands.ts';
import { commandsView } from '../../../lambdas/widgets/view/commands-view.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { newOperator } from '../plant.ts';

const now = Date.now();
const started = now - 3_600_000;

let database: TestDatabase;
let operatorId: string;

/** Logs one event in a chunk of its own. */
async function log(type: 'command.finished' | 'charger.status', at: number, data: object) {
  const event = {
    type,
    at: new Date(at).toISOString(),
    source: `${type}#${at}`,
    data: { ...data },
  };
  await appendEvents(database, operatorId, [event], { since: at, now: () => at });
}

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  ({ operatorId } = await newOperator(database, 'Busy'));
  await log('command.finished', started, { commandId: 'cmd_1', type: 'reset', state: 'failed' });
  for (let n = 1; n <= 130; n += 1) await log('charger.status', started + n * 1000, {});
});

afterAll(async () => {
  await database.stop();
});

describe('the commands of the last day', () => {
  it('a command is found behind all that chargers and sessions have logged since', async () => {
    const page = await readCommands(database, { operatorId }, now);

    expect(page).toEqual({
      rows: [{ type: 'reset', states: new Map([['failed', 1]]) }],
      more: false,
    });
    expect(commandsView(page).markup).not.toContain('Not all were read');
  });

  it('a look that ends before the day does says since when it has read, and reads no more than it may', async () => {
    let page: Awaited<ReturnType<typeof readCommands>> = { rows: [], more: false };
    const { reads } = await countRequests(database, async () => {
      page = await readCommands(database, { operatorId }, now, 0);
    });

    expect(page.rows).toEqual([]);
    expect(Date.parse(page.readTo ?? '')).toBeGreaterThan(started + 20_000);
    expect(commandsView(page).markup).toContain(
      `events since ${page.readTo?.slice(0, 16).replace('T', ' ')} UTC`,
    );
    // Four of chunks, beside the operator and the head of its log.
    expect(reads.length).toBeLessThanOrEqual(7);
  });
});
