// Why a rule does not compile, or has no answer, in the language of the rule's author; the compiler speaks English only.

type Language = 'zh' | 'en';

const SHAPES: Readonly<Record<string, string>> = {
  number: '数字',
  text: '文字',
  bool: '是或否',
  list: '列表',
  row: '表格的一行',
  null: '空值',
};
const shape = (word: string | undefined): string => SHAPES[word ?? ''] ?? '其他类型';
const WHERE: Readonly<Record<string, string>> = { 'a list': '列表', 'a rule': '规则' };
const where = (text: string | undefined): string => WHERE[text ?? ''] ?? text ?? '';
/** Tokens as the parser names them; a sign stays a sign. */
const TOKENS: Readonly<Record<string, string>> = {
  EOF: '结尾',
  IDENTIFIER: '名称',
  NUMBER: '数字',
  STRING: '文字',
  BYTES: '字节串',
  BOOLEAN: '是或否',
  NULL: '空值',
};
const token = (name: string | undefined): string => TOKENS[name ?? ''] ?? '符号';

type Told = readonly [RegExp, (...parts: (string | undefined)[]) => string];
/** In order; the parts are the groups of the pattern. Own texts first, then the parser's. */
const CHINESE: readonly Told[] = [
  [/^there is no field (\S+)$/, (key) => `没有字段 ${key}`],
  [/^last is read as last\.<key>$/, () => '上次的值写作 last.字段键'],
  [/^there is no last value of (\S+):/, (key) => `${key} 不是单个值，没有上次的值`],
  [/^there is no (\.?\w+)\(\) of (\S+)$/, (name, count) => `没有 ${count} 个参数的函数 ${name}()`],
  [/^matches needs a regular expression$/, () => 'matches 的样式不是正确的正则表达式'],
  [/^matches needs a pattern in quotes$/, () => 'matches 的样式须用引号写明'],
  [/^the pattern is too large$/, () => '正则表达式过大'],
  [/^no \(\?…\) but \(\?:…\) in patterns$/, () => '正则表达式中括号只能写作 (?:…)'],
  [/^no references back in patterns$/, () => '正则表达式不能反向引用'],
  [/^too much work for one report$/, () => '一份报送的计算量过大'],
  [
    /^(.+) needs a (\w+), not a (\w+)$/,
    (at, is, was) => `${where(at)} 处应为${shape(is)}，不是${shape(was)}`,
  ],
  [/^(.+) between a (\w+) and a (\w+)$/, (at, a, b) => `${where(at)} 两边不是同类：${shape(a)}与${shape(b)}`],
  [/^(\S+) between rows; compare their cells$/, (op) => `${op} 不能比较整行，请比较其中的各列`],
  [/^division by zero$/, () => '除数为零'],
  [/^a number too large$/, () => '数字过大'],
  [/^in needs a number, text or bool on its left$/, () => 'in 左边应为数字、文字或是否'],
  [/^map to null$/, () => 'map 的结果不能是空值'],
  [/^sum needs a list of numbers$/, () => 'sum 只能用于数字的列表'],
  [/^no (.+) in rules$/, (sign) => `规则中不能用 ${sign}`],
  [/^\.(\S+) of something that has no columns$/, (key) => `.${key} 前面的值没有列`],
  [/^there is no column (\S+)$/, (key) => `没有列 ${key}`],
  [/^there is no such row$/, () => '没有这一行'],
  [/^a list needs at least one value/, () => '列表至少要有一个非空的值'],
  [/^(\S+) needs a list$/, (at) => `${at} 只能用于列表`],
  [/^Unexpected character: (.+)$/, (sign) => `不认识的符号：${sign}`],
  [/^Unexpected token: (\w+)/, (name) => `此处不应有${token(name)}`],
  [/^Expected (\w+), got (\w+)/, (wanted, got) => `此处应为${token(wanted)}，而不是${token(got)}`],
  [/^Exceeded \w+ \((\d+)\)/, (most) => `规则过长或过于复杂，上限为 ${most}`],
  [/^Reserved identifier: (\S+)/, (word) => `保留字不能用作名称：${word}`],
  [/^Unterminated|^Newlines not allowed/, () => '引号没有成对'],
  [/^Invalid (?:number|integer|exponent|hex|double)/i, () => '数字写法有误'],
  [/escape/i, () => '反斜杠后的写法有误'],
];
/** For a reason without words here: general words in the reader's language, not the compiler's English. */
const UNFORESEEN = '写法有误，请对照说明检查';

export function reasonWords(reason: string, language: Language): string {
  if (language === 'en') return reason;
  for (const [pattern, words] of CHINESE) {
    const found = pattern.exec(reason);
    if (found) return words(...found.slice(1));
  }
  return UNFORESEEN;
}
