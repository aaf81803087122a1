import type { Rule } from "eslint";
export const ordning: readonly string[];
export function hinder(fran: string, vad: string): string | undefined;
export const pilar: Rule.RuleModule;
