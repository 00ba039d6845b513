import type { Compliance, EvaluationCategory, NonCompliantItem, PlanSpace, Rubric } from '@arae/floorplan';
import type { Contradiction } from './contradiction.ts';

/** Recommendations of the criteria that the rubric does not grade: bathroom windows and a central common space. */
const BEYOND_RUBRIC = /욕실|화장실|중앙/;
/** 창 as in window; 창고 is a storeroom. */
const WINDOW = /창(?!고)/;
/** Behind a name that goes on: 침실1 is not 침실10, 안방 is not 안방욕실. */
const OTHER_ROOM = /^(?:\d|\s*(?:욕실|화장실|드레스룸|파우더룸|발코니))/;
const DENIAL = /없|미설치|미확보|부재|부족|않|못/;
/** Behind the name of a room: `에 외부 창이 없다`, but neither `과 거실을 제외한 공간에 창이 없다` nor `의 창이 넓지 않다`. */
const LACKS_WINDOW = /^[^과와,.제]{0,12}창(?!고)[^,.]{0,8}(?:없|부재|미설치|미확|되지 않|이지 않)/;

/**
 * Holds the items of an analysis against the rubric, where it decides them: the window of the main bedroom, and items of a category
 * that is suitable as a whole. A category that is slight has criteria on both sides, so its items are left alone.
 */
export function* itemsAgainst(
  compliance: Compliance,
  { mainBedroom, mustMet, levels }: Rubric,
): Generator<Contradiction> {
  for (const [index, claim] of compliance.compliant_items.entries()) {
    if (mainBedroom !== null && !mustMet && isOnItsWindow(mainBedroom, claim) && !DENIAL.test(claim)) {
      const fact = `${mainBedroom.name} has no window`;
      yield { path: `/compliance/compliant_items/${index}`, claim, fact, severity: 'severe' };
    }
  }
  for (const [index, missed] of compliance.non_compliant_items.entries()) {
    const path = `/compliance/non_compliant_items/${index}`;
    const claim = missed.item;
    if (mainBedroom !== null && missesItsWindow(mainBedroom, missed)) {
      if (mustMet) yield { path, claim, fact: `${mainBedroom.name} has a window`, severity: 'severe' };
      continue;
    }
    // A missed must is a fault of daylight, however it is worded.
    const isSuitable = levels[missed.category as EvaluationCategory] === 'suitable';
    if (isSuitable && !isBeyondRubric(missed) && (mustMet || missed.category !== '채광')) {
      yield { path, claim, fact: `${missed.category} is suitable`, severity: 'minor' };
    }
  }
}

function isOnItsWindow(mainBedroom: PlanSpace, text: string): boolean {
  return behindItsName(mainBedroom, text).length > 0 && WINDOW.test(text) && !BEYOND_RUBRIC.test(text);
}

function missesItsWindow(mainBedroom: PlanSpace, { item, reason }: NonCompliantItem): boolean {
  return (
    isOnItsWindow(mainBedroom, item) ||
    behindItsName(mainBedroom, reason).some((text) => LACKS_WINDOW.test(text))
  );
}

/** The texts behind each mention of the main bedroom. */
function behindItsName({ name }: PlanSpace, text: string): string[] {
  return ['안방', name]
    .flatMap((word) => text.split(word).slice(1))
    .filter((behind) => !OTHER_ROOM.test(behind));
}

function isBeyondRubric({ item, reason }: NonCompliantItem): boolean {
  return BEYOND_RUBRIC.test(item) || BEYOND_RUBRIC.test(reason);
}
