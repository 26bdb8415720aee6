import { join } from 'node:path';
import { createEngineClient } from '../dynamodb/engine-client.ts';
import type { Engine } from '../dynamodb/start-engine.ts';
import type { Table } from '../dynamodb/table.ts';
import type {
  AccessKeyOf,
  Authorize,
  Deployment,
  Invoke,
  RunningPart,
} from '../runner-interfaces.ts';
import type { Queues } from '../sqs/open-queues.ts';
import { StartRefusal } from '../start-refusal.ts';
import { openCheckpointFile } from './checkpoint.ts';
import { demandSourceGrants } from './demand-source-grants.ts';
import { type EventSourceMapping, eventSourceMappingsOf } from './event-source-mapping.ts';
import type { EventSourceOptions } from './event-source-options.ts';
import type { RunningSource } from './running-source.ts';
import { startQueueMapping } from './start-queue-mapping.ts';
import { startStreamMappings } from './start-stream-mappings.ts';

/** The parts the event sources need. */
export type EventSourceParts = {
  readonly deployment: Deployment;
  readonly engine: Engine;
  readonly tables: readonly Table[];
  readonly queues: Queues;
  readonly invoke: Invoke;
  readonly authorize: Authorize;
  readonly accessKeyOf: AccessKeyOf;
  /** Checkpoints are kept in its folder `event-sources`. */
  readonly dataDirectory: string;
  readonly options?: EventSourceOptions;
};

/** All mappings of a deployment at work. */
export type EventSources = RunningPart & {
  /** To be called with the name of a table that was written to. */
  readonly wake: (tableName: string) => void;
  /** To be called when a service is back: all that waits because it failed is tried again at once. */
  readonly hurry: () => void;
  /**
   * Resolves when every record written so far, and every record that functions wrote because of it, is processed, and
   * no batch is in flight. Messages that a queue delays, or hides after a failure, are waited for, but not those that look whether a time is over.
   */
  readonly drained: () => Promise<void>;
};

/** Starts all mappings; refuses with `EVENT_SOURCE_DENIED` where AWS would, with `EVENT_SOURCE_UNKNOWN` a source that is not in the template. */
export async function startEventSources(parts: EventSourceParts): Promise<EventSources> {
  const { deployment, authorize, accessKeyOf } = parts;
  const client = createEngineClient(parts.engine.url);
  const sources: { readonly source: RunningSource; readonly tableName: string }[] = [];
  const stop = async () => {
    await Promise.all(sources.map(({ source }) => source.stop()));
    client.close();
  };
  try {
    const mappings = eventSourceMappingsOf(deployment);
    for (const mapping of mappings) {
      demandSourceGrants(mapping, authorize, accessKeyOf(mapping.functionArn));
    }
    for (const [sourceArn, ofSource] of Map.groupBy(mappings, (each) => each.sourceArn)) {
      const queue = parts.queues.get(sourceArn);
      if (queue === undefined) {
        const table = streamedTable(sourceArn, parts);
        const source = await startStream(ofSource, table, parts, client);
        sources.push({ source, tableName: table.name });
        continue;
      }
      const { invoke, options = {} } = parts;
      for (const mapping of ofSource) {
        const source = startQueueMapping({ mapping, queue, invoke, options });
        sources.push({ source, tableName: '' });
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    wake: (tableName) => {
      for (const each of sources) {
        if (each.tableName === tableName) {
          each.source.wake();
        }
      }
    },
    hurry: () => {
      for (const { source } of sources) source.hurry();
    },
    drained: async () => {
      const done = () => sources.reduce((sum, { source }) => sum + source.doneCount(), 0);
      for (let before = -1; before !== done(); ) {
        before = done();
        await Promise.all(sources.map(({ source }) => source.settle()));
      }
    },
  };
}

function streamedTable(streamArn: string, { tables }: EventSourceParts): Table {
  const table = tables.find((each) => each.streamArn === streamArn);
  if (table === undefined) {
    throw new StartRefusal(
      'EVENT_SOURCE_UNKNOWN',
      `The template has no stream or queue with the ARN ${streamArn}.`,
    );
  }
  return table;
}

async function startStream(
  mappings: readonly EventSourceMapping[],
  table: Table,
  parts: EventSourceParts,
  engine: ReturnType<typeof createEngineClient>,
): Promise<RunningSource> {
  const { invoke, options = {}, dataDirectory } = parts;
  const folder = join(dataDirectory, 'event-sources');
  return await startStreamMappings({
    mappings: mappings.map((mapping) => {
      const file = join(folder, `${parts.engine.kind}-${mapping.id}`);
      return { mapping, checkpoint: openCheckpointFile(file, options.report) };
    }),
    table,
    engine,
    invoke,
    sendFailure: (failed, body) => tellFailureQueue(failed, body, parts),
    options,
  });
}

function tellFailureQueue(mapping: EventSourceMapping, body: string, parts: EventSourceParts) {
  const { onFailureArn, functionArn } = mapping;
  if (onFailureArn === undefined) {
    return;
  }
  const accessKey = parts.accessKeyOf(functionArn);
  const verdict = parts.authorize(accessKey, 'sqs:SendMessage', onFailureArn);
  const queue = parts.queues.get(onFailureArn);
  if (verdict.allowed && queue !== undefined) {
    queue.send({ body });
    return;
  }
  parts.options?.report?.(`${mapping.id}: cannot tell ${onFailureArn} of ${body}`);
}
