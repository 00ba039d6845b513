import { once } from 'node:events';
import { join } from 'node:path';
import { createRandom } from '@arae/floorplan';
import { parseAnswer } from '@arae/labelers';
import type { AnswerRecord } from '@arae/labelers';
import { readJournal } from '@arae/progress';
import { startTeacherSimulator } from '@arae/teacher-simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { generatedGraphs } from './testing/plans.ts';
import { cli, hashFiles, isRunRecord, startCli, temporaryFolder } from './testing/test-workspace.ts';

/** ARAE_KILLS=200 makes the figures of docs/labeling-certificates.md. */
const KILLS = Number(process.env['ARAE_KILLS'] ?? 20);
const ITEMS = 2 * KILLS;
const CONCURRENCY = 5;

/** Stems with an accepted answer in a journal, as the runner itself would read it. */
async function acceptedIn(path: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of readJournal(path)) {
    if (!('record' in line)) continue;
    const record = line.record as unknown as AnswerRecord;
    if (record.type === 'answer' && parseAnswer(record).isAccepted) ids.push(record.id);
  }
  return ids;
}

describe('SIGKILL in the middle of phase 3', { timeout: 15_000 * KILLS }, () => {
  it(`${KILLS} times at random moments: nothing answered is asked again, and the files are those of an undisturbed run`, async () => {
    const graphs = await generatedGraphs(ITEMS);
    const simulator = await startTeacherSimulator({
      seed: 5,
      faults: {
        latencyMs: { distribution: 'uniform', min: 60, max: 180 },
        malformedJson: 0.1,
        serverError: 0.1,
        maxFaultsPerRequest: 1,
      },
    });
    onTestFinished(() => simulator.close());
    const env = {
      OPENAI_API_KEY: 'marked-key',
      OPENAI_BASE_URL: simulator.openAiBaseUrl,
      ARAE_PIPELINE_LABELING__RETRY__FAULT_DELAYS_MS: '[10,20,40]',
    };
    const prepare = async (): Promise<string> => {
      const data = temporaryFolder();
      expect((await cli(['phase1', '--import', graphs, '--data', data])).code).toBe(0);
      expect((await cli(['phase2', '--data', data])).code).toBe(0);
      return data;
    };

    const undisturbed = await prepare();
    expect((await cli(['phase3a', '--data', undisturbed], { env })).code).toBe(0);
    const paidUndisturbed = simulator.requests().length;

    const killed = await prepare();
    const random = createRandom(11);
    const settled = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startCli(['phase3a', '--data', killed], { env });
      const ended = once(child, 'exit');
      const before = simulator.requests().length;
      // A random moment counted in requests, so that a slow machine is killed in the middle too.
      const moment = before + random.integer(6);
      const deadline = Date.now() + 20_000;
      while (simulator.requests().length <= moment && child.exitCode === null && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await new Promise((resolve) => setTimeout(resolve, random.integer(120)));
      child.kill('SIGKILL');
      await ended;
      // What is on the disk now must never be asked again.
      for (const id of await acceptedIn(join(killed, 'progress/openai_journal.jsonl'))) {
        if (!settled.has(id)) settled.set(id, simulator.requests().length);
      }
    }
    const last = await cli(['phase3a', '--data', killed], { env });
    expect(last.code, last.stderr).toBe(0);

    const skip = (path: string) => isRunRecord(path);
    expect(hashFiles(killed, skip)).toEqual(hashFiles(undisturbed, skip));

    for (const [id, from] of settled) {
      const later = simulator.requests().slice(from);
      expect(
        later.filter(({ item }) => item === `${id}.PNG`),
        `${id} was answered and asked again`,
      ).toEqual([]);
    }
    // The kills came in the middle, not all before or after the work.
    expect(new Set(settled.values()).size).toBeGreaterThan(3);

    // Every request beyond the undisturbed run was in flight at a kill.
    const asked = simulator.requests().slice(paidUndisturbed);
    const answers = Map.groupBy(
      asked.filter(({ outcome }) => outcome === 'answered'),
      ({ requestHash }) => requestHash,
    );
    expect(answers.size).toBe(ITEMS);
    const paidTwice = [...answers.values()].reduce((sum, list) => sum + list.length - 1, 0);
    expect(paidTwice).toBeLessThanOrEqual(KILLS * CONCURRENCY);
    console.log(
      `${KILLS} kills, ${ITEMS} items: ${asked.length} requests, ${paidTwice} answered twice (at most ${KILLS * CONCURRENCY} were in flight)`,
    );

    // A rerun takes everything from the journal.
    const before = simulator.requests().length;
    expect((await cli(['phase3a', '--data', killed], { env })).code).toBe(0);
    expect(simulator.requests().length).toBe(before);
  });

  it(`${KILLS / 2} times with batches: none is sent twice, and the files are those of an undisturbed run`, async () => {
    const graphs = await generatedGraphs(ITEMS);
    const simulator = await startTeacherSimulator({
      seed: 6,
      faults: { batch: { pendingMs: 400 }, notJson: 0.2, serverError: 0.1, maxFaultsPerRequest: 1 },
    });
    onTestFinished(() => simulator.close());
    const env = {
      OPENAI_API_KEY: 'marked-key',
      OPENAI_BASE_URL: simulator.openAiBaseUrl,
      ARAE_PIPELINE_LABELING__BATCH_POLL_MS: '50',
    };
    const prepare = async (): Promise<string> => {
      const data = temporaryFolder();
      expect((await cli(['phase1', '--import', graphs, '--data', data])).code).toBe(0);
      expect((await cli(['phase2', '--data', data])).code).toBe(0);
      return data;
    };
    const undisturbed = await prepare();
    const args = ['phase3a', '--mode', 'batch', '--data'];
    expect((await cli([...args, undisturbed], { env })).code).toBe(0);
    const once1 = simulator.requests().length;

    const killed = await prepare();
    const random = createRandom(12);
    let ends = 0;
    for (let kill = 0; kill < KILLS / 2; kill++) {
      const child = startCli([...args, killed], { env });
      const ended = once(child, 'exit');
      // From before the first word of the program to behind the end of its batches.
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 300 + random.integer(2500)))]);
      if (child.exitCode !== null) ends++;
      child.kill('SIGKILL');
      await ended;
    }
    const last = await cli([...args, killed], { env });
    expect(last.code, last.stderr).toBe(0);
    const skip = (path: string) => isRunRecord(path);
    expect(hashFiles(killed, skip)).toEqual(hashFiles(undisturbed, skip));
    // The simulator counts how often it saw a request, so the second run meets fewer faults; good answers come once.
    const answered = Map.groupBy(
      simulator
        .requests()
        .slice(once1)
        .filter(({ outcome }) => outcome === 'answered'),
      ({ requestHash }) => requestHash,
    );
    expect(answered.size).toBe(ITEMS);
    expect([...answered.values()].every((list) => list.length === 1)).toBe(true);
    console.log(
      `${KILLS / 2} kills with batches, ${ends} of them too late: none of ${ITEMS} questions answered twice`,
    );
  });
});
