// Every call of /openapi.json, tried by several roles with what fits its contract and what does not: no 500, no status it does not name.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startInstallation, type Installation } from '../support/installation.ts';
import { communityAt, OFFICE, organisation, personOf, publicity, volunteers } from '../support/l-district.ts';
import { installSchemathesis, tryContract, type Trial } from '../support/schemathesis.ts';
import { tokenOf } from '../support/small-record.ts';

type Parameter = { name: string; in: string; schema: object };
type Document = { paths: Record<string, Record<string, { parameters?: Parameter[] }>> };

const COMMUNITY = communityAt('DD-1');
const STREET = COMMUNITY.slice(0, COMMUNITY.lastIndexOf('.'));
/** What there is, by the first name of a path: an invented id would try the 404 alone. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  assignments: [COMMUNITY, STREET, STREET.slice(0, STREET.lastIndexOf('.'))],
  directives: ['volunteer-sites', 'publicity-sites'],
  people: [personOf('DD-1'), personOf('DD-2')],
  units: ['DD', 'DD-1'],
  'task-forces': ['TF-ZY'],
};
/** It never ends by itself (tests/integration/reading/stream.test.ts tries it). */
const ENDLESS = 'stream$';
/** These can end the session or the token that asks, or the directive that the others are about. */
const ENDING =
  '/(?:session|session/oidc/logout|sessions/\\{id\\}|tokens/\\{id\\}|people/\\{id\\}(?:/password)?|directives/\\{id\\}/(?:cancel|close))$';
const WITHOUT = `(?:${ENDLESS}|${ENDING})`;
const EXAMPLES = 2;

let z: Installation;
let packages: string;
let document: Document;

beforeAll(async () => {
  packages = await installSchemathesis();
  const { people, posts } = organisation;
  z = await startInstallation({
    organisation: {
      ...organisation,
      people: [...people, { id: 'AUDITOR', name: '审计员' }],
      posts: [...posts, { role: 'auditor', person: 'AUDITOR' }],
    },
  });
  for (const directive of [volunteers, publicity]) {
    const { status, body } = await z.as(OFFICE).post('/directives', directive);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  await z.until(
    async () => (await z.as(OFFICE).get(`/assignments/${COMMUNITY}`)).status === 200,
    'the directive has gone out',
  );
  document = withKnown((await (await fetch(`${z.api.url}/openapi.json`)).json()) as Document);
}, 240_000);

afterAll(() => z.close());

function withKnown(published: Document): Document {
  for (const [path, methods] of Object.entries(published.paths)) {
    const known = KNOWN[path.replace('/api/v1/', '').split('/')[0] ?? ''];
    for (const { parameters = [] } of Object.values(methods))
      for (const parameter of parameters)
        if (known !== undefined && parameter.in === 'path' && /^(?:id|code|name)$/.test(parameter.name))
          parameter.schema = { type: 'string', enum: known };
  }
  return published;
}

/** Two at a time: one waits for the API while the other thinks. */
const both = (
  people: readonly [string | null, string | null],
  more: Pick<Trial, 'phases'> & Partial<Trial>,
): Promise<(string | null)[]> =>
  Promise.all(
    people.map(async (person) => {
      const token = person === null ? null : await tokenOf(z.api, person);
      return tryContract({ packages, url: z.api.url, document, token, examples: EXAMPLES, ...more });
    }),
  );

/** A pair takes a minute and a half on two cores that do nothing else. */
jest.setTimeout(600_000);

describe('the published contract', () => {
  it('holds for an office and an administrator, at every bound of every field', async () => {
    const more = { without: WITHOUT, phases: 'coverage,fuzzing' } as const;
    expect(await both([OFFICE, 'admin'], more)).toEqual([null, null]);
  });

  it.each([
    ['a street and a community', [personOf('DD'), personOf('DD-1')]],
    ['an auditor and a stranger', ['AUDITOR', null]],
  ] as const)('holds for %s', async (_who, people) => {
    expect(await both(people, { without: WITHOUT, phases: 'fuzzing' })).toEqual([null, null]);
  });

  it('holds for the calls that end what the others need', async () => {
    expect(await both([OFFICE, 'admin'], { only: ENDING, phases: 'coverage,fuzzing' })).toEqual([null, null]);
  });
});
