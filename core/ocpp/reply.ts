import type { RefusalReason } from './rpc/refusal-reason.ts';

/** A charger's reply to a request of ours. */
export type Reply =
  | {
      readonly kind: 'result';
      readonly messageId: string;
      /** The payload exactly as it came. */
      readonly raw: string;
    }
  | {
      readonly kind: 'refusal';
      readonly messageId: string;
      readonly reason: RefusalReason;
      /** The error code exactly as it came. */
      readonly code: string;
      readonly description: string;
      /** The details as JSON. */
      readonly raw: string;
    }
  | {
      readonly kind: 'unreadable';
      /** Absent where not even that can be read. */
      readonly messageId?: string;
      /** Why it cannot be read, one clear sentence. */
      readonly description: string;
      /** The text after the readable part. */
      readonly raw: string;
    };
