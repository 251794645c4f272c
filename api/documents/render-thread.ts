// Runs in a thread of its own: a large workbook or document is written here, where it holds nothing else up.
import { ownBytes, serve } from '../threads/serve.ts';
import { render, type Rendering } from './rendering.ts';

serve(
  async (rendering: Rendering) => ownBytes(await render(rendering)),
  ({ buffer }) => [buffer],
);
