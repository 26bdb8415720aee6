/**
 * Those headers of an answer that the SDK reads where all went well, each looked up when it is asked for. They are no properties of
 * the object itself: the SDK would delete each of those and set it again under its name in lower case, with every answer.
 */
export class LookedUpHeaders {
  readonly #raw: readonly string[];

  /** Takes names and values in turn, as Node has them of an answer. */
  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  /** The time of the service, by which the SDK corrects our clock. */
  get date(): string | undefined {
    return this.#valueOf('date');
  }

  /** How old an answer is that was kept on the way. */
  get age(): string | undefined {
    return this.#valueOf('age');
  }

  get 'x-amzn-requestid'(): string | undefined {
    return this.#valueOf('x-amzn-requestid');
  }

  #valueOf(name: string): string | undefined {
    const raw = this.#raw;
    for (let at = 0; at < raw.length; at += 2) {
      const found = raw[at];
      if (found?.length === name.length && found.toLowerCase() === name) return raw[at + 1];
    }
    return undefined;
  }
}
