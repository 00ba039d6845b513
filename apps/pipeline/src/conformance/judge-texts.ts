import { text } from 'node:stream/consumers';
import { parseTopologyGraph, planViewOf, queryTextOf, renderLegacyGraph } from '@arae/floorplan';
import { sha256Of } from '../sha256-of.ts';
import { answerVerdictOf } from './answer-verdicts.ts';
import { graphVerdictOf } from './graph-verdicts.ts';

// What TypeScript makes of any texts: the tests of arae_conformance put broken ones on standard input, `{graphs: […], answers: […]}`, and
// hold what comes back against their own.
const asked = JSON.parse(await text(process.stdin)) as { graphs: string[]; answers: string[] };
const graphs = asked.graphs.map((graphText) => {
  const verdict = graphVerdictOf(graphText);
  if (verdict.refused_at !== null) return verdict;
  const graph = parseTopologyGraph(graphText);
  return {
    ...verdict,
    query: queryTextOf(graph.statistics),
    names_sha256: sha256Of(JSON.stringify(planViewOf(graph).spaces.map(({ name }) => name))),
    legacy_sha256: sha256Of(renderLegacyGraph(graphText)),
  };
});
process.stdout.write(JSON.stringify({ graphs, answers: asked.answers.map(answerVerdictOf) }));
