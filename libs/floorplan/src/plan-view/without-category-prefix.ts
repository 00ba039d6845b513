/** `공간_침실` → `침실`, `객체_변기` → `변기`; other names as they are. */
export function withoutCategoryPrefix(categoryName: string): string {
  return categoryName.replace(/^(?:공간|객체|구조)_/, '');
}
