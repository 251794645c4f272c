// The workflow types this worker runs.
export { delivery } from './delivery.ts';
export { digest } from './digest.ts';
export { directive } from './directive.ts';
export { taskForce } from './task-force.ts';
export { unit } from './unit.ts';
