import { SingleBar } from 'cli-progress';

/** A progress display on standard error. */
export type Progress = {
  readonly step: () => void;
  readonly set: (value: number) => void;
  readonly stop: () => void;
};

/** Starts a progress bar where a person looks on, and a line every tenth of the way where none does. */
export const startProgress = (what: string, total: number): Progress =>
  process.stderr.isTTY ? bar(what, total) : lines(what, total);

const bar = (what: string, total: number): Progress => {
  const single = new SingleBar({
    format: `${what.padEnd(14)} {bar} {value}/{total}  {eta_formatted} left`,
    hideCursor: true,
  });
  single.start(total, 0);
  return {
    step: () => single.increment(),
    set: (value) => single.update(value),
    stop: () => single.stop(),
  };
};

const lines = (what: string, total: number): Progress => {
  let value = 0;
  let told = 0;
  const tell = (): void => {
    const tenth = total === 0 ? 10 : Math.floor((value * 10) / total);
    if (tenth <= told) return;
    told = tenth;
    process.stderr.write(`${what}: ${value}/${total}\n`);
  };
  return {
    step: () => {
      value += 1;
      tell();
    },
    set: (next) => {
      value = next;
      tell();
    },
    stop: () => undefined,
  };
};
