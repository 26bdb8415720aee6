import type { StreamMapping } from './open-stream-mapping.ts';

/** The part of a mapping that reading for it needs. */
type Reading = Pick<StreamMapping, 'reader' | 'isReady' | 'take'>;

/**
 * Lets each mapping of a stream that is ready take what comes next for it. Gives the number of records and of ends of shards that were
 * read, and of mappings that were not ready: 0 says that there was nothing more for anybody.
 * Whoever is furthest behind reads first, and all that come across their own places in what it has read go on from there with it:
 * the engine writes a record once, and it is parsed once, however many mappings take it. Who is too far behind for that, after a restart or a
 * while with more than enough to do, reads by itself until it has caught up.
 * Throws what a read failed with, when all others have read.
 */
export async function readForAll(mappings: readonly Reading[]): Promise<number> {
  const failures: unknown[] = [];
  let left = mappings.filter((mapping) => mapping.isReady());
  let count = mappings.length - left.length;
  for (let first = furthestBehind(left); first !== undefined; first = furthestBehind(left)) {
    const { reader, take } = first;
    left = left.filter((mapping) => mapping !== first);
    try {
      const page = await reader.read();
      count += page.records.length + Number(page.isEnd);
      take(page);
      left = left.filter((mapping) => {
        const following = mapping.reader.follow(page);
        if (following !== undefined) mapping.take(following);
        return following === undefined;
      });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return count;
}

function furthestBehind(mappings: readonly Reading[]): Reading | undefined {
  const [first, ...others] = mappings;
  return others.reduce(
    (last, each) => (last !== undefined && each.reader.isBehind(last.reader) ? each : last),
    first,
  );
}
