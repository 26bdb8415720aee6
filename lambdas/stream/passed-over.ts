import type { DynamoDBRecord } from 'aws-lambda';

/** A record that was passed over, as the failure queue gets it: enough to hand it to the function again. */
export type PassedOver = {
  readonly functionName: string;
  readonly eventSourceArn: string;
  /** The kind of the error; its text stays in the log. */
  readonly errorName: string;
  /** The whole record, as the stream delivered it. */
  readonly record: DynamoDBRecord;
};
