import type { Command } from './command.ts';

/** A command that was asked for, and the words that are its arguments and options. */
export type FoundCommand = { readonly command: Command; readonly rest: readonly string[] };

/** The options before the name of a command, and the words from there on. */
export type SplitWords = {
  readonly options: readonly string[];
  readonly others: readonly string[];
};

/** Finds the command that the words name; options may come before or after its name. */
export const findCommand = (
  commands: readonly Command[],
  { options, others }: SplitWords,
): FoundCommand | undefined => {
  for (const command of commands) {
    const name = command.name.split(' ');
    if (name.every((word, index) => others[index] === word)) {
      return { command, rest: [...options, ...others.slice(name.length)] };
    }
  }
  return undefined;
};

/** Parts the options before the name of a command from the words that follow, by what the commands' options take. */
export const splitLeadingOptions = (
  commands: readonly Command[],
  words: readonly string[],
): SplitWords => {
  let end = 0;
  while (words[end]?.startsWith('-') && words[end] !== '-') {
    end += takesNextWord(commands, words[end] ?? '') ? 2 : 1;
  }
  return { options: words.slice(0, end), others: words.slice(end) };
};

const takesNextWord = (commands: readonly Command[], word: string): boolean =>
  commands.some(({ options }) => options[word.replace(/^--/, '')]?.type === 'string');
