// The figures of a simulated node: merged branch by branch with the product's merger, from what its leaves have approved.
import { figureVersions } from '../../domain/assignment/figure-version.ts';
import { createMerger, figuresOf, finishFigures, type Figures } from '../../domain/merge/aggregate.ts';
import type { Merged } from '../../domain/assignment/decision.ts';
import type { Form } from '../../domain/form/field.ts';
import type { Coverage } from '../../domain/assignment/happening.ts';
import type { Row } from './row.ts';
import type { World } from './world.ts';

export const withBelow = (row: Row): Row[] => [row, ...row.children.flatMap(withBelow)];
export const leavesOf = (row: Row): Row[] => (row.state.node ? row.children.flatMap(leavesOf) : [row]);

function figuresAt(form: Form, row: Row): Figures {
  const merger = createMerger(form);
  const add = ({ state }: Row, v: number | undefined): void => {
    const source = { assignment: state.id, unit: state.unit ?? '' };
    merger.merge(figuresOf(form, { values: { v: v ?? null }, rows: {} }, source));
  };
  if (row.state.part > 0 && row.state.phase !== 'cancelled') add(row, row.parts.get(row.state.part));
  for (const child of row.children) {
    if (child.state.node) merger.merge(figuresAt(form, child));
    else if (child.state.approved > 0) add(child, child.reports.get(child.state.approved));
  }
  return merger.figures();
}

export function coverageOf(leaves: readonly Row[]): Coverage {
  const expected = leaves.filter(({ state }) => state.phase !== 'cancelled');
  return {
    expected: expected.length,
    reported: expected.filter(({ state }) => state.approved > 0 || state.phase === 'submitted').length,
    approved: expected.filter(({ state }) => state.approved > 0).length,
  };
}

/** The copy that a roll-up would freeze now. */
export function mergedAt(simulation: { world: World; isComplete(row: Row): boolean }, row: Row): Merged {
  const form = simulation.world.item.form as Form;
  const { values } = finishFigures(form, figuresAt(form, row));
  const coverage = coverageOf(leavesOf(row));
  const final = simulation.isComplete(row);
  return { digest: JSON.stringify([values, coverage, final]), final, coverage, values };
}

/** A node's figures on a basis as a reader asks for them: their version, and which reports or parts they are made of. */
export function readAt(node: Row, basis: 'approved' | 'reported'): { version: number; content: string } {
  const rows = withBelow(node).map(({ state }) => state);
  const version = rows.reduce((sum, state) => sum + figureVersions(state)[basis], 0);
  const content = rows.flatMap((state) => {
    const { phase, correcting, approved, current, part } = state;
    const waits = phase === 'submitted' || (phase === 'approved' && correcting);
    const counted = state.node ? part : basis === 'reported' && waits ? current : approved;
    return phase === 'cancelled' || counted === 0 ? [] : [`${state.id}@${counted}`];
  });
  return { version, content: content.join() };
}
