import type { ClaimKind, GroundingMetricName, MetricName } from '@arae/quality-metrics';
import { escapeXml } from '../../escape-xml.ts';
import type { PassFailMetric } from '../compare-teachers.ts';
import { MIXED, REFERENCE } from '../measured-teacher.ts';
import type { LabelOrigin } from '../measured-teacher.ts';
import { both, bothLines } from '../../page/bilingual.ts';

type Pair = readonly [korean: string, english: string];

const METRIC_TEXTS: Record<MetricName | GroundingMetricName, Pair> = {
  schema_compliance: ['스키마 준수', 'schema compliance'],
  field_completeness: ['필드 완성도', 'field completeness'],
  space_count_accuracy: ['공간 수 정확도', 'space count accuracy'],
  bay_count_consistency: ['Bay 수 일치', 'Bay count consistency'],
  compliance_reasoning: ['기준 판단 근거', 'compliance reasoning'],
  analysis_depth: ['분석 깊이', 'analysis depth'],
  recommendation_quality: ['개선안 품질', 'recommendation quality'],
  json_validity: ['JSON 유효성', 'JSON validity'],
  claims_true: ['참인 주장', 'true claims'],
  no_severe_contradiction: ['심각한 모순 없음', 'no severe contradiction'],
  grade_agreement: ['등급 일치', 'grade agreement'],
  spaces_real: ['실재하는 공간', 'spaces that exist'],
};

const KIND_TEXTS: Record<ClaimKind, Pair> = {
  facts: ['개수·구조', 'counts and structure'],
  ratios: ['비율·면적', 'ratios and areas'],
  spaces: ['공간 이름', 'names of spaces'],
  windows: ['창', 'windows'],
  connections: ['연결', 'connections'],
  grade: ['등급', 'grade'],
  items: ['기준 항목', 'items'],
  texts: ['서술', 'prose'],
};

const ORIGIN_TEXTS: Record<LabelOrigin, Pair> = {
  first_try: ['첫 시도', 'first try'],
  retried: ['재시도', 'retried'],
  repaired: ['JSON 복구', 'repaired JSON'],
  failed: ['실패', 'failed'],
  unknown: ['알 수 없음', 'not known'],
};

export const metricText = (name: MetricName | GroundingMetricName | PassFailMetric): string =>
  both(...METRIC_TEXTS[name]);
export const metricLine = (name: MetricName | GroundingMetricName): string =>
  bothLines(...METRIC_TEXTS[name]);
export const kindText = (kind: ClaimKind): string => both(...KIND_TEXTS[kind]);
export const kindLine = (kind: ClaimKind): string => bothLines(...KIND_TEXTS[kind]);
export const originText = (origin: LabelOrigin): string => both(...ORIGIN_TEXTS[origin]);

/** The mixed set and the reference have words, teachers their names. */
function nameTexts(name: string): Pair {
  if (name === MIXED) return ['혼합 세트', 'mixed set'];
  return name === REFERENCE ? ['규칙 기반(참고)', 'rule-based (reference)'] : [name, name];
}
export const nameText = (name: string): string => {
  const [korean, english] = nameTexts(name);
  return korean === english ? escapeXml(name) : both(korean, english);
};
export const nameLine = (name: string): string => {
  const [korean, english] = nameTexts(name);
  return korean === english ? escapeXml(name) : bothLines(korean, english);
};
