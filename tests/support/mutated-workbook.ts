// A real workbook, damaged at random: its bytes, its parts, and the XML in them.
import { unzipSync, zipSync } from 'fflate';

/** Numbers from 0 to below `n`. */
export type Dice = (n: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/** XML that spreadsheets never write, and that has broken readers before. */
const POISON = [
  '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
  '&b;&amp;&#0;&#xD800;&#1114112;',
  '<c r="XFD1048576"><v>1</v></c>',
  '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
  '<c r="A0"><v>1</v></c>',
  '<c r="C7" t="s"><v>99999999</v></c>',
  '<c r="C7" t="b"><v>maybe</v></c>',
  '<c r="C7" s="99999"><v>45170</v></c>',
  '<c><f>SUM(A1:XFD1048576)</f><v>7</v></c>',
  '<c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c>',
  '<v>1e999</v>',
  '<v>-0</v>',
  '<v>0x10</v>',
  '<v>NaN</v>',
  '<mergeCell ref="A1:XFD1048576"/>',
  '<dataValidation sqref="A1:XFD1048576"/>',
  '<dimension ref="A1:XFD1048576"/>',
  '<![CDATA[ ]]>',
  '<!-- <c> -->',
  '<?pi x?>',
  ']]>',
  '\u0000',
  '_x0000__xD800_',
  '__proto__',
  '../../../../etc/passwd',
  " r='\"' ",
  '<x:row xmlns:x="y">',
  '</sheetData>',
  '<sheetData>',
  '<'.repeat(300),
  '<a>'.repeat(100),
];

/** Longer than any tag or text may be. */
const LONG = 'x'.repeat(600_000);

const poison = (dice: Dice): string => (dice(500) === 0 ? LONG : (POISON[dice(POISON.length)] ?? ''));

const part = (dice: Dice, size: number): [from: number, to: number] => {
  const from = dice(size + 1);
  return [from, Math.min(size, from + 1 + dice(dice(4) === 0 ? size : 20))];
};

function inText(text: string, dice: Dice): string {
  const [from, to] = part(dice, text.length);
  const [head, middle, tail] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  switch (dice(6)) {
    case 0:
      return head + tail;
    case 1:
      return head + middle + middle + tail;
    case 2:
      return head + poison(dice) + tail;
    case 3:
      // A number somewhere becomes another.
      return text.replace(/\d+/g, (digits) => (dice(40) === 0 ? String(dice(2) * 2 ** dice(60)) : digits));
    case 4: {
      const at = text.indexOf('>', from);
      return at < 0 ? head : text.slice(0, at + 1) + poison(dice) + text.slice(at + 1);
    }
    default:
      return head + middle.split('').reverse().join('') + tail;
  }
}

function inParts(parts: Record<string, Uint8Array>, dice: Dice): Uint8Array {
  const changed = { ...parts };
  const names = Object.keys(changed);
  const any = (): string => names[dice(names.length)] ?? '';
  for (let times = dice(3); times >= 0; times -= 1) {
    const [one, other] = [any(), any()];
    const bytes = changed[one] ?? new Uint8Array();
    switch (dice(8)) {
      case 0:
        Reflect.deleteProperty(changed, one);
        break;
      case 1:
        [changed[one], changed[other]] = [changed[other] ?? bytes, bytes];
        break;
      case 2:
        changed[['../x', '/x', 'xl/vbaProject.bin', 'a\\b', `x${dice(9)}`][dice(5)] ?? ''] = bytes;
        break;
      case 3:
        changed[one] = inBytes(bytes, dice);
        break;
      default:
        changed[one] = new Uint8Array(Buffer.from(inText(Buffer.from(bytes).toString(), dice)));
    }
  }
  return zipSync(changed, { level: 1 });
}

function inBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const changed = bytes.slice();
  const [from, to] = part(dice, changed.length);
  switch (dice(5)) {
    case 0:
      return changed.slice(0, from);
    case 1:
      return changed.fill(dice(256), from, to);
    case 2:
      return new Uint8Array([...changed.slice(0, from), ...changed.slice(from, to), ...changed.slice(from)]);
    case 3:
      changed.copyWithin(dice(changed.length + 1), from, to);
      return changed;
    default:
      for (let flips = 1 + dice(20); flips > 0; flips -= 1) {
        const at = dice(changed.length);
        changed[at] = (changed[at] ?? 0) ^ (1 << dice(8));
      }
      return changed;
  }
}

/** Makes as many damaged workbooks as asked. */
export function damager(workbook: Uint8Array): (dice: Dice) => Uint8Array {
  // Without parts that are not read, so that damage has an effect.
  const parts = unzipSync(workbook, { filter: ({ name }) => !/theme|docProps/.test(name) });
  const whole = zipSync(parts);
  return (dice) => (dice(3) === 0 ? inBytes(whole, dice) : inParts(parts, dice));
}
