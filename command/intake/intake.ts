// A posted command on its way to the door: its report judged against its form, its files looked at, its id made.
import { randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { digestOf } from '../../reading/chain.ts';
import { commandId } from '../identity.ts';
import type { KeptReport, Posted } from '../judge.ts';
import type { Head } from '../../db/queries/assignment.ts';
import { loadTerms, type StoredItem } from '../../db/queries/directive.ts';
import { listForeignFiles } from '../../db/queries/file.ts';
import type { Actor } from '../../domain/access/relation.ts';
import type { CommandOf } from '../../domain/assignment/command.ts';
import { bringsPart } from '../../domain/assignment/decide-report.ts';
import type { Findings } from '../../domain/assignment/decision.ts';
import type { Fault } from '../../domain/failure.ts';
import { compiledOf, judgeReport, type CompiledForm, type Last } from '../../domain/form/form.ts';
import { asksSensitive } from '../../domain/form/masking.ts';
import { namedFiles, type NamedFile } from '../../domain/form/named-file.ts';
import type { About } from './handed-in.ts';
import { sectionFileFaults, sectionsOf, type SectionReader } from './section-intake.ts';
import { hiddenFaults, takenOver, takesNothingOver } from './taking-over.ts';
import { readByRules } from '../../reading/prefill.ts';
import type { ReadingDeps } from '../../reading/opening.ts';
import { refusing } from '../../domain/refusal-thrown.ts';

type AskedItem = { item: StoredItem; compiled: CompiledForm | null };

/** A person's reading, and the reader of the files a section is written in. */
export type IntakeDeps = ReadingDeps & { docx: SectionReader };

export type CommandIntake = {
  /** Everything the door needs of one command. */
  post(about: About & { head: Head }): Promise<Posted>;
};

const KEPT_ITEMS = 1_000;

const NOTHING: Findings = { faults: [], digest: '' };

export function createIntake(deps: IntakeDeps): CommandIntake {
  const { pool } = deps;
  const items = new LRUCache<string, AskedItem>({ max: KEPT_ITEMS });

  /** An issued item never changes, so it is remembered. */
  async function itemOf({ directive, item }: Head): Promise<AskedItem> {
    const key = `${directive}.${item}`;
    const known = items.get(key);
    if (known) return known;
    const [terms] = await loadTerms(pool, [directive]);
    const stored = terms?.items.find((each) => each.key === item);
    if (!stored) throw refusing('NOT_FOUND');
    const made = { item: stored, compiled: stored.form ? compiledOf(stored.form) : null };
    items.set(key, made);
    return made;
  }

  async function report(
    of: Head,
    actor: Actor,
    command: CommandOf<'submit'>,
  ): Promise<{ findings: Findings; content: KeptReport; files: string[] }> {
    const { item, compiled } = await itemOf(of);
    const { attachments = [], note, explanations = {}, zeroReport = false, onBehalf } = command;
    const taken = await takenOver(deps, of, actor, compiled, command);
    const { rows, carried, faults } = taken;
    const sections = item.document ? await sectionsOf(pool, item.document, of, taken.values) : null;
    const values = sections?.values ?? taken.values;
    if (zeroReport && !item.zeroReport) faults.push({ path: 'zeroReport', code: 'ZERO_REPORT_NOT_ALLOWED' });
    let judged: Pick<ReturnType<typeof judgeReport>, 'values' | 'rows'> = { values: {}, rows: {} };
    let warnings: Fault[] = [];
    if (compiled) {
      const found = await readByRules(pool, of, compiled, zeroReport);
      if (zeroReport) faults.push(...(await hiddenFaults(deps, actor, compiled.form, found, values)));
      const last = Object.fromEntries(found.map(({ key, value }) => [key, value])) as Last;
      const result = judgeReport(compiled, { values, rows, attachments, explanations, zeroReport }, last);
      faults.push(...result.faults, ...(sections?.faults ?? []));
      ({ warnings } = result);
      judged = { values: { ...result.values, ...sections?.withdrawn }, rows: result.rows };
    } else {
      for (const key of Object.keys(values)) faults.push({ path: `values.${key}`, code: 'UNKNOWN_FIELD' });
      for (const key of Object.keys(rows)) faults.push({ path: `rows.${key}`, code: 'UNKNOWN_FIELD' });
    }
    const named = namedFiles(item.form, { values: judged.values, attachments });
    faults.push(...(await fileFaults(of, actor, named)));
    // Files are opened last, and only those of a report without other faults.
    if (item.document && faults.length === 0)
      faults.push(...(await sectionFileFaults(deps, item.document, judged.values)));
    // A node's own part beside the result merged from below may leave required fields empty.
    const owed = of.node ? faults.filter(({ code }) => code !== 'REQUIRED') : faults;
    const content: KeptReport = {
      values: judged.values,
      rows: judged.rows,
      attachments,
      note: note ?? null,
      explanations,
      ...(Object.keys(carried).length > 0 ? { carried } : {}),
      ...(asksSensitive(item.form) ? { salt: randomBytes(16).toString('hex') } : {}),
      ...(zeroReport ? { zeroReport } : {}),
      ...(onBehalf ? { onBehalf } : {}),
      ...keptWarnings(warnings),
    };
    return {
      findings: { faults: owed, digest: digestOf(content), warnings },
      content,
      files: named.map(({ file }) => file),
    };
  }

  /**
   * A report may name files its writer uploaded or an earlier version of it brought: a writer cannot see a file by
   * guessing its id.
   */
  async function fileFaults(of: Head, actor: Actor, named: readonly NamedFile[]): Promise<Fault[]> {
    if (named.length === 0) return [];
    const ids = named.map(({ file }) => file);
    const foreign = new Set(await listForeignFiles(pool, ids, { person: actor.person, ...of }));
    return named
      .filter(({ file }) => foreign.has(file))
      .map(({ file, path }): Fault => ({ path, code: 'UNKNOWN_FILE', params: { value: file } }));
  }

  async function returned(of: Head, command: CommandOf<'return'>): Promise<Findings> {
    if (!command.fields || command.fields.length === 0) return NOTHING;
    const { item } = await itemOf(of);
    const known = new Set(item.form?.fields.map(({ key }) => key));
    const faults = command.fields.flatMap((key, at): Fault[] =>
      known.has(key) ? [] : [{ path: `fields[${at}]`, code: 'UNKNOWN_FIELD' }],
    );
    return { faults, digest: '' };
  }

  return {
    async post({ head: of, actor, command, identity, ifMatch, receivedMs, bytes }) {
      let findings = NOTHING;
      let content: KeptReport | null = null;
      let files: string[] = [];
      if (command.verb === 'submit' && (!of.node || bringsPart(command)))
        ({ findings, content, files } = await report(of, actor, command));
      // A report merged from below takes nothing over.
      else if (command.verb === 'submit') findings = { faults: takesNothingOver(command), digest: '' };
      else if (command.verb === 'return') findings = await returned(of, command);
      return {
        // Without a key every request is a request of its own.
        id: commandId(actor.person, identity.key ?? randomUUID(), identity.index),
        request: identity.request,
        ...(identity.requestId === undefined ? {} : { requestId: identity.requestId }),
        actor,
        directive: of.directive,
        assignment: of.id,
        desk: of.desk,
        command,
        receivedMs,
        ifMatch,
        findings,
        content,
        files,
        isNode: of.node,
        bytes,
      };
    },
  };
}

/** A rule without an answer is told to the reporter only: it is no news of the report. No warnings, no field, so that digests stay. */
function keptWarnings(warnings: readonly Fault[]): Pick<KeptReport, 'warnings'> {
  const kept = warnings.flatMap(({ path, code, text }) =>
    text === undefined ? [] : [{ path, code, message: text }],
  );
  return kept.length > 0 ? { warnings: kept } : {};
}
