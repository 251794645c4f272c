// May one name have been written for another: in part, or with one letter wrong, missing or too many?

/** No unit has a longer name. */
const MAX_LENGTH = 200;

export function isAlike(said: string, name: string): boolean {
  if (said === '' || name === '' || said.length > MAX_LENGTH) return false;
  const [short, long] = said.length < name.length ? [said, name] : [name, said];
  return isWithin(short, long) || isSlip(short, long);
}

/** All its letters in their order, with others between: 西社区 for 西门社区. */
function isWithin(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (short.startsWith(letter, at)) at += letter.length;
  return at >= short.length;
}

/** One letter of two names of one length differs; but not of names of two letters, of which that is half. */
function isSlip(one: string, other: string): boolean {
  if (one.length !== other.length || one.length < 3) return false;
  let differing = 0;
  for (let at = 0; at < one.length; at += 1) if (one.charCodeAt(at) !== other.charCodeAt(at)) differing += 1;
  return differing === 1;
}
