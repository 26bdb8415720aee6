import { nameIn, type Stage } from '../settings/stage.ts';

/** The finding of the rule packs about a role that may use any file of a kind: the key of a file ends in what is known only when it comes. */
export const anyFile = (stage: Stage, kind: 'logs' | 'firmware'): string =>
  `AwsSolutions-IAM5[Resource::${nameIn(stage, 'file-bucket')}/${kind}/*]`;
