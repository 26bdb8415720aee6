import { hash } from 'node:crypto';
import { cloudLocation } from '../template/cloud-location.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';

/** A stream record on its way to a function. */
export type SourceRecord = {
  readonly sequence: bigint;
  /** The item's key as text: records of one key stay in order. */
  readonly key: string;
  /** Instant of the write in milliseconds, to the second at best. */
  readonly writtenAt: number;
  /** As Lambda hands it to the function. */
  readonly event: JsonObject;
};

/** A record of an engine's stream as AWS would have written it. */
export function sourceRecord(record: unknown, streamArn: string): SourceRecord {
  const { eventName, dynamodb } = asJsonObject(record);
  const change = asJsonObject(dynamodb);
  const sequence = BigInt(String(change['SequenceNumber']));
  return {
    sequence,
    // Some records are wanted by no mapping: what only a delivery needs waits for it.
    get key() {
      return keyText(asJsonObject(change['Keys']));
    },
    writtenAt: Number(change['ApproximateCreationDateTime'] ?? 0) * 1000,
    event: {
      get eventID() {
        return hash('md5', `${streamArn} ${sequence}`);
      },
      eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: cloudLocation.region,
      dynamodb: { ...change, SequenceNumber: sequenceText(sequence) },
      eventSourceARN: streamArn,
    },
  };
}

/** A sequence number as functions see it: as long as those of AWS, so that text order is number order. */
export function sequenceText(sequence: bigint): string {
  return String(sequence).padStart(21, '0');
}

function keyText(keys: JsonObject): string {
  return JSON.stringify(
    Object.keys(keys)
      .sort()
      .map((name) => keys[name]),
  );
}
