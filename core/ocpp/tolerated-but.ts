/**
 * A message of the official schema as it looks after tolerance: any word, and the properties named by `MayMiss` may be
 * missing although the schema requires them.
 */
export type ToleratedBut<T, MayMiss extends string> = T extends string
  ? string
  : T extends readonly (infer Element)[]
    ? readonly ToleratedBut<Element, MayMiss>[]
    : T extends object
      ? {
          readonly [Key in keyof T as Key extends MayMiss ? never : Key]: ToleratedBut<
            T[Key],
            MayMiss
          >;
        } & {
          readonly [Key in keyof T as Key extends MayMiss ? Key : never]?: ToleratedBut<
            Exclude<T[Key], undefined>,
            MayMiss
          >;
        }
      : T;
