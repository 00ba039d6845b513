import { rm } from 'node:fs/promises';
import { stringifyIndented } from '@arae/floorplan';
import type { CriteriaChunk, RagContext } from '@arae/floorplan';
import type { FailedItem } from '@arae/progress';
import { ExactIndex, type Hit } from '@arae/vector-search';
import { mapInBatches } from '../compare/map-in-batches.ts';
import { readSampledStems } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { createEmbedder } from './create-embedder.ts';
import { criteriaRows } from './criteria-rows.ts';
import { failureGate } from './failure-gate.ts';
import { readCriteria } from './read-criteria.ts';
import { readQuery } from './read-query.ts';
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
    const asked = await mapInBatches(stems, async (stem) => {
      const read = await readQuery(folder.graph(stem));
      if (!('query' in read)) await rm(folder.context(stem), { force: true });
      if ('reason' in read) task.fail();
      return { stem, ...read };
    });
    const queries = asked.filter((item) => 'query' in item);
    const at = new Date(clock.now()).toISOString();
    const failed: FailedItem[] = asked
      .filter((item) => 'reason' in item)
      .map(({ stem, reason }) => ({ id: stem, reason, attempts: 1, at }));
    const withoutGraph = stems.length - queries.length - failed.length;
    if (withoutGraph === stems.length) {
      throw new UsageError(
        `no drawing of the sample has a graph in ${folder.outputFolder}: run phase1 first`,
      );
    }

    const texts = [...new Set(queries.map(({ query }) => query))].sort();
    const found = await index.search(
      await embedder.embed(texts, { kind: 'query', signal: context.abort }),
      config.rag.topK,
    );
    const files = new Map(texts.map((query, place) => [query, contextText(query, found[place]!, chunks)]));
    const completed: string[] = [];
    await mapInBatches(queries, async ({ stem, query }) => {
      if (context.stop.aborted) return;
      await writeIfChanged(folder.context(stem), files.get(query)!);
      completed.push(stem);
      task.done();
    });
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

function contextText(query: string, hits: readonly Hit[], chunks: readonly CriteriaChunk[]): string {
  return stringifyIndented({
    query,
    retrieved_chunks: hits.map(({ index, similarity }, rank) => {
      const { content, source } = chunks[index]!;
      return { rank: rank + 1, content, similarity, source };
    }),
  } satisfies RagContext);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
