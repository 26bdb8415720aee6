/** A display of how much of a list has come whose length nobody knows. */
type CountProgress = { readonly step: () => void; readonly stop: () => void };

const every = 1_000;

/** Counts on standard error: on one line where a person looks on, and a line every thousand where none does. */
export function startCount(what: string): CountProgress {
  const { stderr } = process;
  let count = 0;
  const show = (): unknown =>
    stderr.write(`${stderr.isTTY ? '\r' : ''}${what}: ${count}${stderr.isTTY ? '' : '\n'}`);
  return {
    step: () => {
      count += 1;
      if (count % (stderr.isTTY ? 100 : every) === 0) show();
    },
    stop: () => {
      if (!stderr.isTTY) return;
      show();
      stderr.write('\n');
    },
  };
}
