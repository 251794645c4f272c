// The new name of a number that a cancelled directive has given up.

/** `L-1（撤销）`; where there is one already, `L-1（撤销2）` and so on. */
export function givenUp(number: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const name = `${number}（撤销${n === 1 ? '' : n}）`;
    if (!taken.has(name)) return name;
  }
}
