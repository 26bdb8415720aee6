import type { TestError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

const withSeparators = (count: number): string => count.toLocaleString('en');

/** An error, and the one behind it: fast-check names the example, and what it broke comes from the law. */
const textOf = ({ message, cause }: TestError): string =>
  cause === undefined ? message : `${message}\n${textOf(cause)}`;

/** Prints a line for each file that was searched for counterexamples, all that was found, and the sums at the end. */
export class SearchReporter implements Reporter {
  readonly #files: number;
  readonly #print: (line: string) => void;
  #done = 0;
  #laws = 0;
  #runs = 0;
  #found = 0;

  /**
   * @param files how many there are
   */
  constructor(files: number, print: (line: string) => void = console.log) {
    this.#files = files;
    this.#print = print;
  }

  onTestModuleEnd(module: TestModule): void {
    const tests = [...module.children.allTests()];
    const laws = tests.flatMap((test) => test.meta().lawRuns ?? []);
    const runs = laws.reduce((sum, each) => sum + each, 0);
    this.#done += 1;
    this.#laws += laws.length;
    this.#runs += runs;
    const seconds = Math.round(module.diagnostic().duration / 1000);
    this.#print(
      `${this.#done} of ${this.#files} ${module.relativeModuleId}: ${withSeparators(runs)} runs of ${laws.length} laws in ${seconds} s`,
    );
    for (const error of module.errors()) this.#fail(module.relativeModuleId, error.message);
    for (const test of tests) {
      const result = test.result();
      if (result.state === 'failed')
        this.#fail(test.fullName, result.errors.map(textOf).join('\n'));
    }
  }

  onTestRunEnd(_modules: unknown, errors: readonly { readonly message: string }[]): void {
    for (const { message } of errors) this.#fail('outside of the tests', message);
    const found = this.#found === 0 ? 'no counterexample' : `${this.#found} failed`;
    this.#print(
      `${withSeparators(this.#runs)} runs of ${this.#laws} laws in ${this.#done} files: ${found}`,
    );
  }

  #fail(name: string, text: string): void {
    this.#found += 1;
    this.#print(`FAILED ${name}\n${text.replace(/^/gm, '    ')}`);
  }
}
