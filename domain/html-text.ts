// Text where HTML is written by hand: what a person typed ends no element and no attribute.

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const htmlText = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);
