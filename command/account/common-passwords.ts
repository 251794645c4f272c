// The list of passwords that guessers try first, from a package that keeps it up to date.
import { dictionary } from '@zxcvbn-ts/language-common';

const PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Of a password in lower case. */
export const isCommonPassword = (password: string): boolean => PASSWORDS.has(password);
