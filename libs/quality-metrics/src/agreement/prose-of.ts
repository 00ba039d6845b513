import type { FloorPlanAnalysis } from '@arae/floorplan';

/** Everything that an analysis says in sentences, in the order of the format, a line each: what text metrics are taken over. */
export function proseOf({
  summary,
  spaces,
  design_evaluation: design,
  recommendations,
  compliance,
}: FloorPlanAnalysis): string {
  return [
    summary,
    ...spaces.map(({ evaluation_comment }) => evaluation_comment),
    ...(design === null ? [] : [design.채광, design.환기, design.가족융화, design.수납]),
    ...(recommendations ?? []),
    ...(compliance === null
      ? []
      : [
          ...compliance.compliant_items,
          ...compliance.non_compliant_items.flatMap(({ item, reason, recommendation }) => [
            item,
            reason,
            recommendation,
          ]),
          compliance.summary,
        ]),
  ].join('\n');
}
