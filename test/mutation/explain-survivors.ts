/** A change to the code that no test noticed. */
export type Survivor = {
  readonly file: string;
  readonly line: number;
  /** The text of the changed spot, and what stood there instead. */
  readonly original: string;
  readonly replacement: string;
};

/** Why it is right that no test notices a change; found by its text, so that lines may move. */
export type Explanation = {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly why: string;
  /** How often the same text is changed the same way in that file; once where it is not said. */
  readonly count?: number | undefined;
};

/** Survivors without an explanation, and explanations without a survivor. */
export type Unmatched = {
  readonly unexplained: readonly Survivor[];
  /** Explanations of more than survived. */
  readonly outdated: readonly Explanation[];
};

/** Holds what no test noticed against the reasons that are given for it: each reason covers as many as it counts. */
export const explainSurvivors = (
  survivors: readonly Survivor[],
  explanations: readonly Explanation[],
): Unmatched => {
  const open = Map.groupBy(survivors, keyOf);
  const outdated = explanations.filter((explanation) => {
    const { count = 1 } = explanation;
    return (open.get(keyOf(explanation))?.splice(0, count).length ?? 0) < count;
  });
  return { unexplained: [...open.values()].flat(), outdated };
};

type Change = Pick<Survivor, 'file' | 'original' | 'replacement'>;

// The formatter may break a line elsewhere.
const keyOf = ({ file, original, replacement }: Change): string =>
  JSON.stringify([file, oneLine(original), oneLine(replacement)]);

const oneLine = (code: string): string => code.replaceAll(/\s+/g, ' ').trim();
