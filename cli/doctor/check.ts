import { CommandError } from '../../clients/command-error.ts';

/** One check of the doctor, with its result in a sentence. */
export type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };

/** Something to check: gives the detail of a success, or throws the reason of a failure. */
export type Examine = () => Promise<string>;

/** Checks made one after the other, each with a verdict whatever happens in it. */
export type Examination = {
  readonly checks: readonly Check[];
  /** Makes a check; true when it succeeded. */
  readonly check: (name: string, examine: Examine) => Promise<boolean>;
};

/** Starts an examination; `tell` is called with each check as soon as it is made. */
export const startExamination = (tell: (check: Check) => void): Examination => {
  const checks: Check[] = [];
  return {
    checks,
    check: async (name, examine) => {
      const verdict = await verdictOf(name, examine);
      checks.push(verdict);
      tell(verdict);
      return verdict.ok;
    },
  };
};

const verdictOf = async (name: string, examine: Examine): Promise<Check> => {
  try {
    return { name, ok: true, detail: await examine() };
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error) };
  }
};

const reasonOf = (error: unknown): string => {
  if (error instanceof CommandError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
};

/** A check as one line: its verdict, its name, its detail. */
export const lineOf = ({ name, ok, detail }: Check): string =>
  `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(24)}  ${detail}`;
