import { type AnswerHead, headerOf } from './answer-head.ts';

/**
 * Those headers of an answer that the SDK reads where all went well, each looked up when it is asked for. They are no properties of
 * the object itself: the SDK would delete each of those and set it again under its name in lower case, with every answer.
 */
export class LookedUpHeaders {
  readonly #head: AnswerHead;

  constructor(head: AnswerHead) {
    this.#head = head;
  }

  /** The time of the service, by which the SDK corrects our clock. */
  get date(): string | undefined {
    return headerOf(this.#head, 'date');
  }

  /** How old an answer is that was kept on the way. */
  get age(): string | undefined {
    return headerOf(this.#head, 'age');
  }

  get 'x-amzn-requestid'(): string | undefined {
    return headerOf(this.#head, 'x-amzn-requestid');
  }
}
