import { openStreamMapping, type StreamMappingParts } from './open-stream-mapping.ts';
import { createPause } from './pause.ts';
import { pollStream } from './poll-stream.ts';
import { readForAll } from './read-for-all.ts';
import { type RunningSource, withinGrace } from './running-source.ts';

/** The parts that each mapping has for itself. */
type Own = 'mapping' | 'checkpoint';

/** The parts that the mappings of one stream need. */
export type StreamParts = Omit<StreamMappingParts, Own> & {
  readonly mappings: readonly Pick<StreamMappingParts, Own>[];
};

/** Feeds functions from the stream of a table, each from its checkpoint on. */
export async function startStreamMappings(parts: StreamParts): Promise<RunningSource> {
  const { mappings, table, options } = parts;
  const pause = createPause();
  const all = await Promise.all(mappings.map((own) => openStreamMapping({ ...parts, ...own })));
  const idle = async () => {
    await Promise.all(all.map((mapping) => mapping.idle()));
  };
  const poll = pollStream({
    pause,
    spacing: mappings.every(({ mapping }) => mapping.windowMilliseconds > 0) ? 100 : 20,
    report: (line) => options.report?.(`${table.name}: ${line}`),
    read: () => readForAll(all),
  });
  return {
    wake: poll.wake,
    hurry: () => {
      pause.hurry();
      for (const mapping of all) mapping.hurry();
    },
    doneCount: () => all.reduce((sum, mapping) => sum + mapping.doneCount(), 0),
    settle: async () => {
      do {
        await idle();
      } while (!pause.isStopped() && (await poll.readNow()) > 0);
      await idle();
    },
    stop: async () => {
      for (const mapping of all) mapping.stop();
      await withinGrace(poll.stop().then(idle));
      for (const { checkpoint } of mappings) checkpoint.flush();
    },
  };
}
