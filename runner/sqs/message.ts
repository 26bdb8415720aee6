/** An attribute of a message, as the sender typed it. */
export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
};

/** A message in a queue; instants are milliseconds of the epoch. */
export type Message = {
  readonly id: string;
  readonly body: string;
  /** The group of a message of a fair queue. */
  readonly groupId?: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly sentAt: number;
  /** When it can be received: after its delay, or after the visibility timeout of whoever has it. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** Handle of the latest receipt; earlier ones are void. */
  readonly receiptHandle?: string;
};
