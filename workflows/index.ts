// The workflow types this worker runs.
export { directive } from './directive.ts';
export { taskForce } from './task-force.ts';
export { unit } from './unit.ts';
