import yargs from 'yargs';
import type { Argv } from 'yargs';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { PHASES, labelPhase } from '../phases/phases.ts';
import type { Phase } from '../phases/phases.ts';
import type { PhaseSummary } from '../run-context.ts';
import { createRunContext } from './create-run-context.ts';
import { DEMO_STARTS } from './demo-starts.ts';
import type { DemoStart } from './demo-starts.ts';
import { sortEvaluateFlags } from './evaluate-flags.ts';
import type { EvaluateFlags } from './evaluate-flags.ts';
import { nxTaskOf } from './nx-task.ts';
import type { Process } from './create-run-context.ts';
import { ALL_FLAGS, flagsOf } from './flags.ts';
import type { PhaseFlags } from './flags.ts';
import { summaryLines } from './print-summary.ts';

export interface CliProcess extends Process {
  /** Machine output. */
  print: (text: string) => void;
}

/** The command line. `run` resolves to the exit code and rejects with what went wrong. */
export function buildCli(process: CliProcess): { run(args: readonly string[]): Promise<ExitCode> } {
  let exitCode: ExitCode = EXIT.done;

  async function runPhase(phase: Phase, flags: PhaseFlags): Promise<void> {
    const context = await createRunContext(flags, process);
    report([await phase(context)], (line) => context.display.log(line), flags.json);
  }

  function report(summaries: readonly PhaseSummary[], log: (line: string) => void, asJson: boolean): void {
    for (const summary of summaries) {
      for (const line of summaryLines(summary)) log(line);
      if (exitCode === EXIT.done) exitCode = summary.exitCode;
    }
    if (asJson) process.print(JSON.stringify(summaries.length === 1 ? summaries[0] : summaries));
  }

  const allFlags = <T>(command: Argv<T>) => command.options(ALL_FLAGS);
  const isUnderNx = nxTaskOf(process.env) !== null;

  let cli = yargs()
    .scriptName('arae-pipeline')
    // Errors are looked up by their English text.
    .locale('en')
    .usage('$0 <command>\n\nMakes the data set that teaches a local model to analyse floor plans.')
    .strict()
    .version(false)
    .demandCommand(1, 'say which command; --help lists them')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message}: see arae-pipeline COMMAND --help`);
    });

  for (const [step, { describe, run }] of PHASES) {
    cli = cli.command(
      `phase${step}`,
      describe,
      (command) => command.options(isUnderNx ? ALL_FLAGS : flagsOf(step)),
      // The flags of a phase are some of all flags, which the types of yargs cannot follow.
      (flags) => runPhase(run, flags as unknown as PhaseFlags),
    );
  }
  return {
    async run(args) {
      await cli
        .command(
          'phase3',
          'Label by any configured teacher',
          (command) =>
            command.options(flagsOf('3')).option('teacher', { type: 'string', demandOption: true }),
          (flags) => runPhase(labelPhase(flags.teacher), flags as unknown as PhaseFlags),
        )
        .command(
          'run',
          'Run phases one after the other (3a and 3b at the same time), with a log in logs/',
          (command) =>
            allFlags(command).option('step', {
              type: 'string',
              describe: 'For instance 2,3a,3b,4,5; default: all but 6, the training',
            }),
          async (flags) => {
            const { parseSteps, runSteps } = await import('../phases/run-steps.ts');
            const { openLoggedDisplay } = await import('./tee-display.ts');
            const steps = parseSteps(flags.step);
            const context = await createRunContext(flags, process);
            const log = await openLoggedDisplay('run');
            try {
              log.display.log(`log: ${log.path}`);
              const summaries = await runSteps(steps, { ...context, display: log.display }, (summary) =>
                report([summary], (line) => log.display.log(line), false),
              );
              if (flags.json) process.print(JSON.stringify(summaries));
            } catch (error) {
              log.note(`run: stopped: ${(error as Error).message}`);
              throw error;
            } finally {
              await log.close();
            }
          },
        )
        .command(
          'demo',
          'The whole way on generated drawings against the simulator; never spends',
          (command) =>
            allFlags(command).option('from', {
              choices: DEMO_STARTS,
              default: 'drawings' as const satisfies DemoStart,
              describe: 'drawings: the networks make the graphs; graphs: the true ones are taken',
            }),
          async (flags) => {
            const { demoFlags, runDemo } = await import('./demo.ts');
            const data = flags.data ?? 'demo_data';
            const from: DemoStart = flags.from;
            const context = await createRunContext({ ...flags, data, ...demoFlags(data, from) }, process);
            const summaries = await runDemo(context, from);
            for (const summary of summaries) {
              for (const warning of summary.warnings) context.display.log(`${summary.phase}: ${warning}`);
              if (exitCode === EXIT.done) exitCode = summary.exitCode;
            }
            if (flags.json) process.print(JSON.stringify(summaries));
          },
        )
        .command(
          'labels <action>',
          'rebuild: make the label files again from the journals, without asking anybody; cancel: stop open batches',
          (command) =>
            command
              .options(flagsOf('labels'))
              .positional('action', { choices: ['rebuild', 'cancel'] as const, demandOption: true })
              .option('teacher', { type: 'string', describe: 'Only this one; default: all with a journal' }),
          async (flags) => {
            const context = await createRunContext(flags as unknown as PhaseFlags, process);
            let summaries: PhaseSummary[];
            if (flags.action === 'cancel') {
              const { cancelBatches } = await import('../tools/cancel-batches.ts');
              summaries = [await cancelBatches(flags.teacher, context)];
            } else {
              const { rebuildLabels } = await import('../tools/rebuild-labels.ts');
              summaries = await rebuildLabels(flags.teacher, context);
            }
            report(summaries, (line) => context.display.log(line), flags.json as boolean);
          },
        )
        .command('status', 'What is done, failed and left', allFlags, async (flags) => {
          const { collectStatus, statusLines } = await import('../tools/collect-status.ts');
          const { folder, config } = await createRunContext(flags, process);
          const status = await collectStatus(folder, config);
          process.print(flags.json ? JSON.stringify(status) : statusLines(status).join('\n'));
        })
        .command('estimate', 'What phase 3 would cost, without asking anybody', allFlags, async (flags) => {
          const { collectEstimates } = await import('../tools/collect-estimates.ts');
          const { estimates, lines } = await collectEstimates(await createRunContext(flags, process));
          process.print(flags.json ? JSON.stringify(estimates) : lines.join('\n'));
        })
        .command(
          'prompt',
          'Print the messages a model is asked with, as a JSON array',
          (command) =>
            allFlags(command)
              .option('topology', { type: 'string', demandOption: true })
              .option('rag', { type: 'string', demandOption: true })
              .option('render', { choices: ['legacy', 'grounded'] as const }),
          async (flags) => {
            const { showPrompt } = await import('../tools/show-prompt.ts');
            const { config } = await createRunContext(flags, process);
            const { topology, rag, render } = flags;
            process.print(
              JSON.stringify(
                await showPrompt({ topology, rag, render, packDir: config.prompt.packDir }),
                null,
                2,
              ),
            );
          },
        )
        .command(
          'search <text>',
          'Show which criteria phase 2 would find for a query',
          (command) => allFlags(command).positional('text', { type: 'string', demandOption: true }),
          async (flags) => {
            const { searchCriteria } = await import('../tools/search-criteria.ts');
            const found = await searchCriteria(await createRunContext(flags, process), flags.text);
            process.print(
              flags.json
                ? JSON.stringify(found)
                : found
                    .map((hit) => `${hit.rank}. ${hit.similarity.toFixed(3)} [${hit.source}] ${hit.content}`)
                    .join('\n'),
            );
          },
        )
        .command(
          'check',
          'Print what an analysis says against its graph, as a JSON array',
          (command) =>
            command
              .option('topology', { type: 'string', demandOption: true })
              .option('analysis', { type: 'string', demandOption: true })
              .option('verbose', ALL_FLAGS.verbose),
          async ({ topology, analysis }) => {
            const { checkAnalysis } = await import('../tools/check-analysis.ts');
            process.print(JSON.stringify(await checkAnalysis(topology, analysis), null, 2));
          },
        )
        .command(
          'topology',
          'Turn detections into topology graphs',
          (command) =>
            command
              .option('detections', { type: 'string', array: true, demandOption: true })
              .option('out', { type: 'string', demandOption: true })
              .option('json', ALL_FLAGS.json)
              .option('verbose', ALL_FLAGS.verbose),
          async (flags) => {
            const { makeTopology } = await import('../tools/make-topology.ts');
            const results = await makeTopology(flags.detections, flags.out);
            for (const { error } of results) {
              if (error === null) continue;
              console.error(error);
              exitCode = EXIT.failed;
            }
            process.print(
              flags.json
                ? JSON.stringify(results)
                : results.flatMap(({ graph }) => (graph === null ? [] : [graph])).join('\n'),
            );
          },
        )
        .command(
          'evaluate-cv',
          "Compare phase 1's graphs with the true ones: JSON, a page with overlays",
          (command) =>
            command
              .options(flagsOf('evaluate-cv'))
              .option('truth', {
                type: 'string',
                demandOption: true,
                describe: 'Folder of the true graphs ({stem}/topology_graph.json)',
              })
              .option('out', { type: 'string', describe: 'Folder of the report (default: the data folder)' }),
          async (flags) => {
            const { runEvaluateCv } = await import('../cv-evaluation/run-evaluate-cv.ts');
            const { evaluationLines } = await import('../cv-evaluation/evaluation-lines.ts');
            const context = await createRunContext(flags as unknown as PhaseFlags, process);
            const { evaluation, report, files } = await runEvaluateCv(context, {
              truth: flags.truth as string,
              out: flags.out,
            });
            context.display.log('evaluate-cv: done');
            for (const line of evaluationLines(evaluation)) context.display.log(line);
            for (const file of files) context.display.log(`  → ${file}`);
            if (flags.json) process.print(JSON.stringify(report));
          },
        )
        .command(
          'evaluate',
          'Ask a served model the held-out rows: schema, grounding, likeness to the teacher, speed',
          (command) => command.options(flagsOf('evaluate')),
          async (flags) => {
            const { run, options } = sortEvaluateFlags(flags as unknown as EvaluateFlags);
            const { runEvaluate } = await import('../evaluation/run-evaluate.ts');
            const context = await createRunContext(run, process);
            report([await runEvaluate(context, options)], (line) => context.display.log(line), run.json);
          },
        )
        .command(
          'audit <file>',
          'Check every row of a JSONL data set',
          (command) =>
            command
              .positional('file', { type: 'string', demandOption: true })
              .option('show', { type: 'number', describe: 'Print N random rows to look at' })
              .option('verbose', ALL_FLAGS.verbose),
          async ({ file, show }) => {
            if (show !== undefined && (!Number.isInteger(show) || show < 1)) {
              throw new UsageError(`--show must be a whole number from 1, not ${show}`);
            }
            const { auditFile } = await import('../tools/audit-file.ts');
            const audit = await auditFile(file);
            if (show !== undefined) {
              const { showRows } = await import('../tools/show-rows.ts');
              for await (const text of showRows(file, show)) console.error(text);
            }
            process.print(JSON.stringify(audit, null, 2));
            if (audit.valid < audit.lines) exitCode = EXIT.failed;
          },
        )
        .parseAsync([...args]);
      return exitCode;
    },
  };
}
