import type { DatabaseOptions } from './dynamodb/database-options.ts';
import type { EventSourceOptions } from './event-source/event-source-options.ts';
import type { WantedPort } from './gateway/listen.ts';
import type { WebSocketOptions } from './gateway/websocket/websocket-options.ts';
import type { SigningOptions } from './kms/signing-options.ts';
import type { ScheduleOptions } from './schedule/schedule-options.ts';
import type { StartRefusal } from './start-refusal.ts';
import type { StackTemplate } from './template/assembly.ts';

/** How a local stack is started. */
export type StackOptions = {
  /** Absolute path; everything that outlives a stop is below it. */
  readonly dataDirectory: string;
  /** On 127.0.0.1; any free port unless given. */
  readonly httpPort?: number;
  readonly chargerPort?: number;
  readonly dashboardPort?: WantedPort;
  /** Where chargers may connect with TLS; nowhere unless given. */
  readonly secureChargerPort?: WantedPort;
  /** `dynoxide` unless given, `dynamodb-local`, or a URL. */
  readonly engine?: string;
  /** Hears how the start goes on, one line each, and later of problems that are reported nowhere else. */
  readonly progress?: (line: string) => void;
  /** Gets the reason why the stack cannot go on: who started it ends it, at once. Nothing that was acknowledged is lost. */
  readonly failed?: (refusal: StartRefusal) => void;
  /** Ends a start in progress when it is aborted: the start fails with its reason, and leaves nothing running. */
  readonly interrupted?: AbortSignal;
  /** True if webhooks may reach servers of this machine; by default nothing can. */
  readonly allowLoopback?: boolean;
  /** True if everything that AWS would bill is counted; it costs time. */
  readonly counting?: boolean;
  /** Changes a stack of the template before it is deployed. */
  readonly editStack?: (stack: StackTemplate) => StackTemplate;
  /** Workers of one function that compute at once; as many as there are cores, but two, unless given. */
  readonly workersPerFunction?: number;
  /** How long a worker waits for its next event before it ends, in ms; a minute unless given. */
  readonly workerIdleMilliseconds?: number;
  /** Lets calls of the database fail. */
  readonly dynamodb?: DatabaseOptions;
  /** Has calls of the keys refused. */
  readonly kms?: SigningOptions;
  /** Bends time and order of streams and queues. */
  readonly eventSources?: EventSourceOptions;
  /** Bends the time of schedules. */
  readonly schedules?: ScheduleOptions;
  /** Bends time and order of connections. */
  readonly webSocket?: WebSocketOptions;
};
