/** Reports a trouble that goes on in two lines: one when it begins, one when it is over. */
export type LastingTrouble = {
  readonly begins: (error: unknown) => void;
  readonly isOver: () => void;
};

/**
 * A trouble with something that is named in the middle of a line, a file for example. `meanwhile` says what becomes of the
 * work: "its lines are dropped until it can".
 */
export function lastingTrouble(
  what: string,
  meanwhile: string,
  report: (line: string) => void,
): LastingTrouble {
  let goesOn = false;
  return {
    begins: (error) => {
      if (goesOn) return;
      goesOn = true;
      const reason = error instanceof Error ? error.message : String(error);
      report(`${what} cannot be written: ${reason.replace(/\.$/, '')}; ${meanwhile}.`);
    },
    isOver: () => {
      if (!goesOn) return;
      goesOn = false;
      report(`${what} can be written again.`);
    },
  };
}
