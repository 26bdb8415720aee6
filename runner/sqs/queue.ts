import { randomUUID } from 'node:crypto';
import { inFairOrder } from './fair-order.ts';
import type { Message, MessageAttribute } from './message.ts';
import type { MessageJournal } from './message-journal.ts';
import type { QueueSettings } from './queue-settings.ts';

/** How many messages a queue holds, as GetQueueAttributes distinguishes them. */
export type QueueCounts = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
};

/** A message to send; the delay in seconds is the queue's unless given. */
export type Sending = {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
  readonly delaySeconds?: number;
  /** Messages of a group with many in flight give way to those of others. */
  readonly groupId?: string | undefined;
};

/** A standard queue with visibility timeouts, delays, retention and redrive; the clock is given. */
export class Queue {
  readonly settings: QueueSettings;
  readonly #journal: MessageJournal;
  readonly #now: () => number;
  readonly #messages: Map<string, Message>;
  readonly #waiting = new Set<() => void>();
  readonly #deadLetters: (queueArn: string, message: Message) => void;

  constructor(
    settings: QueueSettings,
    journal: MessageJournal,
    now: () => number,
    deadLetters: (queueArn: string, message: Message) => void,
  ) {
    this.settings = settings;
    this.#journal = journal;
    this.#now = now;
    this.#deadLetters = deadLetters;
    const kept = journal.load().map((message) => notAhead(message, now()));
    this.#messages = new Map(kept.map((message) => [message.id, message]));
  }

  /** Takes a message in; gives its id. Throws when the disk does not take it: then it is not there. */
  send({
    body,
    attributes = {},
    delaySeconds = this.settings.delaySeconds,
    groupId,
  }: Sending): string {
    const sentAt = this.#now();
    const id = randomUUID();
    const visibleAt = sentAt + delaySeconds * this.settings.delayScale(body) * 1000;
    const group = groupId === undefined ? {} : { groupId };
    this.#take({ id, body, attributes, ...group, sentAt, visibleAt, receiveCount: 0 });
    return id;
  }

  /** Takes a message over from a queue that gave it up; its age continues. */
  adopt(message: Message): void {
    const { receiptHandle, firstReceivedAt, ...rest } = message;
    this.#take({ ...rest, receiveCount: 0, visibleAt: this.#now() });
  }

  /** Hands out up to `limit` messages and hides them for the visibility timeout. */
  receive(limit: number, visibilitySeconds = this.settings.visibilitySeconds): readonly Message[] {
    const now = this.#now();
    const received: Message[] = [];
    for (const message of inFairOrder([...this.#messages.values()], now)) {
      if (received.length >= limit) {
        break;
      }
      if (this.#isReceivable(message, now)) {
        received.push(this.#handOut(message, now, visibilitySeconds));
      }
    }
    return received;
  }

  /** As `receive`, waiting for a message up to a time in seconds. */
  async receiveWaiting(
    limit: number,
    waitSeconds: number,
    visibilitySeconds?: number,
  ): Promise<readonly Message[]> {
    const deadline = this.#now() + waitSeconds * 1000;
    for (;;) {
      const received = this.receive(limit, visibilitySeconds);
      const left = deadline - this.#now();
      if (received.length > 0 || left <= 0) {
        return received;
      }
      await this.#change(Math.min(left, this.#untilNextVisible()));
    }
  }

  /** Deletes a message by the handle of its latest receipt; another handle deletes nothing. */
  remove(receiptHandle: string): void {
    const message = this.#find(receiptHandle);
    if (message !== undefined) {
      this.#forget(message.id);
    }
  }

  /** Hides a received message for another time from now; says whether the handle is still good. */
  changeVisibility(receiptHandle: string, visibilitySeconds: number): boolean {
    const message = this.#find(receiptHandle);
    if (message === undefined) {
      return false;
    }
    this.#put({ ...message, visibleAt: this.#now() + visibilitySeconds * 1000 });
    return true;
  }

  /** True while the message of a handle is hidden, and has not been received again since. */
  isHidden(receiptHandle: string): boolean {
    const message = this.#find(receiptHandle);
    return message !== undefined && message.visibleAt > this.#now();
  }

  /** Makes messages visible that are still delayed and were never received, where their body matches; gives how many there were. */
  passDelays(body: RegExp): number {
    const now = this.#now();
    const delayed = this.#delayed(body);
    for (const message of delayed) this.#put({ ...message, visibleAt: now });
    return delayed.length;
  }

  /** How many messages are still delayed and were never received, of those whose body matches. */
  delayedCount(body: RegExp): number {
    return this.#delayed(body).length;
  }

  #delayed(body: RegExp): readonly Message[] {
    const now = this.#now();
    return [...this.#messages.values()].filter(
      (message) => message.receiveCount === 0 && message.visibleAt > now && body.test(message.body),
    );
  }

  /** Deletes every message. */
  purge(): void {
    for (const id of [...this.#messages.keys()]) {
      this.#forget(id);
    }
  }

  counts(): QueueCounts {
    const now = this.#now();
    const hidden = [...this.#messages.values()].filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receiptHandle }) => receiptHandle !== undefined).length;
    return {
      visible: this.#messages.size - hidden.length,
      inFlight,
      delayed: hidden.length - inFlight,
    };
  }

  /** How long ago the oldest of its messages was sent, ms; 0 without any. */
  oldestAge(): number {
    const now = this.#now();
    return Math.max(0, ...[...this.#messages.values()].map(({ sentAt }) => now - sentAt));
  }

  /** Lets everybody go who waits for a message. */
  stop(): void {
    for (const wake of this.#waiting) {
      wake();
    }
  }

  #isReceivable(message: Message, now: number): boolean {
    if (now >= message.sentAt + this.settings.retentionSeconds * 1000) {
      this.#forget(message.id);
      return false;
    }
    if (message.visibleAt > now) {
      return false;
    }
    const { redrive } = this.settings;
    if (redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount) {
      this.#bury(redrive.queueArn, message);
      return false;
    }
    return true;
  }

  /** A message stays where it is while the disk does not take it elsewhere. */
  #bury(queueArn: string, message: Message): void {
    try {
      this.#deadLetters(queueArn, message);
    } catch {
      return;
    }
    this.#forget(message.id);
  }

  #handOut(message: Message, now: number, visibilitySeconds: number): Message {
    const handedOut: Message = {
      ...message,
      visibleAt: now + visibilitySeconds * 1000,
      receiveCount: message.receiveCount + 1,
      firstReceivedAt: message.firstReceivedAt ?? now,
      receiptHandle: `${message.id}/${randomUUID()}`,
    };
    this.#put(handedOut);
    return handedOut;
  }

  #find(receiptHandle: string): Message | undefined {
    const message = this.#messages.get(receiptHandle.split('/')[0] ?? '');
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  #take(message: Message): void {
    this.#journal.take(message);
    this.#messages.set(message.id, message);
    this.stop();
  }

  #put(message: Message): void {
    this.#messages.set(message.id, message);
    this.#journal.change(message);
    this.stop();
  }

  #forget(id: string): void {
    this.#messages.delete(id);
    this.#journal.remove(id);
  }

  #untilNextVisible(): number {
    const now = this.#now();
    const instants = [...this.#messages.values()].map(({ visibleAt }) => visibleAt - now);
    return Math.max(1, Math.min(60_000, ...instants.filter((left) => left > 0)));
  }

  #change(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
    });
  }
}

/** A message that an earlier stack left: its times are moved to now where they are ahead, since the clock was set back in between. */
function notAhead(message: Message, now: number): Message {
  const ahead = Math.max(0, message.sentAt - now);
  if (ahead === 0) return message;
  const { sentAt, visibleAt, firstReceivedAt } = message;
  return {
    ...message,
    ...{ sentAt: sentAt - ahead, visibleAt: visibleAt - ahead },
    ...(firstReceivedAt !== undefined && { firstReceivedAt: firstReceivedAt - ahead }),
  };
}
