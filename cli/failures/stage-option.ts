/** The option by which the commands about failures find a deployed stage. */
export const stageOption = { stage: { type: 'string' } } as const;
