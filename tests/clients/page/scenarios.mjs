// Every scenario in turn, against one router and one browser. Ends with "N passed, N failed".
import { start } from './stage.mjs';
import { scenarios } from './scenario.mjs';
import './first-look.mjs';
import './blotter.mjs';
import './detail.mjs';
import './levers.mjs';
import './attention.mjs';
import './looks.mjs';
import './stream.mjs';

const patience = 90_000;
const only = process.argv[2];
const stage = await start();
let passed = 0, failed = 0;
try {
  for (const { name, run } of scenarios.filter(one => !only || one.name.includes(only))) {
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('took too long')), patience); });
    try {
      await Promise.race([run(stage), late]);
      stage.checkConsole();
      passed++;
    } catch (error) {
      failed++;
      console.log(`FAILED: page: ${name}\n  ${error.stack?.split('\n').slice(0, 6).join('\n  ') ?? error}`);
    } finally {
      clearTimeout(timer);
      await stage.closePages();
    }
  }
} finally {
  await stage.stop();
}
console.log(`page: ${scenarios.length} scenarios in Chromium ${stage.version}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
