// The tree of a summary: every place below with its figures, built once from rows in order of their ranks.
import { isListed } from '../../merge/aggregate-table.ts';
import {
  createMerger,
  finishFigures,
  type Finished,
  type Merger,
  type Report,
} from '../../merge/aggregate.ts';
import { aggregateName } from '../../form/field-kind.ts';
import type { Field, Form } from '../../form/field.ts';
import { asksSensitive, maskedReport, sensitiveFields } from '../../form/masking.ts';
import { levelOf } from '../../code.ts';
import { isReported, type Basis, type ReportStanding } from './standing.ts';

/** One assignment as it is read: a leaf with the report that counts, or a node with its own part. */
export type BranchRow = {
  id: string;
  rank: string;
  /** Its code in figures and lists: its unit's, or its task force's. */
  code: string;
  isNode: boolean;
  standing: ReportStanding;
  report: Report | null;
  /** Of the report that is in; null where none is. */
  version: number | null;
  at: string | null;
  /** Its share of the version of the whole, on the basis the rows were read on; see assignment/figure-version.ts. */
  figureVersion: number;
};

export type BranchCoverage = { expected: number; reported: number; approved: number };

/** How many reports are in the figures of a place. */
export const countedIn = ({ reported, approved }: BranchCoverage, basis: Basis): number =>
  basis === 'approved' ? approved : reported;

export type SummaryBranch = {
  id: string;
  code: string;
  name: string;
  /** 0 is the place the summary is of. */
  level: number;
  kind: 'node' | 'leaf';
  /** Null for an item; an item is no assignment. */
  standing: ReportStanding | null;
  /** A leaf's report, or the own part of a node's holder. */
  report: Report | null;
  version: number | null;
  children: SummaryBranch[];
  /** Below it are assignments too many to be listed: its figures are theirs as well. */
  isCut: boolean;
  coverage: BranchCoverage;
  /** Numbers and counts; texts, files and rows are the whole's alone. */
  values: Finished['values'];
};

export type SummaryTree = {
  /** The form, in which fields are still sensitive whose figures are masked as a column. */
  form: Form;
  /** Keys of the fields some of which is masked for the reader. */
  masked: readonly string[];
  root: SummaryBranch;
  /** Every figure of the whole, texts, files and rows among them. */
  whole: Finished;
  /** Rises with every report accepted and with every one taken back. */
  version: number;
  leaves: number;
};

type Growing = Omit<SummaryBranch, 'children' | 'values'> & {
  children: Growing[];
  merger: Merger;
  /** Are the sensitive values of all reports in it clear to the reader? */
  isAllClear: boolean;
};

/** The fields whose figures are numbers or counts: small at every place, with any number of places below. */
const inBrief = (form: Form): Form => ({
  ...form,
  fields: form.fields.filter(({ aggregate }) => !isListed(aggregateName(aggregate))),
});

export interface TreeBuilder {
  /** In order of ranks, so that a place comes before those below it. Cancelled assignments are listed and merged nowhere. */
  take(row: BranchRow): void;
  finish(): SummaryTree;
}

/** `maxLevel`: deeper places are merged into the place above and not kept. */
export function createTreeBuilder(about: {
  form: Form;
  root: { id: string; name: string };
  nameOf: (code: string) => string;
  maxLevel: number;
  /** Which reports' sensitive values the reader may know; null: all. */
  isClear: ((assignment: string) => boolean) | null;
}): TreeBuilder {
  const { form, maxLevel, nameOf } = about;
  const isClear = asksSensitive(form) ? about.isClear : null;
  const brief = inBrief(form);
  const lists = createMerger({
    ...form,
    fields: form.fields.filter((field) => !brief.fields.includes(field)),
  });
  const top = levelOf(about.root.id);
  const grow = (of: Omit<Growing, 'merger' | 'children' | 'isCut' | 'coverage' | 'isAllClear'>): Growing => ({
    ...of,
    children: [],
    isCut: false,
    coverage: { expected: 0, reported: 0, approved: 0 },
    isAllClear: true,
    merger: createMerger(brief),
  });
  const root = grow({
    id: about.root.id,
    code: about.root.id.slice(about.root.id.lastIndexOf('.') + 1),
    name: about.root.name,
    level: 0,
    kind: 'node',
    standing: null,
    report: null,
    version: null,
  });
  const kept = new Map<string, Growing>([[root.id, root]]);
  let version = 0;
  let leaves = 0;

  /** The nearest place above that is kept. */
  function aboveOf(id: string): Growing {
    for (let end = id.lastIndexOf('.'); end > root.id.length; end = id.lastIndexOf('.', end - 1)) {
      const above = kept.get(id.slice(0, end));
      if (above) return above;
    }
    return root;
  }

  function branchOf(row: BranchRow): Growing {
    const { id, code, isNode, standing } = row;
    const isSeen = isClear === null || row.report === null || isClear(id);
    const report = isSeen || row.report === null ? row.report : maskedReport(form, row.report);
    if (id === root.id) {
      return Object.assign(root, { kind: isNode ? 'node' : 'leaf', standing, report, version: row.version });
    }
    const above = aboveOf(id);
    if (levelOf(id) - top > maxLevel) {
      above.isCut = true;
      return above;
    }
    const level = levelOf(id) - top;
    const kind = isNode ? 'node' : 'leaf';
    const branch = grow({
      id,
      code,
      name: nameOf(code),
      level,
      kind,
      standing,
      report,
      version: row.version,
    });
    kept.set(id, branch);
    above.children.push(branch);
    return branch;
  }

  return {
    take(row) {
      const { standing, report, isNode } = row;
      const branch = branchOf(row);
      version += row.figureVersion;
      if (standing.phase === 'cancelled') return;
      if (!isNode) {
        leaves += 1;
        count(branch.coverage, standing);
      }
      if (report === null) return;
      branch.isAllClear &&= isClear === null || isClear(row.id);
      const source = {
        assignment: row.id,
        unit: row.code,
        unitName: nameOf(row.code),
        rank: row.rank,
      };
      const dated = row.at === null ? source : { ...source, at: row.at };
      branch.merger.add(report, dated);
      lists.add(report, dated);
    },
    finish() {
      const all = [...kept.values()].sort((a, b) => b.level - a.level);
      for (const branch of all) if (branch !== root) pass(branch, aboveOf(branch.id));
      const grown = (branch: Growing): SummaryBranch => {
        const { merger, children, isAllClear, ...rest } = branch;
        return {
          ...rest,
          children: children.map(grown),
          values: finishFigures(
            brief,
            merger.figures(),
            isClear === null ? undefined : { isClear, isAllClear },
          ).values,
        };
      };
      const { isAllClear } = root;
      const figures = { ...root.merger.figures(), ...lists.figures() };
      const finished = finishFigures(form, figures, isClear === null ? undefined : { isClear, isAllClear });
      const masked = isClear === null || isAllClear ? [] : sensitiveFields(form);
      return {
        root: grown(root),
        whole: finished,
        version,
        leaves,
        form: formSeen(form, masked),
        masked: masked.map(({ key }) => key),
      };
    },
  };
}

function count(coverage: BranchCoverage, standing: ReportStanding): void {
  coverage.expected += 1;
  if (isReported(standing)) coverage.reported += 1;
  if (standing.approved > 0) coverage.approved += 1;
}

/**
 * Texts, files and rows are masked one by one where they must be. Of every other field the whole column is, if one of its
 * reports must be: a total beside clear values would tell the masked ones.
 */
const formSeen = (form: Form, masked: readonly Field[]): Form => ({
  ...form,
  fields: form.fields.map((field) => ({
    ...field,
    sensitive: masked.includes(field) && !isListed(aggregateName(field.aggregate)),
  })),
});

/** Below first: the figures a place passes on are complete. */
function pass(branch: Growing, above: Growing): void {
  above.merger.merge(branch.merger.figures());
  above.isAllClear &&= branch.isAllClear;
  above.coverage.expected += branch.coverage.expected;
  above.coverage.reported += branch.coverage.reported;
  above.coverage.approved += branch.coverage.approved;
}

/** Every place in the order of a table: each before the places below it. */
export function* branches(root: SummaryBranch): Generator<SummaryBranch> {
  yield root;
  for (const child of root.children) yield* branches(child);
}
