// What is wrong with a password a person wants: too common, or made of the person's own name (api.md §3).
import type { Fault } from '../failure.ts';

export type PasswordOwner = { id: string; login: string; name: string };

/** A login or name shorter than this stands in many words by chance. */
const LEAST_NAME = 2;
/** So many other letters and digits a password needs beside its owner's name: the year and a mark are fewer. */
const LEAST_REST = 6;
/** `1212121212` has two. */
const LEAST_DIFFERENT = 4;
/** Shorter repeated parts are caught by the different characters. */
const LONGEST_PART = 12;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** `qwerty` of `qwertyqwerty`; the text itself where it repeats nothing. */
function partOf(text: string): string {
  for (let length = 1; length <= Math.min(LONGEST_PART, text.length / 2); length += 1) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).slice(0, text.length) === text) return part;
  }
  return text;
}

function restBeside(text: string, { id, login, name }: PasswordOwner): string {
  const names = [login, id, name].map(plain).filter((each) => each.length >= LEAST_NAME);
  const longestFirst = names.sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, each) => rest.replaceAll(each, ''), text);
}

/** `isCommon` knows a list of passwords, in lower case. null: it may be taken. */
export function passwordFault(
  password: string,
  owner: PasswordOwner,
  isCommon: (password: string) => boolean,
): Fault | null {
  const text = plain(password);
  const isPoor = new Set(text).size < LEAST_DIFFERENT;
  if (isPoor || isCommon(text) || isCommon(partOf(text)))
    return { path: 'password', code: 'PASSWORD_COMMON' };
  const rest = restBeside(text, owner);
  const isNamed = rest !== text && rest.replaceAll(/[^\p{L}\p{N}]/gu, '').length < LEAST_REST;
  return isNamed ? { path: 'password', code: 'PASSWORD_NAMED' } : null;
}
