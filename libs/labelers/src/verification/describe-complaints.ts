import type { Complaint } from './verification.ts';

/** The message that sends a label back, in the language of the prompt. */
export function describeComplaints(complaints: readonly Complaint[]): string {
  return [
    '방금 작성한 분석에는 입력 도면 데이터와 어긋나는 내용이 있습니다.',
    ...complaints.map(({ text }, index) => `${index + 1}. ${text}`),
    '위 항목을 모두 도면 데이터에 맞게 고치고, 그에 따라 달라지는 평가와 등급도 함께 고쳐서 전체 분석 JSON을 처음부터 끝까지 다시 작성하세요. 어긋나지 않은 내용은 그대로 두세요.',
  ].join('\n');
}
