import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { parseTopologyGraph, queryTextOf, stringifyIndented } from '@arae/floorplan';
import type { CriteriaChunk, RagContext } from '@arae/floorplan';
import type { FailedItem } from '@arae/progress';
import { ExactIndex } from '@arae/vector-search';
import { readSampledStems } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { createEmbedder } from './create-embedder.ts';
import { criteriaRows } from './criteria-rows.ts';
import { failureGate } from './failure-gate.ts';
import { readCriteria } from './read-criteria.ts';
import { exampleTexts, similarityPerRank } from './retrieval-report.ts';
import { saveProgress } from './save-progress.ts';
import { withFolderLock } from './with-folder-lock.ts';
import { writeIfChanged } from './write-if-changed.ts';

/** Phase 2: finds for every graph the criteria that its statistics ask for, and writes `rag_context.json`. */
export async function runRetrieveContext(context: RunContext): Promise<PhaseSummary> {
  const { config, folder, display, clock } = context;
  const criteria = await readCriteria(config.rag.documentPath);
  const { origin, chunks } = criteria;
  const sampled = await readSampledStems(folder);
  const stems = sampled.slice(0, context.limit);

  return withFolderLock(context, 'phase2', async () => {
    const contents = chunks.map(({ content }) => content);
    const embedder = await createEmbedder(context, contents);
    const rows = await criteriaRows(embedder, criteria, folder, context.abort);
    const index = new ExactIndex(rows);

    const task = display.task('phase2 context', stems.length);
    const queries = new Map<string, string[]>();
    const failed: FailedItem[] = [];
    let withoutGraph = 0;
    for (const stem of stems) {
      if (!existsSync(folder.graph(stem))) {
        withoutGraph++;
        await rm(folder.context(stem), { force: true });
        continue;
      }
      try {
        const graph = parseTopologyGraph(await readFile(folder.graph(stem), 'utf8'));
        const query = queryTextOf(graph.statistics);
        queries.set(query, [...(queries.get(query) ?? []), stem]);
      } catch (error) {
        await rm(folder.context(stem), { force: true });
        failed.push({
          id: stem,
          reason: (error as Error).message,
          attempts: 1,
          at: new Date(clock.now()).toISOString(),
        });
        task.fail();
      }
    }
    if (withoutGraph === stems.length) {
      throw new UsageError(
        `no drawing of the sample has a graph in ${folder.outputFolder}: run phase1 first`,
      );
    }

    const texts = [...queries.keys()].sort();
    const found = await index.search(
      await embedder.embed(texts, { kind: 'query', signal: context.abort }),
      config.rag.topK,
    );
    const completed: string[] = [];
    for (const [place, query] of texts.entries()) {
      const content = stringifyIndented({
        query,
        retrieved_chunks: (found[place] ?? []).map(({ index: chunk, similarity }, rank) => ({
          rank: rank + 1,
          content: (chunks[chunk] as CriteriaChunk).content,
          similarity,
          source: (chunks[chunk] as CriteriaChunk).source,
        })),
      } satisfies RagContext);
      for (const stem of queries.get(query) ?? []) {
        if (context.stop.aborted) break;
        await writeIfChanged(folder.context(stem), content);
        completed.push(stem);
        task.done();
      }
    }
    task.finish();
    await saveProgress(folder.progress('rag'), { completed, failed }, sampled);
    if (context.stop.aborted) throw new InterruptedError();

    const perRank = Array.from({ length: Math.min(config.rag.topK, chunks.length) }, (_, rank) =>
      mean(found.map((hits) => hits[rank]?.similarity ?? 0)),
    );
    const meanTop = mean(perRank);
    const retrieved = new Set(found.flat().map(({ index: chunk }) => chunk));
    const neverRetrieved = chunks.filter((_, place) => !retrieved.has(place)).map(({ chunkId }) => chunkId);
    await writeIfChanged(
      folder.contextReport,
      stringifyIndented({
        engine: embedder.identity,
        criteria: origin,
        plans: completed.length,
        distinct_queries: texts.length,
        similarity_per_rank: similarityPerRank(found),
        mean_similarity_per_rank: perRank,
        mean_similarity: meanTop,
        chunks_never_retrieved: neverRetrieved,
        examples: exampleTexts(texts, found, (chunk) => chunks[chunk]?.content ?? ''),
      }),
    );

    const { exitCode, warning } = failureGate(failed.length, stems.length, config.maxFailedShare);
    const warnings = warning === null ? [] : [warning];
    if (withoutGraph > 0)
      warnings.push(`${withoutGraph} drawings of the sample have no graph and got no context`);
    if (meanTop < config.rag.warnBelow) {
      warnings.push(
        `the mean similarity of the top ${perRank.length} is ${meanTop.toFixed(3)}, under ${config.rag.warnBelow} (engine: ${embedder.identity.label})`,
      );
    }
    return {
      phase: 'phase2',
      exitCode,
      figures: {
        contexts: completed.length,
        failed: failed.length,
        'without graph': withoutGraph,
        queries: texts.length,
        'mean similarity': Number(meanTop.toFixed(4)),
        engine: embedder.identity.label,
      },
      files: [`${folder.outputFolder}/*/rag_context.json`, folder.contextReport],
      warnings,
    };
  });
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
