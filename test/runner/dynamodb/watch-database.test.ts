import { expect, it } from 'vitest';
import { watchDatabase } from '../../../runner/dynamodb/watch-database.ts';

const answer = (status: number, message = '') => ({
  status,
  body: Buffer.from(JSON.stringify({ message })),
});

it('a database that cannot write is reported in one line, and in another when it writes again', async () => {
  const lines: string[] = [];
  let returns = 0;
  const watch = watchDatabase({
    report: (line) => lines.push(line),
    returned: () => {
      returns += 1;
    },
  });
  const write = async (status: number, message?: string) =>
    await watch.follow(Promise.resolve(answer(status, message)), true);
  await write(200);
  await write(500, 'database or disk\nis full.');
  await write(500, 'database or disk is full');
  // A condition that does not hold, and a read, succeed on a full disk too.
  await write(400);
  await watch.follow(Promise.resolve(answer(200)), false);
  expect(lines).toEqual([
    'The database cannot write (database or disk is full); what chargers send waits until it can.',
  ]);
  expect(returns).toBe(0);
  await write(200);
  await write(200);
  expect(lines.slice(1)).toEqual(['The database writes again.']);
  expect(returns).toBe(1);
  await watch.stop();
});
