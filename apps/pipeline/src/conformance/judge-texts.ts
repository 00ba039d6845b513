import { text } from 'node:stream/consumers';
import {
  floorPlanAnalysisSchema,
  parseTopologyGraph,
  planViewOf,
  queryTextOf,
  renderLegacyGraph,
} from '@arae/floorplan';
import { findContradictions } from '@arae/quality-metrics';
import { sha256Of } from '../sha256-of.ts';
import { answerVerdictOf } from './answer-verdicts.ts';
import { graphVerdictOf } from './graph-verdicts.ts';

// What TypeScript makes of any texts: the tests of arae_conformance put broken ones on standard input, `{graph, graphs: […], answers: […]}`, and
// hold what comes back against their own. Answers that are taken are held against the one graph.
const asked = JSON.parse(await text(process.stdin)) as {
  graph: string;
  graphs: string[];
  answers: string[];
};
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
const known = parseTopologyGraph(asked.graph);
const answers = asked.answers.map((answerText) => {
  const verdict = answerVerdictOf(answerText);
  if (verdict.refused_at !== null) return verdict;
  const analysis = floorPlanAnalysisSchema.parse(JSON.parse(answerText));
  return { ...verdict, contradictions_sha256: sha256Of(JSON.stringify(findContradictions(analysis, known))) };
});
process.stdout.write(JSON.stringify({ graphs, answers }));
