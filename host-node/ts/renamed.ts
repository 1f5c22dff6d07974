/** Methods of an object under other names. */

/** What `names` says, as methods of `C`. */
export type Renamed<C, N extends Readonly<Record<string, string>>> = { readonly [M in keyof N]: C[N[M] & keyof C] };

export function renamed<C extends object, N extends Readonly<Record<string, string>>>(of: C, names: N): Renamed<C, N> {
  const bound = Object.entries(names).map(([short, name]) => [short, (of[name as keyof C] as () => unknown).bind(of)]);
  return Object.fromEntries(bound) as Renamed<C, N>;
}
