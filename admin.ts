// `npm run admin -- [person] [--reset-password]`: makes an administrator on the machine itself, when none is left.
import { parseArgs } from 'node:util';
import { restoreAdministrator } from './command/account/restore-administrator.ts';
import { configOrExit, EXIT_BAD_CONFIG, readConfig } from './config.ts';
import { createPool } from './db/pool.ts';
import { readAddresses } from './embedded/addresses.ts';
import { oneLine } from './embedded/start-fault.ts';

const say = (chinese: string, english: string): void => {
  console.log(`${chinese}\n${english}`);
};
const end = (code: number, ...lines: [string, string]): never => {
  say(...lines);
  process.exit(code);
};

function readArguments(): { person: string | null; resetPassword: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'reset-password': { type: 'boolean', default: false } },
    });
    if (positionals.length <= 1)
      return { person: positionals[0] ?? null, resetPassword: values['reset-password'] };
  } catch {
    // An unknown option is reported below, as a second person is.
  }
  return end(
    EXIT_BAD_CONFIG,
    '用法：npm run admin -- [人员编号] [--reset-password]',
    'Usage: npm run admin -- [person] [--reset-password]',
  );
}

const wanted = readArguments();
const config = configOrExit(readConfig);
const databaseUrl =
  config.databaseUrl ??
  readAddresses(config.dataDir)?.databaseUrl ??
  end(
    1,
    `数据目录 ${config.dataDir} 上没有运行中的专班：请先 npm start，或给出 DATABASE_URL。`,
    `Nothing runs on the data folder ${config.dataDir}: npm start first, or give DATABASE_URL.`,
  );
const pool = createPool(databaseUrl, { max: 1, name: 'admin', onError: () => undefined });
try {
  const { person, madeAdministrator, password } = await restoreAdministrator(pool, wanted);
  if (madeAdministrator) say(`${person} 现为系统管理员。`, `${person} is an administrator now.`);
  else say(`${person} 已是系统管理员。`, `${person} is an administrator already.`);
  if (password !== null)
    say(
      `密码 ${password} （仅显示这一次，登录后须修改）`,
      `Password ${password} (shown only this once, to be changed at the first login)`,
    );
} catch (error) {
  say(`未能完成，未作任何改动：${oneLine(error)}`, `It could not be done, and nothing was changed.`);
  process.exitCode = 1;
} finally {
  await pool.end();
}
