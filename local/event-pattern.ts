import type { Json } from "./assembly.ts";

/** EventBridge's comparison operators that stream filters use; another one is an error, not a guess. */
const operators: Readonly<Record<string, (value: Json, operand: Json) => boolean>> = {
  exists: (value, operand) => (value !== undefined) === operand,
  prefix: (value, operand) => typeof value === "string" && value.startsWith(operand),
  "anything-but": (value, operand) => value !== undefined && ![operand].flat().includes(value),
};

/** Whether an event matches an EventBridge pattern: every named field has one of the values listed for it. */
export function matches(pattern: Json, value: Json): boolean {
  if (!Array.isArray(pattern)) return Object.entries(pattern).every(([field, inner]) => matches(inner, value?.[field]));
  return pattern.some((wanted) => {
    if (wanted === null || typeof wanted !== "object") return wanted === value;
    return Object.entries(wanted).every(([name, operand]) => {
      const operator = operators[name];
      if (operator === undefined) throw new Error(`event pattern: ${name} is not known here`);
      return operator(value, operand);
    });
  });
}
