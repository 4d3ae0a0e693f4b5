import { chitchat, unknown, type Chances } from './classes.js';

/** Wishes of a message in the order in which they are told first, by their place among the classes; none for one that wants nothing. */
export type Wishes = readonly number[];

/**
 * How likely a message tells just these wishes in this order, as a logarithm. Each of its clauses tells nothing, goes on about
 * a wish told before, or tells the next one; all such ways are summed up (the forward pass of a hidden Markov model).
 */
export function logLikelihood(message: readonly Chances[], wishes: Wishes): number {
  let told = nothingTold(wishes);
  let log = 0;
  for (const chances of message) {
    told = forward(told, chances, wishes);
    log += Math.log(normalise(told));
  }
  return log + Math.log(told[wishes.length]!);
}

/** For each clause the chance of each class, given that the message tells these wishes in this order. */
export function explain(message: readonly Chances[], wishes: Wishes): Chances[] {
  const before = [nothingTold(wishes)];
  for (const chances of message) before.push(normalised(forward(before.at(-1)!, chances, wishes)));
  let after = everythingTold(wishes);
  const explained: Chances[] = [];
  for (let at = message.length - 1; at >= 0; at -= 1) {
    explained.unshift(normalised(meet(before[at]!, message[at]!, after, wishes)));
    after = normalised(backward(after, message[at]!, wishes));
  }
  return explained;
}

/** How likely it is that so many of the wishes are told, from none to all. */
type Told = Float64Array;

function nothingTold(wishes: Wishes): Told {
  return Float64Array.from({ length: wishes.length + 1 }, (_, count) => (count === 0 ? 1 : 0));
}

function everythingTold(wishes: Wishes): Told {
  return Float64Array.from({ length: wishes.length + 1 }, (_, count) => (count === wishes.length ? 1 : 0));
}

/** The chance that a clause tells no wish: small talk beside a wish is none. */
function restOf(chances: Chances, wishes: Wishes): number {
  const mayGreet = wishes.length > 0 && wishes[0] !== chitchat;
  return chances[unknown]! + (mayGreet ? chances[chitchat]! : 0);
}

function forward(before: Told, chances: Chances, wishes: Wishes): Told {
  const told = new Float64Array(before.length);
  let stays = restOf(chances, wishes);
  for (let count = 0; count < told.length; count += 1) {
    if (count > 0) {
      const tells = chances[wishes[count - 1]!]!;
      stays += tells;
      told[count]! += before[count - 1]! * tells;
    }
    told[count]! += before[count]! * stays;
  }
  return told;
}

function backward(after: Told, chances: Chances, wishes: Wishes): Told {
  const told = new Float64Array(after.length);
  let stays = restOf(chances, wishes);
  for (let count = 0; count < told.length; count += 1) {
    if (count > 0) stays += chances[wishes[count - 1]!]!;
    told[count] = after[count]! * stays;
    if (count < wishes.length) told[count]! += after[count + 1]! * chances[wishes[count]!]!;
  }
  return told;
}

function meet(before: Told, chances: Chances, after: Told, wishes: Wishes): Chances {
  const classesMet = new Float64Array(chances.length);
  const mayGreet = wishes.length > 0 && wishes[0] !== chitchat;
  for (let count = 0; count < before.length; count += 1) {
    const stays = before[count]! * after[count]!;
    classesMet[unknown]! += stays * chances[unknown]!;
    if (mayGreet) classesMet[chitchat]! += stays * chances[chitchat]!;
    for (let told = 0; told < count; told += 1) classesMet[wishes[told]!]! += stays * chances[wishes[told]!]!;
    if (count < wishes.length)
      classesMet[wishes[count]!]! += before[count]! * after[count + 1]! * chances[wishes[count]!]!;
  }
  return classesMet;
}

/** Makes the sum 1, and returns what it was. */
function normalise(values: Float64Array): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (sum > 0) for (let at = 0; at < values.length; at += 1) values[at]! /= sum;
  return sum;
}

function normalised(values: Float64Array): Float64Array {
  normalise(values);
  return values;
}
