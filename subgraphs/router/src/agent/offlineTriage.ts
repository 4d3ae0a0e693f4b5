import type { OfflinePlaybook } from '@supportgraph/agent';
import type { Intent } from '@supportgraph/conversation';
import { z } from 'zod';
import { splitClauses } from '../domain/clauses.js';
import { maxRoutes, type FoundIntent } from '../domain/triage.js';
import { lexicon } from './lexicon.js';

interface ScoredClause {
  text: string;
  intent: Intent;
  confidence: number;
}

const intents = Object.keys(lexicon) as Intent[];

/** The intent whose words weigh most in a clause, and how clearly it leads the next one. */
function score(text: string): ScoredClause {
  const ranked = intents
    .map((intent) => ({ intent, weight: weightOf(intent, text) }))
    .sort((a, b) => b.weight - a.weight);
  const [best, second] = [ranked[0]!, ranked[1]!];
  if (best.weight < 1) return { text, intent: 'UNKNOWN', confidence: 0.3 };
  const lead = (best.weight - second.weight) / best.weight;
  return { text, intent: best.intent, confidence: Math.min(0.97, 0.55 + 0.4 * lead + 0.02 * best.weight) };
}

function weightOf(intent: Intent, text: string): number {
  return (lexicon[intent] ?? []).reduce((sum, [pattern, weight]) => sum + (pattern.test(text) ? weight : 0), 0);
}

/** Neighbours that want the same become one; words that want nothing belong to their neighbour. */
function merge(clauses: readonly ScoredClause[]): ScoredClause[] {
  const wishes = clauses.filter(({ intent }) => intent !== 'UNKNOWN' && intent !== 'CHITCHAT');
  const kept = wishes.length > 0 ? wishes : clauses.filter(({ intent }) => intent === 'CHITCHAT').slice(0, 1);
  const merged: ScoredClause[] = [];
  for (const clause of kept) {
    const same = merged.find(({ intent }) => intent === clause.intent);
    if (same) {
      same.text = `${same.text} ${clause.text}`;
      same.confidence = Math.max(same.confidence, clause.confidence);
    } else merged.push({ ...clause });
  }
  return merged.slice(0, maxRoutes);
}

/** What a message wants, by the words in it: the offline model's answer to the triage prompt. */
export function triageByWords(text: string): FoundIntent[] {
  const clauses = splitClauses(text).map(score);
  const wishes = merge(clauses);
  if (wishes.length === 0) return [{ intent: 'UNKNOWN', confidence: 0.3, excerpt: null }];
  return wishes.map(({ intent, confidence, text: excerpt }) => ({
    intent,
    confidence: Math.round(confidence * 100) / 100,
    excerpt: wishes.length === 1 ? null : excerpt,
  }));
}

const prompt = z.object({ message: z.string() });

/** Plays the triage prompt. */
export const triageOffline: OfflinePlaybook = ({ text }) => ({
  json: { wishes: triageByWords(prompt.parse(JSON.parse(text)).message), reason: 'by the words of the message' },
});
