// The engine under the name by which the page's bundle loads it lazily (web/build.ts).
declare module 're2js-whole' {
  export { RE2JS } from 're2js';
}
