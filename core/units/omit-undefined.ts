/** The same properties, without those that are undefined. */
type Present<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** Leaves out the properties whose value is undefined, so that what a charger did not say is absent. */
export const omitUndefined = <const T extends object>(properties: T): Present<T> =>
  Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as Present<T>;
