/** "Provincial Registry and Lakeside Clinic" */
export const list = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(names);
